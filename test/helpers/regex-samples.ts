/** A part of a pattern that may repeat, and a text that matches all that comes before it. */
export interface Repetition {
  before: string;
  unit: string;
}

/** Sample text for the character classes of a pattern. */
const OF_CLASS: Record<string, string> = { d: '7', D: 'x', w: 'a', W: '-', s: ' ', S: 'x', n: '\n', t: '\t', r: '\r' };

/**
 * The repetitions of a pattern, each with a text that leads to it: of alternatives the first one, of counts the least.
 * Lookarounds are taken for nothing. What the result misses is only not tried.
 */
export function repetitionsOf(source: string): Repetition[] {
  const found: Repetition[] = [];
  let at = 0;

  /** Reads alternatives up to the end or a closing parenthesis; returns a text that the first one matches. */
  function alternatives(before: string): string {
    const first = sequence(before);
    while (source[at] === '|') {
      at += 1;
      sequence(before);
    }
    return first;
  }

  function sequence(before: string): string {
    let text = '';
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const unit = atom(before + text);
      const [least, most] = count();
      if (most > 20 && unit !== '') found.push({ before: before + text, unit });
      text += unit.repeat(Math.min(least, 1000));
    }
    return text;
  }

  function atom(before: string): string {
    const char = source[at++] ?? '';
    if (char === '(') {
      const [opening = ''] = /^\?(?:<?[=!]|:|<\w+>)?/.exec(source.slice(at)) ?? [];
      at += opening.length;
      const inside = alternatives(before);
      at += 1;
      return /[=!]$/.test(opening) ? '' : inside;
    }
    if (char === '[') return ofSet();
    if (char === '\\') return escaped();
    if (char === '^' || char === '$') return '';
    return char === '.' ? 'x' : char;
  }

  function escaped(): string {
    const [whole = '', hex, property] =
      /^(?:x([\da-f]{2})|u([\da-f]{4})|[pP]\{[^}]*\}|k<\w+>|.)/i.exec(source.slice(at)) ?? [];
    at += whole.length;
    if (hex ?? property) return String.fromCharCode(Number.parseInt(hex ?? property ?? '', 16));
    if (/^[bB\dk]/.test(whole)) return '';
    return OF_CLASS[whole[0] ?? ''] ?? (whole.length > 1 ? 'x' : whole);
  }

  /** The first member of a set, or a letter that a negated set has. */
  function ofSet(): string {
    const [set = ''] = /^\^?\]?(?:\\.|[^\]\\])*\]/.exec(source.slice(at)) ?? [];
    at += set.length;
    if (set.startsWith('^')) return [' ', 'x', '7', '-'].find((char) => new RegExp(`[${set}`).test(char)) ?? 'x';
    return [' ', 'a', '7', '-', '_', '.', '/'].find((char) => new RegExp(`[${set}`).test(char)) ?? set[0] ?? '';
  }

  function count(): [least: number, most: number] {
    const [whole = '', least, comma, most] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at)) ?? [];
    at += whole.length;
    if (least !== undefined)
      return [Number(least), comma === '' ? Number(least) : Number(most || Number.POSITIVE_INFINITY)];
    if (whole === '') return [1, 1];
    return [whole.startsWith('+') ? 1 : 0, whole.startsWith('?') ? 1 : Number.POSITIVE_INFINITY];
  }

  alternatives('');
  return found;
}
