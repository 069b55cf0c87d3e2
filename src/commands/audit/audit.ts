import { show } from '../../checks/json-rule.ts';
import { hasCode } from '../../diagnosis/match/code.ts';
import { fitsStatus } from '../../diagnosis/match/entry.ts';
import type { Catalog, Entry } from '../../model/catalog.ts';
import { BLANK_CHECK, type Check, type CheckRequest, type Unmet } from '../../model/check.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import { keyInWords } from '../../model/key-variables.ts';
import { BLANK_RESULT, exitOf, isBad, type Report, type Result, reportOf, summaryOf } from '../../model/report.ts';
import type { Category } from '../../model/words.ts';
import { matchTemplate } from '../../text/template.ts';

/** A request that should provoke a documented error, and the expected entry; null for any. */
export interface Probe {
  name: string;
  request: CheckRequest;
  entry: Entry | null;
  /** True for the request that should succeed, which proves that path and key are right. */
  succeeds?: true;
}

/** A value that nobody could have meant. */
const UNKNOWN = 'errprobe-no-such-thing';
/** A UUID that no object has. */
const UNKNOWN_UUID = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

/**
 * The documented errors of an API that can be provoked safely: by GET requests that lack something
 * or ask for something that cannot exist.
 *
 * @param path a GET path that succeeds with the configured key
 */
export function probesOf({ entries, mock, auth, requiredHeaders, pathIds }: Catalog, path: string): Probe[] {
  const entryOf = (id: string | undefined) => entries.find((entry) => entry.id === id) ?? null;
  const get = (target: string, changes: Partial<CheckRequest> = {}): CheckRequest => ({
    ...BLANK_CHECK.request,
    target,
    ...changes,
  });
  const parts = path.split('/');
  // The path of a list's items, or of the siblings of an existing object.
  const list = parts.length > 2 ? parts.slice(0, -1).join('/') : path;
  const isUuid = pathIds.some(({ after }) => list.endsWith(`/${after}`));
  const missing = mock?.resources.find(({ request }) => request === `GET ${list}`)?.notFound ?? mock?.notFound;
  const withoutHeader = requiredHeaders.flatMap(({ name, format }) => [
    { name: `without ${name}`, request: get(path, { headers: { [name]: '' } }), entry: entryOf(mock?.missingHeader) },
    ...(format === 'uuid'
      ? [{ name: `${name} is not a UUID`, request: get(path, { headers: { [name]: UNKNOWN } }), entry: null }]
      : []),
  ]);
  return [
    { name: 'as configured', request: get(path), entry: null, succeeds: true },
    ...(auth === undefined
      ? []
      : [
          { name: 'no key', request: get(path, { key: false }), entry: entryOf(mock?.missingKey) },
          { name: 'a wrong key', request: get(path, { key: UNKNOWN }), entry: entryOf(mock?.wrongKey) },
        ]),
    ...withoutHeader,
    { name: 'an unknown id', request: get(`${list}/${isUuid ? UNKNOWN_UUID : UNKNOWN}`), entry: entryOf(missing) },
    ...(isUuid
      ? [{ name: 'an id that is not a UUID', request: get(`${list}/${UNKNOWN}`), entry: entryOf(mock?.malformedId) }]
      : []),
    { name: 'an unknown path', request: get(`/${UNKNOWN}`), entry: entryOf(mock?.notFound) },
    {
      name: 'a bad query',
      request: get(path, {
        query: [
          ['limit', '-1'],
          ['page', UNKNOWN],
        ],
      }),
      entry: null,
    },
  ];
}

/** Probes that cannot be sent, and why. */
export interface Unsent {
  probes: Probe[];
  why: string;
}

/** The probes that need the configured key, if it is missing: they would all be answered alike. */
export function unsentWithout(key: unknown, probes: Probe[], { id, auth }: Catalog): Unsent | null {
  if (auth === undefined || key !== null) return null;
  const why = `no key is set: set ${keyInWords(auth)}, or apis.${id}.key in .errproberc.yaml`;
  return { probes: probes.filter(({ request }) => request.key === null), why };
}

/**
 * Turns a probe into a check, so that it is sent like one. It expects nothing: the response is
 * compared afterwards.
 */
export function checkOf({ name, request }: Probe, api: string, i: number): Check {
  return {
    ...BLANK_CHECK,
    name,
    file: api,
    line: i + 1,
    api,
    request,
    expect: { ...BLANK_CHECK.expect, status: ['1xx', '2xx', '3xx', '4xx', '5xx'] },
  };
}

/** Why an entry cannot be provoked by a safe GET request. */
const WHY_NOT: Record<Category, string> = {
  authentication: 'it requires a key in that state',
  permission: 'it requires a key with other permissions',
  'not-found': 'it requires the path of that resource',
  validation: 'it requires a write request',
  conflict: 'it requires a write request',
  'rate-limit': 'it requires exceeding a limit',
  quota: 'it requires exceeding a limit',
  server: 'the server would have to fail',
  maintenance: 'the server would have to be under maintenance',
  gateway: 'the server would have to fail',
  redirect: 'it requires a path that has moved',
  dns: 'the network would have to fail',
  connection: 'the network would have to fail',
  tls: 'the network would have to fail',
  timeout: 'the server would have to hang',
  protocol: 'the server would have to fail',
  unknown: 'no way to provoke it is known',
};

