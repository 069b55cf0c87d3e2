import { MOST_VALUES } from '../json/read.ts';

/** A value, and where it ends in the text. */
interface Read {
  value: unknown;
  end: number;
}

/** Deeper values are hostile. */
const DEEPEST = 100;

const WORDS = new Map<string, unknown>([
  ...(['null', 'None', 'nil', 'undefined', 'NaN', 'Infinity'] as const).map((word): [string, null] => [word, null]),
  ...(['true', 'True'] as const).map((word): [string, boolean] => [word, true]),
  ...(['false', 'False'] as const).map((word): [string, boolean] => [word, false]),
]);

const CLOSING: Record<string, string> = { '{': '}', '[': ']', '(': ')' };
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

/**
 * Reads a value in the notations that programs print: JSON, JavaScript (Node.js's `util.inspect`:
 * unquoted names, single quotes, `[Object]`, `undefined`), Python's `repr` (`None`, `True`, tuples,
 * `u'…'`) and Ruby's hashes (`"a"=>1`, `:a`). Linear in the length of the text.
 *
 * @param at the index of its `{` or `[`
 * @returns the value and where it ends; null if it is none of these
 */
export function readLiteral(text: string, at: number): Read | null {
  return new LiteralReader(text, at, false).read();
}

/** Reads a value of which the text ends too early, as far as it goes; null for what is none, and for one that is whole. */
export function readCutLiteral(text: string, at: number): Read | null {
  const read = new LiteralReader(text.replace(/(?:\.{3}|…)\s*$/, ''), at, true).read();
  return read === null ? null : { ...read, end: text.length };
}

class LiteralReader {
  private values = 0;

  constructor(
    private readonly text: string,
    private at: number,
    private readonly mayEnd: boolean,
  ) {}

  read(): Read | null {
    try {
      const value = this.value(0);
      return { value, end: this.at };
    } catch (error) {
      if (error === NOT_A_LITERAL) return null;
      throw error;
    }
  }

  private value(depth: number): unknown {
    if (depth > DEEPEST || ++this.values > MOST_VALUES) throw NOT_A_LITERAL;
    this.skipSpace();
    const char = this.text[this.at];
    if (char === '{') return this.members(depth);
    if (char === '[' || char === '(') return this.items(char, depth);
    if (char === '"' || char === "'" || char === '`') return this.joined();
    return this.bare(depth);
  }

  private members(depth: number): Record<string, unknown> {
    const found: [string, unknown][] = [];
    this.at++;
    while (!this.take('}') && !this.isCut()) {
      // `[Symbol(x)]: 1` and `...more` carry no information.
      const name = this.name();
      if (this.isCut()) break;
      if (!this.take('=>') && !this.take(':') && !this.take('=')) throw NOT_A_LITERAL;
      if (this.isCut()) break;
      found.push([name, this.value(depth + 1)]);
      if (!this.take(',') && this.peek() !== '}' && !this.isCut()) throw NOT_A_LITERAL;
    }
    return Object.fromEntries(found);
  }

  private name(): string {
    this.skipSpace();
    this.match(/[bu](?=["'])/iy);
    const char = this.peek();
    if (char === '"' || char === "'" || char === '`') return this.quoted();
    const [word] = this.match(/:?(?:\[?[A-Za-z_$][\w$.-]*(?:\([\w$. -]{0,80}\))?\]?|\d+)/y) ?? [];
    if (word === undefined) throw NOT_A_LITERAL;
    return word.replace(/^:/, '');
  }

  private items(open: string, depth: number): unknown {
    // Node.js prints values that are too deep, or not plain, as a word in brackets.
    const word = this.match(
      /\[(?:Object|Array|Circular[^\]]{0,20}|(?:Async)?Function[^\]\n]{0,200}|Getter[^\]]{0,20}|class[^\]\n]{0,200})\]/y,
    );
    if (word !== null) return null;
    const close = CLOSING[open] as string;
    const found: unknown[] = [];
    this.at++;
    while (!this.take(close) && !this.isCut()) {
      if (this.match(/\.\.\. \d+ more \w+/y) === null) found.push(this.value(depth + 1));
      if (!this.take(',') && this.peek() !== close && !this.isCut()) throw NOT_A_LITERAL;
    }
    return found;
  }

  /** Long strings are printed in pieces: `'a' +\n 'b'`. */
  private joined(): string {
    let whole = this.quoted();
    while (this.match(/\s*\+\s*(?=["'`])/y) !== null) whole += this.quoted();
    return whole;
  }

  private quoted(): string {
    const quote = this.text[this.at++];
    let found = '';
    let from = this.at;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at];
      if (char === quote) {
        found += this.text.slice(from, this.at++);
        return found;
      }
      if (char !== '\\') continue;
      found += this.text.slice(from, this.at++) + this.escaped();
      from = this.at + 1;
    }
    if (this.mayEnd) return found + this.text.slice(from);
    throw NOT_A_LITERAL;
  }

  private escaped(): string {
    const char = this.text[this.at] ?? '';
    const digits = char === 'u' ? 4 : char === 'x' ? 2 : 0;
    const code = this.text.slice(this.at + 1, this.at + 1 + digits);
    if (digits === 0 || !/^[\da-f]+$/i.test(code) || code.length < digits) return ESCAPES[char] ?? char;
    this.at += digits;
    return String.fromCharCode(Number.parseInt(code, 16));
  }

  private bare(depth: number): unknown {
    const [number] = this.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?n?(?![\w.:-])/y) ?? [];
    if (number !== undefined) return Number(number.replace('n', ''));
    // u'…', b'…', and the name of a class before its members: `Headers {…}`, `Error {…}`, `[Foo: null prototype] {…}`.
    if (this.match(/(?:u|b|rb?|ub?)(?=["'])/iy) !== null) return this.joined();
    if (this.match(/[A-Z][\w$.]{0,80}(?: \[[\w: ]{0,80}\]|\(\d+\))? (?=[{[])/y) !== null) return this.value(depth + 1);
    const [symbol] = this.match(/:[A-Za-z_]\w*/y) ?? [];
    if (symbol !== undefined) return symbol.slice(1);
    const [word] = this.match(/[A-Za-z_$][\w$]*(?![\w$])/y) ?? [];
    if (word === undefined || !WORDS.has(word)) throw NOT_A_LITERAL;
    return WORDS.get(word);
  }

  /** Whether the text ended where more should follow, which is forgiven here. */
  private isCut(): boolean {
    this.skipSpace();
    return this.mayEnd && this.at >= this.text.length;
  }

  private peek(): string | undefined {
    this.skipSpace();
    return this.text[this.at];
  }

  private take(expected: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at += found[0].length;
    return found;
  }

  private skipSpace(): void {
    while (/^\s$/.test(this.text[this.at] ?? '')) this.at++;
  }
}

/** Never leaves this file: aborts parsing at any depth. */
const NOT_A_LITERAL = new Error('not a literal');
