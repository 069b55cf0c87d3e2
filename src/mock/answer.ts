import { exampleOf, exampleStatus } from '../catalogs/lint.ts';
import { sampleBody } from '../catalogs/sample.ts';
import { fitsStatus } from '../diagnosis/match/entry.ts';
import { statusPhrase } from '../diagnosis/status.ts';
import { credentialWith } from '../http/credential.ts';
import { parseJson } from '../json/read.ts';
import type { Catalog, Entry, MockResource, MockRules } from '../model/catalog.ts';
import { UsageError } from '../model/errors.ts';
import { type Headers, lowerCaseNames } from '../model/exchange.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import { fillTemplate } from '../text/template.ts';

/** The key that every mock accepts. */
export const DEMO_KEY = 'demo-key';
export const EXPIRED_DEMO_KEY = 'demo-key-expired';

/** A key in the form that an API takes: with a user name for Basic authentication. */
export const demoKey = (auth: Catalog['auth'], key = DEMO_KEY): string => (auth?.base64 ? `demo:${key}` : key);

/** The tenant, and every other UUID, in a request to the mock unless configured otherwise. */
export const DEMO_UUID = '00000000-0000-4000-8000-000000000000';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A response of the mock. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** One step of a script: an error to send, or null to answer the request on its merits. */
export type Step = { entry: Entry; status: number } | { status: number } | null;

/**
 * Parses a script such as `429,expired-api-key,200`: a status or an entry id for each response in
 * turn.
 *
 * @throws UsageError for a word that is neither
 */
export function parseScript(script: string, catalog: Catalog): Step[] {
  const words = script.split(',').map((word) => word.trim());
  return words.filter((word) => word !== '').map((word) => parseStep(word, catalog));
}

function parseStep(word: string, catalog: Catalog): Step {
  if (/^[1-9]\d\d$/.test(word)) {
    const status = Number(word);
    if (status < 200) throw new UsageError(`the mock cannot answer with ${status}: a script takes 200 to 999`);
    if (status < 300) return null;
    const fits = catalog.entries.filter((entry) => entry.match.status !== undefined && fitsStatus(entry, status));
    // Prefers the entry for the status itself over those for single messages.
    const entry = fits.find(({ match }) => match.message === undefined) ?? fits[0];
    return entry === undefined ? { status } : { entry, status };
  }
  const id = word.replace(`${catalog.id}/`, '');
  const entry = catalog.entries.find((candidate) => candidate.id === id || candidate.aliases?.includes(word));
  if (entry === undefined) {
    const near = nearest(
      id,
      catalog.entries.map((candidate) => candidate.id),
    );
    throw new UsageError(`--mock: "${word}" is neither a status nor an entry of ${catalog.id}${didYouMean(near)}`);
  }
  return { entry, status: exampleStatus(entry) };
}

/** A request to the mock. */
export interface MockRequest {
  method: string;
  /** The path without its query, as sent. */
  path: string;
  /** The query without its `?`. */
  query: string;
  headers: Headers;
  /** "" for none. */
  body: string;
}

/** Answers a request as documented for its key, headers, path and body. */
export function answerTo(request: MockRequest, catalog: Catalog): Answer {
  const { mock } = catalog;
  if (mock === undefined) return { status: 200, headers: {}, body: {} };
  const found = resourceAt(request.method, request.path, mock);
  const fault = faultOf(request, found, catalog);
  const entry = catalog.entries.find(({ id }) => id === fault?.entry);
  if (entry !== undefined) {
    const answer = errorAnswer(entry, exampleStatus(entry), catalog);
    return fault?.field === undefined ? answer : { ...answer, body: naming(fault.field, entry, answer.body, catalog) };
  }
  return found === undefined ? { status: 200, headers: {}, body: {} } : successOf(request, found);
}

/** The first error in a request: the id of its entry, and the field that it is about. */
function faultOf(
  { method, path, query, headers, body }: MockRequest,
  found: FoundResource | undefined,
  catalog: Catalog,
): { entry: string | undefined; field?: string | undefined } | null {
  const { mock, pathIds } = catalog;
  if (mock === undefined) return null;
  const denied = deniedBy(headers, catalog);
  if (denied !== null) return { entry: denied };
  const segments = path.split('/');
  const isMalformed = pathIds.some(({ after }) => {
    const id = segments[segments.indexOf(after) + 1];
    return segments.includes(after) && id !== undefined && id !== '' && !UUID.test(id);
  });
  if (isMalformed && mock.malformedId !== undefined) return { entry: mock.malformedId };
  if (mock.cursor !== undefined && new URLSearchParams(query).has(mock.cursor.parameter)) {
    return { entry: mock.cursor.entry };
  }
  if (found === undefined) return { entry: parentOf(path, mock)?.notFound ?? mock.notFound };
  if (mock.invalidBody === undefined || !['POST', 'PUT', 'PATCH'].includes(method)) return null;
  const sent = objectIn(body);
  const lacking = method === 'PATCH' ? undefined : found.resource.required.find((name) => sent?.[name] == null);
  const isEmpty = sent === null || Object.keys(sent).length === 0;
  return isEmpty || lacking !== undefined ? { entry: mock.invalidBody, field: lacking } : null;
}

