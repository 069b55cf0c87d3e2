import { endpointPointers, type RecordFields, timePointer } from '../input/log-record.ts';
import { valueAt } from '../json/pointer.ts';
import { readJson } from '../json/read.ts';
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

/** A hash of a line that orders lines of the same time (FNV-1a, 32 bits). */
export function orderOf(bytes: Buffer, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash >>> 0;
}

export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0d || byte === 0x09 || byte === 0;
}

export function parsed(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
