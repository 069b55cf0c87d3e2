import { CHECKS } from '../../diagnosis/evidence/check-table.ts';
import { BLANK_FACTS } from '../../diagnosis/evidence/facts.ts';
import { evidenceOf } from '../../diagnosis/evidence/sentences.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import { statusPhrase } from '../../diagnosis/status.ts';
import { handshakeWith } from '../../http/certificate.ts';
import { proxyFor } from '../../http/proxy.ts';
import { addressesOf, hostOf, portOf, reach } from '../../http/reach.ts';
import { prepare } from '../../http/request.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import type { Result } from '../../model/report.ts';
import type { ApiSettings } from '../../model/settings.ts';
import { version } from '../../version.ts';
import { call } from '../call/call.ts';
import { bad, good, note } from './examination.ts';

/** Certificates that expire sooner get a note, in days. */
const SOON = 14;

/**
 * Resolves an API's host, connects, examines certificate and clock, and sends two requests: without
 * the key and with it. Each step needs the one before.
 *
 * @param path a safe GET path
 * @param mayAsk called before anything that carries key and headers is sent; throws if that is not
 * allowed
 */
export async function examineOnline(
  settings: ApiSettings,
  path: string,
  knowledge: Knowledge,
  effects: Effects,
  mayAsk: () => Promise<void>,
): Promise<Result[]> {
  const id = settings.id ?? '';
  const url = new URL(settings.baseUrl ?? '');
  const proxy = proxyFor(url, effects.env);
  const reached = await connectionResults(id, proxy?.url ?? url, proxy?.from ?? null, settings, effects);
  if (failed(reached)) return reached;
  const tls = url.protocol === 'https:' && proxy === null ? await tlsResults(id, url, settings, effects) : [];
  if (failed(tls)) return [...reached, ...tls];
  await mayAsk();
  return [...reached, ...tls, ...(await requestResults(id, path, settings, knowledge, effects))];
}

const failed = (results: Result[]): boolean => results.some(({ check }) => check?.outcome === 'failed');

/**
 * The host name and each of its addresses; behind a proxy, those of the proxy, which resolves the
 * host itself.
 */
async function connectionResults(
  id: string,
  url: URL,
  proxyFrom: string | null,
  { timeoutMs }: ApiSettings,
  { signal }: Effects,
): Promise<Result[]> {
  const host = hostOf(url);
  const of = proxyFrom === null ? '' : `the proxy ${url.host} (${proxyFrom}): `;
  const addresses = await addressesOf(host);
  if (typeof addresses === 'string') return [bad(id, 'name', `${of}${host} has no address (${addresses})`)];
  const families = addresses.map(({ address, family }) => `${address} (IPv${family})`).join(', ');
  const problems = await Promise.all(addresses.map(({ address }) => reach(address, portOf(url), timeoutMs, signal)));
  const texts = addresses.map(
    ({ address }, i) => `${address} ${problems[i] === null ? 'reached' : `not reached (${problems[i]})`}`,
  );
  const verdict = problems.includes(null) ? good : bad;
  return [good(id, 'name', of + families), verdict(id, 'connection', `${of}port ${portOf(url)}: ${texts.join(', ')}`)];
}

async function tlsResults(
  id: string,
  url: URL,
  { timeoutMs }: ApiSettings,
  { now, signal }: Effects,
): Promise<Result[]> {
  const shown = await handshakeWith(url, timeoutMs, signal);
  if (shown === null) return [bad(id, 'tls', `port ${portOf(url)} does not speak TLS, or not within the time`)];
  const { certificate, problem, protocol } = shown;
  const { issuer, names, validTo } = certificate;
  const days = Math.floor((Date.parse(validTo) - now()) / 86_400_000);
  const left = days < 0 ? `, ${-days} days ago` : days < SOON ? `, only ${days} days more` : '';
  const what = `${protocol}, for ${names.slice(0, 5).join(', ')}, issued by ${issuer}, valid until ${validTo.slice(0, 10)}${left}`;
  return [problem === null ? good(id, 'tls', what) : bad(id, 'tls', `not trusted (${problem}): ${what}`)];
}

async function requestResults(
  id: string,
  path: string,
  settings: ApiSettings,
  knowledge: Knowledge,
  effects: Effects,
): Promise<Result[]> {
  const ask = async (withKey: boolean): Promise<Result> => {
    const own = withKey ? settings : { ...settings, auth: null };
    const wanted = { method: 'GET', target: path, query: [], headers: {}, headersFrom: 'errprobe', data: null };
    const prepared = prepare({ ...wanted, idempotencyKey: null, requestId: effects.uuid(), version }, own);
    const nothing = { wait: async () => {}, stop: async () => {} };
    const { report } = await call({ prepared, settings: own, retry: null }, knowledge, effects, nothing);
    effects.signal.throwIfAborted();
    const [result] = report.results;
    if (result === undefined) throw new UsageError(`${id} was not asked`);
    return result;
  };
  const without = await ask(false);
  const results = [...clockResults(id, without, effects.now()), judgeWithout(id, path, without)];
  return settings.key === null ? results : [...results, judgeWith(id, path, await ask(true))];
}

function clockResults(id: string, { response }: Result, now: number): Result[] {
  if (response === null) return [];
  const facts = { ...BLANK_FACTS, request: { method: 'GET', url: '', headers: {}, body: null }, now };
  const { headers } = response;
  const { verdict, findings } = CHECKS['clock-skew'].run({ ...facts, response: { ...facts.response, headers } });
  if (verdict === 'possible') return [];
  const judge = verdict === 'confirmed' ? bad : good;
  return [judge(id, 'clock', evidenceOf(findings) ?? '')];
}

/** The outcome in words: `401 Unauthorized, raptor-comply/invalid-api-key`. */
function what({ diagnosis, failure, response }: Result): string {
  const status = response?.status ?? null;
  const head = status === null ? (failure?.code ?? 'no answer') : `${status} ${statusPhrase(status)}`.trim();
  return diagnosis?.id == null ? head : `${head}, ${diagnosis.id}`;
}

/** Without a key, any answer of the API is fine. */
function judgeWithout(id: string, path: string, result: Result): Result {
  const { diagnosis, response } = result;
  const line = `GET ${path}: ${what(result)}`;
  const by = diagnosis?.answeredBy.kind ?? 'unknown';
  const answered = response !== null && (response.status ?? 0) < 500 && (by === 'api' || by === 'unknown');
  if (!answered) return { ...bad(id, 'without key', `${line}: ${diagnosis?.cause ?? 'no answer'}`), diagnosis };
  return good(id, 'without key', diagnosis === null ? `${line}; this path takes no key` : line);
}

/** With the key, only a rejected key or a missing answer is a problem; a missing path is not. */
function judgeWith(id: string, path: string, result: Result): Result {
  const { diagnosis } = result;
  const line = `GET ${path}: ${what(result)}`;
  if (diagnosis === null) return good(id, 'with key', line);
  const harmless = ['not-found', 'validation', 'rate-limit', 'redirect'].includes(diagnosis.category);
  const verdict = harmless ? note : bad;
  const [first] = diagnosis.causes;
  const seen = first?.verdict === 'confirmed' && first.evidence !== null ? ` (${first.evidence})` : '';
  return { ...verdict(id, 'with key', `${line}: ${diagnosis.cause}${seen}`), diagnosis };
}