/** The entry for a rejected key or header, or null. */
function deniedBy(headers: Headers, { auth, mock, requiredHeaders }: Catalog): string | null {
  const sent = headers[auth?.header.toLowerCase() ?? ''];
  if (auth !== undefined && sent === undefined) return mock?.missingKey ?? null;
  if (auth !== undefined && sent === credentialWith(auth, demoKey(auth, EXPIRED_DEMO_KEY))) {
    return mock?.expiredKey ?? mock?.wrongKey ?? null;
  }
  if (auth !== undefined && sent !== credentialWith(auth, demoKey(auth))) return mock?.wrongKey ?? null;
  const isLacking = requiredHeaders.some(({ name, format }) => {
    const value = headers[name.toLowerCase()];
    return value === undefined || (format === 'uuid' && !UUID.test(value));
  });
  return isLacking ? (mock?.missingHeader ?? null) : null;
}

/** A resource, and the object of it that a path names; null for all of them. */
interface FoundResource {
  resource: MockResource;
  item: Record<string, unknown> | null;
}

/** The resource for a method and a path; undefined if the mock has no such operation. */
export function resourceAt(method: string, path: string, { resources }: MockRules): FoundResource | undefined {
  const isRead = method === 'GET' || method === 'HEAD';
  const here = resources.filter(({ request }) => request.split(' ')[1] === path);
  const exact = here.find(({ request }) => request.startsWith(`${method === 'HEAD' ? 'GET' : method} `));
  if (exact !== undefined) return { resource: exact, item: null };
  const list = here.find(({ body }) => Array.isArray(body));
  if (list !== undefined && method === 'POST') return { resource: list, item: null };
  if (!isRead && !['PUT', 'PATCH', 'DELETE'].includes(method)) return undefined;
  const resource = parentOf(path, { resources });
  const item = resource === undefined ? undefined : itemsOf(resource).find(({ id }) => String(id) === lastOf(path));
  return resource === undefined || item === undefined ? undefined : { resource, item };
}

/** The list that a path names an object of, whether or not the object exists. */
function parentOf(path: string, { resources }: Pick<MockRules, 'resources'>): MockResource | undefined {
  const parent = path.slice(0, path.lastIndexOf('/'));
  return resources.find(({ request, body }) => request === `GET ${parent}` && Array.isArray(body));
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function itemsOf({ body }: MockResource): Record<string, unknown>[] {
  return Array.isArray(body) ? body.filter((item) => typeof item === 'object' && item !== null) : [];
}

/** The response to a valid request: the stored data, the data sent, or nothing after a deletion. */
function successOf({ method, body }: MockRequest, { resource, item }: FoundResource): Answer {
  const sent = objectIn(body);
  if (method === 'DELETE') return { status: 204, headers: {}, body: undefined };
  if (method === 'POST' && resource.request.startsWith('GET ')) {
    // The mock stores nothing: a created object gets the id of one that can be read.
    return { status: 201, headers: {}, body: { ...sent, id: itemsOf(resource)[0]?.id } };
  }
  if (item !== null)
    return { status: 200, headers: {}, body: method === 'GET' ? item : { ...item, ...sent, id: item.id } };
  return { status: resource.status, headers: {}, body: resource.body ?? {} };
}

/** The object in a JSON text, or null for anything else. */
function objectIn(body: string): Record<string, unknown> | null {
  const value = parseJson(body);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** An example that names the invalid field, in the words of the entry's first template. */
function naming(field: string, { match }: Entry, body: unknown, { envelope }: Catalog): unknown {
  const template = match.message?.[0] ?? '';
  if (envelope.fields === '') return { [field]: [template] };
  const copy = structuredClone(body);
  if (template.includes('{field}')) put(copy, envelope.message, fillTemplate(template, { field }));
  return copy;
}

/** An entry as the API sends it: its documented headers and example. */
export function errorAnswer(entry: Entry, status: number, catalog: Catalog): Answer {
  const body = structuredClone(exampleOf(entry) ?? sampleBody(entry, catalog));
  const { envelope } = catalog;
  // The example of an entry with several statuses shows only one; members that repeat the status
  // are adapted.
  if (status !== exampleStatus(entry) || (entry.match.status?.length ?? 0) > 1) {
    for (const pointer of [envelope.phrase, entry.match.code === undefined ? envelope.code : undefined]) {
      put(body, pointer, statusPhrase(status));
    }
    put(body, envelope.status, status);
  }
  return { status, headers: lowerCaseNames(entry.headers), body };
}

/** Replaces an existing top-level member. */
function put(body: unknown, pointer: string | undefined, value: unknown): void {
  const name = pointer?.slice(1) ?? '';
  if (typeof body === 'object' && body !== null && Object.hasOwn(body, name)) Object.assign(body, { [name]: value });
}
