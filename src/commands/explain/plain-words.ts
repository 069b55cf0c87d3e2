import { diagnose, isRecognized } from '../../diagnosis/diagnose.ts';
import { explainEntry } from '../../diagnosis/explain-entry.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import { statusPhrase } from '../../diagnosis/status.ts';
import { ENTRIES } from '../../diagnosis/verdict/by-words.ts';
import type { Topic } from '../../diagnosis/verdict/vocabulary.ts';
import { topicOf, wordsIn } from '../../diagnosis/verdict/words.ts';
import { readSavedErrors } from '../../input/saved-error.ts';
import type { Catalog, Entry } from '../../model/catalog.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import { CONDITION } from '../../render/words.ts';

/** The most candidates to show. */
const MOST = 6;

/** Topics that people mix up, so that either word calls for both. */
const CONFUSED: Partial<Record<Topic, Topic[]>> = {
  quota: ['quota', 'rate-limit'],
  limit: ['quota', 'rate-limit'],
  'rate-limit': ['rate-limit', 'quota'],
  authentication: ['authentication', 'permission'],
  permission: ['permission', 'authentication'],
  duplicate: ['duplicate', 'conflict'],
};

/** Words that stand in any question. */
const EMPTY_WORDS =
  /^(?:error|errors|the|an?|is|was|of|to|in|on|my|api|http|code|status|failed|failure|issue|problem|and|or|too)$/;

interface Candidate {
  catalog: Catalog;
  entry: Entry;
  /** How well it fits; the highest first. */
  score: number;
}

/**
 * What a few plain words may stand for: `timeout`, `CORS error`, `quota exceeded`. The entry that the words
 * themselves lead to comes first, then those of the same subject; a note on each says when it is that one.
 *
 * @returns an empty list for a text that is more than a few words
 */
export function candidatesFor(term: string, knowledge: Knowledge): Diagnosis[] {
  const words = wordsIn(term);
  if (!isPlain(term)) return [];
  const wanted = words.split(' ').filter((word) => word.length > 1 && !EMPTY_WORDS.test(word));
  const topic = topicOf(term);
  const topics: Topic[] = topic === null ? [] : (CONFUSED[topic] ?? [topic]);
  const general = [knowledge.http, knowledge.network, knowledge.gateways, ...knowledge.codes];
  const scored = general
    .flatMap((catalog) =>
      catalog.entries.map((entry) => ({
        catalog,
        entry,
        score: scoreOf(catalog, entry, wanted, topics, knowledge),
      })),
    )
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  const led = ledTo(term, knowledge);
  const all = [...(led === null ? [] : [led]), ...scored];
  const found = all.filter(({ entry }, i) => all.findIndex((other) => other.entry === entry) === i).slice(0, MOST);
  return found.map(({ catalog, entry }) => explained(catalog, entry, found.length > 1));
}

/** An entry, with the condition that tells it from others where there are others. */
export function explained(catalog: Catalog, entry: Entry, isOneOfSeveral: boolean): Diagnosis {
  const condition = isOneOfSeveral ? conditionOf(entry) : '';
  return { ...explainEntry(catalog, entry), notes: condition === '' ? [] : [condition] };
}

/** A few words without the marks of a message. */
function isPlain(term: string): boolean {
  return term.length <= 40 && /^[\p{L}\d][\p{L}\d _-]*$/u.test(term) && term.split(/\s+/).length <= 4;
}

/** The entry that a diagnosis of the words as a text leads to. */
function ledTo(term: string, knowledge: Knowledge): Candidate | null {
  const { http, network, gateways, codes } = knowledge;
  for (const { exchange } of readSavedErrors(term, 'the argument')) {
    const diagnosis = diagnose(exchange, knowledge, { now: 0 });
    if (!isRecognized(diagnosis)) continue;
    for (const catalog of [http, network, gateways, ...codes])
      for (const entry of catalog.entries)
        if (`${catalog.id}/${entry.id}` === diagnosis.id) return { catalog, entry, score: Number.MAX_SAFE_INTEGER };
  }
  return null;
}

/** How well an entry fits: it is the one of the topic, its name or title has all the words, or it is of the same category. */
function scoreOf(
  catalog: Catalog,
  entry: Entry,
  wanted: string[],
  topics: Topic[],
  { http, network }: Knowledge,
): number {
  const names = [entry.id, ...(entry.match.failure ?? []), ...(entry.match.code ?? [])].map(wordsIn).join(' ');
  const own = new Set(`${names} ${wordsIn(entry.title)}`.split(' ').map(stem));
  const byNumber = wanted.length === 1 && entry.match.message?.includes(wanted[0] ?? '') === true;
  const hasAll = byNumber || (wanted.length > 0 && wanted.every((word) => own.has(stem(word))));
  const isBasic = catalog === http || catalog === network;
  const at = catalog === http ? topics.findIndex((topic) => ENTRIES[topic] === entry.id) : -1;
  if (at >= 0) return 10 - at;
  const isMeant = [...topics, ...wanted].includes(entry.category);
  // Statuses of a single server are hardly meant.
  const isCommon =
    entry.match.status?.every((status) => typeof status !== 'number' || statusPhrase(status) !== '') !== false;
  if (hasAll) return isBasic && isCommon ? 8 : 2;
  return catalog === network && isMeant ? 6 : 0;
}

/** A word without the ending of its plural. */
const stem = (word: string): string => word.replace(/(?<=\w{3})s$/, '');

const PHASES: Record<string, string> = {
  dns: 'the name could not be resolved',
  connect: 'no connection came about',
  tls: 'the TLS handshake did not succeed',
  request: 'the request was still being sent',
  response: 'the request was sent, and no whole response came',
};

/** When an error is that of an entry rather than of another with the same words. */
function conditionOf({ match }: Entry): string {
  const statuses = (match.status ?? []).filter((status) => typeof status === 'number');
  const conditions = [
    ...(match.answerer === undefined ? [] : [`${match.answerer[0]} answered`]),
    ...(statuses.length === 0 ? [] : [`the status is ${statuses.join(' or ')}`]),
    ...(match.phase ?? []).slice(0, 1).map((phase) => PHASES[phase] ?? `the phase is ${phase}`),
    ...(match.failure === undefined || match.phase !== undefined ? [] : [`the failure is ${match.failure[0]}`]),
    ...(match.code === undefined ? [] : [`the code is ${match.code[0]}`]),
    ...(match.code === undefined && match.message !== undefined ? [`the message says “${match.message[0]}”`] : []),
  ];
  return conditions.length === 0 ? '' : `${CONDITION}${conditions.join(' and ')}.`;
}
