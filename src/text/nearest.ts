/** Mistyped words are short, and the time is the product of both lengths. */
const LONGEST = 200;

/**
 * The candidate that a mistyped word was probably meant to be, or null if none is close.
 *
 * @param most the most wrong letters: by default two, one in a word of three, or two fifths of the word; more make a
 * different word
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  most: number = Math.max(Math.min(2, word.length - 2), Math.floor(word.length * 0.4)),
): string | null {
  if (word.length > LONGEST) return null;
  let best: string | null = null;
  let limit = most + 1;
  for (const candidate of candidates) {
    // The distance is at least the difference of the lengths.
    if (Math.abs(candidate.length - word.length) >= limit) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < limit) {
      best = candidate;
      limit = distance;
    }
  }
  return best;
}

/** The suggestion for an unknown word; empty if there is none. */
export const didYouMean = (near: string | null): string => (near === null ? '' : `; did you mean "${near}"?`);

/**
 * The message about an unknown API, with the suggestion and the known ids.
 *
 * @param others ids that are suggested, but not listed
 */
export function noApi(id: string, known: string[], others: string[] = []): string {
  const near = didYouMean(nearest(id, [...known, ...others]));
  return `there is no API "${id}"${near || '.'} Known APIs: ${known.join(', ')}.`;
}

/** The Levenshtein distance, in which two letters in the wrong order are one mistake, computed with three rows. */
function editDistance(a: string, b: string): number {
  let last: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwapped ? (last[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution, swap));
    }
    last = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
