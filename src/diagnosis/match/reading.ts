import { readRateLimit } from '../advice/rate-limit.ts';
import type { Reading } from '../reading.ts';
import { topicByWords } from '../verdict/by-words.ts';
import type { EntryMatch, Found } from './entry.ts';
import { type Knowledge, matchAnswerer, matchGeneral } from './general.ts';
import { isOfOther } from './known.ts';

/** The entries that an error matches. */
export interface Match {
  /** The entry of the API's catalog; null for an error that it does not document. */
  documented: EntryMatch | null;
  /** That entry, or a general one. */
  found: Found | null;
}

/** Whether the words of an error tell of a limit where its status alone led to an entry about permissions. */
function isOfLimit({ entry }: EntryMatch, { error, status }: Reading): boolean {
  const topic = entry.category === 'permission' ? topicByWords(error, status, true) : null;
  return topic === 'rate-limit' || topic === 'quota';
}

/** The status for which some servers answer 403 (RFC 6585, section 4). */
const TOO_MANY = 429;

/** Whether nothing but the header fields tells of a limit: a refusal without a word, and no request is left. */
function isUsedUp({ error, status, response }: Reading): boolean {
  if (status !== 403 || error.code !== null || !(error.message === null || /^\s*\{/.test(error.message))) return false;
  const limit = readRateLimit(response.headers, 0);
  return limit?.remaining === 0 && limit.limit !== 0;
}

/**
 * Looks an error up: in the API's catalog first, then in the general ones.
 *
 * @param api the well-known API whose tool or library wrote the error
 */
export function matchReading(reading: Reading, knowledge: Knowledge, api?: string): Match {
  const { matched, choice, status, error, answerer, soft } = reading;
  // A status alone does not make a gateway's page an error of the API.
  const byStatus = matched !== null && !matched.byCode && matched.template === null;
  const before = byStatus ? matchAnswerer(knowledge.gateways, status, error, answerer) : null;
  const isLimited = isUsedUp(reading);
  const isOther = byStatus
    ? isLimited || isOfLimit(matched, reading)
    : matched !== null && !knowledge.apis.some((own) => own === choice.catalog) && isOfOther(matched, error);
  const documented = before === null && !isOther ? matched : null;
  if (documented !== null && choice.catalog !== null) {
    return { documented, found: { ...documented, catalog: choice.catalog } };
  }
  const meant = isLimited ? TOO_MANY : status;
  return { documented, found: before ?? matchGeneral(knowledge, meant, error, answerer, soft, api) };
}
