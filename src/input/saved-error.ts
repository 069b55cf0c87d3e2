import { type Headers, type Response, savedResponse } from '../diagnosis/exchange.ts';
import { UsageError } from '../errors.ts';
import { jsonProblem } from './json-problem.ts';

/**
 * Makes a response of a saved error: a JSON body, or an object with `status`, `headers` and `body` as clients dump it.
 * Other text is taken as the body as it stands.
 *
 * @throws UsageError for text that begins like JSON and is not
 */
export function readSavedError(text: string, name: string): Response {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (!/^[{[]/.test(trimmed)) return savedResponse(trimmed);
  const problem = jsonProblem(trimmed);
  if (problem !== null) throw new UsageError(`${name} is not valid JSON${problem}`);
  const value: unknown = JSON.parse(trimmed);
  return isDump(value) ? fromDump(value) : savedResponse(trimmed);
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
