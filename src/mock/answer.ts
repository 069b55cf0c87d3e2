import type { Catalog, Entry, MockResource, MockRules } from '../catalog/catalog.ts';
import { exampleOf, exampleStatus } from '../catalog/lint.ts';
import type { Headers } from '../diagnosis/exchange.ts';
import { fitsStatus } from '../diagnosis/match-entry.ts';
import { statusPhrase } from '../diagnosis/status.ts';
import { UsageError } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** The keys that the mock of every API knows. */
export const DEMO_KEY = 'demo-key';
export const EXPIRED_DEMO_KEY = 'demo-key-expired';

/** The tenant, and every other UUID, that a request to the mock carries when nothing else is configured. */
export const DEMO_UUID = '00000000-0000-4000-8000-000000000000';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What the mock answers with. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** One step of a script: an error to answer with, or null to answer as the request deserves. */
export type Step = { entry: Entry; status: number } | { status: number } | null;

/**
 * Reads a script such as `429,expired-api-key,200`: a status or the id of an entry for each answer in turn.
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
    // The entry that the documentation has for the status as such, before those of single messages.
    const entry = fits.find(({ match }) => match.message === undefined) ?? fits[0];
    return entry === undefined ? { status } : { entry, status };
  }
  const id = word.replace(`${catalog.id}/`, '');
  const entry = catalog.entries.find((candidate) => candidate.id === id);
  if (entry === undefined) {
    const near = nearest(
      id,
      catalog.entries.map((candidate) => candidate.id),
    );
    throw new UsageError(
      `--mock: "${word}" is neither a status nor an entry of ${catalog.id}${near === null ? '' : `; did you mean ${near}?`}`,
    );
  }
  return { entry, status: exampleStatus(entry) };
}

/** The answer to a request: what the documentation says about its key, its headers and its path. */
export function answerTo(method: string, path: string, headers: Headers, catalog: Catalog): Answer {
  const rules = catalog.mock;
  const fault = rules === undefined ? undefined : faultOf(path, headers, catalog);
  const entry = catalog.entries.find(({ id }) => id === fault);
  if (entry !== undefined) return errorAnswer(entry, exampleStatus(entry), catalog);
  const resource = rules === undefined ? undefined : resourceAt(method, path, rules);
  return { status: resource?.status ?? 200, headers: {}, body: resource?.body ?? {} };
}

/** The id of the entry for the first thing that is wrong with a request. */
function faultOf(path: string, headers: Headers, catalog: Catalog): string | undefined {
  const { auth, mock, requiredHeaders } = catalog;
  if (mock === undefined) return undefined;
  const sent = headers[auth?.header.toLowerCase() ?? ''];
  if (auth !== undefined && sent === undefined) return mock.missingKey;
  if (auth !== undefined && sent === auth.value.replace('{key}', EXPIRED_DEMO_KEY))
    return mock.expiredKey ?? mock.wrongKey;
  if (auth !== undefined && sent !== auth.value.replace('{key}', DEMO_KEY)) return mock.wrongKey;
  const lacking = requiredHeaders.some(({ name, format }) => {
    const value = headers[name.toLowerCase()];
    return value === undefined || (format === 'uuid' && !UUID.test(value));
  });
  if (lacking) return mock.missingHeader;
  return resourceAt('GET', path, mock) === undefined ? mock.notFound : undefined;
}

/** The resource at a path: the one for the method, else any; what a write answers is not documented. */
export function resourceAt(method: string, path: string, { resources }: MockRules): MockResource | undefined {
  const here = resources.filter(({ request }) => request.split(' ')[1] === path);
  return here.find(({ request }) => request.startsWith(`${method} `)) ?? here[0];
}

/** An entry as the API sends it: its documented headers, and its example. */
export function errorAnswer(entry: Entry, status: number, catalog: Catalog): Answer {
  const body = structuredClone(exampleOf(entry));
  const { envelope } = catalog;
  // An entry for several statuses has one example; the members that repeat the status follow it.
  if (status !== exampleStatus(entry) || (entry.match.status?.length ?? 0) > 1) {
    for (const pointer of [envelope.phrase, entry.match.code === undefined ? envelope.code : undefined]) {
      put(body, pointer, statusPhrase(status));
    }
    put(body, envelope.status, status);
  }
  return { status, headers: entry.headers, body };
}

/** Replaces a top-level member that is there. */
function put(body: unknown, pointer: string | undefined, value: unknown): void {
  const name = pointer?.slice(1) ?? '';
  if (typeof body === 'object' && body !== null && Object.hasOwn(body, name)) Object.assign(body, { [name]: value });
}
