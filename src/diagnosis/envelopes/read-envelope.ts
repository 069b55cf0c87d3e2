import { valueAt } from '../../json/pointer.ts';
import type { ErrorBody, Field } from '../../model/diagnosis.ts';
import { parseDuration } from '../../text/duration.ts';
import { fieldsOfMap } from '../read/field-maps.ts';
import { fieldOf } from '../read/field-path.ts';
import { statusOf, textOf } from '../read/values.ts';
import { BATCHES } from './batches.ts';
import { candidatesFor } from './candidates.ts';
import type { BodyContext, EnvelopeSpec, FieldPointers, Pointer } from './envelope.ts';
import { FRAMEWORKS } from './frameworks.ts';
import { IN_HEADERS } from './headers.ts';
import { servicesIn } from './services.ts';
import { STANDARDS } from './standards.ts';
import { XML } from './xml.ts';

/** The envelopes by where they are. Their order does not matter. */
export const ENVELOPES_IN: Record<'json' | 'xml' | 'headers', EnvelopeSpec[]> = {
  json: [...BATCHES, ...servicesIn(undefined), ...STANDARDS, ...FRAMEWORKS],
  xml: [...servicesIn('xml'), ...XML],
  headers: [...servicesIn('headers'), ...IN_HEADERS],
};

/** Every envelope. */
export const ENVELOPES: EnvelopeSpec[] = Object.values(ENVELOPES_IN).flat();

const ALWAYS_ERRORS = new Set([...BATCHES, ...ENVELOPES.filter((spec) => spec.alwaysError)].map(({ id }) => id));

/** True for an envelope that means a failure whatever the status. */
export const isAlwaysError = (envelope: string): boolean => ALWAYS_ERRORS.has(envelope);

/** No body has more fields than anybody reads. */
const MOST_FIELDS = 100;

/** Reads a body by the envelope that fits; null when none does. */
export function readEnvelope(body: unknown, context: BodyContext): ErrorBody | null {
  // A member can mean different things in XML and in JSON.
  const spec = narrowest(context.parsed === undefined ? ENVELOPES_IN.json : ENVELOPES_IN.xml, body, context);
  return spec === null ? null : readBy(spec, body, context);
}

/** The envelope that fits and is no general case of another that does; of several, the first by name. */
export function narrowest(envelopes: EnvelopeSpec[], body: unknown, context: BodyContext): EnvelopeSpec | null {
  let found: EnvelopeSpec | null = null;
  for (const spec of candidatesFor(envelopes, body)) {
    if (!spec.fits(body, context) || (found !== null && isNarrower(found, spec))) continue;
    found = spec;
  }
  return found;
}

/** Whether the one names a body that fits both. */
function isNarrower(one: EnvelopeSpec, other: EnvelopeSpec): boolean {
  if (one.narrows?.includes(other.id)) return true;
  return !other.narrows?.includes(one.id) && one.id < other.id;
}

/** The status that a framework answers with, where a body of its shape came without one; null where it may be any. */
export function impliedStatus(envelope: string): number | null {
  return ENVELOPES_IN.json.find(({ id }) => id === envelope)?.impliedStatus ?? null;
}

/** Reads what the headers say beside a body; null when they name no error. */
export function readHeaders(context: BodyContext): ErrorBody | null {
  const spec = narrowest(ENVELOPES_IN.headers, undefined, context);
  return spec === null ? null : readBy(spec, undefined, context);
}

