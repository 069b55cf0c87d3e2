import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import { cpuTimer } from '../helpers/cpu-time.ts';

const BODY = '{"error":"Unauthorized","message":"API key has expired"}';

const ids = (text: string) =>
  [...readSavedErrors(text, 'test')].map(({ exchange }) => diagnose(exchange, builtIn, { now: 0 }).id);

describe('an error in any form', () => {
  it.each<[string, string, string]>([
    ['a body', BODY, 'raptor-comply/expired-api-key'],
    ['a dump of a response', `{"status":401,"headers":{"X":"1"},"body":${BODY}}`, 'raptor-comply/expired-api-key'],
    [
      'an error of axios as JSON',
      `{"message":"Request failed","code":"ERR_BAD_REQUEST","config":{"method":"get","url":"/x"},"response":{"status":401,"headers":{},"data":${BODY}}}`,
      'raptor-comply/expired-api-key',
    ],
    [
      'an error of got as JSON',
      `{"name":"HTTPError","response":{"statusCode":401,"body":${JSON.stringify(BODY)}}}`,
      'raptor-comply/expired-api-key',
    ],
    ['an exception with a body', `Error: 401 ${BODY}`, 'raptor-comply/expired-api-key'],
    [
      'an exception with a body and a stack',
      `HTTPError: Response code 401 (Unauthorized)\n    at Request.<anonymous> (file:///x.js:12:3) {\n  body: '${BODY}'\n}`,
      'raptor-comply/expired-api-key',
    ],
    [
      'a line of a log that begins with a bracket',
      `[2026-03-01 12:00:00] ERROR upstream said ${BODY}`,
      'raptor-comply/expired-api-key',
    ],
    [
      'an exception of axios',
      'AxiosError: Request failed with status code 404\n    at settle (x.js:19:12)',
      'http/not-found',
    ],
    [
      'an exception of requests',
      'requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: https://x.example/',
      'http/too-many-requests',
    ],
    ['an exception of got', 'HTTPError: Response code 503 (Service Unavailable)', 'http/service-unavailable'],
    [
      'a response in the log of an SDK for Go',
      'DEBUG: Response lambda/CreateFunction Details:\n---[ RESPONSE ]----------------------\nHTTP/1.1 400 Bad Request\nX-Amzn-Errortype: InvalidParameterValueException\nX-Amzn-Requestid: 1\n\n{"Type":"User","message":"The role is missing."}\n-----------------------------------------------------: timestamp=1',
      'aws/invalid-parameter-value',
    ],
    [
      'JSON in quotes within brackets',
      'Filter threw exception [Processing failed; nested exception is com.azure.core.exception.HttpResponseException: Status code 403, "{"error":{"code":"Forbidden","message":"The user does not have secrets set permission on key vault \'kv\'","innererror":{"code":"AccessDenied"}}}"] with root cause',
      'azure/vault-forbidden',
    ],
    [
      'an array that PHP printed, with its name',
      '[response] => Array\n(\n    [CORRELATIONID] => 1\n    [ACK] => Failure\n    [L_ERRORCODE0] => 10002\n    [L_LONGMESSAGE0] => Security header is not valid\n)',
      'paypal/nvp-credentials',
    ],
    [
      'a sentence that a console of 80 characters cut within words',
      "npm ERR! code E403\nnpm ERR! 403 Forbidden - PUT https://registry.npmjs.org/idb-storage - Package na\nme too similar to existing packages; try renaming your package to '@acme/idb-stor\nage' and publishing with 'npm publish --access=public' instead",
      'npm/name-too-similar',
    ],
    [
      'a sentence wrapped beside a line',
      'Group 0: FAILED\n    - | failed to decrypt: operation error KMS:\n      | Decrypt, https response error StatusCode: 400,\n      | api error NotFoundException: the key does not\n      | exist',
      'aws/resource-not-found',
    ],
    [
      'a map of Erlang',
      '{error,#{<<"Error">> =>\n  #{<<"Code">> => <<"NoSuchKey">>,\n    <<"HostId">> => <<"qSEL+to=">>,\n    <<"Message">> => <<"No such key.">>,\n    <<"RequestId">> => <<"0W">>}},\n {404,[]}}',
      'aws/s3-no-such-key',
    ],
    [
      'an exception in a log of Lambda',
      "2021-10-12T15:35:42.503Z\t2a88085d-b343-3fcd-87f5-cb7fe2e4bba3\tERROR\tAccessDeniedException: User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: a:B on resource: c\n    at f (/var/task/index.js:1:1) {\n  __type: 'AccessDeniedException',\n  '$fault': 'client',\n  '$metadata': { httpStatusCode: 400 }\n}",
      'aws/not-authorized',
    ],
    [
      'a source that could not be resolved, where the server says why',
      'ERROR: could not resolve source: googleapi: Error 403: a does not have storage.objects.get access., forbidden',
      'google-cloud/legacy-forbidden',
    ],
    ['a status line', 'HTTP/1.1 502 Bad Gateway', 'http/bad-gateway'],
    ['a status and its phrase', '504 Gateway Timeout', 'http/gateway-timeout'],
    [
      'a page',
      '<html><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
      'gateways/nginx-upstream',
    ],
    [
      'curl, HTTP/2',
      'curl: (92) HTTP/2 stream 1 was not closed cleanly: REFUSED_STREAM (err 7)',
      'network/http2-refused',
    ],
    ['Node, HTTP/2', 'Stream closed with error code NGHTTP2_ENHANCE_YOUR_CALM', 'network/http2-slow-down'],
    ['a proxy', 'curl: (56) CONNECT tunnel failed, response 403', 'network/proxy-tunnel'],
    ['a URL without a scheme', 'TypeError [ERR_INVALID_URL]: Invalid URL', 'network/url-not-valid'],
    [
      'a key with a line feed',
      'Invalid character in header content ["Authorization"] [ERR_INVALID_CHAR]',
      'network/header-not-valid',
    ],
    ['fetch, blocked port', 'TypeError: fetch failed\n  [cause]: Error: bad port', 'network/blocked-port'],
    [
      'a code of Node',
      'Error: unable to get certificate CRL { code: "CRL_HAS_EXPIRED" }',
      'network/certificate-revoked',
    ],
    ['curl, certificate', 'curl: (60) SSL certificate problem: certificate has expired', 'network/certificate-expired'],
    ['curl, name', 'curl: (6) Could not resolve host: nope.example', 'network/name-not-found'],
    [
      'curl, refused',
      'curl: (7) Failed to connect to localhost port 9: Connection refused',
      'network/localhost-refused',
    ],
    ['curl, time limit', 'curl: (28) Operation timed out after 1000 milliseconds', 'network/response-timeout'],
    [
      'Node.js, name',
      'Error: getaddrinfo ENOTFOUND api.example.com\n    at GetAddrInfoReqWrap.onlookup',
      'network/name-not-found',
    ],
    [
      'Node.js, fetch',
      "TypeError: fetch failed\n  [cause]: Error: connect ECONNREFUSED 127.0.0.1:9 { code: 'ECONNREFUSED' }",
      'network/connection-refused',
    ],
    [
      'Python, time limit',
      "requests.exceptions.ConnectTimeout: HTTPSConnectionPool(host='x', port=443): Max retries exceeded",
      'network/connect-timeout',
    ],
    [
      'Python, certificate',
      'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain',
      'network/certificate-authority-unknown',
    ],
    ['Go, name', 'Get "https://x.example/": dial tcp: lookup x.example: no such host', 'network/name-not-found'],
    ['Go, scheme', 'http: server gave HTTP response to HTTPS client', 'network/tls-on-plain-port'],
    [
      'Java, certificate',
      'javax.net.ssl.SSLHandshakeException: PKIX path building failed',
      'network/certificate-authority-unknown',
    ],
  ])('%s is understood', (_, text, id) => {
    expect(ids(text)).toEqual([id]);
  });

  it('is found by the line in NDJSON', () => {
    const text = `${BODY}\n\n{"error":{"code":"KEY_LOCKED","message":"x","request_id":"r"}}\n`;
    expect([...readSavedErrors(text, 'test')].map(({ name }) => name)).toEqual(['line 1', 'line 2']);
    expect(ids(text)).toEqual(['raptor-comply/expired-api-key', 'victims/key-locked']);
  });

  it('is found in a HAR, each failed entry once', () => {
    const entry = (status: number, text: string, more = {}) => ({
      request: { method: 'GET', url: 'https://api.raptormaps.com/x', headers: [{ name: 'X-API-Key', value: 'k' }] },
      response: { status, headers: [{ name: 'Retry-After', value: '3' }], content: { text, ...more } },
    });
    const refused = {
      request: { method: 'GET', url: 'http://a/', headers: [] },
      response: { status: 0, _error: 'net: Connection refused' },
    };
    const encoded = Buffer.from(BODY).toString('base64');
    const har = {
      log: {
        version: '1.2',
        entries: [entry(200, '{}'), entry(401, BODY), entry(401, encoded, { encoding: 'base64' }), refused],
      },
    };
    const found = [...readSavedErrors(JSON.stringify(har), 'test')];
    expect(found.map(({ name }) => name)).toEqual(['entry 2', 'entry 3', 'entry 4']);
    expect(found[0]?.exchange.request).toMatchObject({ method: 'GET', headers: { 'x-api-key': 'k' } });
    expect(ids(JSON.stringify(har))).toEqual([
      'raptor-comply/expired-api-key',
      'raptor-comply/expired-api-key',
      'network/connection-refused',
    ]);
  });

  it.each<[string, string, number | null]>([
    [
      'a response below the command for it',
      '$ curl -i https://a.example/x\nHTTP/2 404 \ncontent-type: text/plain\n\nno such x',
      404,
    ],
    [
      'the log of a client that draws arrows',
      '<-- 415 https://a.example/files (88ms)\ncontent-type: application/json\n\n{"title":"Send it as a form"}\n<-- END HTTP',
      415,
    ],
    ['a level in brackets', '[error] Access to https://a.example/pom was refused by the server: Unauthorized', null],
    [
      'the name of a class in brackets',
      '[App\\ClientException]\n  `GET https://a.example` resulted in a `403\n   Forbidden` response',
      403,
    ],
  ])('is read from %s', (_, text, status) => {
    const [found] = [...readSavedErrors(text, 'it')];
    expect(found?.exchange.response?.status).toBe(status);
  });

  it('is said to be broken JSON where it begins like some', () => {
    expect(() => [...readSavedErrors('[{"a":', 'it')]).toThrow('not valid JSON');
  });

  it.each(['plain words', '{"items":[{"a":1}]}', 'took 401 ms for 3 items'])('is not seen in %j', (text) => {
    expect(ids(text)).toEqual([null]);
  });

  it('is read in linear time, whatever the text', () => {
    const texts = [
      '{'.repeat(200_000),
      '[{"a":'.repeat(30_000),
      `x${'{'.repeat(200_000)}`,
      'Error: '.repeat(30_000),
      '"'.repeat(200_000),
      '<'.repeat(200_000),
    ];
    for (const text of texts) {
      try {
        ids(text);
      } catch (error) {
        expect(String(error)).toContain('not valid JSON');
      }
    }
  });
});

describe('a file of JSON lines', () => {
  it('is read a line at a time, as the errors are asked for', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `{"status":500,"message":"it failed ${i}"}\n`).join('');
    const cpuMs = (read: (errors: ReturnType<typeof readSavedErrors>) => unknown) => {
      const errors = readSavedErrors(text, 'it');
      const ms = cpuTimer();
      read(errors);
      return ms();
    };
    const all = cpuMs((errors) => expect([...errors]).toHaveLength(20_000));
    const first = cpuMs((errors) => expect(errors[Symbol.iterator]().next().value.name).toBe('line 1'));
    expect(first).toBeLessThan(all / 10);
  });
});
