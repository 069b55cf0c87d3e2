const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/** True for a token, such as a method or a header name (RFC 9110, section 5.6.2). */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Why a text is not a valid method, for people. */
export const noMethod = (text: string): string =>
  `"${text}" is not a valid method: use GET, POST, PUT, PATCH, DELETE, …`;
