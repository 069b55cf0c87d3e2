import { describe, expect, it } from 'vitest';
import { BLANK_RESULT, type Result } from '../../../src/model/report.ts';
import { renderExchange, type ShownExchange } from '../../../src/render/response/exchange.ts';
import { renderHead } from '../../../src/render/response/head.ts';
import { successLine } from '../../../src/render/response/success.ts';
import { styles } from '../../../src/render/style.ts';

const PLAIN = styles(0);
const COLOR = styles(1);

const EXCHANGE: ShownExchange = {
  request: { method: 'POST', url: 'https://api.example.com/b?c=d', headers: { accept: '*/*' }, body: '{"a":\n1}' },
  response: { status: 200, headers: { 'content-type': 'text/plain' } },
  failure: null,
  httpVersion: '1.1',
  redirects: [{ url: 'http://example.com/a', status: 307, location: '/b?c=d' }],
  proxy: null,
  connection: {
    address: '203.0.113.7:443',
    tls: {
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      certificate: {
        names: ['api.example.com', '*.example.com'],
        issuer: 'R3',
        selfSigned: false,
        validFrom: '2026-01-01T00:00:00.000Z',
        validTo: '2027-01-31T00:00:00.000Z',
      },
    },
  },
};

describe('an exchange', () => {
  it('has each redirect, the connection, the certificate, the request and the head of the response', () => {
    expect(renderExchange(EXCHANGE, PLAIN)).toBe(
      [
        '* POST http://example.com/a',
        '* 307 Temporary Redirect, location: /b?c=d',
        '* 203.0.113.7:443, TLSv1.3 (TLS_AES_256_GCM_SHA384), HTTP/1.1',
        '* certificate for api.example.com and *.example.com, issued by R3, valid until 2027-01-31',
        '> POST /b?c=d HTTP/1.1',
        '> host: api.example.com',
        '> accept: */*',
        '>',
        '> {"a":',
        '> 1}',
        '< HTTP/1.1 200 OK',
        '< content-type: text/plain',
        '',
      ].join('\n'),
    );
  });

  it('without a response has the phase that failed', () => {
    const failed = { ...EXCHANGE, redirects: [], connection: null, response: null, httpVersion: '' };
    const text = renderExchange({ ...failed, failure: { phase: 'connect', code: 'ECONNREFUSED' } }, PLAIN);
    expect(text).toMatch(/^> POST [\s\S]*\n\* connect: ECONNREFUSED\n$/);
  });

  it('cannot control the terminal', () => {
    const hostile = '\u001b[2J\r\nx';
    const text = renderExchange(
      { ...EXCHANGE, response: { status: 200, headers: { [hostile]: hostile } }, httpVersion: '1.1' },
      PLAIN,
    );
    expect(text).toContain('< \\x1b[2J x: \\x1b[2J x\n');
  });
});

describe('the head of a response', () => {
  it('has the reason phrase, and colours by class', () => {
    const head = { httpVersion: '1.1', headers: { a: 'b' } };
    expect(renderHead({ ...head, status: 404 }, PLAIN)).toBe('HTTP/1.1 404 Not Found\na: b\n\n');
    expect(renderHead({ ...head, status: 404 }, COLOR)).toBe(
      `HTTP/1.1 ${COLOR.error('404 Not Found')}\n${COLOR.name('a')}: b\n\n`,
    );
    expect(renderHead({ ...head, status: 200 }, COLOR)).toContain(COLOR.success('200 OK'));
    expect(renderHead({ ...head, status: 302 }, COLOR)).toContain(COLOR.no('302 Found'));
  });
});

describe('a success', () => {
  const line = (response: Partial<NonNullable<Result['response']>>, method = 'GET') =>
    successLine(
      {
        ...BLANK_RESULT,
        request: { method, url: 'http://a/', headers: {}, body: null },
        response: { status: 200, headers: {}, body: null, bytes: 0, ...response },
        timings: { dns: null, connect: null, tls: null, firstByte: null, download: null, total: 12 },
      },
      PLAIN,
      80,
      true,
    );

  it.each([
    [
      { headers: { 'content-type': 'application/json; charset=utf-8' }, bytes: 1234 },
      'GET',
      '✔ 200 OK  application/json, 1.2 kB, 12 ms',
    ],
    [{ bytes: 5 }, 'GET', '✔ 200 OK  5 bytes, 12 ms'],
    [{}, 'GET', '✔ 200 OK  empty body, 12 ms'],
    [{ status: 204 }, 'DELETE', '✔ 204 No Content  no body, 12 ms'],
    [{ status: 304 }, 'GET', '✔ 304 Not Modified  no body, 12 ms'],
    [{}, 'HEAD', '✔ 200 OK  no body to a HEAD, 12 ms'],
    [
      { headers: { 'content-type': 'text/html', 'content-length': '1000' } },
      'HEAD',
      '✔ 200 OK  no body to a HEAD; a GET has text/html, 1 kB, 12 ms',
    ],
  ])('%j of a %s is "%s"', (response, method, expected) => {
    expect(line(response, method)).toBe(expected);
  });

  it('breaks long header fields between words where the screen ends', () => {
    const long = {
      httpVersion: '1.1',
      status: 200,
      headers: { link: `<${'a'.repeat(20)}>; rel="next", <b>; rel="last"` },
    };
    expect(renderHead(long, PLAIN, 40)).toBe(
      `HTTP/1.1 200 OK\nlink: <${'a'.repeat(20)}>;\n    rel="next", <b>; rel="last"\n\n`,
    );
    expect(renderHead(long, PLAIN)).toContain(`link: ${long.headers.link}\n`);
    const shown = renderExchange({ ...EXCHANGE, response: long }, PLAIN, 40);
    for (const line of shown.split('\n').filter((one) => one.startsWith('<')))
      expect(line.length).toBeLessThanOrEqual(40);
    expect(shown).toContain('<     rel="next"');
  });
});
