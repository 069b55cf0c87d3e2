import type { ConfigLayer } from '../../config/layer.ts';
import { keysOfOthers, resolveApi } from '../../config/resolve.ts';
import { CHECKS, type CheckName } from '../../diagnosis/evidence/check-table.ts';
import { BLANK_FACTS, type Facts } from '../../diagnosis/evidence/facts.ts';
import { evidenceOf } from '../../diagnosis/evidence/sentences.ts';
import { credentialWith } from '../../http/credential.ts';
import { fingerprint } from '../../http/fingerprint.ts';
import { isLoopback } from '../../http/loopback.ts';
import { proxyFor } from '../../http/proxy.ts';
import { ConfigError, UsageError } from '../../model/errors.ts';
import { keyInWords } from '../../model/key-variables.ts';
import { exitOf, isBad, type Report, type Result, reportOf, summaryOf } from '../../model/report.ts';
import type { Api, ApiSettings } from '../../model/settings.ts';
import { plainKeyAdvice, plainKeys } from '../plain-keys.ts';
import { bad, good, note } from './examination.ts';

/** The input of an examination. */
export interface Examined {
  /** The configs that apply, highest precedence first; empty when one is broken. */
  layers: ConfigLayer[];
  /** Why the config could not be read, or null. */
  broken: string | null;
  apis: Api[];
  /** The API to examine, or null for all. */
  only: Api | null;
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

/** How to begin without a config. */
const BEGIN = 'run errprobe init to write one, or set the variable of a key below';

/** Examines config, keys and addresses for problems that would make requests fail. */
export async function examine(examined: Examined): Promise<Report> {
  const { apis, only } = examined;
  const results = configResults(examined);
  for (const api of only === null ? apis : [only]) results.push(...(await apiResults(api, examined)));
  const summary = summaryOf(results, 0);
  return { ...reportOf('doctor', exitOf(isBad(summary) ? 'failed' : 'ok'), results), summary };
}

function configResults({ layers, broken, apis }: Examined): Result[] {
  if (broken !== null) return [bad('config', 'config', broken)];
  const files = layers.filter(({ profile }) => profile === null);
  if (files.length === 0) return [note('config', 'config', `none found; ${BEGIN}`)];
  const plain = plainKeys(files, apis).map((key) => bad(key.id, 'key', `${key.at}: ${plainKeyAdvice(key)}`));
  return [...files.map(({ file }, i) => good('config', i === 0 ? 'config' : 'config, below', file)), ...plain];
}

async function apiResults(api: Api, { layers, only, env, now, apis, online }: Examined): Promise<Result[]> {
  const { id, catalog } = api;
  let settings: ApiSettings;
  try {
    settings = resolveApi(api, layers, env);
  } catch (error) {
    if (error instanceof ConfigError) return [bad(id, 'config', error.message)];
    throw error;
  }
  const inUse = only !== null || settings.key !== null || layers.some(({ value }) => value.apis?.[id] !== undefined);
  if (!inUse)
    return [
      note(id, 'key', `not in use: ${catalog?.auth === undefined ? 'its key' : keyInWords(catalog.auth)} is not set`),
    ];
  const others = keysOfOthers(id, layers, apis, env);
  const address = addressResults(settings, id, env);
  const key = keyResults(settings, id, others, now);
  const results = [...key, ...headerResults(settings, id, now), ...address];
  const ready = online !== null && ![...key, ...address].some(({ check }) => check?.outcome === 'failed');
  return ready ? [...results, ...(await online(settings))] : results;
}

function keyResults(settings: ApiSettings, id: string, others: Facts['otherKeys'], now: number): Result[] {
  const { auth, key } = settings;
  if (auth === null) return [note(id, 'key', 'none is configured; requests go without one')];
  if (key === null) return [bad(id, 'key', `no key: set ${keyInWords(auth)}, or apis.${id}.key in .errproberc.yaml`)];
  if (/[\r\n\0]/.test(key.value)) {
    return [bad(id, 'key', `the key from ${key.from} contains a line break, which a header cannot carry; remove it`)];
  }
  // Neither a parameter nor the encoding of Basic changes what is wrong with a key.
  const isBare = auth.query !== undefined || auth.base64 === true;
  const sent = isBare
    ? { authorization: `Bearer ${key.value}` }
    : { [auth.header.toLowerCase()]: credentialWith(auth, key.value) };
  const bare = { ...auth, header: 'Authorization', value: 'Bearer {key}' };
  const facts = factsFor(isBare ? { ...settings, auth: bare } : settings, sent, now, others);
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
    : [
        good(
          id,
          'key',
          `from ${key.from}, fingerprint ${fingerprint(key)}, sent in ${auth.query === undefined ? auth.header : `the parameter ${auth.query}`}`,
        ),
        ...found,
      ];
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
