/** The values of a template's placeholders in one message. */
export type Values = Record<string, string>;

const PLACEHOLDER = /\{(\w*)\}/;

/** A field's name as APIs write it: no white space, no quotes. */
const FIELD_NAME = /^[\w$./[\]-]+$/;

/**
 * Matches a message against a template: literal text with placeholders, `cannot transition from
 * {from} to {to}`. A named placeholder matches at least one character, `{field}` the name of a
 * field, `{}` anything. Case, runs of white space and a final full stop do not matter, nor does one
 * before a `{}` at the end. Returns the values, or null.
 *
 * Placeholders match the shortest text that lets the rest match, without backtracking, so the time
 * is linear.
 */
export function matchTemplate(template: string, message: string): Values | null {
  const parts = templateParts(template);
  const text = template.endsWith('.{}') ? `${normalize(message)}.` : normalize(message);
  const lower = text.toLowerCase();
  const folded = lower.length === text.length ? lower : text; // "İ" grows when folded, and positions must agree
  const values: Values = {};

  const first = (parts[0] ?? '').toLowerCase();
  if (!folded.startsWith(first)) return null;
  let position = first.length;

  for (let i = 1; i < parts.length; i += 2) {
    const name = parts[i] ?? '';
    const literal = (parts[i + 1] ?? '').toLowerCase();
    const start = position + (name === '' ? 0 : 1);
    const last = i + 2 >= parts.length;
    const end = last ? text.length - literal.length : folded.indexOf(literal, start);
    if (end < start || !folded.startsWith(literal, end)) return null;
    const value = text.slice(position, end);
    if (name === 'field' && !FIELD_NAME.test(value)) return null;
    if (name !== '') values[name] = value;
    position = end + literal.length;
  }
  return position === text.length ? values : null;
}

/** Replaces placeholders with values. A placeholder without a value is left as it is. */
export function fillTemplate(template: string, values: Values): string {
  return template.replaceAll(new RegExp(PLACEHOLDER, 'g'), (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/**
 * True for a text without placeholders; those in a path (`/profiles/{id}`) and in backticks are
 * literal.
 */
export function isFilled(text: string): boolean {
  return !/\{\w+\}/.test(text.replaceAll(/`[^`]*`|\/\S*/g, ''));
}

/** The literal parts of a template at even indexes, and the placeholder names between them. */
export function templateParts(template: string): string[] {
  return normalize(template).split(PLACEHOLDER);
}

/**
 * The number of literal characters in a template: of two that match, the one with more is more
 * specific.
 */
export function literalLength(template: string): number {
  return templateParts(template).reduce((sum, part, i) => (i % 2 === 0 ? sum + part.length : sum), 0);
}

function normalize(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '');
}
