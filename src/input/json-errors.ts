import { valueAt } from '../catalog/pointer.ts';
import {
  type Exchange,
  type Failure,
  type Headers,
  lowerCaseNames,
  type Request,
  savedResponse,
} from '../diagnosis/exchange.ts';
import { JsonText } from '../json/text.ts';
import type { Result } from '../report.ts';
import { textOf } from '../text/charset.ts';
import { type RecordFields, readRecord, type Source, sourceAt } from './log-record.ts';
import { readNetworkText } from './network-text.ts';
import type { SavedError } from './saved-error.ts';

type Json = Record<string, unknown>;

/**
 * The errors in a parsed JSON value: those of a HAR, of a report of errprobe, of a log or a client's dump; else it is a
 * body.
 *
 * @param text gives the text that was parsed
 * @param source gives the text of one value in it
 */
export function readJsonErrors(
  value: unknown,
  text: () => string,
  fields?: RecordFields,
  source: Source = (pointer) => sourceAt(text(), pointer),
): SavedError[] {
  return (
    readHar(value) ??
    readReport(value, text) ??
    readRecord(value, fields, source) ?? [{ name: null, exchange: bodyOnly(text()) }]
  );
}

/** A body of which nothing else is known. */
export function bodyOnly(body: string): Exchange {
  return { request: null, response: savedResponse(body), failure: null };
}

/** Every failed entry of a HAR (1.2). Status 0 stands for no answer. */
function readHar(value: unknown): SavedError[] | null {
  const entries = (value as { log?: { entries?: unknown } } | null)?.log?.entries;
  if (!Array.isArray(entries)) return null;
  return (entries as Json[]).filter(isObject).flatMap((entry, i): SavedError[] => {
    const request = harRequest(entry.request as Json | undefined);
    const response = (entry.response ?? {}) as Json;
    const status = Number(response.status);
    const content = (response.content ?? {}) as Json;
    const name = `entry ${i + 1}`;
    if (status === 0 || Number.isNaN(status)) {
      const own = response._failure as Failure | undefined;
      const said = String(response._error ?? entry._error ?? 'no answer');
      const failure = own ?? readNetworkText(said) ?? { phase: 'response', code: 'UNKNOWN', message: said };
      return [{ name, exchange: { request, response: null, failure } }];
    }
    if (status < 400) return [];
    const text = typeof content.text === 'string' ? content.text : '';
    const body =
      content.encoding === 'base64' ? textOf(Buffer.from(text, 'base64'), String(content.mimeType ?? '')) : text;
    return [
      {
        name,
        exchange: { request, response: savedResponse(body, status, harHeaders(response.headers)), failure: null },
      },
    ];
  });
}

function harRequest(request: Json | undefined): Request | null {
  if (typeof request?.method !== 'string' || typeof request.url !== 'string') return null;
  const post = (request.postData as Json | undefined)?.text;
  return {
    method: request.method,
    url: request.url,
    headers: harHeaders(request.headers),
    body: typeof post === 'string' ? post : null,
  };
}

function harHeaders(list: unknown): Headers {
  if (!Array.isArray(list)) return {};
  return lowerCaseNames(Object.fromEntries((list as Json[]).map(({ name, value }) => [String(name), String(value)])));
}

/** The results of a report, as `--format json` prints it. */
function readReport(value: unknown, text: () => string): SavedError[] | null {
  const report = value as { schema?: unknown; results?: unknown } | null;
  if (report?.schema !== 'errprobe/report@1' || !Array.isArray(report.results)) return null;
  const holdsJson = (report.results as Json[]).some((result) => isObject(valueAt(result, '/response/body')));
  const written = holdsJson ? new JsonText(text()).at(['results'])?.items() : undefined;
  return (report.results as Json[]).flatMap((result, i): SavedError[] => {
    if (!isObject(result) || result.diagnosis === null) return [];
    const { attempts, timings, name } = result as unknown as Result;
    const told = { ...(Array.isArray(attempts) && { attempts }), ...(timings != null && { timings }) };
    const exchange = {
      request: reportedRequest(result.request),
      response: reportedResponse(result.response, written?.[i]),
      failure: reportedFailure(result.failure),
    };
    return [{ name: typeof name === 'string' ? name : `result ${i + 1}`, exchange, told }];
  });
}

/** A report may have been changed by hand, or be no report at all. */
function reportedRequest(value: unknown): Request | null {
  if (!isObject(value) || typeof value.method !== 'string' || typeof value.url !== 'string') return null;
  const body = typeof value.body === 'string' ? value.body : null;
  return { method: value.method, url: value.url, headers: texts(value.headers), body };
}

function reportedResponse(value: unknown, written: JsonText | undefined): Exchange['response'] {
  if (!isObject(value)) return null;
  const status = typeof value.status === 'number' ? value.status : null;
  const body = typeof value.body === 'string' ? value.body : (written?.at(['response', 'body'])?.text ?? '');
  return savedResponse(body, status, texts(value.headers));
}

function reportedFailure(value: unknown): Failure | null {
  if (!isObject(value) || typeof value.code !== 'string') return null;
  return { ...(value as unknown as Failure), message: String(value.message) };
}

function texts(value: unknown): Headers {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, String(field)]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
