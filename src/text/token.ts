const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/** True for what a method or the name of a header is made of (RFC 9110, section 5.6.2). */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Why a text cannot be a method, for people. */
export const noMethod = (text: string): string => `"${text}" is no method: write GET, POST, PUT, PATCH, DELETE, …`;
