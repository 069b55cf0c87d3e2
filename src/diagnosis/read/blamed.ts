import { isNumber } from '../../json/number.ts';
import { isOwn } from '../../json/own.ts';
import { fieldAt } from './field-path.ts';
import { type Form, formOf } from './forms.ts';
import { nameOf } from './names.ts';

type Json = Record<string, unknown>;

/** The name of a member of the request as an answer gives it, and how surely the answer blames it. */
export interface Blamed {
  /** In any notation; a list is one path. */
  names: unknown[];
  /** From 2 for `name`, which may be the name of anything, to 5 for a JSON Pointer. */
  strength: number;
}

/** The parts of a request, which say where a member is and not which. */
const PARTS = /^(?:body|query|querystring|path|params?|headers?|cookies?|form|payload|request|url)$/i;

/** Members of an item below which the name may be. */
const BELOW = ['source', 'meta', 'extensions', 'context', 'info', 'details', 'attributes', 'data'];

const MOST_NAMES = 20;
const LONGEST_NAME = 300;

/** Schema validators (Ajv) name a member that is missing or not allowed apart from where it is missing. */
const EXTRA = ['missingProperty', 'additionalProperty', 'unevaluatedProperty'];

/** The name that an object blames; null if it names nothing. */
export function blamedBy(item: object, below = true): Blamed | null {
  let best: Blamed | null = null;
  const take = (name: string, value: unknown) => {
    const strength = strengthOf(name);
    if (strength === 0) return;
    // `field: "amount"` beside `path: "lines[0].amount"`: the path says more.
    const [own] = best?.names ?? [];
    const isLonger = typeof value === 'string' && typeof own === 'string' && endsWithName(value, own);
    if (best !== null && best.strength >= strength && !isLonger) return;
    const names = namesIn(name, value, strength);
    if (names.length > 0) best = { names, strength: Math.max(strength, best?.strength ?? 0) };
  };
  let isFlat = true;
  for (const key in item) {
    if (!isOwn.call(item, key)) continue;
    const value = (item as Json)[key];
    if (typeof value === 'object') isFlat = false;
    take(key, value);
  }
  if (isFlat) return best;
  if (!below || (best !== null && (best as Blamed).strength >= 4)) return withMissing(item, best);
  for (const key of BELOW) {
    const inner = Object.hasOwn(item, key) ? (item as Json)[key] : undefined;
    if (!isObject(inner)) continue;
    for (const own in inner) {
      // JSON:API 1.1: `source` has pointer, parameter or header; elsewhere only what is certain counts.
      const isSure = key === 'source' || strengthOf(own) >= 4 || (key === 'details' && nameOf(own).said === 'api name');
      if (isSure) take(own, inner[own]);
    }
  }
  return withMissing(item, best);
}

/** True for a path whose last part is a name. */
const endsWithName = (path: string, name: string): boolean =>
  path.length > name.length + 1 && path.endsWith(name) && /[./\]]/.test(path.charAt(path.length - name.length - 1));

/** A name with what is missing there. */
function withMissing(item: object, found: Blamed | null): Blamed | null {
  const { params, info, path, instancePath } = item as Json;
  const more = isObject(params) ? params : info;
  if (!isObject(more)) return found;
  const at = instancePath ?? path ?? '';
  const missing = EXTRA.find((name) => typeof more[name] === 'string');
  if (missing === undefined || typeof at !== 'string') return found;
  return { names: [`${fieldAt(at).path}/${more[missing]}`], strength: 5 };
}

/** How surely a member of that name holds the name of one of the request; 0 for not at all. */
export function strengthOf(name: string): number {
  return nameOf(name).blames;
}

function namesIn(name: string, value: unknown, strength: number): unknown[] {
  // Services are named in words with hyphens, members of a request hardly ever.
  if (isToken(value, strength)) return /^source$/i.test(name) && /^[a-z]+(?:-[a-z]+)+$/.test(value) ? [] : [value];
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_NAMES) return [];
  // Valibot: a path of objects with a key each.
  const keys = value.map((part) => (isObject(part) ? part.key : undefined));
  if (keys.every((key) => typeof key === 'string' || isNumber(key))) return [keys];
  const named = value.map((part) => (isObject(part) ? part.name : undefined));
  if (/^fields$/i.test(name) && named.every((one) => isToken(one, strength))) return named;
  if (!value.every((part) => (typeof part === 'string' && part.length < LONGEST_NAME) || isNumber(part))) return [];
  // A list of paths, or one path by its parts.
  const plural = /(?:s|Names|Keys|[Tt]o)$/.test(name) && !/^loc/i.test(name);
  if (plural) return value.every((part) => isToken(part, strength)) ? value : [];
  return value.length === 1 ? value : [value];
}

/** Forms that are no name of a member. */
const NO_NAMES = new Set<Form>(['sentence', 'url', 'id', 'time', 'markup', 'integer', 'status', 'statuslike']);

function isToken(value: unknown, strength: number): value is string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > LONGEST_NAME || /\s/.test(value)) return false;
  if (PARTS.test(value) && strength < 4) return false;
  if (NO_NAMES.has(formOf(value, null))) return false;
  // The class of an exception or a code is called a name, too.
  return strength > 2 || !/(?:Error|Exception|Failure)$|^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(value);
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value);
}
