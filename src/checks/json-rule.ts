import { isEqual } from '../json/equal.ts';
import { isInteger, isNumber, plainNumber } from '../json/number.ts';
import { stringify } from '../json/stringify.ts';
import type { JsonText } from '../json/text.ts';
import { JSON_TYPES, type JsonRule, type JsonType } from '../model/check.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import { matchTemplate } from '../text/template.ts';

const KEYS = ['equals', 'type', 'matches', 'length', 'present'];

/**
 * Parses the expectation for a pointer: a rule, or a value to compare with. An object is a rule; to
 * compare with an object, write `{ equals: … }`.
 *
 * @throws Error with a message for the user
 */
export function parseRule(written: unknown): JsonRule {
  if (typeof written !== 'object' || written === null || Array.isArray(written) || isNumber(written)) {
    return { equals: written };
  }
  const rule: JsonRule = {};
  for (const [key, value] of Object.entries(written)) Object.assign(rule, { [key]: parsePart(key, value) });
  return rule;
}

function parsePart(key: string, value: unknown): unknown {
  if (key === 'equals') return value;
  if (key === 'present' && typeof value === 'boolean') return value;
  if (key === 'matches' && typeof value === 'string') return value;
  if (key === 'type' && (JSON_TYPES as readonly unknown[]).includes(value)) return value;
  if (key === 'length') return parseLength(value);
  if (key === 'type') throw new Error(`type must be one of ${JSON_TYPES.join(', ')}`);
  if (KEYS.includes(key)) throw new Error(`${key} must be ${key === 'present' ? 'true or false' : 'a string'}`);
  const near = nearest(key, KEYS);
  const hint = didYouMean(near) || '.';
  throw new Error(`unknown rule "${key}"${hint} To compare with an object, write { equals: … }.`);
}

function parseLength(written: unknown): JsonRule['length'] {
  const value = plainNumber(written);
  const isCount = (count: unknown): count is number => Number.isInteger(count) && Number(count) >= 0;
  if (isCount(value)) return { min: value, max: value };
  const { min = 0, max = Number.MAX_SAFE_INTEGER, ...rest } = (value ?? {}) as Record<string, unknown>;
  if (typeof value === 'object' && value !== null && isCount(min) && isCount(max) && Object.keys(rest).length === 0) {
    return { min, max };
  }
  throw new Error('length must be a number or { min, max }');
}

/**
 * The part of a rule that a value does not meet; null if it meets all of it.
 *
 * @param value undefined for a missing value
 * @param written the text of the value, for the message
 */
export function unmetRule(
  rule: JsonRule,
  value: unknown,
  written: JsonText | undefined,
): { expected: string; actual: string } | null {
  const actual = show(written ?? value);
  if (rule.present === false) return value === undefined ? null : { expected: 'no value', actual };
  if (value === undefined) return { expected: describeRule(rule), actual: 'no value' };
  if ('equals' in rule && !isEqual(rule.equals, value)) return { expected: show(rule.equals), actual };
  if (rule.type !== undefined && !isType(rule.type, value)) return { expected: rule.type, actual };
  if (rule.matches !== undefined && (typeof value !== 'string' || matchTemplate(rule.matches, value) === null)) {
    return { expected: `a string matching ${show(rule.matches)}`, actual };
  }
  if (rule.length === undefined) return null;
  const length = lengthOf(value);
  const { min, max } = rule.length;
  if (length !== null && length >= min && length <= max) return null;
  return { expected: describeLength(rule.length), actual: length === null ? actual : `${length}` };
}

function describeRule(rule: JsonRule): string {
  if ('equals' in rule) return show(rule.equals);
  if (rule.matches !== undefined) return `a string matching ${show(rule.matches)}`;
  return rule.type ?? (rule.length === undefined ? 'something' : describeLength(rule.length));
}

function describeLength({ min, max }: { min: number; max: number }): string {
  if (min === max) return `length ${min}`;
  return max === Number.MAX_SAFE_INTEGER ? `length of at least ${min}` : `length from ${min} to ${max}`;
}

/** A value for a message, truncated. */
export function show(value: unknown): string {
  const text = stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function lengthOf(value: unknown): number | null {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isType('object', value) ? Object.keys(value as object).length : null;
}

function isType(type: JsonType, value: unknown): boolean {
  if (type === 'integer') return isInteger(value);
  if (type === 'number') return isNumber(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value);
  return typeof value === type;
}
