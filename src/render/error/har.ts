import { statusPhrase } from '../../diagnosis/status.ts';
import type { JsonDocument } from '../../json/document.ts';
import { type Exchange, type Headers, TRUNCATED_NOTE } from '../../model/exchange.ts';
import type { Timings } from '../../model/report.ts';
import { renderJson } from '../json.ts';

/** One attempt, as a HAR records it. */
export interface RecordedAttempt {
  exchange: Exchange;
  /** When it started, ISO 8601. */
  at: string;
  /** How long it took, in milliseconds. */
  ms: number;
  timings: Timings;
  httpVersion: string;
}

/**
 * The attempts of a call as HAR 1.2, which browsers and proxies can read. As in browsers, an
 * attempt without a response has status 0; its failure is in `_failure`. Custom members start with
 * an underscore.
 */
export function renderHar(
  attempts: RecordedAttempt[],
  version: string,
  mask: (headers: Headers) => Headers,
): JsonDocument {
  const log = {
    version: '1.2',
    creator: { name: 'errprobe', version },
    entries: attempts.map((attempt) => entryOf(attempt, mask)),
  };
  return renderJson({ log });
}

function entryOf(
  { exchange, at, ms, timings, httpVersion }: RecordedAttempt,
  mask: (headers: Headers) => Headers,
): object {
  const { request, response, failure } = exchange;
  const version = httpVersion === '' ? 'HTTP/1.1' : `HTTP/${httpVersion}`;
  const type = response?.headers['content-type'] ?? '';
  return {
    startedDateTime: at,
    time: ms,
    request: {
      method: request?.method ?? '',
      url: request?.url ?? '',
      httpVersion: version,
      cookies: [],
      headers: fields(mask(request?.headers ?? {})),
      queryString: queryOf(request?.url ?? ''),
      ...(request?.body == null
        ? {}
        : { postData: { mimeType: request.headers['content-type'] ?? '', text: request.body } }),
      headersSize: -1,
      bodySize: request?.body == null ? 0 : Buffer.byteLength(request.body),
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.status == null ? '' : statusPhrase(response.status),
      httpVersion: version,
      cookies: [],
      headers: fields(mask(response?.headers ?? {})),
      content: {
        size: response?.bytes ?? 0,
        mimeType: type,
        text: response?.body ?? '',
        ...(response?.truncated ? { comment: TRUNCATED_NOTE } : {}),
      },
      redirectURL: response?.headers.location ?? '',
      headersSize: -1,
      bodySize: -1,
      ...(failure === null ? {} : { _failure: failure }),
    },
    cache: {},
    // -1 means that a phase did not take place (HAR 1.2, timings).
    timings: {
      dns: timings.dns ?? -1,
      connect: timings.connect ?? -1,
      ssl: timings.tls ?? -1,
      send: 0,
      wait: timings.firstByte ?? 0,
      receive: timings.download ?? 0,
    },
  };
}

function fields(headers: Headers): { name: string; value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function queryOf(url: string): { name: string; value: string }[] {
  return URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [];
}
