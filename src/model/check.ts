import { JsonText } from '../json/text.ts';
import type { StatusPattern } from './catalog.ts';

/** A request in a check, with variables as `${name}`. */
export interface CheckRequest {
  method: string;
  /** A path or a URL, with parameters as `{name}`. */
  target: string;
  params: Record<string, string>;
  query: [string, string][];
  headers: Record<string, string>;
  /** Set by the file for all its checks; the check's own headers override them. */
  sharedHeaders: Record<string, string>;
  /** Undefined for none. */
  body: JsonText | string | undefined;
  /** A key other than the configured one; false for none, null for the configured one. */
  key: string | false | null;
}

/** The expectations of a check; null and empty ones expect nothing. */
export interface Expectation {
  status: StatusPattern[] | null;
  header: Record<string, string>;
  json: { pointer: string; rule: JsonRule }[];
  /** The id of an entry or a category. */
  error: string | null;
  /** The ids of the entries that it stands for; those of a former id are others. */
  errorIds: string[];
  /** False if redirects are expectations themselves, and are not followed. */
  follow: boolean;
  withinMs: number | null;
  /** The parsed JSON Schema, and its file. */
  schema: { file: string; value: JsonText } | null;
}

/** One check of a file. */
export interface Check {
  name: string;
  /** The file as the user named it, and the line in it. */
  file: string;
  line: number;
  /** The API named for it, or null. */
  api: string | null;
  request: CheckRequest;
  expect: Expectation;
  /** Variables for other checks: a JSON Pointer into the body, or `header:name`. */
  capture: Record<string, string>;
  /** Null for the number from config or command line. */
  retry: number | null;
  timeoutMs: number | null;
  tags: string[];
  /** Why it is skipped, or null. */
  skip: string | null;
  /** A variable that has to be set for it to run, or null. */
  onlyIf: string | null;
  /** The mock's script for it, or "". */
  mock: string;
  /** The variables of its file. */
  variables: Record<string, string>;
}

/** An empty check, to be filled in. */
export const BLANK_CHECK: Check = {
  name: '',
  file: '',
  line: 1,
  api: null,
  request: {
    method: 'GET',
    target: '/',
    params: {},
    query: [],
    headers: {},
    sharedHeaders: {},
    body: undefined,
    key: null,
  },
  expect: { status: null, header: {}, json: [], error: null, errorIds: [], follow: true, withinMs: null, schema: null },
  capture: {},
  retry: null,
  timeoutMs: null,
  tags: [],
  skip: null,
  onlyIf: null,
  mock: '',
  variables: {},
};

/**
 * The outcome of a check. `undocumented`: the API returned an error that its catalog lacks.
 * `error`: the check could not be run, or got no response. `not-run`: the run ended before it.
 */
export const OUTCOMES = ['passed', 'failed', 'undocumented', 'error', 'skipped', 'not-run'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** An unmet expectation. */
export interface Unmet {
  /** `status`, `header content-type`, `json /0/name`, `error`, `within`, `schema`, `body`. */
  what: string;
  expected: string;
  actual: string;
  /** What surrounds the value in the body, with its place: `in /0: {"id":41,…}`. */
  around?: string | undefined;
}

/** The part of a report about the check itself, in addition to the call. */
export interface CheckResult {
  outcome: Outcome;
  file: string;
  line: number;
  tags: string[];
  unmet: Unmet[];
  /** Why it was skipped, not run, or could not be run. */
  reason: string | null;
  /** The request as a curl command, of a check that did not pass; credentials are variables. */
  curl?: string | undefined;
  /** The stack of an internal error in errprobe. */
  stack?: string | undefined;
  /** The total duration with all attempts and waits, in milliseconds. */
  ms: number;
}

/** The names of the variables in a text, or in all texts within a value. */
export function variablesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
  if (value instanceof JsonText) return variablesIn(value.value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(variablesIn);
}

/** The variables that a check uses in its request and expectations. */
export function needs({ request, expect }: Check): string[] {
  return [...new Set(variablesIn([request, expect.json, expect.header]))];
}

export const JSON_TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;

export type JsonType = (typeof JSON_TYPES)[number];

/** An expectation for a value in a body; every given part must hold. */
export interface JsonRule {
  equals?: unknown;
  type?: JsonType;
  /** A template: `{}` matches anything. */
  matches?: string;
  /** The length of a string, a list or an object. */
  length?: { min: number; max: number };
  present?: boolean;
}
