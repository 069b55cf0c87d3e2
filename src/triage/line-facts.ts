import { endpointPointers, type RecordFields, timePointer } from '../input/log-record.ts';
import { valueAt } from '../json/pointer.ts';
import type { Exchange } from '../model/exchange.ts';
import { endpointOf } from './endpoint.ts';
import { timeOfText } from './time.ts';

/** The time of the event in a parsed line, in milliseconds since 1970; null if it has none. */
export function timeAt(value: unknown, fields: RecordFields): number | null {
  const pointer = timePointer(value, fields);
  return pointer === null ? null : timeOfText(String(valueAt(value, pointer)));
}

/** The endpoint that a parsed line names. */
export function endpointAt(value: unknown): string | null {
  const { method, url } = endpointPointers(value);
  if (url === null) return null;
  return endpointOf(method === null ? null : String(valueAt(value, method)), String(valueAt(value, url)));
}

/** The endpoint of the request in an exchange. */
export function endpointOfRequest({ request }: Exchange): string | null {
  return request === null ? null : endpointOf(request.method, request.url);
}
