/** The words of a command line, or why it cannot be read. */
export type ReadWords = { words: string[] } | { problem: string };

type Env = Record<string, string | undefined>;

/**
 * The words of the first command in a text for a POSIX shell or bash, or for cmd.exe, which escapes
 * with carets. Variables get their values; nothing is run. Reading ends at a pipe, a semicolon or
 * the end of the line.
 */
export function commandWords(text: string, env: Env): ReadWords {
  if (/\^(?:"|\r?\n)/.test(text)) return { words: windowsWords(withoutCarets(text)) };
  try {
    return { words: new ShellReader(text, env).words() };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

class Unreadable extends Error {}

/** What ends a command. */
const END = /[;|\r\n]/;

/** Reads words as a POSIX shell does (POSIX.1-2024, XCU section 2.2), and the `$'…'` of bash. */
class ShellReader {
  readonly #text: string;
  readonly #env: Env;
  #at = 0;
  /** Null between words. */
  #word: string | null = null;

  constructor(text: string, env: Env) {
    this.#text = text;
    this.#env = env;
  }

  words(): string[] {
    const words: string[] = [];
    const end = () => {
      if (this.#word !== null) words.push(this.#word);
      this.#word = null;
    };
    while (this.#at < this.#text.length) {
      const rest = this.#text.slice(this.#at);
      const skipped =
        /^\\\r?\n/.exec(rest)?.[0] ?? (this.#word === null ? /^\d?[<>]+&?\s*\S+/.exec(rest)?.[0] : undefined);
      if (skipped !== undefined) this.#at += skipped.length;
      else if (/^[ \t]/.test(rest)) {
        end();
        this.#at++;
      } else if (END.test(rest[0] ?? '') || this.#isBackground(rest) || (this.#word === null && rest[0] === '#')) break;
      else this.#part(rest);
    }
    end();
    return words;
  }

  /** An ampersand inside a URL that somebody forgot to quote is part of it. */
  #isBackground(rest: string): boolean {
    return rest.startsWith('&') && (this.#word === null || /^&(?:&|\s|$)/.test(rest));
  }

  /** Reads one quoted or bare part of a word. */
  #part(rest: string): void {
    const first = rest[0] ?? '';
    if (first === "'") this.#quoted("'", (text) => text);
    else if (rest.startsWith("$'")) this.#ansi();
    else if (first === '"' || rest.startsWith('$"')) this.#double(first === '$' ? 2 : 1);
    else if (first === '$' || first === '`') this.#add(this.#expansion());
    else if (first === '\\') {
      this.#add(rest[1] ?? '\\');
      this.#at += 2;
    } else {
      this.#add(first);
      this.#at++;
    }
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #quoted(quote: string, read: (text: string) => string): void {
    const end = this.#text.indexOf(quote, this.#at + 1);
    if (end < 0) throw new Unreadable('a quote in it is not closed');
    this.#add(read(this.#text.slice(this.#at + 1, end)));
    this.#at = end + 1;
  }

  #ansi(): void {
    const found = /^\$'((?:[^'\\]|\\[\s\S])*)'/.exec(this.#text.slice(this.#at));
    if (found === null) throw new Unreadable('a quote in it is not closed');
    this.#add(unescapeAnsi(found[1] ?? ''));
    this.#at += found[0].length;
  }

  #double(skip: number): void {
    this.#add('');
    this.#at += skip;
    for (;;) {
      const rest = this.#text.slice(this.#at);
      if (rest === '') throw new Unreadable('a quote in it is not closed');
      if (rest[0] === '"') break;
      const escaped = /^\\(?:([$`"\\!])|\r?\n)/.exec(rest);
      if (escaped !== null) {
        this.#add(escaped[1] ?? '');
        this.#at += escaped[0].length;
      } else if (rest[0] === '$' || rest[0] === '`') this.#add(this.#expansion());
      else {
        this.#add(rest[0] ?? '');
        this.#at++;
      }
    }
    this.#at++;
  }

  /** A variable, or a `$(printf '…')` as `shellWord` writes it for characters that cannot be seen. */
  #expansion(): string {
    const rest = this.#text.slice(this.#at);
    const printed = /^\$\(printf '([^'%]*(?:%%[^'%]*)*)'\)/.exec(rest);
    if (printed !== null) {
      this.#at += printed[0].length;
      return unescapeAnsi((printed[1] ?? '').replaceAll('%%', '%')).replace(/(?<!\n)\n+$/, '');
    }
    const [whole, braced, bare] = /^\$(?:\{(\w+)\}|([A-Za-z_]\w*))/.exec(rest) ?? [];
    const name = braced ?? bare;
    if (whole !== undefined && name !== undefined) {
      this.#at += whole.length;
      const value = this.#env[name];
      if (value === undefined) throw new Unreadable(`it uses the variable ${name}, which is not set`);
      return value;
    }
    if (/^(?:\$[({]|`)/.test(rest)) throw new Unreadable('it runs another command or expands a variable in part');
    this.#at++;
    return rest[0] ?? '';
  }
}

const ESCAPES: Record<string, number> = { n: 10, t: 9, r: 13, a: 7, b: 8, e: 27, E: 27, f: 12, v: 11, '0': 0 };

/** The escapes of `$'…'` (POSIX.1-2024, XCU section 2.2.4), by bytes where they say bytes. */
function unescapeAnsi(text: string): string {
  const bytes: number[] = [];
  const add = (more: string) => {
    for (const byte of new TextEncoder().encode(more)) bytes.push(byte);
  };
  const parts = text.replaceAll(PAIR, paired).matchAll(ESCAPE);
  for (const [whole, hex, short, long, octal, control, other] of parts) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else if (short !== undefined || long !== undefined) add(characterOf(short ?? long ?? ''));
    else if (control !== undefined) bytes.push(control.charCodeAt(0) & 0x1f);
    else if (other !== undefined) {
      const byte = Object.hasOwn(ESCAPES, other) ? ESCAPES[other] : undefined;
      if (byte === undefined) add(/[\\'"?]/.test(other) ? other : whole);
      else bytes.push(byte);
    } else add(whole);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
}

const ESCAPE = /\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|([0-7]{1,3})|c(.)|([\s\S]))|[^\\]+|\\/g;

/** Browsers write a character beyond U+FFFF as two halves. */
const PAIR = /\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/gi;

function paired(_: string, high: string, low: string): string {
  return String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16));
}

function characterOf(hex: string): string {
  const code = Number.parseInt(hex, 16);
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

/** What cmd.exe leaves of a line: a caret takes the next character literally, and joins lines. */
function withoutCarets(text: string): string {
  let out = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '^' && !isQuoted) {
      const lineBreak = /^\r?\n/.exec(text.slice(at + 1))?.[0].length ?? 0;
      at += lineBreak + 1;
      // A line break right after a joined line is the character that the caret escapes.
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
      out += text[at] ?? '';
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    if (/[\r\n&|]/.test(character) && !isQuoted) break;
    out += character;
  }
  return out;
}

/** Splits a line into words as programs on Windows do (Microsoft, "Parsing C command-line arguments"). */
function windowsWords(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let isQuoted = false;
  for (let at = 0; at < line.length; ) {
    const [run = '', slashes = '', quote = ''] = /^(\\*)("?)/.exec(line.slice(at)) ?? [];
    if (quote !== '') {
      at += run.length;
      word = (word ?? '') + '\\'.repeat(slashes.length >> 1);
      if (slashes.length % 2 === 1) word += '"';
      else if (isQuoted && line[at] === '"') {
        word += '"';
        at++;
      } else isQuoted = !isQuoted;
      continue;
    }
    if (slashes !== '') {
      word = (word ?? '') + slashes;
      at += slashes.length;
      continue;
    }
    const character = line[at++] ?? '';
    if (/\s/.test(character) && !isQuoted) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (word !== null) words.push(word);
  return words;
}
