/** How many bytes a text takes in UTF-8. Node.js counts them without encoding: four times as fast for 1 kB. */
export const utf8Length = (text: string): number =>
  typeof Buffer === 'undefined' ? new TextEncoder().encode(text).length : Buffer.byteLength(text);

/** The bytes that Base64 stands for, a character each, of either alphabet and with or without padding (RFC 4648). */
export function bytesOfBase64(text: string): string {
  const [digits = ''] = text.replaceAll('-', '+').replaceAll('_', '/').split('=');
  // One digit alone is no byte.
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}
