import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonText } from '../../src/json/text.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { growthOf, LINEAR } from '../helpers/cpu-time.ts';

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');
const each = (text: string, write: (char: string) => string) => text.replaceAll(/[^A-Za-z0-9]/gu, write);
const unit = (char: string) => [...Array(char.length).keys()].map((i) => `\\u${hex(char.charCodeAt(i), 4)}`).join('');

const NAMES: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos', '/': 'sol' };

/** The output of common encoders. */
const ENCODERS: Record<string, (text: string) => string> = {
  raw: (text) => text,
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  PHP: (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll('/', '\\/')
      .replaceAll(/[^\0-\x7f]/gu, unit),
  '.NET': (text) => each(text, (char) => unit(char).replaceAll(/[a-f]/g, (c) => c.toUpperCase())),
  Go: (text) => JSON.stringify(text).slice(1, -1).replaceAll(/[<>&]/g, unit),
  'JavaScript of a browser': (text) =>
    each(text, (char) => (char < '\x80' ? `\\x${hex(char.charCodeAt(0), 2)}` : char)),
  'entities by name': (text) => text.replaceAll(/[&<>"'/]/g, (char) => `&${NAMES[char]};`),
  'decimal entities': (text) => each(text, (char) => `&#${char.codePointAt(0)};`),
  'hexadecimal entities': (text) => each(text, (char) => `&#x${hex(char.codePointAt(0) ?? 0, 1)};`),
  encodeURI: (text) => encodeURI(text),
  'RFC 3986': (text) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${hex(char.charCodeAt(0), 2).toUpperCase()}`),
  'small hexadecimal digits': (text) => encodeURIComponent(text).replaceAll(/%../g, (code) => code.toLowerCase()),
  'a form': (text) => new URLSearchParams({ a: text }).toString().slice(2),
  'each character in a URL': (text) => [...Buffer.from(text)].map((byte) => `%${hex(byte, 2)}`).join(''),
};

const KEYS = [
  'q83vEjRWeJ/+abcdEF==',
  'p&ss<w0rd>\'"!()*',
  'ab"cd\\ef/gh+ij=kl mn',
  'a%41b&amp;c\\u0041d',
  'ends-with\\',
  'wörd-für-dich',
  'key-😀-key',
];

const registered = (...keys: string[]) => {
  const secrets = new Secrets();
  for (const key of keys) secrets.add(key);
  return secrets;
};

const pieces = (secrets: Secrets, bytes: Buffer, length: number) => {
  const redactor = secrets.bytes();
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += length) out.push(redactor.push(bytes.subarray(at, at + length)));
  return Buffer.concat([...out, redactor.end()]).toString();
};

describe.each(KEYS)('the key %s', (key) => {
  const secrets = registered(key);

  it.each(Object.entries(ENCODERS))('is hidden as it is written by: %s', (_, encode) => {
    expect(secrets.redact(`before: ${encode(key)} after`)).toBe('before: [redacted] after');
  });

  it('is hidden where two of them wrote it one after the other', () => {
    for (const inner of Object.values(ENCODERS)) {
      for (const outer of Object.values(ENCODERS)) {
        expect(secrets.redact(`"${outer(inner(key))}"`)).toBe('"[redacted]"');
      }
    }
  });

  it('is hidden in bytes, wherever they are cut', () => {
    for (const encode of Object.values(ENCODERS)) {
      const bytes = Buffer.from(`before: ${encode(key)} after`);
      for (const length of [1, 2, 5, 1000]) {
        expect(pieces(secrets, bytes, length)).toBe('before: [redacted] after');
      }
    }
  });

  it('is replaced where only its beginning is left of it', () => {
    for (const encode of Object.values(ENCODERS)) {
      const cut = encode(key).slice(0, -1);
      expect(secrets.hideCut(`before: ${cut}`)).toBe('before: [redacted]');
    }
  });
});

it('hides a key whose characters are written in several ways at once', () => {
  const ways = fc.array(fc.constantFrom(...Object.values(ENCODERS)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(ways, fc.constantFrom(...KEYS.slice(0, 3)), (mixed, key) => {
      const text = [...key].map((char, i) => (mixed[i % mixed.length] as (text: string) => string)(char)).join('');
      expect(registered(key).redact(`(${text})`)).toBe('([redacted])');
    }),
  );
});

describe('JSON stays valid, and keeps the names that are errprobe’s own', () => {
  it.each(['null', 'true', 'false', 'schema', 'errprobe', 'command', '1234', '"', 'call', '{"a"', 'error', '\\"'])(
    'with the secret %s',
    (secret) => {
      const report = { schema: 'errprobe/report@1', command: 'call', ok: true, error: null, ms: 1234, text: secret };
      const secrets = registered(secret);
      const redacted = JSON.parse(String(secrets.redact(new JsonText(JSON.stringify(report)))));
      expect(Object.keys(redacted)).toEqual(Object.keys(report));
      expect(redacted).toMatchObject({ ok: true, error: null, ms: 1234 });
      expect(Object.keys(secrets.redactAll(report))).toEqual(Object.keys(report));
    },
  );

  it('but hides keys in names of headers and in names and numbers of a body', () => {
    const secrets = registered('k-0123456789', '4242424242');
    const value = { headers: { 'k-0123456789': 'a' }, body: new JsonText('{"k-0123456789":4242424242}') };
    const redacted = secrets.redactAll(value);
    expect(redacted.headers).toEqual({ '[redacted]': 'a' });
    expect(String(redacted.body)).toBe('{"[redacted]":"[redacted]"}');
  });
});

async function expectLinear(work: (size: number) => void, size: number): Promise<void> {
  expect(await growthOf(work, size)).toBeLessThan(LINEAR);
}

describe('the time to find secrets grows with what is read', () => {
  it('for thousands of them', () => {
    expectLinear((count) => {
      const secrets = new Secrets();
      for (let i = 0; i < count; i++) {
        secrets.add(`Bearer token-of-request-${i}`);
        secrets.redact(`{"error":"request ${i} failed","token":"token-of-request-${i}"}`);
      }
    }, 1000);
  });

  it.each<[string, string, string]>([
    ['a secret of one letter', 'a'.repeat(5000), 'a'.repeat(4999)],
    ['a secret of backslashes', '\\'.repeat(40), '\\'.repeat(39)],
    ['a secret that almost comes', 'ab'.repeat(500), `${'ab'.repeat(499)}ac`],
    ['nested escapes', 'sk_live_51Habcdef', '\\\\\\u005c%25&amp;'],
    ['a beginning of a secret', 'sk_live_51Habcdef', 'sk_live_51Habcde'],
  ])('for %s', (_, secret, part) => {
    const secrets = registered(secret);
    expectLinear((length) => void secrets.redact(part.repeat(Math.ceil(length / part.length))), 10_000);
  });
});

/** What is encoded as a whole after it was escaped: a token, or the command of a PowerShell. */
const WITHIN: Record<string, (text: string) => Buffer> = {
  'JSON of PHP': (text) => Buffer.from(`{"k":"${(ENCODERS.JSON?.(text) ?? '').replaceAll('/', '\\/')}"}`),
  JSON: (text) => Buffer.from(JSON.stringify({ k: text })),
  'a URL': (text) => Buffer.from(`?k=${encodeURIComponent(text)}&`),
  'UTF-16': (text) => Buffer.from(`k ${text}.`, 'utf16le'),
};

describe.each(KEYS.filter((key) => !key.includes('\\u')))('the key %s in base64', (key) => {
  it.each(Object.entries(WITHIN))('of %s is not recovered', (_, write) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const out = registered(key).redact(`token ${write(key).toString(encoding)} end`);
      expect(out).toContain('[redacted]');
      const left = out.split(/[^\w+/=-]+/).map((part) => Buffer.from(part, 'base64').toString('latin1'));
      expect(left.filter((text) => text.replaceAll('\0', '').includes(key.slice(3, 10)))).toEqual([]);
    }
  });
});

describe('a key that is written in another way', () => {
  const key = 'q9K2xXZ2z385-abc';
  const inEach = (write: (byte: number) => string) => Array.from(Buffer.from(key), write).join('');

  it.each([
    ['in octal, as shells do', inEach((byte) => `\\${byte.toString(8).padStart(3, '0')}`)],
    ['with long escapes of YAML', inEach((byte) => `\\U${hex(byte, 8)}`)],
    ['in pairs of digits with dashes', (Buffer.from(key).toString('hex').match(/../g) ?? []).join('-').toUpperCase()],
    ...['\ufe0f', '\u3164', '\u034f', '\u180e', '\u{e0041}', '\u115f', '\uffa0', '\u061c'].map((gap) => [
      `with U+${hex(gap.codePointAt(0) ?? 0, 4)} between`,
      [...key].join(gap),
    ]),
  ])('%s is hidden', (_, text = '') => {
    expect(registered(key).redact(`a ${text} b`)).toBe('a [redacted] b');
    expect(pieces(registered(key), Buffer.from(`a ${text} b`), 3)).toBe('a [redacted] b');
  });
});
