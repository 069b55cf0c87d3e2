import { pointerToken } from '../../json/pointer.ts';
import { scalarText } from '../../json/scalar.ts';
import type { Field } from '../../model/diagnosis.ts';

type Part = NonNullable<Field['in']>;

/** The names of frameworks for the part of the request, before the path of a field. */
const PARTS = new Map<string, Part>([
  ['body', 'body'],
  ['json', 'body'],
  ['form', 'body'],
  ['query', 'query'],
  ['querystring', 'query'],
  ['path', 'path'],
  ['params', 'path'],
  ['header', 'header'],
  ['headers', 'header'],
  ['cookie', 'cookie'],
]);

/** Longer names are cut: no request has such a member, and hostile servers send them. */
const LONGEST = 500;

/**
 * The location of a field, from every notation in use: a JSON Pointer, also as a URI fragment (`#/profile/color`); dotted
 * (`a.b`, `a[0].b`, `$.a`); a list (`["body", "a", 0]`); with slashes (`body/a`). Linear in the length of the name.
 *
 * @returns the JSON Pointer (RFC 6901), and the part of the request where the notation names it
 */
export function fieldAt(name: unknown): Pick<Field, 'path' | 'in'> {
  if (Array.isArray(name)) return located(name.slice(0, LONGEST).map((part) => cut(scalarText(part))));
  const text = cut(scalarText(name).trim());
  if (/^\w+$/.test(text)) return { path: `/${text}` };
  if (text.startsWith('#/')) return { path: decode(text.slice(1)) };
  if (text.startsWith('/')) return { path: text };
  if (/^\w+\/\S/.test(text)) return located(text.split('/'));
  return { path: join(dotted(text)) };
}

/** A field by its name in any of these notations, and what is wrong with it. */
export function fieldOf(name: unknown, message: string): Field {
  const { path, in: part } = fieldAt(name);
  return part === undefined ? { path, message } : { path, in: part, message };
}

/** With an ellipsis, which tells whoever redacts it that something is missing there. */
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** The JSON Pointer of a field, from every notation in use. */
export function fieldPath(name: unknown): string {
  return fieldAt(name).path;
}

function located(tokens: string[]): Pick<Field, 'path' | 'in'> {
  const [first = '', ...rest] = tokens;
  const part = rest.length > 0 ? PARTS.get(first) : undefined;
  return part === undefined ? { path: join(tokens) } : { path: join(rest), in: part };
}

/** The names in `$.a.b[0]["c"]`. A key of Kubernetes stays whole: `containers[name="app"]`. */
function dotted(text: string): string[] {
  return text
    .replace(/^\$/, '')
    .split(/[.[\]]/)
    .map((part) => (/^\w+="/.test(part) ? part : part.replace(/^["']/, '').replace(/["']$/, '')))
    .filter((part) => part !== '');
}

/** Names of fields that a sentence blames: `Field 'a' must be a number`, `'a' is required`. */
const BLAMED = [
  /\b(?:field|parameter|param|property|attribute|argument|member)s? ["'`‘“]([\w$.[\]-]{1,100})["'`’”]/i,
  /(?:^|: |^the )["'`‘“]([\w$.[\]-]{1,100})["'`’”] (?:is|are|must|should|cannot|can't|has|have|may|does)\b/i,
  /["'`‘“]([\w$.[\]-]{1,100})["'`’”] (?:field|parameter|param|property|attribute|argument|query parameter)\b/i,
  /\b(?:missing|required|invalid|unknown|unexpected) (?:\w+ )?(?:field|parameter|param|property|attribute|argument)s?: ?([\w$.[\]-]{1,100}?)\.?$/i,
  /^(?:the )?(?:field|parameter|property|attribute|argument) ([\w$.[\]-]{1,100}) (?:is|must|should|cannot|can't|has to|may not)\b/i,
  /\bvalidation for ["'`‘“]([\w.]{1,100})["'`’”] failed\b/i,
  /^\[([a-z_][\w.]{1,100})\]: ?\S/i,
  /^invalid value (?:\w+ )?for ["'`‘“]([\w$.[\]-]{1,100})["'`’”]/i,
];

/** One of these is in each of those sentences; to compile the patterns takes 1 ms. */
const MAY_BLAME = /["'`‘“[]|field|param|propert|attribute|argument/i;

/** The field that a sentence about a rejected request blames by name; null when it names none. */
export function fieldIn(sentence: string): string | null {
  if (!MAY_BLAME.test(sentence)) return null;
  for (const pattern of BLAMED) {
    const [, name] = pattern.exec(sentence.slice(0, 2000)) ?? [];
    if (name !== undefined) return fieldPath(name);
  }
  return null;
}

function join(tokens: string[]): string {
  return tokens.map(pointerToken).join('');
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
