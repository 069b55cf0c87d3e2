import type { Match, StatusPattern } from '../../model/catalog.ts';
import type { Advice } from '../../model/words.ts';
import { visible, visibleLine } from '../text.ts';
import { escapeXml } from '../xml.ts';

/** Text of a catalog for the content or an attribute of HTML, on one line. */
export const text = (words: string): string => escapeXml(visibleLine(words));

/** Text of a catalog for HTML, on several lines. */
export const block = (words: string): string => escapeXml(visible(words));

/**
 * A link to an address of a catalog; only its text if it is no address of the web, which could run a script.
 *
 * @param words what the link says
 */
export function link(address: string, words: string): string {
  const isWeb = /^https?:\/\//i.test(address) && URL.canParse(address);
  return isWeb ? `<a href="${text(new URL(address).href)}" rel="noreferrer">${text(words)}</a>` : text(words);
}

/** The statuses of an entry: `502, 503`, `4xx`. */
export const statusesOf = ({ status = [] }: Match): string => status.join(', ');

/** The names by which an entry is known: codes and subcodes, network failures, who answers. */
export function namesOf({ code = [], subcode = [], failure = [], answerer = [] }: Match): string[] {
  return code.length + subcode.length > 0 ? [...code, ...subcode] : [...failure, ...answerer];
}

/** The class of a status, for its colour: 3, 4, 5, or 0 for none. */
export function classOf(status: StatusPattern | undefined): number {
  return status === undefined ? 0 : Number(String(status)[0]);
}

/** Retry advice in a word or two, for lists. */
export const RETRY: Record<Advice, string> = {
  never: 'do not retry',
  backoff: 'retry with backoff',
  wait: 'retry after the wait',
  'after-action': 'not yet',
};
