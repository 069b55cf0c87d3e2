import { isNumber } from '../json/number.ts';
import { JsonText } from '../json/text.ts';
import { type Check, needs } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';
import { lookup } from '../text/lookup.ts';
import { didYouMean, nearest } from '../text/nearest.ts';

/** The values of variables, by name. */
export type Variables = ReadonlyMap<string, string>;

/** A check with its variables replaced, or the reason why that is impossible. */
export type Expanded = { ok: true; check: Check } | { ok: false; reason: string };

/** Replaces `${name}` in the request and the expectations. */
export function expandCheck(check: Check, variables: Variables): Expanded {
  const missing = needs(check).find((name) => !variables.has(name));
  if (missing !== undefined) {
    // The file's own names are last in the map; prefer them to those of the environment.
    const near = nearest(missing, [...variables.keys()].reverse());
    return {
      ok: false,
      reason: `the variable ${missing} is not set${didYouMean(near)}`,
    };
  }
  const { request, expect } = check;
  const expanded = {
    ...check,
    request: replaceIn(request, variables),
    expect: { ...expect, json: replaceIn(expect.json, variables), header: replaceIn(expect.header, variables) },
  };
  return { ok: true, check: expanded };
}

/**
 * Text before a variable that rules out a part of the host: a whole authority, or the start of a
 * path.
 */
const HOST_IS_SETTLED = /^(?:[a-z][a-z\d+.-]*:\/\/[^/?#\\]*|[^:]*)[/?#\\]/i;

/** True if a variable decides on the host of a target, once the `known` ones are replaced. */
export function isHostOpen(target: string, known: Variables): boolean {
  const text = replaceIn(target, known);
  const at = text.search(/\$\{\w+\}/);
  return at >= 0 && !HOST_IS_SETTLED.test(text.slice(0, at));
}

/** A copy of a value with the variables in its texts replaced. */
function replaceIn<T>(value: T, variables: Variables): T {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => variables.get(name) ?? whole) as T;
  }
  if (value instanceof JsonText) {
    return value.map(({ kind, content }) => (kind === 'string' ? replaceIn(content, variables) : content)) as T;
  }
  if (typeof value !== 'object' || value === null || isNumber(value)) return value;
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, variables)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceIn(inner, variables)])) as T;
}

/**
 * Inserts parameters into a target, percent-encoded.
 *
 * @throws UsageError naming a parameter without a value
 */
export function fillPath(target: string, params: Record<string, string>): string {
  return target.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = lookup(params, name);
    if (value === undefined) throw new UsageError(`the path uses {${name}}, but params does not define ${name}`);
    return encodeURIComponent(value);
  });
}
