/** An absolute address, which a code may be in an API with problem types. */
const ABSOLUTE = /^https?:\/\/\S+$/i;

/**
 * The problem type (RFC 9457, section 3.1.1) of an entry: its code if that is an address, else its page on the site.
 *
 * @param id with that of the catalog, `victims/key-locked`
 */
export function problemType(codes: string[], id: string, baseUrl: string): string {
  return codes.find((code) => ABSOLUTE.test(code)) ?? `${baseUrl}/${id}`;
}

/** The file of the page of an entry or a catalog. */
export const pageFile = (id: string): string => `${id}/index.html`;
