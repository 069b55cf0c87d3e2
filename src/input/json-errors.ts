import {
  type Exchange,
  type Failure,
  type Headers,
  lowerCaseNames,
  type Request,
  savedResponse,
} from '../diagnosis/exchange.ts';
import type { Result } from '../report.ts';
import { readNetworkText } from './network-text.ts';
import type { SavedError } from './saved-error.ts';

type Json = Record<string, unknown>;

/** The errors in a parsed JSON value: those of a HAR, of a report of errprobe, of a client's dump; else it is a body. */
export function readJsonErrors(value: unknown, text: string): SavedError[] {
  return readHar(value) ?? readReport(value) ?? readDump(value) ?? [{ name: null, exchange: bodyOnly(text) }];
}

/** A body of which nothing else is known. */
export function bodyOnly(body: string): Exchange {
  return { request: null, response: savedResponse(body), failure: null };
}

/** Every failed entry of a HAR (1.2). Status 0 stands for no answer. */
function readHar(value: unknown): SavedError[] | null {
  const entries = (value as { log?: { entries?: unknown } } | null)?.log?.entries;
  if (!Array.isArray(entries)) return null;
  return (entries as Json[]).flatMap((entry, i): SavedError[] => {
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
    const body = content.encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text;
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
function readReport(value: unknown): SavedError[] | null {
  const report = value as { schema?: unknown; results?: unknown } | null;
  if (report?.schema !== 'errprobe/report@1' || !Array.isArray(report.results)) return null;
  return (report.results as Json[]).flatMap((result, i): SavedError[] => {
    if (result.diagnosis === null) return [];
    const request = result.request as Request | null;
    const saved = result.response as { status: number | null; headers: Headers; body: unknown } | null;
    const response = saved === null ? null : savedResponse(textOf(saved.body), saved.status, saved.headers);
    const name = typeof result.name === 'string' ? result.name : `result ${i + 1}`;
    const { attempts, timings } = result as unknown as Result;
    const told = { ...(Array.isArray(attempts) && { attempts }), ...(timings != null && { timings }) };
    return [{ name, exchange: { request, response, failure: result.failure as Exchange['failure'] }, told }];
  });
}

/** What clients dump: `{status, headers, body}`, axios' `{response: {status, data}}`, got's `{response: {statusCode}}`. */
function readDump(value: unknown): SavedError[] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const outer = value as Json;
  const dump = (typeof outer.response === 'object' && outer.response !== null ? outer.response : outer) as Json;
  const status = dump.status ?? dump.statusCode;
  const body = dump.body ?? dump.data;
  if (typeof status !== 'number' || body === undefined || (dump === outer && dump.body === undefined)) return null;
  const { headers } = dump;
  const texts = Object.entries(typeof headers === 'object' && headers !== null ? headers : {}).map(([name, field]) => [
    name,
    String(field),
  ]);
  return [
    {
      name: null,
      exchange: {
        request: requestOf(outer),
        response: savedResponse(textOf(body), status, Object.fromEntries(texts)),
        failure: null,
      },
    },
  ];
}

/** axios keeps the request under `config`. */
function requestOf({ config, request }: Json): Request | null {
  const { method, url, baseURL, headers } = (config ?? request ?? {}) as Json;
  if (typeof method !== 'string' || typeof url !== 'string') return null;
  const whole =
    typeof baseURL === 'string' && !/^https?:/.test(url)
      ? `${baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`
      : url;
  const fields = Object.entries((headers ?? {}) as Json).filter(([, field]) => typeof field === 'string');
  return {
    method: method.toUpperCase(),
    url: whole,
    headers: lowerCaseNames(Object.fromEntries(fields) as Headers),
    body: null,
  };
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
