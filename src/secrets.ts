import { JsonText, mapLeaves } from './json/text.ts';
import { maskKnownSecrets } from './secret-formats.ts';
import { ByteRedactor } from './secrets/byte-redactor.ts';
import { isSensitiveName, looksLikeCredential } from './sensitive-names.ts';

/** What stands in the place of a secret. */
export const MASK = '[redacted]';

/** Below this a value cannot be told from ordinary text, and hiding it would destroy the output. */
const SHORTEST = 4;

/**
 * The secrets of a run, registered by value when they are read. Every text that leaves errprobe passes `redact`, which
 * replaces them also where they are escaped for JSON, encoded for a URL or encoded in base64; and it replaces what is a
 * secret by its looks.
 */
export class Secrets {
  readonly #forms = new Set<string>();
  #sorted: string[] = [];

  /** Registers a secret. Values shorter than four characters are ignored. */
  add(secret: string): void {
    for (const value of new Set([secret, secret.trim()])) {
      if (value.length < SHORTEST) continue;
      for (const form of formsOf(value)) if (form.length >= SHORTEST) this.#forms.add(form);
    }
    // The longest first, so that no part of a secret remains when another secret is contained in it.
    this.#sorted = [...this.#forms].sort((a, b) => b.length - a.length);
  }

  /** A text without secrets; JSON stays valid JSON. */
  redact(text: string | JsonText): string {
    if (text instanceof JsonText) return this.#redactJson(text.text);
    if (text.length < SHORTEST) return text;
    let result = text;
    for (const form of this.#sorted) result = result.replaceAll(form, MASK);
    return maskKnownSecrets(result, MASK);
  }

  /**
   * The same for every text in a value. A report passes this before it is rendered: once a text is broken into lines or
   * escaped, what is a secret in it is not found any more.
   */
  redactAll<T>(value: T): T {
    if (typeof value === 'string') return this.#redactContent(value) as T;
    if (value instanceof JsonText) return new JsonText(this.redact(value)) as T;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.redactAll(item)) as T;
    const members = Object.entries(value).map(([name, member]) => {
      const isSecret = typeof member === 'string' && isSensitiveName(name) && looksLikeCredential(member);
      return [this.redact(name), isSecret ? MASK : this.redactAll(member)];
    });
    return Object.fromEntries(members) as T;
  }

  /** Redacts the decoded contents of strings, so that no escape hides a secret and none is cut in two. */
  #redactJson(text: string): string {
    return mapLeaves(text, ({ kind, content, name }) => {
      if (kind === 'string' && name !== null && isSensitiveName(name) && looksLikeCredential(content)) return MASK;
      return this.#redactContent(content);
    });
  }

  /** A text that may be JSON itself, such as a body in a HAR. */
  #redactContent(text: string): string {
    const json = /^\s*[{[]/.test(text) ? JsonText.parse(text) : undefined;
    return this.redact(json === undefined ? text : this.#redactJson(json.text));
  }

  /**
   * Redacts bytes of any encoding as they come, but only what is registered so far: a body goes to a pipe as it came,
   * and whoever asks for a token wants to have it.
   */
  bytes(): ByteRedactor {
    return new ByteRedactor(this.#sorted, MASK);
  }
}

function formsOf(value: string): string[] {
  const json = inJson(value);
  const url = encodeURIComponent(value);
  return [
    value,
    json,
    // A text that quotes another: evidence is written like that.
    inJson(json),
    json.replaceAll(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    url,
    url.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    url.replaceAll('%20', '+'),
    Buffer.from(value).toString('hex'),
    ...base64Forms(value),
  ];
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * Base64 of the value wherever it stands in a longer text (`Basic` of `user:secret`): it begins at one of three
 * positions in a group of bytes, and only the groups that the value fills alone are the same each time.
 */
function base64Forms(value: string): string[] {
  const forms: string[] = [];
  for (const offset of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    const whole = bytes.subarray(offset === 0 ? 0 : 3, bytes.length - (bytes.length % 3));
    const core = whole.toString('base64');
    if (core.length >= 6) forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'));
  }
  const padded = Buffer.from(value).toString('base64');
  return [padded, padded.replace(/={1,2}$/, ''), Buffer.from(value).toString('base64url'), ...forms];
}
