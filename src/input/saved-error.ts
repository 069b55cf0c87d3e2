import { type Exchange, type Headers, type Response, savedResponse } from '../diagnosis/exchange.ts';
import { UsageError } from '../errors.ts';
import { jsonProblem } from './json-problem.ts';
import { readRawHttp, readVerboseCurl } from './raw-http.ts';

/**
 * Makes an exchange of a saved error: a JSON body; an object with `status`, `headers` and `body` as clients dump it; a
 * response with its headers as curl and HTTPie print it. Other text is taken as the body as it stands.
 *
 * @throws UsageError for text that begins like JSON and is not
 */
export function readSavedError(text: string, name: string): Exchange {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const printed = readRawHttp(trimmed) ?? readVerboseCurl(trimmed);
  if (printed !== null) return printed;
  return { request: null, response: readBody(trimmed, name), failure: null };
}

function readBody(text: string, name: string): Response {
  if (!/^[{[]/.test(text)) return savedResponse(text);
  const problem = jsonProblem(text);
  if (problem !== null) throw new UsageError(`${name} is not valid JSON${problem}`);
  const value: unknown = JSON.parse(text);
  return isDump(value) ? fromDump(value) : savedResponse(text);
}

interface Dump {
  status: number;
  headers?: Headers;
  body: unknown;
}

function isDump(value: unknown): value is Dump {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { status, headers, body } = value as Partial<Dump>;
  return (
    typeof status === 'number' &&
    body !== undefined &&
    (headers === undefined ||
      (typeof headers === 'object' && Object.values(headers).every((field) => typeof field === 'string')))
  );
}

function fromDump({ status, headers, body }: Dump): Response {
  return savedResponse(typeof body === 'string' ? body : JSON.stringify(body), status, headers ?? {});
}
