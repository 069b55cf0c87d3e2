import { isInteger } from '../../json/number.ts';
import { valueAt } from '../../json/pointer.ts';
import type { Headers } from '../../model/exchange.ts';
import type { Block } from '../../text/page.ts';

/** The status and headers of a body, if known. */
export interface BodyContext {
  headers: Headers;
  status: number | null;
  /** The value of a body that is XML. */
  parsed?: unknown;
  /** The text of a body that is a page. */
  page?: Block[] | undefined;
}

/** A value in a body by JSON Pointer, in which `*` is any item or member, or in a header by `header:name`. */
export type Pointer = string;

/**
 * The location of the rejected fields: in a list of objects or texts, in an object from name to messages (which
 * may nest), a single one by its name, or in texts that name it in their first group.
 */
export type FieldPointers =
  | { list: Pointer; path: Pointer[]; message: Pointer[] }
  | { map: Pointer }
  | { name: Pointer; message: Pointer }
  | { texts: Pointer; named: RegExp };

/** The shape of an error body that many APIs share. Of several places the first that has a text counts. */
export interface EnvelopeSpec {
  id: string;
  /** True for a body of this shape. */
  fits(body: unknown, context: BodyContext): boolean;
  /** Ids of envelopes of which this one is a special case: where both fit, it names the body. */
  narrows?: string[];
  code?: (Pointer | ((body: unknown) => string | null))[];
  /** The second level of the code. */
  subcode?: Pointer[];
  message?: Pointer[];
  status?: Pointer[];
  /** The status that comes with it by default, for a body that was saved without one. */
  impliedStatus?: number;
  requestId?: Pointer[];
  docs?: Pointer[];
  fields?: FieldPointers[];
  /** The location and unit of the wait (`duration` is `3.5s`), or a function that returns milliseconds. */
  retryAfter?: [place: Pointer, unit: 's' | 'ms' | 'duration'] | ((body: unknown) => number | null);
  /** Extracts the code from the text at its location. */
  cleanCode?(code: string): string;
  /** Extracts the message likewise. */
  cleanMessage?(message: string): string;
  /** True if it means a failure whatever the status. */
  alwaysError?: true;
  /** Other envelopes with the same shape; headers that would tell them apart are missing. */
  ambiguous?(body: unknown, context: BodyContext): string[];
}

export const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
export const isFilledList = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
export const isFilledObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** True when there is a text at a pointer. */
export const text = (body: unknown, pointer: string): boolean => isText(valueAt(body, pointer));

/** True when there is a whole number at a pointer. */
export const integer = (body: unknown, pointer: string): boolean => isInteger(valueAt(body, pointer));

/** True when there is anything at a pointer, null included. */
export const present = (body: unknown, ...pointers: string[]): boolean =>
  pointers.every((pointer) => valueAt(body, pointer) !== undefined);

/** True when the value at a pointer is one of those. */
export const equals = (body: unknown, pointer: string, ...values: unknown[]): boolean =>
  values.includes(valueAt(body, pointer));

/** True when there is a list at a pointer that has an item. */
export const list = (body: unknown, pointer: string): boolean => isFilledList(valueAt(body, pointer));

/** True when there is an object at a pointer that has a member. */
export const object = (body: unknown, pointer: string): boolean => isFilledObject(valueAt(body, pointer));

/** True when the body is an object with these members and no other. */
export const only = (body: unknown, ...names: string[]): boolean =>
  object(body, '') && Object.keys(body as object).every((name) => names.includes(name));

/** True when the text at a pointer fits a pattern. */
export const matches = (body: unknown, pointer: string, pattern: RegExp): boolean => {
  const value = valueAt(body, pointer);
  return typeof value === 'string' && pattern.test(value);
};
