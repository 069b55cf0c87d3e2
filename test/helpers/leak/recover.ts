/** The most characters of a key that may remain at a cut; more would identify it. */
const HARMLESS = 3;

const NAMES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Everything that looks like an escape, of whatever kind. */
const ESCAPE =
  /\\u\{?([0-9a-f]{4,6})\}?|\\x([0-9a-f]{2})|\\\n?|(?:%[0-9a-f]{2})+|&#(\d{1,7});|&#x([0-9a-f]{1,6});|&(\w{2,6});|(?:=[0-9A-F]{2})+/gi;

function decoded(text: string): string {
  return text.replaceAll(ESCAPE, (whole, unit, byte, decimal, hexadecimal, name) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16));
    if (decimal !== undefined) return codePoint(Number(decimal));
    if (hexadecimal !== undefined) return codePoint(Number.parseInt(hexadecimal, 16));
    if (name !== undefined) return NAMES[name] ?? whole;
    return whole.startsWith('\\') ? '' : Buffer.from(whole.replaceAll(/[%=]/g, ''), 'hex').toString();
  });
}

const codePoint = (code: number) => (code < 0x110000 ? String.fromCodePoint(code) : '');

/** Characters between two characters of a key that do not hide it from a reader. */
const BETWEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  /\u001b\[[\d;]*[A-Za-z]|=?[\r\n]+[ \t]*|\\r|\\n|[\0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

const DUMPED = /(?<=[0-9a-f]{2})[ :](?=[0-9a-f]{2})/gi;

/** The bytes of all runs of base64 and hexadecimal digits, at every alignment. */
function inner(text: string): string {
  const found: string[] = [];
  for (const [run] of text.matchAll(/[\w+/-]{8,}/g)) {
    for (let at = 0; at < 4; at++) found.push(Buffer.from(run.slice(at), 'base64').toString('latin1'));
  }
  for (const [run] of text.replaceAll(DUMPED, '').matchAll(/[0-9a-f]{10,}/gi)) {
    for (let at = 0; at < 2; at++) found.push(Buffer.from(run.slice(at), 'hex').toString('latin1'));
  }
  return found.join('\n');
}

/** The remains of a key. */
export interface Leak {
  part: string;
  around: string;
}

/** Finds remains of keys in outputs, using every decoder. */
export class Recovery {
  readonly #short = new Set<string>();
  readonly #long = new Set<string>();

  constructor(keys: string[]) {
    for (const key of keys) {
      for (const spelled of new Set([key, key.toLowerCase(), key.toUpperCase()])) this.#learn(spelled);
    }
  }

  #learn(key: string): void {
    for (let i = 0; i < key.length; i++) {
      const part = key.slice(i, i + HARMLESS + 1);
      // Signs and words of a key may occur anywhere.
      if (part.length > HARMLESS && (part.match(/[qzxkvj\d]/gi)?.length ?? 0) >= HARMLESS) this.#short.add(part);
      // In decoded random digits, four matching bytes might be a coincidence.
      const longer = Buffer.from(key.slice(i, i + HARMLESS + 2)).toString('latin1');
      if (longer.length > HARMLESS + 1) this.#long.add(longer);
    }
  }

  /** A part of a key that can be recovered from a text, or null. */
  from(text: string): Leak | null {
    let layer = text;
    for (let depth = 0; depth < 4; depth++) {
      const joined = layer.replaceAll(BETWEEN, '');
      const found = find(layer, this.#short) ?? find(joined, this.#short) ?? find(inner(joined), this.#long);
      if (found !== null) return found;
      const next = decoded(layer);
      if (next === layer) return null;
      layer = next;
    }
    return null;
  }
}

function find(text: string, parts: Set<string>): Leak | null {
  for (const part of parts) {
    const at = text.indexOf(part);
    if (at >= 0) return { part, around: text.slice(Math.max(0, at - 60), at + 60) };
  }
  return null;
}
