import { JsonDocument } from '../json/document.ts';
import { isNumber } from '../json/number.ts';
import { JsonText, type Leaf, mapLeaves } from '../json/text.ts';
import { ByteRedactor } from './byte-redactor.ts';
import { maskKnownSecrets } from './formats.ts';
import { formsOf } from './forms.ts';
import { SecretMatcher } from './matcher.ts';
import { isSensitiveName, looksLikeCredential } from './names.ts';

/** The replacement for a secret. */
export const MASK = '[redacted]';

/**
 * Shorter values are indistinguishable from ordinary text, and hiding them would destroy the
 * output.
 */
const SHORTEST = 4;

/**
 * Values that a broken template inserts instead of a secret: common literals, or a scheme alone.
 */
const LITERAL = /^(?:null|true|false|undefined|none|nil|bearer|basic|digest|token|api-?key)$/i;

/**
 * The secrets of a run, registered by value as they are read. All output passes through `redact`,
 * which also finds them escaped for JSON, a URL or HTML and encoded in base64, and masks values
 * that look like secrets.
 */
export class Secrets {
  readonly #matcher = new SecretMatcher();
  readonly #known = new Set<string>();

  /**
   * Registers a secret. Ignores values that cannot be told from ordinary output: fewer than four
   * characters, literals of JSON and programming languages, and the names of schemes.
   */
  add(secret: string): void {
    for (const value of new Set([secret, secret.trim()])) {
      if (value.length < SHORTEST || LITERAL.test(value) || this.#known.has(value)) continue;
      this.#known.add(value);
      for (const form of formsOf(value)) this.#matcher.add(form);
      for (const part of partsOfJson(value)) this.add(part);
    }
  }

  /**
   * A text without secrets. In JSON only the contents of strings change: it stays valid and keeps
   * its member names, which are errprobe's own.
   */
  redact(text: string | JsonText | JsonDocument): string {
    if (text instanceof JsonDocument) return [...this.pieces(text)].join('');
    if (text instanceof JsonText) return mapLeaves(text.text, (leaf) => this.#redactLeaf(leaf, 'string'));
    if (text.length < SHORTEST) return text;
    return maskKnownSecrets(this.#redactRegistered(text), MASK);
  }

  /** Redacts a long document piece by piece. */
  pieces(text: string | JsonText | JsonDocument): Iterable<string> {
    return text instanceof JsonDocument ? text.pieces((leaf) => this.#redactLeaf(leaf, 'string')) : [this.redact(text)];
  }

  /**
   * Redacts every text in a value, including names of headers and of body members. Reports must
   * pass through it before they are rendered: once a text is truncated, wrapped or escaped, a
   * secret in it is no longer recognised.
   */
  redactAll<T>(value: T): T {
    return this.#redactMember('', value) as T;
  }

  /**
   * Redacts a response's body before parts of it (a line, a name, a sentence) are extracted, since
   * a part of a secret would not be recognised.
   */
  redactBody(body: string): string {
    return this.#matcher.isEmpty ? body : this.#redactContent(body);
  }

  /**
   * The beginning of a longer text, as it is kept: a possible start of a secret at its end is
   * masked, or removed if it is shorter than any secret. The rest is left to `redact`.
   */
  hideCut(text: string): string {
    // Half a character is no part of a secret, and would hide the text before it.
    const data = Buffer.from(text.replace(/(?:[\ud800-\udbff]|\ufffd)$/, ''));
    let [begun, done] = [0, 0];
    for (let at = this.#matcher.candidate(data, 0); at < data.length; ) {
      const { end, open, next } = this.#matcher.match(data, at);
      if (end > at && at >= done) begun = at;
      if (open) return data.toString('utf8', 0, at < done ? begun : at) + (data.length - at < SHORTEST ? '' : MASK);
      done = Math.max(done, end);
      at = this.#matcher.candidate(data, next);
    }
    return text;
  }

  /**
   * Redacts a stream of bytes in any encoding, but only registered secrets: a body is piped as it
   * is received, and a caller that requests a token has to get it.
   */
  bytes(): ByteRedactor {
    return new ByteRedactor(this.#matcher, MASK);
  }

  #redactMember(name: string, value: unknown): unknown {
    if (typeof value === 'string') {
      return isSensitiveName(name) && looksLikeCredential(value) ? MASK : this.#redactContent(value);
    }
    if (value instanceof JsonText) return new JsonText(this.#redactJson(value.text));
    if (typeof value !== 'object' || value === null || isNumber(value)) return value;
    if (Array.isArray(value)) return value.map((item) => this.#redactMember('', item));
    const members = Object.entries(value).map(([member, content]) => [
      name === 'headers' ? this.redact(member) : member,
      this.#redactMember(member, content),
    ]);
    return Object.fromEntries(members);
  }

  /** JSON from elsewhere. */
  #redactJson(text: string): string {
    return mapLeaves(text, (leaf) => this.#redactLeaf(leaf, leaf.kind));
  }

  /**
   * The decoded contents of a leaf, so that no escape hides a secret and none is cut in two; leaves
   * of another kind are unchanged.
   */
  #redactLeaf({ kind, content, name }: Leaf, wanted: Leaf['kind']): string {
    if (kind !== wanted) return content;
    if (kind === 'string' && name !== null && isSensitiveName(name) && looksLikeCredential(content)) return MASK;
    return this.#redactContent(content);
  }

  /**
   * A text that may itself be JSON, such as a body in a HAR; an ellipsis at its end means that it
   * was truncated.
   */
  #redactContent(text: string): string {
    if (text.endsWith('…')) return this.redact(`${this.hideCut(text.slice(0, -1))}…`);
    const json = /^\s*[{[]/.test(text) ? JsonText.parse(text) : undefined;
    return this.redact(json === undefined ? text : this.#redactJson(json.text));
  }

  #redactRegistered(text: string): string {
    if (this.#matcher.isEmpty) return text;
    const bytes = Buffer.from(text);
    if (this.#matcher.candidate(bytes, 0) === bytes.length) return text;
    const redacted = Buffer.from(new ByteRedactor(this.#matcher, MASK).redact(bytes));
    // Malformed Unicode is preserved unless the text contains a secret.
    return redacted.equals(bytes) ? text : redacted.toString();
  }
}

/** The texts in a secret that is JSON, such as a key file: whoever reads an error that repeats it may quote only one. */
function partsOfJson(secret: string): string[] {
  if (!/^\s*[[{]/.test(secret)) return [];
  const parts: string[] = [];
  try {
    JSON.parse(secret, (name, value) => {
      for (const text of [name, value]) {
        // Others are words, such as the name of the kind of key.
        if (typeof text === 'string' && text.length >= 6 && /\d/.test(text)) parts.push(text);
      }
      return value;
    });
  } catch {
    return [];
  }
  return parts;
}
