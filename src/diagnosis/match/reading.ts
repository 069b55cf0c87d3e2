import type { Reading } from '../reading.ts';
import { topicByWords } from '../verdict/by-words.ts';
import type { EntryMatch, Found } from './entry.ts';
import { type Knowledge, matchAnswerer, matchGeneral } from './general.ts';

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
  const documented = before === null && !(byStatus && isOfLimit(matched, reading)) ? matched : null;
  if (documented !== null && choice.catalog !== null) {
    return { documented, found: { ...documented, catalog: choice.catalog } };
  }
  return { documented, found: before ?? matchGeneral(knowledge, status, error, answerer, soft, api) };
}
