import type { Headers } from './exchange.ts';

/** Response headers that carry the id of a request, most specific first. */
const NAMES = [
  'x-request-id',
  'request-id',
  'x-correlation-id',
  'x-amzn-requestid',
  'x-amz-request-id',
  'x-ms-request-id',
  'x-trace-id',
  'cf-ray',
];

/** The id that support asks for, from the response's headers; null when none has one. */
export function requestIdOf(headers: Headers): string | null {
  for (const name of NAMES) {
    const id = headers[name];
    if (id !== undefined && id !== '') return id;
  }
  return null;
}