function readBy(spec: EnvelopeSpec, body: unknown, context: BodyContext): ErrorBody {
  const first = (places: Pointer[] | undefined) => firstText(places ?? [], body, context);
  const code = firstOf(spec.code ?? [], (place) =>
    typeof place === 'string' ? firstText([place], body, context) : place(body),
  );
  const clean = (text: string | null) => (text === null ? null : (spec.cleanCode?.(text) ?? text));
  const cleaned = clean(code);
  const subcode = clean(first(spec.subcode));
  const message = first(spec.message);
  return {
    envelope: spec.id,
    // RFC 9457, section 4.2.1: about:blank says no more than the status.
    code: cleaned === 'about:blank' ? null : cleaned,
    subcode: subcode === cleaned ? null : subcode,
    message: message === null ? null : (spec.cleanMessage?.(message) ?? message).trim(),
    status: statusOf(first(spec.status)),
    requestId: first(spec.requestId),
    fields: (spec.fields ?? []).flatMap((place) => readFields(place, body, context)).slice(0, MOST_FIELDS),
    docs: (spec.docs ?? [])
      .flatMap((place) => textsAt(place, body, context))
      .filter((link) => /^https?:\/\//.test(link)),
    retryAfterMs: retryAfterOf(spec, body, context),
    ambiguous: spec.ambiguous?.(body, context) ?? [],
  };
}

function readFields(place: FieldPointers, body: unknown, context: BodyContext): Field[] {
  if ('map' in place) return fieldsOfMap(valueAt(body, place.map));
  if ('texts' in place) {
    const texts = [valuesAt(place.texts, body)].flat(2).flatMap((value) => textOf(value) ?? []);
    const several = Array.isArray(valueAt(body, place.texts));
    return texts.flatMap((message) => {
      const name = (place.named.exec(message)?.slice(1) ?? []).filter((group) => group !== undefined).join('/');
      // A single text that names no field is the message.
      return name === '' && !several ? [] : [fieldOf(name, message)];
    });
  }
  if ('name' in place) {
    const name = firstText([place.name], body, context);
    const message = firstText([place.message], body, context);
    return name === null || message === null ? [] : [fieldOf(name, message)];
  }
  const items = valuesAt(place.list, body).flatMap((value) => (Array.isArray(value) ? value : []));
  return items.flatMap((item: unknown) => {
    const name = place.path
      .map((pointer) => valueAt(item, pointer))
      .find((value) => value !== undefined && value !== null);
    const message = firstText(place.message, item, context);
    // Without a name it is another error, not a field; a list of texts has no names.
    if (message === null || (name === undefined && place.path.length > 0)) return [];
    return [name === undefined ? { path: '', message } : fieldOf(name, message)];
  });
}

function retryAfterOf({ retryAfter }: EnvelopeSpec, body: unknown, context: BodyContext): number | null {
  if (retryAfter === undefined) return null;
  if (typeof retryAfter === 'function') return retryAfter(body);
  const [place, unit] = retryAfter;
  const value = firstText([place], body, context);
  if (value === null) return null;
  if (unit === 'duration') return parseDuration(value);
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? Math.round(number * (unit === 's' ? 1000 : 1)) : null;
}

function firstOf<T>(places: T[], read: (place: T) => string | null): string | null {
  for (const place of places) {
    const found = read(place);
    if (found !== null) return found;
  }
  return null;
}

function firstText(places: Pointer[], body: unknown, context: BodyContext): string | null {
  for (const place of places) {
    const found = textsAt(place, body, context)[0];
    if (found !== undefined) return found;
  }
  return null;
}

function textsAt(place: Pointer, body: unknown, { headers }: BodyContext): string[] {
  if (place.startsWith('header:'))
    return headers[place.slice(7)] === undefined ? [] : [headers[place.slice(7)] as string];
  return valuesAt(place, body).flatMap((value) => textOf(value) ?? []);
}

/** The values at a pointer in which `*` is every item or member. */
function valuesAt(place: Pointer, body: unknown): unknown[] {
  const star = place.indexOf('/*');
  if (star < 0) {
    const value = valueAt(body, place);
    return value === undefined ? [] : [value];
  }
  const outer = valueAt(body, place.slice(0, star));
  if (typeof outer !== 'object' || outer === null) return [];
  return Object.values(outer).flatMap((inner) => valuesAt(place.slice(star + 2), inner));
}
