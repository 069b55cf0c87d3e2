import { describe, expect, it } from 'vitest';
import { readRawHttp, readVerboseCurl } from '../../src/input/raw-http.ts';

const BODY = '{"error":"Unauthorized","message":"API key has expired"}';
const RESPONSE = `HTTP/1.1 401 Unauthorized\nContent-Type: application/json\nX-Request-Id: 7\n\n${BODY}\n`;

describe('a response with its headers', () => {
  it.each([
    ['LF', RESPONSE],
    ['CRLF', RESPONSE.replaceAll('\n', '\r\n')],
    ['HTTP/2, which has no phrase', RESPONSE.replace('HTTP/1.1 401 Unauthorized', 'HTTP/2 401 ')],
  ])('is read with %s', (_, text) => {
    const response = readRawHttp(text)?.response;
    expect(response).toMatchObject({
      status: 401,
      headers: { 'content-type': 'application/json', 'x-request-id': '7' },
    });
    expect(response?.body.trim()).toBe(BODY);
  });

  it('is the last of several', () => {
    const text = `HTTP/1.1 100 Continue\n\nHTTP/1.1 302 Found\nLocation: /x\n\n<p>moved</p>\n${RESPONSE}`;
    expect(readRawHttp(text)?.response?.status).toBe(401);
  });

  it('keeps a body that looks like another one', () => {
    const text = 'HTTP/1.1 500 Oops\n\nlog:\nHTTP/1.1 200 OK\n\nfine';
    expect(readRawHttp(text)?.response).toMatchObject({ status: 500, body: 'log:\nHTTP/1.1 200 OK\n\nfine' });
  });

  it('may be in chunks, or have been joined already', () => {
    const head = 'HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n';
    const body = '{"detail":"nö"}';
    const bodyOf = (text: string) => readRawHttp(head + text)?.response?.body;
    expect(bodyOf('5\r\n{"det\r\nb;x=1\r\nail":"nö"}\r\n0\r\n\r\n')).toBe(body);
    expect(bodyOf(body)).toBe(body);
    expect(bodyOf('5\r\n{"det\r\n')).toBe('{"det');
    expect(bodyOf('')).toBe('');
  });

  it('may stand behind its request', () => {
    const text = `POST /cyber-assets HTTP/1.1\nHost: api.raptormaps.com\nX-API-Key: k\n\n{"a":1}\n\n${RESPONSE}`;
    expect(readRawHttp(text)).toMatchObject({
      request: { method: 'POST', url: 'https://api.raptormaps.com/cyber-assets', headers: { 'x-api-key': 'k' } },
      response: { status: 401 },
    });
  });

  it('may have lost the empty line before its body', () => {
    expect(readRawHttp(`HTTP/1.0 200 OK\n${BODY}`)?.response).toMatchObject({ status: 200, body: BODY });
    expect(readRawHttp(`HTTP/1.1 403 Forbidden\nVia: a\n[1,\n\n2]`)?.response?.body).toBe('[1,\n\n2]');
    expect(readRawHttp('HTTP/1.1 404 Not Found\nX-A: [1]\n\n{"a":1}\n[2]')?.response?.body).toBe('{"a":1}\n[2]');
  });

  it('may have no body, and several fields of one name', () => {
    expect(readRawHttp('HTTP/1.1 503 Busy\nVia: a\nVia: b')?.response).toMatchObject({
      status: 503,
      headers: { via: 'a, b' },
      body: '',
    });
  });

  it.each(['', '{}', 'HTTP', 'GET / HTTP/1.1\nHost: a\n\n', 'hello\nHTTP/1.1 200 OK'])('is not seen in %j', (text) => {
    expect(readRawHttp(text)).toBeNull();
  });
});

describe('what curl -v prints', () => {
  const VERBOSE = `*   Trying 10.0.0.1:443...
* Connected to api.raptormaps.com (10.0.0.1) port 443 (#0)
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
> GET /cyber-assets HTTP/1.1
> Host: api.raptormaps.com
> X-API-Key: k-secret
>
  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0
< HTTP/1.1 401 Unauthorized
< Content-Type: application/json
<
{ [56 bytes data]
${BODY}
* Connection #0 to host api.raptormaps.com left intact`;

  it('gives the request, the response and the body', () => {
    const exchange = readVerboseCurl(VERBOSE);
    expect(exchange?.request).toMatchObject({ method: 'GET', url: 'https://api.raptormaps.com/cyber-assets' });
    expect(exchange?.response).toMatchObject({
      status: 401,
      headers: { 'content-type': 'application/json' },
      body: BODY,
    });
  });

  it('may have its body, which may be XML, behind the last remark', () => {
    const text = [
      '* Connected to b.s3.example (192.0.2.1) port 443 (#0)',
      '> GET /x HTTP/1.1',
      '> Host: b.s3.example',
      '>',
      '< HTTP/1.1 403 Forbidden',
      '< Content-Type: application/xml',
      '<',
      '* Connection #0 to host b.s3.example left intact',
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    ].join('\n');
    const exchange = readVerboseCurl(text);
    expect(exchange?.request?.url).toBe('https://b.s3.example/x');
    expect(exchange?.response?.body).toMatch(/^<\?xml.*AccessDenied/);
  });

  it('is not seen in other text', () => {
    expect(readVerboseCurl('> quoted\n< HTML')).toBeNull();
  });
});
