import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteRedactor } from '../../src/secrets/byte-redactor.ts';
import { SecretMatcher } from '../../src/secrets/matcher.ts';
import { Secrets } from '../../src/secrets/secrets.ts';

/** A redactor for some secrets, with an asterisk as its mask. */
function redactorOf(secrets: string[]): ByteRedactor {
  const matcher = new SecretMatcher();
  for (const secret of secrets) matcher.add(Buffer.from(secret));
  return new ByteRedactor(matcher, '*');
}

/** The output of a redactor for a sequence of pieces; each character is a byte. */
function redacted(redactor: ByteRedactor, pieces: string[]): string {
  const out = [...pieces.map((piece) => redactor.push(Buffer.from(piece, 'latin1'))), redactor.end()];
  return Buffer.concat(out).toString('latin1');
}

/** A text split into pieces of a given length. */
const cut = (text: string, length: number) => text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];

/** Counts the bytes that each search could look at. */
class CountingMatcher extends SecretMatcher {
  looked = 0;

  override match(data: Uint8Array, at: number) {
    this.looked += data.length - at;
    return super.match(data, at);
  }
}

it('searches a long secret that arrives byte by byte in linear time', () => {
  const looks = [4096, 16_384].map((length) => {
    const secret = Array.from({ length }, (_, i) => String.fromCharCode(97 + ((i * i + i) % 23))).join('');
    const matcher = new CountingMatcher();
    matcher.add(Buffer.from(secret));
    const text = `-${secret}-${secret.slice(0, -1)}!-`;
    expect(redacted(new ByteRedactor(matcher, '*'), cut(text, 1))).toBe('-*-*!-');
    return matcher.looked;
  });
  expect(looks[1]).toBeLessThan(6 * (looks[0] ?? 0));
});

describe('secrets in bytes that come in pieces', () => {
  it.each([1, 2, 3, 7, 16, 100])('are hidden wherever the pieces of %d bytes are cut', (length) => {
    const secrets = new Secrets();
    secrets.add('k-0123456789abcdef');
    const text = `begin k-0123456789abcdef k-012345678 ${Buffer.from('k-0123456789abcdef').toString('hex')} end k-0123`;
    expect(redacted(secrets.bytes(), cut(text, length))).toBe('begin [redacted] k-012345678 [redacted] end k-0123');
  });

  it.each<[string, string[], string, string]>([
    ['one within another', ['abcd', 'abcdefgh'], 'xabcdefghx abcdx', 'x*x *x'],
    ['the longer one within', ['wxyz', 'abwxyzcd'], 'abwxyzcd abwxyz', '* ab*'],
    ['two that overlap', ['abcdef', 'efghij'], '-abcdefghij-', '-*-'],
    ['a longer one that begins in a shorter', ['abcdef', 'efghijklmnop'], '-abcdefghijklmnop-', '-*-'],
    ['one that overlaps itself', ['abab'], '-abababab-', '-*-'],
    ['side by side', ['abcd'], 'abcdabcd', '**'],
    ['the beginning of a longer one that breaks off', ['cdef', 'abcdefgh'], 'abcdefg!', 'ab*g!'],
  ])('leave nothing behind: %s', (_, forms, text, expected) => {
    for (let length = 1; length <= text.length; length++) {
      expect(redacted(redactorOf(forms), cut(text, length))).toBe(expected);
    }
  });

  it('come out the same however the bytes are cut, and never whole', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 });
    const forms = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 9 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(letters, forms, fc.integer({ min: 1, max: 12 }), (text, secrets, length) => {
        const out = redacted(redactorOf(secrets), cut(text, length));
        expect(out).toBe(redacted(redactorOf(secrets), [text]));
        for (const secret of secrets) expect(out).not.toContain(secret);
      }),
    );
  });

  it('hold back nothing that cannot be the beginning of one', () => {
    const redactor = redactorOf(['k-0123456789']);
    expect(Buffer.from(redactor.push(Buffer.from('data: 1\n\n'))).toString()).toBe('data: 1\n\n');
    expect(Buffer.from(redactor.push(Buffer.from('data: k-01'))).toString()).toBe('data: ');
    expect(Buffer.from(redactor.push(Buffer.from('x'))).toString()).toBe('k-01x');
  });

  it('leave other bytes as they are', () => {
    const bytes = Buffer.from([255, 0, 27, 200]);
    expect(redacted(redactorOf(['wörd']), [bytes.toString('latin1')])).toBe(bytes.toString('latin1'));
    expect(redacted(redactorOf([]), [bytes.toString('latin1')])).toBe(bytes.toString('latin1'));
    const out = redacted(redactorOf(['wörd']), [`\xff${Buffer.from('wörd').toString('latin1')}\xff`]);
    expect(out).toBe('\xff*\xff');
  });
});