/**
 * The report of an audit: how each probe's response differs from the documentation, and why every
 * other entry was not tried.
 */
export function auditReport(run: Report, probes: Probe[], catalog: Catalog, unsent: Unsent | null): Report {
  const compared = run.results.map((result, i) => compare(result, probes[i] ?? null, catalog));
  const met = new Set(compared.map(({ diagnosis }) => diagnosis?.id));
  const tried = new Set(probes.map(({ entry }) => entry?.id));
  const untried = catalog.entries
    .filter(({ id }) => !tried.has(id) && !met.has(`${catalog.id}/${id}`))
    .map((entry): Result => notTried(entry.id, WHY_NOT[entry.category], catalog.id));
  const skipped = (unsent?.probes ?? []).map(({ name }) => notTried(name, unsent?.why ?? '', catalog.id));
  const results = [...compared, ...skipped, ...untried];
  const summary = summaryOf(results, run.summary?.ms ?? 0);
  const exit = run.exit.code >= 130 ? run.exit : exitOf(isBad(summary) ? 'failed' : 'ok');
  return { ...reportOf('audit', exit, results), summary };
}

function compare(result: Result, probe: Probe | null, catalog: Catalog): Result {
  const { check, diagnosis, response } = result;
  if (check === undefined || probe === null || check.outcome === 'not-run' || check.outcome === 'error') return result;
  if (probe.succeeds) {
    const unmet =
      diagnosis === null
        ? []
        : [{ what: 'status', expected: 'a success', actual: `${diagnosis.status} ${diagnosis.id}` }];
    const reason =
      diagnosis === null ? null : 'the path or the key is wrong, so the other results mean little; try --path';
    return { ...result, check: { ...check, outcome: diagnosis === null ? 'passed' : 'failed', reason, unmet } };
  }
  if (diagnosis === null) {
    // A success instead of a documented error. Servers may ignore a query, so that is no drift.
    const drifted = probe.entry !== null;
    const reason = drifted ? null : `the API returned ${response?.status}; there is nothing to compare`;
    const unmet = drifted
      ? [{ what: 'error', expected: probe.entry?.id ?? '', actual: `a success (${response?.status})` }]
      : [];
    return { ...result, check: { ...check, outcome: drifted ? 'failed' : 'skipped', reason, unmet } };
  }
  if (diagnosis.category === 'rate-limit') {
    return {
      ...result,
      check: { ...check, outcome: 'error', reason: 'the rate limit was reached first; try again later', unmet: [] },
    };
  }
  const unmet = driftOf(diagnosis, response?.headers ?? {}, probe.entry ?? entryOf(diagnosis, catalog), catalog);
  const outcome = diagnosis.documented ? (unmet.length > 0 ? 'failed' : 'passed') : 'undocumented';
  return { ...result, check: { ...check, outcome, unmet, reason: null } };
}

function entryOf({ id }: Diagnosis, catalog: Catalog): Entry | null {
  return catalog.entries.find((entry) => `${catalog.id}/${entry.id}` === id) ?? null;
}

/** Documented and actual values, where they differ. */
function driftOf(
  diagnosis: Diagnosis,
  headers: Record<string, string>,
  entry: Entry | null,
  catalog: Catalog,
): Unmet[] {
  if (entry === null) return [];
  const { status, code, message, envelope, id } = diagnosis;
  const { match } = entry;
  const drift: Unmet[] = [];
  const add = (what: string, expected: unknown, actual: unknown) =>
    drift.push({
      what,
      expected: typeof expected === 'string' ? expected : show(expected),
      actual: show(actual ?? null),
    });
  if (id !== `${catalog.id}/${entry.id}`) drift.push({ what: 'entry', expected: entry.id, actual: id ?? 'none' });
  if (!fitsStatus(entry, status)) add('status', match.status?.join(' or '), status);
  if (envelope !== catalog.id) drift.push({ what: 'envelope', expected: `that of ${catalog.name}`, actual: envelope });
  if (match.code !== undefined && (code === null || !hasCode(entry, code))) add('code', match.code[0], code);
  const worded =
    match.message?.some((template) => message !== null && matchTemplate(template, message) !== null) ?? true;
  if (!worded) add('wording', match.message?.[0], message);
  for (const name of Object.keys(entry.headers)) {
    if (headers[name.toLowerCase()] === undefined)
      drift.push({ what: `header ${name}`, expected: 'present', actual: 'none' });
  }
  return drift;
}

function notTried(name: string, reason: string, api: string): Result {
  return {
    ...BLANK_RESULT,
    name,
    check: {
      outcome: 'skipped',
      file: api,
      line: 0,
      tags: [],
      unmet: [],
      reason,
      ms: 0,
    },
  };
}
