/**
 * A text in slices of about `length` characters. None ends within a surrogate pair, a line break or what GitHub Actions
 * takes for a command, so that each can be encoded and escaped alone.
 */
export function* slices(text: string, length: number): Iterable<string> {
  let at = 0;
  while (text.length - at > length) {
    let end = at + length;
    while (end > at + 1 && belongTogether(text, end)) end--;
    yield text.slice(at, end);
    at = end;
  }
  yield at === 0 ? text : text.slice(at);
}

function belongTogether(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const isPair = before >= 0xd800 && before <= 0xdbff;
  return isPair || before === 0x0d || text.startsWith('##[', at - 1) || text.startsWith('##[', at - 2);
}
