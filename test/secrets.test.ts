import { describe, expect, it } from 'vitest';
import { Secrets } from '../src/secrets.ts';

const SECRET = 'p@ss "wörd"/+=?&\\x';

const secrets = () => {
  const registered = new Secrets();
  registered.add(SECRET);
  return registered;
};

describe('a registered secret', () => {
  it.each([
    ['plain', SECRET],
    ['in JSON', JSON.stringify({ key: SECRET })],
    ['in JSON with escapes for what is not ASCII', JSON.stringify(SECRET).replaceAll('ö', '\\u00f6')],
    ['in a URL', `https://x.example/?key=${encodeURIComponent(SECRET)}`],
    ['in a URL with small hexadecimal digits', encodeURIComponent(SECRET).toLowerCase()],
    ['in a form', new URLSearchParams({ a: 'pass word-and-more' }).toString()],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['in hexadecimal digits', Buffer.from(SECRET).toString('hex')],
  ])('does not come out %s', (_, text) => {
    const registered = secrets();
    registered.add('pass word-and-more');
    expect(registered.redact(`before ${text} after`)).toMatch(/\[redacted\]/);
    expect(registered.redact(text)).not.toContain(SECRET);
  });

  it.each([0, 1, 2, 3, 4, 5])('does not come out of base64 behind %d other bytes', (length) => {
    const key = 'k-0123456789abcdef';
    const registered = new Secrets();
    registered.add(key);
    const text = Buffer.from(`${'u'.repeat(length)}${key}:tail`).toString('base64');
    const decoded = Buffer.from(registered.redact(text).replaceAll('[redacted]', ''), 'base64').toString();
    expect(decoded).not.toContain(key.slice(3, -3));
  });

  it('does not come out of bytes, which otherwise stay as they are', () => {
    const bytes = Buffer.from([255, 0, 27]);
    expect(secrets().redactBytes(bytes)).toBe(bytes);
    const out = secrets().redactBytes(Buffer.concat([bytes, Buffer.from(SECRET), bytes]));
    expect(Buffer.from(out).includes(Buffer.from(SECRET))).toBe(false);
    expect(Buffer.from(out).subarray(0, 3)).toEqual(bytes);
  });

  it('leaves nothing behind when it contains another', () => {
    const registered = new Secrets();
    registered.add('abcd');
    registered.add('abcdefgh');
    expect(registered.redact('abcdefgh')).toBe('[redacted]');
  });

  it('is found without the white space around it', () => {
    const registered = new Secrets();
    registered.add('  abcdefgh\n');
    expect(registered.redact('x abcdefgh y')).toBe('x [redacted] y');
  });

  it('that is too short to tell from text is left alone', () => {
    const registered = new Secrets();
    registered.add('a');
    expect(registered.redact('banana')).toBe('banana');
  });
});
