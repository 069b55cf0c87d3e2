import type { Catalog, Entry, KnownCatalogs } from '../../model/catalog.ts';
import type { Answerer, ErrorBody } from '../../model/diagnosis.ts';
import type { Failure } from '../../model/exchange.ts';
import { literalLength, matchTemplate, type Values } from '../../text/template.ts';
import { ENTRIES, topicByWords } from '../verdict/by-words.ts';
import type { Topic } from '../verdict/vocabulary.ts';
import { topicOf } from '../verdict/words.ts';
import { hasCode } from './code.ts';
import { type Found, fitsStatus } from './entry.ts';
import { matchKnownCode, matchKnownSaying, matchKnownShape, matchKnownTool } from './known.ts';
import { isOwnCode } from './own-code.ts';

/** The catalogs that a diagnosis uses. */
export interface Knowledge {
  /** The APIs' catalogs. */
  apis: Catalog[];
  /** General catalogs: statuses, network failures, gateways, and codes of standards. */
  http: Catalog;
  network: Catalog;
  gateways: Catalog;
  codes: Catalog[];
  /** Catalogs of well-known APIs; one of `apis` with the same id replaces its catalog. */
  known: KnownCatalogs;
}

/**
 * Matches the general catalogs: first who answered, then codes of standards and services, then the status.
 *
 * @param soft why a success is a failure, or null
 * @param api the well-known API whose tool reported the error
 */
export function matchGeneral(
  { gateways, codes, http, known }: Knowledge,
  status: number | null,
  error: ErrorBody,
  answerer: Answerer | null,
  soft: string | null,
  api?: string,
): Found | null {
  const signs = soft === null ? [] : [soft];
  // A success that says that it failed may have the status that it should have had.
  const meant = soft !== null && (error.status ?? 0) >= 400 && (error.status ?? 0) < 600 ? error.status : status;
  const byWords = () => matchWords(http, meant, error, soft);
  const answered = matchAnswerer(gateways, status, error, answerer);
  // A page that announces maintenance says more than that a gateway answered.
  const announced = answered?.entry.category === 'gateway' && status === 503 ? byWords() : null;
  return (
    (announced?.entry.category === 'maintenance' ? announced : answered) ??
    matchKnownTool(known, status, error, api) ??
    matchKnownShape(known, status, error) ??
    matchKnownSaying(known, status, error) ??
    matchCode(codes, status, error) ??
    matchOwnCode(codes, status, error) ??
    matchKnownCode(known, status, error) ??
    byWords() ??
    // A success is an error only where the body says so.
    (meant === null || (meant < 300 && soft === null) ? null : mostSpecific(http, meant, signs, () => 0))
  );
}

/** The entry of what the words of an error are about, where they say more than its status. */
function matchWords(http: Catalog, status: number | null, error: ErrorBody, soft: string | null): Found | null {
  if (status === null ? error.envelope === 'unknown' && error.message === null : status < 300 && soft === null)
    return null;
  const ofStatus = http.entries.filter(({ match }) => status !== null && match.status?.includes(status));
  const topic = topicByWords(error, status, ofStatus.length > 0) ?? topicOfBody(soft);
  if (topic === null || ofStatus.some(({ category }) => category === topic)) return null;
  const entry = http.entries.find(({ id }) => id === ENTRIES[topic]);
  if (entry === undefined) return null;
  return { catalog: http, entry, byCode: false, template: null, values: {}, confidence: 'general' };
}

/** What the form of a body tells: a page to log in, a fatal error of the program. */
const topicOfBody = (soft: string | null): Topic | null => (soft?.startsWith('the body is ') ? topicOf(soft) : null);

/** Matches a network failure by its code, its phase, its message and the requested URL. */
export function matchFailure(network: Catalog, { code, phase, message }: Failure, url: string): Found | null {
  return mostSpecific(network, null, [message, url], ({ match }) => {
    const byCode = holds(match.failure, code, 4);
    const byPhase = holds(match.phase, phase, 1);
    return byCode === null || byPhase === null ? null : byCode + byPhase;
  });
}

