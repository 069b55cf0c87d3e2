/** A value that was read, and the index at which it ends. */
interface Read {
  value: unknown;
  end: number;
}

/** Deeper values are hostile. */
const DEEPEST = 30;

/** More of a text is no value that somebody printed. */
const LONGEST = 16 * 1024;

const CLOSING: Record<string, string> = { '{': '}', '[': ']', '(': ')' };

/** The name of a member, and the sign behind it: `code:`, `code=`, `Code = `, `[code] => `, `"code" =>`, `0 => `, `:code=>`. */
const NAME =
  /\[["']?([\w$.-]{1,60})["']?\]\s{0,4}=>\s?|(\d{1,4}) => ?|:?["']?([A-Za-z_$][\w$.-]{0,60})["']?(?:\s{0,4}=>\s?|:(?!\/\/)\s?|\s?=(?![=>])\s?)/y;

/** The name of a type before the members of its value: `map[`, `&{`, `*api.Error{`, `Array (`, `Error(`, `%Env{`, `Some(`. */
const TYPE =
  /(?:map|[&*%]{0,2}[A-Za-z_][\w.$:]{0,60}(?: Object)?|[&%])?\s{0,12}(?=[{(]|\[(?!["']?[\w$.-]{1,60}["']?\]\s{0,4}=>))/y;

/** A value as PHP's var_dump prints it. */
const DUMPED = /\s{0,20}(?:string\(\d{1,6}\) "([^"\n]{0,2000})"(?=\s*\n)|(?:int|float)\((-?[\d.]{1,20})\))/y;

/** The type and the size before the members of a value as var_dump prints it: `array(4) {`, `object(stdClass)#3 (2) {`. */
const SIZED = /\s{0,20}(?:array\(\d{1,6}\)|object\([\w\\]{1,100}\)#\d{1,9} \(\d{1,6}\)) (?=\{)/y;

/**
 * How PHP begins a value within another, on a line of its own however deep it is: `Array\n        (` and `stdClass Object\n
 * (` of print_r, `\n  array (`, `\n  (object) array(` and `\n  \\Http\\Error::__set_state(array(` of var_export.
 */
const OF_PHP =
  /(?:Array|[A-Za-z_\\][\w\\]{0,120} Object)\s{1,200}(?=\()|\s{0,200}(?:\(object\) ?|\\?[A-Za-z_][\w\\]{0,120}(::__set_state)\()?array ?(?=\()/y;

/** Words that mean no value, true or false. */
const WORDS = new Map<string, unknown>([
  ...['null', 'nil', 'None', '<nil>', 'NULL', 'undefined', '<null>'].map((word): [string, unknown] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, unknown] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, unknown] => [word, false]),
]);

/**
 * Reads members of which the texts are not quoted, as Go (`map[code:x message:two words]`, `%+v`), Java (`{code=x,
 * message=two words}`), records of Kotlin, C# and Python (`Error(code=x)`) and PHP (`print_r`, `var_export`) print them.
 * A text ends where the next name begins or its bracket closes. Linear in the length of the text.
 *
 * @param at the index of its bracket
 * @returns the value and where it ends; null where there are no members
 */
export function readLoose(text: string, at: number): Read | null {
  const reader = new LooseReader(text.slice(at, at + LONGEST));
  const value = reader.bracket(0);
  return value === null || Array.isArray(value) ? null : { value, end: at + reader.at };
}

const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

class LooseReader {
  at = 0;
  constructor(private readonly text: string) {}

  /** Members or items from an opening bracket to its closing one; null when it does not close. */
  bracket(depth: number): Record<string, unknown> | unknown[] | null {
    const close = CLOSING[this.text[this.at] ?? ''];
    if (close === undefined || depth > DEEPEST) return null;
    this.at++;
    const members: [string, unknown][] = [];
    const items: unknown[] = [];
    for (;;) {
      this.match(/[\s,;]*/y);
      if (this.at >= this.text.length) return null;
      if (this.text[this.at] === close) break;
      const from = this.at;
      const name = this.name();
      const value = this.value(close, depth);
      if (value === undefined) return null;
      if (name === null) items.push(value);
      else members.push([name, value]);
      // Each turn takes something.
      if (this.at === from) return null;
    }
    this.at++;
    // PHP numbers the items of a list.
    if (members.length > 0 && members.every(([name], i) => name === String(i)))
      return members.map(([, value]) => value);
    return members.length > 0 && members.length >= items.length ? Object.fromEntries(members) : items;
  }

  private name(): string | null {
    const found = this.match(NAME);
    return found === null ? null : (found[1] ?? found[2] ?? found[3] ?? '');
  }

  private value(close: string, depth: number): unknown {
    if (this.isEmptyOfGo()) return '';
    const from = this.at;
    // PHP's var_dump: `string(3) "abc"`, `int(400)`.
    const dumped = this.match(DUMPED);
    if (dumped !== null) return dumped[1] ?? Number(dumped[2]);
    if (this.match(SIZED) !== null) return this.bracket(depth + 1) ?? undefined;
    const ofPhp = this.match(OF_PHP);
    if (ofPhp !== null) {
      const inner = this.bracket(depth + 1) ?? undefined;
      // The state of an object is an argument.
      return ofPhp[1] !== undefined && this.match(/\s{0,200}\)/y) === null ? undefined : inner;
    }
    if (this.match(TYPE) !== null) {
      const word = this.text.slice(from, this.at).trim();
      const inner = this.bracket(depth + 1);
      if (inner === null) return undefined;
      // Rust's wrapper around a value.
      return word === 'Some' && Array.isArray(inner) ? inner[0] : inner;
    }
    const quoted = this.quoted();
    return quoted ?? this.bare(close);
  }

  /** A text in quotes, where what follows it is the end of a member. */
  private quoted(): string | null {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") return null;
    const first = this.text.indexOf(quote, this.at + 1);
    // The first may be one within the text, as Elixir escapes it.
    const end = this.endsAt(first) ? first : this.unescaped(quote);
    if (!this.endsAt(end)) return null;
    const found = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    // Where quotes are escaped, a program escaped line breaks as well; else a backslash may be that of a path.
    return found.includes('\\"')
      ? found.replaceAll(/\\(["'\\nrt])/g, (_, char: string) => ESCAPED[char] ?? char)
      : found.replaceAll(/\\(["'\\])/g, '$1');
  }

  /** Whether a member ends behind the quote at an index. */
  private endsAt(at: number): boolean {
    return at >= 0 && /^[ \t]*\n|^\s*(?:[,;}\])]|$|[A-Za-z_]\w*[:=])/.test(this.text.slice(at + 1, at + 80));
  }

  /** The next quote before which no backslash stands; -1 where there is none. */
  private unescaped(quote: string): number {
    let end = this.text.indexOf(quote, this.at + 1);
    while (end >= 0 && this.text[end - 1] === '\\') end = this.text.indexOf(quote, end + 1);
    return end;
  }

  /** A text without quotes: to the bracket that closes around it, the end of its line, or the next name. */
  private bare(close: string): unknown {
    const from = this.at;
    let open = 0;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] as string;
      if (char === '\n' || (char === close && open === 0)) break;
      if (CLOSING[char] === close) open++;
      else if (char === close) open--;
      else if ((char === ' ' || char === ',') && (this.isNext() || this.isAfterNumber(from))) break;
    }
    // A word processor made a curly quote of the closing one.
    const found = this.text
      .slice(from, this.at)
      .replace(/,$/, '')
      .trim()
      .replace(/^["']([^"'\n]{1,200})[’”]$/, '$1');
    return WORDS.has(found) ? WORDS.get(found) : found;
  }

  /** Whether a name follows the blank or comma here. In prose, a blank follows the colon. */
  private isNext(): boolean {
    const isComma = this.text[this.at] === ',';
    // Names of Go follow one another where texts are empty.
    const next = isComma
      ? /,\s?:?["']?[A-Za-z_$][\w$.-]{0,60}["']?\s?(?:=>|=|:)/y
      : / [A-Za-z_$][\w$.-]{0,60}:(?=[^\s/])| [A-Z][A-Za-z\d]{0,60}:(?=(?: [A-Z][A-Za-z\d]{0,60}:){1,8}\S)/y;
    next.lastIndex = this.at;
    return next.test(this.text);
  }

  /** Whether the text behind a name of Go is empty, so that the next name follows: `Name: Message: Field:/plan`. */
  private isEmptyOfGo(): boolean {
    const next = /[A-Z][A-Za-z\d]{0,60}:(?:(?! )\S|(?: [A-Z][A-Za-z\d]{0,60}:){1,8}\S)/y;
    next.lastIndex = this.at;
    return (
      next.test(this.text) && /\b[A-Z][A-Za-z\d]{0,60}: $/.test(this.text.slice(Math.max(0, this.at - 64), this.at))
    );
  }

  /** Whether a name and the sign for a value follow a number and the blank here: `statusCode=401 retryCount=0`. */
  private isAfterNumber(from: number): boolean {
    const next = / [A-Za-z_$][\w$.-]{0,60}=(?=[^\s=>])/y;
    next.lastIndex = this.at;
    return next.test(this.text) && /^\d{1,10}$/.test(this.text.slice(from, this.at));
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at += found[0].length;
    return found;
  }
}
