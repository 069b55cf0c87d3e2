import { isNumber } from '../json/number.ts';
import { JsonText, type Leaf, mapLeaves } from '../json/text.ts';
import { ByteRedactor } from './byte-redactor.ts';
import { maskKnownSecrets } from './formats.ts';
import { formsOf } from './forms.ts';
import { SecretMatcher } from './matcher.ts';
import { isSensitiveName, looksLikeCredential } from './names.ts';

/** What stands in the place of a secret. */
export const MASK = '[redacted]';

/** Below this a value cannot be told from ordinary text, and hiding it would destroy the output. */
const SHORTEST = 4;

/** What a broken template leaves in the place of a secret: literals that stand in every document, or a scheme alone. */
const LITERAL = /^(?:null|true|false|undefined|none|nil|bearer|basic|digest|token|api-?key)$/i;

/**
 * The secrets of a run, registered by value when they are read. Every text that leaves errprobe passes `redact`, which
 * replaces them also where characters of theirs are escaped for JSON, a URL or a page, and where they are encoded in
 * base64; and it replaces what is a secret by its looks.
 */
export class Secrets {
  readonly #matcher = new SecretMatcher();
  readonly #known = new Set<string>();

  /**
   * Registers a secret. Ignored are values of fewer than four characters, the literals of JSON and of programming languages,
   * and the names of schemes, which cannot be told from ordinary output.
   */
  add(secret: string): void {
    for (const value of new Set([secret, secret.trim()])) {
      if (value.length < SHORTEST || LITERAL.test(value) || this.#known.has(value)) continue;
      this.#known.add(value);
      for (const form of formsOf(value)) this.#matcher.add(form);
    }
  }

  /**
   * A text without secrets. In JSON only the contents of strings change: it stays valid, and its members keep their
   * names, which are errprobe's own.
   */
  redact(text: string | JsonText): string {
    if (text instanceof JsonText) return mapLeaves(text.text, (leaf) => this.#redactLeaf(leaf, 'string'));
    if (text.length < SHORTEST) return text;
    return maskKnownSecrets(this.#redactRegistered(text), MASK);
  }

  /**
   * The same for every text in a value, names of headers and of members of a body included. A report passes this before it
   * is rendered: once a text is cut, broken into lines or escaped, what is a secret in it is not found any more.
   */
  redactAll<T>(value: T): T {
    return this.#redactMember('', value) as T;
  }

  /**
   * The body of a response for whoever takes parts of it: a line, a name, a sentence. Of a secret in it, a part would not
   * be found any more.
   */
  redactBody(body: string): string {
    return this.#matcher.isEmpty ? body : this.#redactContent(body);
  }

  /**
   * The beginning of a longer text, as it is kept: what may be the beginning of a secret at its end is replaced, too, or
   * left out where it is shorter than any secret. Everything else stays for `redact`.
   */
  hideCut(text: string): string {
    // Half a character is none of the secret's, and would hide what stands before it.
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
   * Redacts bytes of any encoding as they come, but only what is registered so far: a body goes to a pipe as it came,
   * and whoever asks for a token wants to have it.
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

  /** JSON of somebody else. */
  #redactJson(text: string): string {
    return mapLeaves(text, (leaf) => this.#redactLeaf(leaf, leaf.kind));
  }

  /** The decoded contents of a leaf, so that no escape hides a secret and none is cut in two; others than `kind` stay. */
  #redactLeaf({ kind, content, name }: Leaf, wanted: Leaf['kind']): string {
    if (kind !== wanted) return content;
    if (kind === 'string' && name !== null && isSensitiveName(name) && looksLikeCredential(content)) return MASK;
    return this.#redactContent(content);
  }

  /** A text that may be JSON itself, such as a body in a HAR, and that was cut where it ends with an ellipsis. */
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
    // What is not well-formed Unicode stays so as long as it holds no secret.
    return redacted.equals(bytes) ? text : redacted.toString();
  }
}
