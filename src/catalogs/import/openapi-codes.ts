import { type JsonRecord, recordOf } from '../../json/record.ts';
import type { Walker } from './refs.ts';
import { isCodeForm } from './subject.ts';

/** A code that a schema enumerates, and its description. */
export interface SchemaCode {
  code: string;
  /** A subdivision of the code, as an issue among the details. */
  subcode?: string;
  text: string | null;
}

const CODES = /^(?:code|error|error_?code|errcode|reason|issue|error_?key|err)$/i;

/** How deep a schema is searched for codes: deeper ones belong to embedded objects. */
const DEEPEST = 1;
/** How deep it is searched for pairs of a code and its description. */
const DEEPEST_PAIR = 6;

/** The codes of an error schema: enumerations of a member for codes, and pairs of issue and description. */
export function codesInSchema(schema: JsonRecord, walker: Walker, seen: Set<unknown>): SchemaCode[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const found: SchemaCode[] = [];
  visit(schema, 0, walker, new Set(), found);
  return found;
}

/** The code and message that a schema has one value each for; null if it has not. */
export function pairInSchema(schema: JsonRecord, walker: Walker): SchemaCode | null {
  return pairOf(Object.entries(recordOf(schema.properties)), walker)?.[0] ?? null;
}

/** @param above the only code of the body in whose details the schema stands */
function visit(
  written: unknown,
  depth: number,
  walker: Walker,
  seen: Set<unknown>,
  found: SchemaCode[],
  above: string | null = null,
): void {
  const schema = walker.resolve(written);
  if (schema === null || depth > DEEPEST_PAIR || seen.has(schema) || seen.size > 3000) return;
  seen.add(schema);
  const properties = recordOf(schema.properties);
  const members = Object.entries(properties);
  const pair = pairOf(members, walker);
  if (pair !== null && above !== null && depth > 0)
    found.push(...pair.map(({ code, text }) => ({ code: above, subcode: code, text })));
  else if (pair !== null) found.push(...pair);
  else if (depth <= DEEPEST) {
    for (const [name, member] of members) if (CODES.test(name)) found.push(...enumerated(member, walker));
  }
  const own = above ?? onlyCode(schema, walker);
  for (const kind of ['oneOf', 'anyOf', 'allOf']) {
    const parts = schema[kind];
    if (Array.isArray(parts)) for (const part of parts) visit(part, depth, walker, seen, found, own);
  }
  visit(schema.items, depth, walker, seen, found, own);
  for (const [name, member] of members) {
    if (depth < DEEPEST || /err|detail|issue|fault|problem/i.test(name))
      visit(member, depth + 1, walker, seen, found, own);
  }
}

/** The code of a body whose schema gives it one value only; it may stand in any part of the schema. */
function onlyCode(schema: JsonRecord, walker: Walker): string | null {
  const parts = [schema, ...(Array.isArray(schema.allOf) ? schema.allOf.map((part) => walker.resolve(part)) : [])];
  for (const part of parts) {
    const members = Object.entries(recordOf(part?.properties));
    const values = valuesOf(walker.resolve(members.find(([name]) => /^(?:name|code|error_?code)$/i.test(name))?.[1]));
    if (values.length === 1 && typeof values[0] === 'string') return values[0];
  }
  return null;
}

/** Members with one value each: `issue: { enum: [X] }` and `description: { enum: [text] }`. */
function pairOf(members: [string, unknown][], walker: Walker): SchemaCode[] | null {
  const single = (wanted: RegExp): string | null => {
    const member = walker.resolve(members.find(([name]) => wanted.test(name))?.[1]);
    const values = valuesOf(member);
    return values.length === 1 && typeof values[0] === 'string' ? values[0] : null;
  };
  const code = single(/^(?:issue|code|error_?code|reason|error|name|type)$/i);
  const text = single(/^(?:description|message|detail|title)$/i);
  return code === null || text === null ? null : [{ code, text }];
}

function valuesOf(member: JsonRecord | null): unknown[] {
  if (member === null) return [];
  if (Array.isArray(member.enum)) return member.enum;
  return member.const === undefined ? [] : [member.const];
}

function enumerated(written: unknown, walker: Walker): SchemaCode[] {
  const member = walker.resolve(written);
  if (member === null) return [];
  const parts = ['oneOf', 'anyOf'].flatMap((kind) =>
    Array.isArray(member[kind]) ? (member[kind] as unknown[]).map((part) => walker.resolve(part)) : [],
  );
  const fromParts = parts.flatMap((part) =>
    valuesOf(part).map((value) => ({ value, text: typeof part?.description === 'string' ? part.description : null })),
  );
  const values = valuesOf(member);
  const texts = (member['x-enumDescriptions'] ?? member['x-enum-descriptions'] ?? member['x-enum-varnames']) as unknown;
  return [...values.map((value, i) => ({ value, text: textOf(texts, value, i) })), ...fromParts]
    .filter(
      ({ value }) =>
        (typeof value === 'string' || typeof value === 'number') &&
        isCodeForm(String(value)) &&
        !/^[1-5]\d\d$/.test(String(value)),
    )
    .map(({ value, text }) => ({ code: String(value), text }));
}

function textOf(texts: unknown, value: unknown, i: number): string | null {
  if (typeof texts !== 'object' || texts === null) return null;
  const text = Array.isArray(texts) ? texts[i] : recordOf(texts)[String(value)];
  return typeof text === 'string' && text !== '' ? text : null;
}
