import { maskKnownSecrets } from './secret-formats.ts';

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

  redact(text: string): string {
    let result = text;
    for (const form of this.#sorted) result = result.replaceAll(form, MASK);
    return maskKnownSecrets(result, MASK);
  }

  /**
   * The same for bytes of any encoding, but only for what is registered: a body goes to a pipe as it came, and who asks
   * for a token wants to have it. The bytes themselves are returned when there is nothing to hide.
   */
  redactBytes(bytes: Uint8Array): Uint8Array {
    const text = Buffer.from(bytes).toString('latin1');
    let result = text;
    for (const form of this.#sorted) result = result.replaceAll(Buffer.from(form).toString('latin1'), MASK);
    return result === text ? bytes : Buffer.from(result, 'latin1');
  }
}

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value);
  return [
    value,
    json,
    json.replaceAll(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    url,
    url.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    url.replaceAll('%20', '+'),
    Buffer.from(value).toString('hex'),
    ...base64Forms(value),
  ];
}

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
  return [padded, padded.replace(/=+$/, ''), Buffer.from(value).toString('base64url'), ...forms];
}
