import { keysOf } from '../json/pointer.ts';
import type { Catalog, Entry } from '../model/catalog.ts';
import { exampleStatus } from './lint.ts';

/** A body for an entry without an example, in the shape of its catalog's envelope; undefined if that is unknown. */
export function sampleBody(entry: Entry, { envelope }: Pick<Catalog, 'envelope'>): unknown {
  const { code, subcode, message } = entry.match;
  const said = message?.[0]?.replaceAll(/\{(\w*)\}/g, '$1') ?? entry.title;
  const parts: [pointer: string | undefined, value: unknown][] = [
    [envelope.code, code?.[0]],
    [envelope.subcode, subcode?.[0]],
    [envelope.message, said],
    [envelope.status, exampleStatus(entry)],
  ];
  let body: unknown;
  for (const [pointer, value] of parts) {
    if (pointer !== undefined && value !== undefined) body = withValue(body, keysOf(pointer), value);
  }
  return body;
}

/** A copy of a value with another one at a path; objects and arrays on the way are made if they are absent. */
function withValue(target: unknown, [token, ...rest]: string[], value: unknown): unknown {
  if (token === undefined) return value;
  if (/^\d+$/.test(token)) {
    const list = Array.isArray(target) ? [...target] : [];
    list[Number(token)] = withValue(list[Number(token)], rest, value);
    return list;
  }
  const object = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {};
  const own = Object.hasOwn(object, token) ? (object as Record<string, unknown>)[token] : undefined;
  return Object.fromEntries([...Object.entries(object), [token, withValue(own, rest, value)]]);
}
