import { valueAt } from '../../json/pointer.ts';
import type { Field } from '../../model/diagnosis.ts';
import type { Where } from '../../model/finding.ts';
import { nearest } from '../../text/nearest.ts';
import type { Facts } from './facts.ts';
import { isBlank, isSameName, membersOf, nameOf } from './names.ts';

/** Methods that send data. */
export const WRITES = new Set(['POST', 'PUT', 'PATCH']);

/** The JSON body of a request, or undefined. */
export const jsonOf = ({ json }: Facts): unknown => json();

/** A form as an object, with `a[b]` as a member of `a`; undefined for any other body. */
function formOf({ request }: Facts): Record<string, unknown> | undefined {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  // A wrong Content-Type may hide JSON.
  if (!isForm || request.body === null || !/^[^\s{[<&=]+=/.test(request.body)) return undefined;
  const form: Record<string, unknown> = Object.create(null);
  for (const [name, value] of new URLSearchParams(request.body)) {
    const [first = '', ...rest] = name.split(/[[\]]+/).filter((part) => part !== '');
    const last = rest.pop();
    let at = form;
    for (const part of last === undefined ? [] : [first, ...rest]) {
      if (typeof at[part] !== 'object') at[part] = Object.create(null);
      at = at[part] as Record<string, unknown>;
    }
    at[last ?? first] = value;
  }
  return form;
}

/**
 * The members that a server finds when it parses the body by its Content-Type: JSON or a form;
 * undefined for anything else.
 */
export const membersIn = (facts: Facts): unknown => (isReadAsJson(facts) ? jsonOf(facts) : formOf(facts));

/**
 * Whether a request has no body. A saved one may have lost its body, since curl -v does not print
 * it.
 */
export const hasNoBody = ({ request, now }: Facts): boolean =>
  request.body === null ? now !== null || request.headers['content-length'] === '0' : request.body.trim() === '';

/** Whether the body is JSON by its Content-Type: otherwise a server does not parse it. */
export const isReadAsJson = ({ request }: Facts): boolean => /json/i.test(request.headers['content-type'] ?? '');

/** The query of a URL, decoded. */
export function queryOf({ request }: Facts): [string, string][] {
  const at = request.url.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(request.url.slice(at + 1).replace(/#.*$/, ''))];
}

/** The value at the place where the response says a field is. Queries and forms only have text. */
export type FieldLookup =
  | { kind: 'value'; value: unknown; where: Where; isText: boolean }
  | { kind: 'absent'; from: 'body' | 'query' }
  /** Elsewhere in the request; or unknown, since the body is neither JSON nor absent. */
  | { kind: 'elsewhere'; only?: string };

/**
 * Looks for a field in the body, the query and the headers: a message does not always name the
 * part.
 *
 * @param part the part, if the response names it
 */
export function lookUp({ path, in: part }: Pick<Field, 'path' | 'in'>, facts: Facts): FieldLookup {
  const name = nameOf(path);
  const single = path.split('/').length === 2;
  const [key, value] = queryOf(facts).find(([own]) => own.replace(/\[\]$/, '') === name || isSameName(own, name)) ?? [];
  const inQuery: FieldLookup = { kind: 'value', value, where: { in: 'query', name: key ?? '' }, isText: true };
  if (part === 'query') {
    if (!single) return { kind: 'elsewhere' };
    return key === undefined ? { kind: 'absent', from: 'query' } : inQuery;
  }
  const form = formOf(facts);
  const body = form ?? jsonOf(facts);
  const isText = form !== undefined;
  const inBody = valueAt(body, path);
  if (inBody !== undefined) return { kind: 'value', value: inBody, where: { in: 'body', name: path }, isText };
  const isWrite = WRITES.has(facts.request.method);
  if (part === undefined && key !== undefined && single) {
    // The response may refer to the body, which lacks the field, or to the query, which has it.
    return isWrite ? { kind: 'elsewhere' } : inQuery;
  }
  if (part === undefined && hasHeader(name, facts)) return { kind: 'elsewhere' };
  if (!isWrite && facts.request.body === null)
    return part === undefined && single ? { kind: 'absent', from: 'query' } : { kind: 'elsewhere' };
  if (hasNoBody(facts)) return { kind: 'absent', from: 'body' };
  if (typeof body !== 'object' || body === null || membersIn(facts) === undefined) return { kind: 'elsewhere' };
  const others = membersOf(body, name);
  const parent = single ? undefined : valueAt(body, path.slice(0, path.lastIndexOf('/')));
  const isInPlace = typeof parent === 'object' && parent !== null;
  if (others.length === 0 || isInPlace) return { kind: 'absent', from: 'body' };
  // Some responses name a field without the objects around it.
  const [only = ''] = others;
  const blank = others.every((other) => isBlank(valueAt(body, other)));
  if (others.length === 1 && blank)
    return { kind: 'value', value: valueAt(body, only), where: { in: 'body', name: only }, isText };
  return others.length === 1 ? { kind: 'elsewhere', only } : { kind: 'elsewhere' };
}

/** Whether a request has a header, ignoring case. */
export function hasHeader(name: string, { request }: Facts): boolean {
  return Object.keys(request.headers).some(
    (header) => isSameName(header, name) || isSameName(header.replace(/^x-/, ''), name),
  );
}

/** A name at the same place that is probably a misspelling of the wanted one, or null. */
export function nearField(path: string, facts: Facts, from: 'body' | 'query' = 'body'): string | null {
  const parts = path.split('/');
  const parent = from === 'query' ? undefined : valueAt(membersIn(facts), parts.slice(0, -1).join('/'));
  const names =
    typeof parent === 'object' && parent !== null && !Array.isArray(parent)
      ? Object.keys(parent)
      : from === 'query' || hasNoBody(facts)
        ? queryOf(facts).map(([name]) => name)
        : [];
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[_\-\s]/g, '');
  const near = nearest(plain(parts.at(-1) ?? ''), names.map(plain), 2);
  return names.find((key) => plain(key) === near) ?? null;
}

/** Names that people wrap bodies in out of habit. */
const WRAPPERS =
  /^(?:data|body|payload|request|attributes|resource|item|input|json|params|parameters|filters?|query|criteria|search|object|record|entity|model)$/i;

/** The only member of a body, if it contains a name that is wanted at the top; else null. */
export function wrapperOf(path: string, facts: Facts): string | null {
  const body = jsonOf(facts);
  if (Array.isArray(body)) return body.length > 0 && body.every((item) => !isBlank(valueAt(item, path))) ? '' : null;
  const entries = Object.entries(typeof body === 'object' && body !== null ? body : {});
  const [[name, inner] = ['', undefined]] = entries;
  if (entries.length !== 1 || isBlank(valueAt(inner, path)) || path.split('/').length !== 2) return null;
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[_-]/g, '');
  const isResource =
    name.length > 2 &&
    facts.request.url.split(/[/?#]/).some((part) => plain(part).includes(plain(name).replace(/s$/, '')));
  return WRAPPERS.test(name) || isResource ? name : null;
}
