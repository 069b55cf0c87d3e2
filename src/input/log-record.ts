import { isToken } from '../diagnosis/read/text-code.ts';
import { topicOf } from '../diagnosis/verdict/words.ts';
import { isNumber, plainNumber } from '../json/number.ts';
import { keysOf, valueAt } from '../json/pointer.ts';
import { readJson } from '../json/read.ts';
import { scalarText } from '../json/scalar.ts';
import { stringify } from '../json/stringify.ts';
import { JsonText } from '../json/text.ts';
import { lowerCaseNames, type Request, savedResponse } from '../model/exchange.ts';
import type { SavedError } from '../model/saved-error.ts';
import { readLogText } from './log-text.ts';
import { first, isAlarming, isScalar, tellsOfAnswer } from './record-level.ts';
import {
  BODY,
  CODES,
  ERROR_TEXTS,
  HEADERS,
  MARKS,
  METHOD,
  OWN_BODY,
  REQUEST_ID,
  REQUEST_URL,
  STATUS,
  TEXTS,
  TIME,
} from './record-places.ts';

/**
 * JSON Pointers to status, body and time in a record, for logs that keep them in unusual places.
 */
export interface RecordFields {
  status?: string | undefined;
  body?: string | undefined;
  time?: string | undefined;
}

/**
 * The errors in a record of a logger or an access log: none for a success. Null for a value that is
 * not such a record.
 *
 * Values that do not affect the result must not be read: triage learns from the accesses which
 * lines are alike.
 *
 * @param source returns the original text of a value in the record, if there is one
 */
export function readRecord(
  value: unknown,
  fields: RecordFields = {},
  source: Source = () => undefined,
): SavedError[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const inner = recordsIn(value, source);
  if (inner !== null) return inner.flatMap(([record, text]) => readRecord(record, fields, text) ?? []);
  const named = [fields.status, fields.body].some((pointer) => pointer !== undefined && has(value, pointer));
  if (!named && !isRecord(value) && !isResponse(value)) return null;

  const status = statusAt(value, fields.status === undefined ? STATUS : [fields.status]);
  const body = bodyOf(value, fields, source);
  if (status !== null && status < 400 && body === null) return [];
  const headers = first(HEADERS, (pointer) => headersAt(value, pointer)) ?? {};
  const request = requestOf(value);
  if (body !== null) {
    return [{ name: null, exchange: { request, response: savedResponse(body, status, headers), failure: null } }];
  }
  const logged = status === null && !isAlarming(value) && !tellsOfAnswer(value) ? null : readLogText(textsOf(value));
  const own = logged === null && (status !== null || isAlarming(value)) ? ownError(value, status) : null;
  if (status === null && logged === null && own === null) return [];
  const said = own ?? logged?.response?.body ?? '';
  const response = status === null && own === null ? (logged?.response ?? null) : savedResponse(said, status, headers);
  const failure = response === null ? (logged?.failure ?? null) : null;
  const asked = request ?? logged?.request ?? null;
  return [{ name: null, exchange: { request: asked, response, failure, ...(logged?.seen && { seen: logged.seen }) } }];
}

/**
 * The pointer to the time of a value's event; null if it has none. Only names and types are read.
 */
export function timePointer(value: unknown, fields: RecordFields = {}): string | null {
  const pointers = fields.time === undefined ? TIME : [fields.time];
  return first(pointers, (pointer) => (isScalar(valueAt(value, pointer)) ? pointer : null));
}

/** The request id in a record. */
export function requestIdIn(value: unknown): string | null {
  return first(REQUEST_ID, (pointer) => {
    const id = valueAt(value, pointer);
    return isScalar(id) && id !== '' ? String(id) : null;
  });
}

/** The pointers to the request's method and URL. */
export function endpointPointers(value: unknown): { method: string | null; url: string | null } {
  const text = (pointers: string[]) =>
    first(pointers, (pointer) => (typeof valueAt(value, pointer) === 'string' ? pointer : null));
  const url = text(REQUEST_URL) ?? text(['/request']);
  return { method: text(METHOD), url };
}

