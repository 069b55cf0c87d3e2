import { type Headers, LONGEST_DIAGNOSED, type Response, savedResponse } from '../model/exchange.ts';
import { memberAt, textAt } from './member.ts';

/** The members of a Fetch `Response` that are used; node-fetch has them, too. */
export interface FetchResponse {
  status: number;
  url: string;
  headers: Iterable<[string, string]>;
  bodyUsed: boolean;
  body: ReadableStream<Uint8Array> | object | null;
  clone(): FetchResponse;
  text(): Promise<string>;
}

/** Whether a value is a `Response`, from whichever copy of the class. */
export function isFetchResponse(value: unknown): value is FetchResponse {
  return (
    typeof memberAt(value, 'status') === 'number' &&
    typeof memberAt(value, 'text') === 'function' &&
    typeof memberAt(value, 'clone') === 'function'
  );
}

/** How long the body of an error may take, in milliseconds: that of a stream may never end. */
const PATIENCE = 5000;

/**
 * Reads a `Response`, its body from a clone. A body that was read before is empty; of one that is too long, too slow or
 * broken, the beginning counts.
 *
 * @param read the body, if the client has read it already
 */
export async function readBody(response: FetchResponse, read: string | null = null): Promise<Response> {
  const body = read ?? (response.bodyUsed ? '' : await startOf(response.clone()));
  const saved = savedResponse(clipped(body), response.status, headersOf(response.headers));
  return response.url === '' ? saved : { ...saved, url: response.url };
}

async function startOf(response: FetchResponse): Promise<string> {
  const { body } = response;
  if (body === null) return '';
  // node-fetch has a stream of Node.js, which ends with the timeout of the program.
  if (!(body instanceof ReadableStream)) return await response.text().catch(() => '');
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const timer = setTimeout(() => void reader.cancel(), PATIENCE);
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || text.length > LONGEST_DIAGNOSED) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return text;
  } finally {
    clearTimeout(timer);
    // Not awaited: the other half of the clone may still be waiting to be read.
    void reader.cancel().catch(() => undefined);
  }
}

/** The response that a client keeps as an object: those of axios, got, superagent, gaxios and others. */
export function responseOf(value: unknown): Response | null {
  const status = memberAt(value, 'status') ?? memberAt(value, 'statusCode');
  if (typeof status !== 'number') return null;
  // Text before data: a parsed body is written anew.
  const bodies = ['text', 'bodyAsText', 'rawBody', 'data', 'body'].map((name) => textOf(memberAt(value, name)));
  const body = bodies.find((text) => text !== null) ?? '';
  return savedResponse(clipped(body), status, headersOf(memberAt(value, 'headers')));
}

/** The text of a body: a string, bytes, or a value parsed from JSON; null for a stream and for none. */
export function textOf(body: unknown): string | null {
  if (typeof body === 'string') return body;
  if (body instanceof ArrayBuffer || body instanceof Uint8Array) return new TextDecoder().decode(body);
  if (typeof body !== 'object' || body === null || typeof memberAt(body, 'pipe') === 'function') return null;
  if (typeof memberAt(body, 'getReader') === 'function') return null;
  try {
    return JSON.stringify(body) ?? null;
  } catch {
    return null;
  }
}

/** Header fields of whatever kind: pairs, or an object of texts and lists of texts. */
export function headersOf(headers: unknown): Headers {
  if (typeof headers !== 'object' || headers === null) return {};
  const pairs = Symbol.iterator in headers ? [...(headers as Iterable<[string, unknown]>)] : Object.entries(headers);
  const texts = pairs.flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || Array.isArray(value)
      ? [[name.toLowerCase(), [value].flat().join(', ')]]
      : [],
  );
  return Object.fromEntries(texts) as Headers;
}

const clipped = (body: string): string => body.slice(0, LONGEST_DIAGNOSED);

/** The URL of a value, which may be a `URL`. */
export function urlOf(value: unknown): string | null {
  return value instanceof URL ? value.href : typeof value === 'string' && value !== '' ? value : textAt(value, 'href');
}
