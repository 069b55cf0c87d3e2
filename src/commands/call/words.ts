import { isAddress } from '../../http/target.ts';
import { UsageError } from '../../model/errors.ts';
import { type Item, readItem } from './items.ts';

/** The positional words of `call`. */
export interface Words {
  /** Null for the default. */
  method: string | null;
  target: string;
  items: Item[];
}

const METHOD = /^(?:get|head|post|put|patch|delete|options|trace|query|connect)$/i;

/**
 * Reads `[METHOD] TARGET [ITEM…]`. The first word is a method if it is a known one, or if what
 * follows can only be the target.
 *
 * @param hasMethod true if an option gives the method
 * @throws UsageError without a target, and for a word that is no item
 */
export function readWords(words: string[], hasMethod = false): Words {
  const [first = '', second] = words;
  const isMethod = !hasMethod && second !== undefined && !isAddress(first) && isFollowedByTarget(first, second);
  const [target, ...rest] = isMethod ? words.slice(1) : words;
  if (target === undefined || target === '')
    throw new UsageError('give a URL or a path, such as https://example.com/x');
  if (!isMethod && !hasMethod && METHOD.test(target) && rest.length === 0) {
    throw new UsageError(`${target} what? Give a URL or a path after the method`);
  }
  const items = rest.map((word, i) => {
    if (/^https?:\/\//i.test(word)) throw new UsageError('there are several URLs: errprobe call sends one request');
    const item = readItem(word);
    if (item !== null) return item;
    // The word is not repeated: it may be a secret that lost its name.
    throw new UsageError(
      `word ${i + 1} after the target is no request item: write name=value, name:=json, name==query, Header:value or name@file`,
    );
  });
  return { method: isMethod ? first : null, target, items };
}

function isFollowedByTarget(first: string, second: string): boolean {
  return METHOD.test(first) || second.startsWith('/') || isAddress(second) || readItem(second) === null;
}