/** Unwraps records from transport formats: lists, and OpenTelemetry exports. */
function recordsIn(value: object, source: Source): [record: unknown, source?: Source][] | null {
  if (Array.isArray(value)) {
    const isList = value.length > 0 && value.every((item) => isObject(item) && (isRecord(item) || isResponse(item)));
    return isList ? value.map((item, i) => [item, (pointer) => source(`/${i}${pointer}`)]) : null;
  }
  const { resourceLogs } = value as { resourceLogs?: unknown };
  if (!Array.isArray(resourceLogs)) return null;
  const scopes = resourceLogs.flatMap((resource) => listAt(resource, '/scopeLogs'));
  return scopes.flatMap((scope) => listAt(scope, '/logRecords')).map((record) => [plainRecord(record)]);
}

/** OTLP encodes `{"a": "b"}` as `{"key": "a", "value": {"stringValue": "b"}}`. */
function plainRecord(record: unknown): unknown {
  const attributes = listAt(record, '/attributes').map((attribute) => [
    scalarText(valueAt(attribute, '/key')),
    plainValue(valueAt(attribute, '/value')),
  ]);
  return {
    ...(record as object),
    severityNumber: valueAt(record, '/severityNumber') ?? null,
    body: plainValue(valueAt(record, '/body')),
    attributes: Object.fromEntries(attributes) as unknown,
  };
}

function plainValue(value: unknown): unknown {
  return first(
    ['/stringValue', '/intValue', '/doubleValue', '/boolValue'],
    (pointer) => valueAt(value, pointer) ?? null,
  );
}

/** Whether a value has members that only the records of loggers have. */
export function isLogged(value: unknown): boolean {
  return isObject(value) && MARKS.some((name) => Object.hasOwn(value as object, name));
}

function isRecord(value: object): boolean {
  if (Array.isArray(value)) return false;
  const others = ['/err', '/res', '/req', '/config'];
  return (
    isLogged(value) ||
    others.some((pointer) => isObject(valueAt(value, pointer))) ||
    STATUS.some(
      (pointer) => pointer.startsWith('/response/') && has(value, pointer) && !isWord(valueAt(value, pointer)),
    ) ||
    BODY.some((pointer) => has(value, pointer)) ||
    // A Node.js exception as JSON.
    ['/syscall', '/cause/syscall', '/cause/code'].some((pointer) => typeof valueAt(value, pointer) === 'string')
  );
}

/** Whether a value is a state and no status: the response of a model may be `failed`. */
const isWord = (value: unknown): boolean => typeof value === 'string' && /^[a-z]/i.test(value);

/** `{status, headers, body}`, a common form for dumped responses. */
function isResponse(value: object): boolean {
  const { status, statusCode, body } = value as Record<string, unknown>;
  return isNumber(status ?? statusCode) && body !== undefined;
}

function statusAt(value: object, pointers: string[]): number | null {
  return first(pointers, (pointer) => {
    const found = valueAt(value, pointer);
    // nginx logs "502, 200" if it tried several servers.
    const status = typeof found === 'string' ? Number(/^\s*([1-5]\d\d)\b/.exec(found)?.[1]) : plainNumber(found);
    return typeof status === 'number' && status >= 100 && status < 600 && Number.isInteger(status) ? status : null;
  });
}