/** Matches an answerer by name before kind, and by the reason it gives. */
export function matchAnswerer(
  gateways: Catalog,
  status: number | null,
  error: ErrorBody,
  answerer: Answerer | null,
): Found | null {
  if (answerer === null) return null;
  const texts = [answerer.reason, error.code, error.message].filter((text) => text !== null);
  return mostSpecific(gateways, status, texts, ({ match }) =>
    match.answerer?.includes(answerer.name) ? 4 : match.answerer?.includes(answerer.kind) ? 2 : null,
  );
}

/**
 * The entry of which everything that it asks for holds, and which asks for most; the order of the file never matters.
 *
 * @param messages the texts that an entry's templates may fit
 * @param weigh how specific the rest of an entry is, or null when it does not hold
 */
function mostSpecific(
  catalog: Catalog,
  status: number | null,
  messages: string[],
  weigh: (entry: Entry) => number | null,
): Found | null {
  let best: { found: Found; weight: number } | null = null;
  for (const entry of catalog.entries) {
    const own = weigh(entry);
    if (own === null || !fitsStatus(entry, status)) continue;
    const worded = entry.match.message === undefined ? null : wording(entry.match.message, messages);
    if (worded === undefined) continue;
    const { template = null, values = {} } = worded ?? {};
    if (status === null && template === null && entry.match.status !== undefined) continue;
    const exact = status !== null && entry.match.status?.includes(status) ? 1 : 0;
    const weight = own + exact + (template === null ? 0 : 8 + literalLength(template) / 1e6);
    if (best !== null && weight <= best.weight) continue;
    best = { weight, found: { catalog, entry, byCode: false, template, values, confidence: 'general' } };
  }
  return best?.found ?? null;
}

/** The first template that one of the messages fits; undefined when none does. */
function wording(templates: string[], messages: string[]): { template: string; values: Values } | undefined {
  for (const template of templates) {
    for (const message of messages) {
      const values = matchTemplate(template, message);
      if (values !== null) return { template, values };
    }
  }
  return undefined;
}

/**
 * The entry of a code that only one service has, where its error comes without the shape that gives the service away: a
 * sentence of a client. A code whose words say what it is about is explained by them; one in another notation may be
 * another service's.
 */
function matchOwnCode(catalogs: Catalog[], status: number | null, error: ErrorBody): Found | null {
  const [only, ...others] = entriesOfCode(catalogs, status, error);
  if (only === undefined || others.length > 0) return null;
  return { ...only, byCode: true, template: null, values: {}, confidence: 'general' };
}

/** The entries of all services that have a code which tells nothing by its words, in a shape that tells of none of them. */
export function entriesOfCode(
  catalogs: Catalog[],
  status: number | null,
  error: ErrorBody,
): { catalog: Catalog; entry: Entry }[] {
  if (!isOwnCode(error)) return [];
  const { code } = error;
  const found = catalogs.flatMap((catalog) =>
    catalog.entries
      .filter((entry) => entry.match.code?.includes(code) === true && fitsStatus(entry, status))
      .map((entry) => ({ catalog, entry })),
  );
  return found.filter(({ entry }) => entry.match.message === undefined);
}

/** The weight of a condition that holds, 0 for one that is not set, null for one that does not hold. */
function holds<T>(wanted: T[] | undefined, actual: T, weight: number): number | null {
  if (wanted === undefined) return 0;
  return wanted.includes(actual) ? weight : null;
}

/** The subcode says more than the code; what is gone for good must not be judged by its status. */
function matchCode(catalogs: Catalog[], status: number | null, error: ErrorBody): Found | null {
  const { envelope, code, subcode, message } = error;
  for (const catalog of catalogs) {
    const found = mostSpecific(catalog, status, message === null ? [] : [message], (entry) => {
      if (entry.match.envelope?.includes(envelope) !== true) return null;
      if (entry.match.code === undefined) return 1;
      if (subcode !== null && hasCode(entry, subcode)) return 6;
      return code !== null && hasCode(entry, code) ? 4 : null;
    });
    if (found !== null) return { ...found, byCode: found.entry.match.code !== undefined };
  }
  return null;
}
