import { plainNumber } from '../json/number.ts';
import { valueAt } from '../json/pointer.ts';
import { JsonText } from '../json/text.ts';
import { type Exchange, type Headers, lowerCaseNames, type Request, savedResponse } from '../model/exchange.ts';
import type { SavedError } from '../model/saved-error.ts';
import { textOf } from '../text/charset.ts';
import { type RecordFields, readRecord, type Source, sourceAt } from './log-record.ts';
import { readNetworkText } from './network-text.ts';
import { attemptsIn, failureIn, timingsIn } from './reported.ts';

type Json = Record<string, unknown>;

/**
 * The errors in a parsed JSON value: a HAR, a report of errprobe, a log record or a client's dump;
 * anything else is a body.
 *
 * @param text returns the text that was parsed
 * @param source returns the text of one value in it
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

/** An exchange with only a body. */
export function bodyOnly(body: string): Exchange {
  return { request: null, response: savedResponse(body), failure: null };
}

/** Every failed entry of a HAR (1.2). Status 0 means no response. */
function readHar(value: unknown): SavedError[] | null {
  const entries = (value as { log?: { entries?: unknown } } | null)?.log?.entries;
  if (!Array.isArray(entries)) return null;
  return (entries as Json[]).filter(isObject).flatMap((entry, i): SavedError[] => {
    const response = isObject(entry.response) ? entry.response : {};
    const status = statusIn(response.status) ?? 0;
    // Triage compares whatever is read.
    if (status !== 0 && status < 400) return [];
    const request = harRequest(entry.request);
    const content = isObject(response.content) ? response.content : {};
    const name = `entry ${i + 1}`;
    if (status === 0) {
      const errors = [response._error, entry._error, 'no answer'];
      const said = errors.find((text) => typeof text === 'string') ?? '';
      const failure = failureIn(response._failure) ??
        readNetworkText(said) ?? { phase: 'response', code: 'UNKNOWN', message: said };
      return [{ name, exchange: { request, response: null, failure } }];
    }
    const text = typeof content.text === 'string' ? content.text : '';
    const body =
      content.encoding === 'base64' ? textOf(Buffer.from(text, 'base64'), textOr(content.mimeType, '')) : text;
    return [
      {
        name,
        exchange: { request, response: savedResponse(body, status, harHeaders(response.headers)), failure: null },
      },
    ];
  });
}

function harRequest(request: unknown): Request | null {
  if (!isObject(request) || typeof request.method !== 'string' || typeof request.url !== 'string') return null;
  const post = isObject(request.postData) ? request.postData.text : null;
  return {
    method: request.method,
    url: request.url,
    headers: harHeaders(request.headers),
    body: typeof post === 'string' ? post : null,
  };
}

function harHeaders(list: unknown): Headers {
  if (!Array.isArray(list)) return {};
  const fields = (list as unknown[]).filter(isObject).map(({ name, value }) => [textOr(name, ''), textOr(value, '')]);
  return lowerCaseNames(Object.fromEntries(fields.filter(([name]) => name !== '')));
}

/** The results of a report, as printed by `--format json`. */
function readReport(value: unknown, text: () => string): SavedError[] | null {
  const report = value as { schema?: unknown; results?: unknown } | null;
  if (report?.schema !== 'errprobe/report@1' || !Array.isArray(report.results)) return null;
  const holdsJson = (report.results as Json[]).some((result) => isObject(valueAt(result, '/response/body')));
  const written = holdsJson ? new JsonText(text()).at(['results'])?.items() : undefined;
  return (report.results as Json[]).flatMap((result, i): SavedError[] => {
    if (!isObject(result) || result.diagnosis === null) return [];
    const { name } = result;
    const attempts = attemptsIn(result.attempts);
    const timings = timingsIn(result.timings);
    const recorded = { ...(attempts !== null && { attempts }), ...(timings !== null && { timings }) };
    const exchange = {
      request: reportedRequest(result.request),
      response: reportedResponse(result.response, written?.[i]),
      failure: failureIn(result.failure),
    };
    return [{ name: typeof name === 'string' ? name : `result ${i + 1}`, exchange, recorded }];
  });
}

/** A report may have been edited by hand, or not be a report at all. */
function reportedRequest(value: unknown): Request | null {
  if (!isObject(value) || typeof value.method !== 'string' || typeof value.url !== 'string') return null;
  const body = typeof value.body === 'string' ? value.body : null;
  return { method: value.method, url: value.url, headers: texts(value.headers), body };
}

function reportedResponse(value: unknown, written: JsonText | undefined): Exchange['response'] {
  if (!isObject(value)) return null;
  const status = statusIn(value.status);
  const body = typeof value.body === 'string' ? value.body : (written?.at(['response', 'body'])?.text ?? '');
  return savedResponse(body, status, texts(value.headers));
}

function texts(value: unknown): Headers {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, textOr(field, '')]));
}

/** A string, or the text of a number or boolean; anything else falls back. */
function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'object' || value === undefined ? otherwise : String(value);
}

/** A status (RFC 9110, section 15), as a number or text. */
function statusIn(value: unknown): number | null {
  const status = typeof value === 'string' ? Number(value) : plainNumber(value);
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 999 ? status : null;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