function bodyOf(value: object, fields: RecordFields, source: Source): string | null {
  const textAt = (pointer: string) => textOf(valueAt(value, pointer), () => source(pointer));
  if (fields.body !== undefined) return textAt(fields.body);
  const found = first(BODY, textAt);
  if (found !== null) return found;
  // Responses and errors of axios and clients like it.
  if (has(value, '/statusText') && has(value, '/config')) return textAt('/data');
  return first(OWN_BODY, (pointer) => {
    const own = valueAt(value, pointer);
    // OpenTelemetry calls a record's message its body.
    if (typeof own === 'string') return /^\s*[{[<]/.test(own) && jsonIn(own) !== own ? own : null;
    return textAt(pointer);
  });
}

function textOf(body: unknown, source: () => string | undefined): string | null {
  if (typeof body === 'string') return body === '' ? null : body;
  return isContainer(body) ? (source() ?? stringify(body) ?? null) : null;
}

/** Returns the text of a value in a record, by JSON Pointer. */
export type Source = (pointer: string) => string | undefined;

/** The text of the value at a JSON Pointer in a JSON text. */
export function sourceAt(text: string, pointer: string): string | undefined {
  return new JsonText(text).at(keysOf(pointer))?.text;
}

function headersAt(value: object, pointer: string): Record<string, string> | null {
  const headers = valueAt(value, pointer);
  if (!isObject(headers)) return null;
  const texts = Object.entries(headers as object).filter(([, field]) => isScalar(field));
  return Object.fromEntries(texts.map(([name, field]) => [name, String(field)]));
}

function requestOf(value: object): Request | null {
  const pointers = endpointPointers(value);
  if (pointers.url === null) return null;
  const written = String(valueAt(value, pointers.url));
  // nginx and Amazon's load balancer: "GET https://host:443/path HTTP/1.1".
  const [, word, target = written] = /^([A-Z]+) (\S+)(?: HTTP\/[\d.]+)?$/.exec(written) ?? [];
  const method = word ?? (pointers.method === null ? null : String(valueAt(value, pointers.method)).toUpperCase());
  if (method === null) return null;
  // axios keeps the base URL separately.
  const base = valueAt(value, '/config/baseURL') ?? valueAt(value, '/err/config/baseURL');
  const url =
    typeof base === 'string' && !/^https?:/.test(target)
      ? `${base.replace(/(?<!\/)\/+$/, '')}/${target.replace(/^\/+/, '')}`
      : target;
  const headers = first(['/req/headers', '/request/headers', '/config/headers', '/err/config/headers'], (pointer) =>
    headersAt(value, pointer),
  );
  return { method, url, headers: lowerCaseNames(headers ?? {}), body: null };
}

function textsOf(value: object): string {
  const texts = ['/body', ...TEXTS, ...CODES].map((pointer) => valueAt(value, pointer));
  // Distribution's registry: err.code="blob unknown" err.message="blob unknown to registry"
  const named = ['/err.code', '/err.message'].flatMap((pointer) => valueAt(value, pointer) ?? []).join(': ');
  return [named, ...texts].filter((text) => typeof text === 'string' && text !== '').join('\n');
}

/** Longer words are no codes. */
const LONGEST_CODE = 80;

/**
 * An error that a record describes in members of its own, as a body: code and message; or the text of its error, which
 * without a status has to say what is wrong.
 */
function ownError(value: object, status: number | null): string | null {
  const code = first(CODES, (pointer) => {
    const found = valueAt(value, pointer);
    return typeof found === 'string' && found.length <= LONGEST_CODE && isToken(found) ? found : null;
  });
  if (code === null) {
    const text = first(ERROR_TEXTS, (pointer) => {
      const found = valueAt(value, pointer);
      return typeof found === 'string' && found !== '' ? found : null;
    });
    return text !== null && (status !== null || topicOf(text) !== null) ? text : null;
  }
  const message = first(TEXTS, (pointer) => {
    const found = valueAt(value, pointer);
    return typeof found === 'string' ? found : null;
  });
  // The SDK of AWS for JavaScript 2 gives its exceptions members that tell what they are.
  const ofSdk = has(value, '/retryable') && has(value, '/retryDelay') ? { retryable: null, retryDelay: null } : null;
  return JSON.stringify({ code, message, ...ofSdk });
}

/** Parses a text that is JSON; any other text is returned. */
function jsonIn(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

function listAt(value: unknown, pointer: string): unknown[] {
  const list = valueAt(value, pointer);
  return Array.isArray(list) ? list : [];
}

const has = (value: unknown, pointer: string): boolean => valueAt(value, pointer) !== undefined;

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isNumber(value);
}
