import { isInteger } from '../../json/number.ts';
import { keysOf, valueBy } from '../../json/pointer.ts';
import type { Condition, ServiceBodies, ServiceBody } from '../../model/service.ts';
import { BODIES } from '../../services/bodies.ts';
import { once } from '../../text/once.ts';
import { type BodyContext, type EnvelopeSpec, isFilledList, isFilledObject, isText, only } from './envelope.ts';

/** The envelopes of single services in JSON, in XML, or in headers, from their files in `src/services/`. */
export const servicesIn = (part: ServiceBody['in']): EnvelopeSpec[] =>
  BODIES.flatMap(({ id, marks, bodies }) =>
    bodies.filter((body) => body.in === part).map((body) => envelopeOf(body.envelope ?? id, body, marks)),
  );

/** Shapes that one service made for its own errors; those of standards and frameworks are for anybody. */
export const SERVICE_SHAPES: ReadonlySet<string> = new Set(
  BODIES.flatMap(({ id, bodies }) => bodies.map(({ envelope }) => envelope ?? id)),
);

/** Stands for all who may have the form of a service's bodies. */
export const OTHER_APIS = 'another API';

function envelopeOf(
  id: string,
  { fits, code, subcode, message, docs, fields, cleanCode, narrows, alwaysError }: ServiceBody,
  marks: ServiceBodies['marks'],
) {
  const fitsForm = anyOf(fits);
  const isMarked = marks === undefined ? null : anyOf(marks);
  const clean = cleanCode === undefined ? undefined : new RegExp(cleanCode);
  const envelope: EnvelopeSpec = {
    id,
    fits: fitsForm,
    ...(isMarked && { ambiguous: (body, context) => (isMarked(body, context) ? [] : [OTHER_APIS]) }),
    ...(code && { code }),
    ...(subcode && { subcode }),
    ...(message && { message }),
    ...(docs && { docs }),
    ...(fields && { fields }),
    ...(clean && { cleanCode: (text: string) => clean.exec(text)?.[1] ?? text }),
    ...(narrows && { narrows }),
    ...(alwaysError && { alwaysError }),
  };
  return envelope;
}

/** Tests whether one of several rows of conditions holds. */
function anyOf(rows: Record<string, Condition | string[]>[]): EnvelopeSpec['fits'] {
  const alternatives = rows.map((row) => ({
    member: memberOf(row),
    tests: once(() => Object.entries(row).map(([place, wanted]) => testOf(place, wanted))),
  }));
  return (body, context) => {
    for (const { member, tests } of alternatives) {
      if (member !== null && (typeof body !== 'object' || body === null || !Object.hasOwn(body, member))) continue;
      if (allHold(tests(), body, context)) return true;
    }
    return false;
  };
}

/** A member of the body without which a row cannot hold; most bodies lack it, which spares them the tests. */
function memberOf(row: Record<string, Condition | string[]>): string | null {
  const place = Object.keys(row).find((one) => {
    const wanted = row[one];
    return one.startsWith('/') && wanted !== undefined && !Array.isArray(wanted) && !isNegative(wanted);
  });
  return place === undefined ? null : (keysOf(place)[0] ?? null);
}

const isNegative = (wanted: Condition): boolean =>
  wanted === 'absent' || (typeof wanted === 'object' && 'isNot' in wanted);

/** A loop: every body is asked for every envelope, and most fail the first test. */
function allHold(tests: EnvelopeSpec['fits'][], body: unknown, context: BodyContext): boolean {
  for (const test of tests) if (!test(body, context)) return false;
  return true;
}

/** A test of the value at a place. */
function testOf(place: string, wanted: Condition | string[]): EnvelopeSpec['fits'] {
  if (Array.isArray(wanted)) return (body) => only(body, ...wanted);
  const holds = predicateOf(wanted);
  if (!place.startsWith('header:')) {
    const keys = keysOf(place);
    return (body) => holds(valueBy(body, keys));
  }
  const header = place.slice('header:'.length);
  return (_, { headers }: BodyContext) => holds(headers[header]);
}

function predicateOf(wanted: Condition): (value: unknown) => boolean {
  if (typeof wanted === 'string') return KINDS[wanted];
  if ('is' in wanted) {
    const values: unknown[] = [wanted.is].flat();
    return (value) => values.includes(value);
  }
  if ('isNot' in wanted) return (value) => value !== wanted.isNot;
  const pattern = new RegExp('matches' in wanted ? wanted.matches : wanted.matchesNot);
  const isWanted = 'matches' in wanted;
  return (value) => typeof value === 'string' && pattern.test(value) === isWanted;
}

const KINDS: Record<Extract<Condition, string>, (value: unknown) => boolean> = {
  present: (value) => value !== undefined,
  absent: (value) => value === undefined || value === null,
  text: isText,
  integer: isInteger,
  list: isFilledList,
  object: isFilledObject,
};
