/** Longer texts are no errors in this form, in characters. */
const LONGEST = 8192;

const FORM = /^[\w.%[\]-]{1,100}=[^&\s]*(?:&[\w.%[\]-]{1,100}=[^&\s]*)+$/;

/**
 * Parses the members of `application/x-www-form-urlencoded` (WHATWG URL, section 5.1), in which OAuth 1.0a and some
 * payment gateways answer. Undefined for a text that is not entirely such a form, or has only one member.
 */
export function parseForm(text: string): Record<string, string> | undefined {
  const form = text.trim();
  if (form.length > LONGEST || !FORM.test(form)) return undefined;
  return Object.fromEntries(new URLSearchParams(form));
}
