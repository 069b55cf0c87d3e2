import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { LineSplitter } from '../../src/input/split-lines.ts';
import { endpointOf, shortened } from '../../src/triage/endpoint.ts';
import { masked, maskedKey } from '../../src/triage/mask.ts';
import { timeOf, timeOfLine, timeOfText } from '../../src/triage/time.ts';

describe('lines', () => {
  const split = (pieces: Buffer[], longest: number) => {
    const lines: string[] = [];
    const splitter = new LineSplitter(
      {
        line: (bytes, from, to) => lines.push(bytes.toString('latin1', from, to)),
        tooLong: (beginning) => lines.push(`too long: ${beginning.slice(0, 3)}`),
      },
      longest,
    );
    for (const piece of pieces) splitter.push(piece);
    splitter.end();
    return lines.filter((line) => line !== '');
  };

  it('are the same however the bytes come', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', 'é') })), (texts) => {
        const pieces = texts.map((text) => Buffer.from(text));
        const whole = Buffer.concat(pieces);
        expect(split(pieces, 1000)).toEqual(split([whole], 1000));
        expect(split(pieces, 1000)).toEqual(
          whole
            .toString('latin1')
            .split('\n')
            .filter((line) => line !== ''),
        );
      }),
    );
  });

  it('that are too long are told by their beginning, and the next one is read', () => {
    const long = Buffer.from(`${'x'.repeat(5000)}\nnext\n${'y'.repeat(11)}`);
    const pieces = [...long].map((byte) => Buffer.from([byte]));
    expect(split([long], 10)).toEqual(['too long: xxx', 'next', 'too long: yyy']);
    expect(split(pieces, 10)).toEqual(['too long: xxx', 'next', 'too long: yyy']);
  });

  it('are said to be UTF-8 or not, one by one', () => {
    const said: boolean[] = [];
    const splitter = new LineSplitter({ line: (...args) => said.push(args[3]), tooLong: () => {} }, 100);
    splitter.push(Buffer.from([0x61, 0x0a, 0xff, 0x0a, 0xc3]));
    splitter.push(Buffer.from([0xa9, 0x0a, 0xc3]));
    splitter.end();
    expect(said).toEqual([true, false, true, false]);
  });
});

describe('a mask', () => {
  it.each([
    ['a UUID', 'Key c7592bb8-d31d-4960-8282-6090bc2e89f5 is locked', 'Key … is locked'],
    ['a ULID', '"req_01HZXK3Q7N8YV6F3M2P9JABCDE"', '"…"'],
    ['a time', 'at 2026-11-21T16:02:38.123Z', 'at …'],
    ['a time as a number', '{"timestamp":1767225600000}', '{"timestamp":…}'],
    ['no code', 'INVALID_OAUTH2_TOKEN_SCOPE AADSTS50076 20404', 'INVALID_OAUTH2_TOKEN_SCOPE AADSTS50076 20404'],
    ['no number of a message', 'list has 120 items, max 100', 'list has 120 items, max 100'],
    ['nothing', '', ''],
  ])('hides %s', (_, text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  it('keeps the length of a word, since limits of length decide', () => {
    const id = 'a1b2c3d4e5f6a7b8';
    expect(masked(id)).toBe('…');
    expect(maskedKey(id)).toBe(maskedKey('b1b2c3d4e5f6a7b8'));
    expect(maskedKey(id)).not.toBe(maskedKey(`${id}9`));
    expect(maskedKey(id)).not.toBe(maskedKey('1767225600123456'));
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(masked(text).length).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });

  it('hides nothing that a catalog matches by', () => {
    const { apis, http, network, gateways, codes } = builtIn;
    const words = [...apis, http, network, gateways, ...codes].flatMap(({ entries }) =>
      entries.flatMap(({ match }) => [...(match.code ?? []), ...(match.message ?? []), ...(match.failure ?? [])]),
    );
    expect(words.filter((word) => masked(word) !== word)).toEqual([]);
  });
});

describe('a time', () => {
  const time = Date.parse('2026-11-21T16:02:38.120Z');

  it.each([
    ['"2026-11-21T16:02:38.12Z"', time],
    ['"2026-11-21T16:02:38.120456Z"', time],
    ['"2026-11-21T16:02:38Z"', time - 120],
    ['"2026-11-21T17:02:38.120+01:00"', time],
    ['"2026-11-21 16:02:38,120"', time],
    ['"Sat, 21 Nov 2026 16:02:38 GMT"', time - 120],
    ['"21/Nov/2026:17:02:38 +0100"', time - 120],
    [String(time), time],
    [String(time / 1000), time],
    [`${time}000000`, time],
    [`"${time}000000"`, time],
    ['401', null],
    ['"yesterday"', null],
    ['"2026-99-21T16:02:38Z"', null],
    ['-5', null],
    ['1e400', null],
  ])('%s is read', (text, expected) => {
    const bytes = Buffer.from(text);
    expect(timeOf(bytes, 0, bytes.length)).toBe(expected);
  });

  it.each([
    ['2026-11-21T16:02:38.120Z ERROR x', time],
    ['[2026-11-21 16:02:38,120] WARN x', time],
    ['1.2.3.4 - bob [21/Nov/2026:16:02:38 +0000] "GET / HTTP/1.1" 500 1', time - 120],
    ['ERROR 2026 was a year', null],
  ])('%s has one at its beginning', (line, expected) => {
    expect(timeOfLine(line)).toBe(expected);
  });

  it('is read alike from bytes and from text', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const bytes = Buffer.from(JSON.stringify(date));
          expect(timeOf(bytes, 0, bytes.length)).toBe(date.getTime());
          expect(timeOfText(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });
});

describe('an endpoint', () => {
  it.each([
    ['/v1/keys/123?x=1', 'PUT /v1/keys/{id}'],
    ['https://a:b@api.example.com/v1/keys/3f2a6b1c-9d4e-4f70-8a5b-000000000000', 'PUT api.example.com/v1/keys/{id}'],
    ['GET /x/1 HTTP/1.1', 'GET /x/{id}'],
    ['GET https://host:443/p HTTP/1.1', 'GET host:443/p'],
    ['https://api.example.com', 'PUT api.example.com/'],
    ['/', 'PUT /'],
    ['', 'PUT /'],
    ['/a/b/c/d/e/f/g/h/i/j/k', 'PUT /a/b/c/d/e/f/g/h/…'],
    ['/users/me', 'PUT /users/me'],
    ['/assets/asset-1001', 'PUT /assets/{id}'],
    ['/a%20b/deadbeef0/v2', 'PUT /{id}/{id}/v2'],
    [`/${'x'.repeat(100)}`, 'PUT /{id}'],
  ])('of %j has no ids and no query', (url, expected) => {
    expect(endpointOf('PUT', url)).toBe(expected);
  });

  it('of any URL is short and has no query', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ maxLength: 5000 })), (url) => {
        const endpoint = endpointOf('GET', url);
        expect(endpoint).not.toContain('?');
        expect(endpoint.length).toBeLessThan(1100);
      }),
    );
  });

  it('is shortened by its last segments', () => {
    expect(shortened('GET host/a/b/c/d', 3)).toBe('GET host/a/b/c/…');
    expect(shortened('GET /a', 3)).toBe('GET /a');
  });
});
