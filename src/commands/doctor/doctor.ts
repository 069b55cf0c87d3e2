import type { ConfigLayer } from '../../config/layer.ts';
import { keysOfOthers, resolveApi } from '../../config/resolve.ts';
import { CHECKS, type CheckName } from '../../diagnosis/evidence/check-table.ts';
import { BLANK_FACTS, type Facts } from '../../diagnosis/evidence/facts.ts';
import { evidenceOf } from '../../diagnosis/evidence/sentences.ts';
import { fingerprint } from '../../http/fingerprint.ts';
import { isLoopback } from '../../http/loopback.ts';
import { proxyFor } from '../../http/proxy.ts';
import type { Catalog } from '../../model/catalog.ts';
import { ConfigError, UsageError } from '../../model/errors.ts';
import { exitOf, isBad, type Report, type Result, reportOf, summaryOf } from '../../model/report.ts';
import type { ApiSettings } from '../../model/settings.ts';
import { bad, good, note } from './examination.ts';

/** The input of an examination. */
export interface Examined {
  /** The configs that apply, highest precedence first; empty when one is broken. */
  layers: ConfigLayer[];
  /** Why the config could not be read, or null. */
  broken: string | null;
  catalogs: Catalog[];
  /** The API to examine, or null for all. */
  only: Catalog | null;
  env: Record<string, string | undefined>;
  /** The local time in milliseconds since 1970. */
  now: number;
  /**
   * Examines an API over the network once its address is known to be valid; null to open no
   * connection.
   */
  online: ((settings: ApiSettings) => Promise<Result[]>) | null;
}

/** Problems that a key can have before it is sent. */
const KEY_CHECKS: CheckName[] = [
  'key-empty',
  'key-placeholder',
  'key-masked',
  'key-scheme',
  'key-header-line',
  'key-assignment',
  'key-json',
  'key-quoted',
  'key-cut-short',
  'key-encoded',
  'key-whitespace',
  'key-not-ascii',
  'token-expired',
  'token-not-yet-valid',
  'key-of-other-api',
  'key-of-other-environment',
];

/** Examines config, keys and addresses for problems that would make requests fail. */
export async function examine(examined: Examined): Promise<Report> {
  const { layers, broken, catalogs, only } = examined;
  const results = configResults(layers, broken);
  for (const catalog of only === null ? catalogs : [only]) results.push(...(await apiResults(catalog, examined)));
  const summary = summaryOf(results, 0);
  return { ...reportOf('doctor', exitOf(isBad(summary) ? 'failed' : 'ok'), results), summary };
}

function configResults(layers: ConfigLayer[], broken: string | null): Result[] {
  if (broken !== null) return [bad('config', 'config', broken)];
  if (layers.length === 0) return [note('config', 'config', 'none found; using the environment and the catalogs')];
  return layers.map(({ file }, i) => good('config', i === 0 ? 'config' : 'config, below', file));
}

async function apiResults(catalog: Catalog, { layers, only, env, now, catalogs, online }: Examined): Promise<Result[]> {
  const { id } = catalog;
  let settings: ApiSettings;
  try {
    settings = resolveApi(catalog, layers, env);
  } catch (error) {
    if (error instanceof ConfigError) return [bad(id, 'config', error.message)];
    throw error;
  }
  const inUse = only !== null || settings.key !== null || layers.some(({ value }) => value.apis?.[id] !== undefined);
  if (!inUse) return [note(id, 'key', `not in use: ${catalog.auth?.env ?? 'its key'} is not set`)];
  const others = keysOfOthers(id, layers, catalogs, env);
  const address = addressResults(settings, id, env);
  const key = keyResults(settings, id, others, now);
  const results = [...key, ...headerResults(settings, id, now), ...address];
  const ready = online !== null && ![...key, ...address].some(({ check }) => check?.outcome === 'failed');
  return ready ? [...results, ...(await online(settings))] : results;
}

function keyResults(settings: ApiSettings, id: string, others: Facts['otherKeys'], now: number): Result[] {
  const { auth, key } = settings;
  if (auth === null) return [note(id, 'key', 'no catalog says how this API expects its key')];
  if (key === null) return [bad(id, 'key', `no key: set ${auth.env}, or apis.${id}.key in .errproberc.yaml`)];
  if (/[\r\n\0]/.test(key.value)) {
    return [bad(id, 'key', `the key from ${key.from} contains a line break, which a header cannot carry; remove it`)];
  }
  const sent = { [auth.header.toLowerCase()]: auth.value.replace('{key}', () => key.value) };
  const facts = factsFor(settings, sent, now, others);
  const found = KEY_CHECKS.flatMap((name) => {
    const { verdict, findings } = CHECKS[name].run(facts);
    const evidence = evidenceOf(findings);
    if (verdict === 'confirmed') return [bad(id, 'key', evidence ?? CHECKS[name].text)];
    return verdict === 'possible' && evidence !== null ? [note(id, 'key', evidence)] : [];
  });
  // HTTP strips white space at the end of a header, but other clients may send the key elsewhere.
  if (found.length === 0 && key.value !== key.value.trim())
    return [bad(id, 'key', `the key from ${key.from} has white space around it`)];
  return found.some(({ check }) => check?.outcome === 'failed')
    ? found
    : [good(id, 'key', `from ${key.from}, fingerprint ${fingerprint(key)}, sent in ${auth.header}`), ...found];
}

function headerResults(settings: ApiSettings, id: string, now: number): Result[] {
  const required = settings.catalog?.requiredHeaders ?? [];
  if (required.length === 0) return [];
  const facts = factsFor(settings, settings.headers, now);
  for (const name of ['header-missing', 'header-format'] as const) {
    const { verdict, findings } = CHECKS[name].run(facts);
    if (verdict === 'confirmed') {
      return [bad(id, 'headers', `${evidenceOf(findings)}: set it under apis.${id}.headers in .errproberc.yaml`)];
    }
  }
  return [good(id, 'headers', required.map(({ name }) => name).join(', '))];
}

function addressResults({ baseUrl }: ApiSettings, id: string, env: Examined['env']): Result[] {
  if (baseUrl === null) return [bad(id, 'address', `no base URL: set apis.${id}.baseUrl in .errproberc.yaml`)];
  if (!URL.canParse(baseUrl)) return [bad(id, 'address', `${baseUrl} is not a URL`)];
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && !isLoopback(url)) {
    return [bad(id, 'address', `${url.origin} is not encrypted, so errprobe will not send the key; use https`)];
  }
  try {
    const proxy = proxyFor(url, env);
    return [
      good(id, 'address', proxy === null ? baseUrl : `${baseUrl}, through the proxy ${proxy.url.host} (${proxy.from})`),
    ];
  } catch (error) {
    if (error instanceof UsageError) return [bad(id, 'address', error.message)];
    throw error;
  }
}

/** A sample request, for the checks that need one. */
function factsFor(
  { auth, baseUrl, catalog, headersFrom, key }: ApiSettings,
  headers: Record<string, string>,
  now: number,
  otherKeys: Facts['otherKeys'] = [],
): Facts {
  const name = auth?.header.toLowerCase() ?? '';
  return {
    ...BLANK_FACTS,
    request: { method: 'GET', url: baseUrl ?? '', headers, body: null },
    api: catalog?.id ?? '',
    auth,
    requiredHeaders: catalog?.requiredHeaders ?? [],
    origins: { ...headersFrom, ...(key === null ? {} : { [name]: key.from }) },
    otherKeys,
    now,
  };
}
