/**
 * A text without the characters at its ends that a pattern matches. A regular expression with `+$`
 * starts over at each place of a long run; this takes one pass.
 *
 * @param start matches one character; null to leave the beginning
 * @param end matches one character; null to leave the end
 */
export function withoutEnds(text: string, start: RegExp | null, end: RegExp | null = start): string {
  let from = 0;
  let to = text.length;
  while (start !== null && from < to && start.test(text.charAt(from))) from++;
  while (end !== null && to > from && end.test(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}
