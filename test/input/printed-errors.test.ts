import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnoseSaved } from '../../src/commands/explain/explain.ts';
import { apisOf } from '../../src/config/apis.ts';
import { readLiteral } from '../../src/input/literal.ts';
import { readLoose } from '../../src/input/loose.ts';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import { cpuTimer } from '../helpers/cpu-time.ts';

const APIS = apisOf(builtIn, []);

/** The results of `explain` and `triage` for a text. */
const explained = (text: string, api?: string) =>
  [...readSavedErrors(text, 'test')].map(({ exchange }) =>
    diagnoseSaved(exchange, { api, preferred: null, layers: [], apis: APIS }, builtIn, 0),
  );
const ids = (text: string, api?: string) => explained(text, api).map(({ id }) => id);

const EXPIRED = 'raptor-comply/expired-api-key';

describe('what PHP and Go print of a value within another', () => {
  const inner = { code: 'not_found', message: 'There is no such order.' };
  it.each<[string, string]>([
    [
      'print_r',
      'Array\n(\n    [errors] => Array\n        (\n            [0] => stdClass Object\n                (\n                    [code] => not_found\n                    [message] => There is no such order.\n                )\n\n        )\n\n)',
    ],
    [
      'var_export',
      "array (\n  'errors' => \n  array (\n    0 => \n    (object) array(\n       'code' => 'not_found',\n       'message' => 'There is no such order.',\n    ),\n  ),\n)",
    ],
    [
      'var_export of an object',
      "array (\n  'errors' => \n  array (\n    0 => \n    \\Shop\\Problem::__set_state(array(\n       'code' => 'not_found',\n       'message' => 'There is no such order.',\n    )),\n  ),\n)",
    ],
  ])('%s', (_, text) => {
    expect(readLoose(text, text.search(/\(/))?.value).toEqual({ errors: [inner] });
  });

  it('print_r, of which only some lines were copied', () => {
    const lines = '    [code] => order_locked\n    [message] => The order is locked for editing.\n';
    expect(explained(lines)[0]).toMatchObject({ code: 'order_locked', message: 'The order is locked for editing.' });
    expect(explained('    [INFO] => started\n    [WARN] => slow\n')[0]?.code ?? null).toBeNull();
  });

  it('takes a name behind an empty text for the next one', () => {
    const text = '{Field:/plan Issue:NOT_FOUND Name: Message: Details:There is none: sorry Code: Links:[]}';
    expect(readLoose(text, 0)?.value).toEqual({
      Field: '/plan',
      Issue: 'NOT_FOUND',
      Name: '',
      Message: '',
      Details: 'There is none: sorry',
      Code: '',
      Links: [],
    });
    expect(readLoose('{error: Access denied: ask Bob: he knows}', 0)?.value).toEqual({
      error: 'Access denied: ask Bob: he knows',
    });
  });

  it('reads no error in the line of a source that a stack shows', () => {
    const text =
      "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    raise ApiError(message=said, response=self)\nApiError: It failed: {'error': 'Too many requests'}";
    expect(ids(text)).toEqual(['http/too-many-requests']);
  });
});

describe('what the samples of the guides print', () => {
  it.each<[string, string, string | undefined]>([
    ['API call failed: Unauthorized - API key has expired', EXPIRED, undefined],
    ['Error: Unauthorized: API key has expired', EXPIRED, undefined],
    ['Error: Unauthorized: API key has expired\n    at fetchWithRetry (file:///x.mjs:20:19)', EXPIRED, undefined],
    ['API call failed: 401', 'http/unauthorized', undefined],
    ['API call failed: 401', 'raptor-comply/unauthorized', 'raptor-comply'],
    [
      'Request failed with 429. Retrying in 1312ms (attempt 1 of 4)...',
      'raptor-comply/too-many-requests',
      'raptor-comply',
    ],
    ['Request failed with 503. Retrying in 1312ms (attempt 1 of 4)...', 'http/service-unavailable', undefined],
    ["API error [401]: {'error': 'Unauthorized', 'message': 'API key has expired'}", EXPIRED, undefined],
    ["API error: { error: 'Unauthorized', message: 'API key has expired' }", EXPIRED, undefined],
    ["API error: {\n  error: 'Unauthorized',\n  message: 'API key has expired'\n}", EXPIRED, undefined],
    ["{ error: 'Unauthorized', message: 'API key has expired' }", EXPIRED, undefined],
    ["{'error': 'Unauthorized', 'message': 'API key has expired', 'retry': None}", EXPIRED, undefined],
    [
      '401 Client Error: Unauthorized for url: https://api.raptormaps.com/cyber-assets',
      'raptor-comply/unauthorized',
      undefined,
    ],
    [
      "httpx.HTTPStatusError: Client error '401 Unauthorized' for url 'https://api.raptormaps.com/cyber-assets'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/401",
      'raptor-comply/unauthorized',
      undefined,
    ],
    ["Client error '404 Not Found' for url 'https://api.example.com/x'", 'http/not-found', undefined],
    ['Error: KEY_LOCKED: the key is temporarily locked', 'victims/key-locked', undefined],
    ['2026-03-01 12:00:00 WARN upstream returned 502', 'http/bad-gateway', undefined],
    ['Forbidden (403)', 'http/forbidden', undefined],
  ])('%j is read', (text, id, api) => {
    expect(ids(text, api)).toEqual([id]);
  });

  it.each([
    'took 401 ms for 3 items',
    'Error in line 404 of the template',
    'failed after 500 ms',
    'failed 500 times',
    'port of slack 404: see the list',
    'We sold stripe 500: a pattern',
    'listening on localhost:500',
    'wrote 404 records',
    'the user said: unauthorized access is bad',
  ])('no status is seen in %j', (text) => {
    expect(explained(text).map(({ status }) => status)).toEqual([null]);
  });

  it('a status is never made of a word of a message', () => {
    expect(explained('{"data":{"message":"locked"}}')[0]).toMatchObject({ status: null });
    expect(explained('{"message":"Locked"}')[0]?.status).toBe(null);
    expect(explained('{"error":{"code":"KEY_LOCKED","message":"locked"}}', 'victims')[0]?.id).toBe(
      'victims/key-locked',
    );
  });
});

describe('a value as programs print theirs', () => {
  it.each<[string, unknown]>([
    [`{'a': None, 'b': True, 'c': [1, 2.5], 'd': ('x', "y")}`, { a: null, b: true, c: [1, 2.5], d: ['x', 'y'] }],
    [
      `{ a: undefined, b: [Object], c: [ [Array], ... 3 more items ], 'd-e': 1n }`,
      { a: null, b: null, c: [null], 'd-e': 1 },
    ],
    [`{ a: 'x' +\n  'y', b: "it's", c: 'it\\'s \\u00e9' }`, { a: 'xy', b: "it's", c: "it's é" }],
    [`{"error"=>"Unauthorized", :code=>:nope}`, { error: 'Unauthorized', code: 'nope' }],
    [`{u'a': u'b', 'c': b'd'}`, { a: 'b', c: 'd' }],
    [`{ headers: Headers { a: '1' }, list: Map(1) {}, f: [Function: x] }`, { headers: { a: '1' }, list: {}, f: null }],
  ])('is read from %j', (text, value) => {
    expect(readLiteral(text, 0)).toEqual({ value, end: text.length });
  });

  it.each(['{ return x }', '{a}', '[ERROR] x', '{"a": }', "{'a': 'b'"])('is not seen in %j', (text) => {
    expect(readLiteral(text, 0)).toBe(null);
  });

  it.each(['{'.repeat(200_000), '{"a":'.repeat(50_000), "{'a': '".padEnd(200_000, "\\'"), '[['.repeat(100_000)])(
    'takes linear time (%#)',
    (text) => {
      const ms = cpuTimer();
      readSavedErrors(`x ${text}`, 'test');
      expect(ms()).toBeLessThan(4000);
    },
  );
});

const BODY = { error: { code: 'KEY_REVOKED', message: 'The API key has been revoked', request_id: 'req_1' } };

describe('a code, wherever a client finds it', () => {
  it.each<[string, unknown, string]>([
    ['alone', { code: 'INVALID_WEIGHT' }, 'elder-protection/invalid-weight'],
    ['as errorCode', { errorCode: 'INVALID_WEIGHT', message: 'x' }, 'elder-protection/invalid-weight'],
    ['as error_code', { error_code: 'INVALID_WEIGHT' }, 'elder-protection/invalid-weight'],
    ['without its id', { error: { code: 'KEY_REVOKED', message: 'x' } }, 'victims/key-revoked'],
    ['in data', { data: BODY }, 'victims/key-revoked'],
    ['in body', { body: BODY }, 'victims/key-revoked'],
    ['in detail', { detail: BODY }, 'victims/key-revoked'],
    ['in detail, the inner part', { detail: BODY.error }, 'victims/key-revoked'],
    ['in response', { response: BODY }, 'victims/key-revoked'],
    ['in upstream', { message: 'call failed', upstream: BODY }, 'victims/key-revoked'],
    ['in a list of errors', { errors: [BODY.error] }, 'victims/key-revoked'],
    ['in a list', [BODY], 'victims/key-revoked'],
    ['in a cause', { message: 'call failed', cause: { response: { status: 403, data: BODY } } }, 'victims/key-revoked'],
    [
      'in extensions',
      { errors: [{ message: '403: Forbidden', extensions: { response: { status: 403, body: BODY } } }] },
      'victims/key-revoked',
    ],
    ['in a text', { message: JSON.stringify(BODY) }, 'victims/key-revoked'],
    ['in the message of a function', { errorMessage: JSON.stringify(BODY), errorType: 'Error' }, 'victims/key-revoked'],
    ['in logfmt', 'level=error msg="call failed" code=KEY_REVOKED', 'victims/key-revoked'],
  ])('%s', (_, body, id) => {
    expect(ids(typeof body === 'string' ? body : JSON.stringify(body))).toEqual([id]);
  });

  it.each(['NOT_FOUND', 'VALIDATION_ERROR', 'INTERNAL_ERROR', 'UPSTREAM_UNAVAILABLE'])(
    'names no API when any service may send it: %s',
    (code) => {
      expect(explained(JSON.stringify({ code, message: 'x' }))[0]?.api).toBe(null);
    },
  );
});

describe('a network failure that a client tells of', () => {
  it.each<[string, string]>([
    ['curl: (28) Failed to connect to api.x port 443 after 130000 ms: Connection timed out', 'network/connect-timeout'],
    [
      "curl: (28) Failed to connect to api.x port 443 after 5001 ms: Couldn't connect to server",
      'network/connect-timeout',
    ],
    ['curl: (28) Failed to connect', 'network/connect-timeout'],
    ['curl: (28) Connection timed out after 5001 milliseconds', 'network/connect-timeout'],
    ['curl: (28) Connection timeout after 5001 ms', 'network/connect-timeout'],
    ['curl: (28) Resolving timed out after 5000 milliseconds', 'network/dns-timeout'],
    ['curl: (28) SSL connection timeout', 'network/tls-timeout'],
    ['curl: (28) Operation timed out after 1000 milliseconds with 0 bytes received', 'network/response-timeout'],
    [
      'curl: (28) Operation too slow. Less than 1 bytes/sec transferred the last 30 seconds',
      'network/response-timeout',
    ],
    ['connect ECONNREFUSED 127.0.0.1:9', 'network/connection-refused'],
    ['connect ECONNREFUSED ::1:9', 'network/localhost-refused'],
    ['connect ECONNREFUSED 10.0.0.1:9', 'network/connection-refused'],
  ])('%s', (text, id) => {
    expect(ids(text)).toEqual([id]);
  });

  it('advises 127.0.0.1 only against localhost', () => {
    expect(JSON.stringify(explained('connect ECONNREFUSED 127.0.0.1:9')[0]?.resolution)).not.toContain('127.0.0.1');
    expect(JSON.stringify(explained('connect ECONNREFUSED ::1:9')[0]?.resolution)).toContain('127.0.0.1');
  });
});

describe('a quota that is used up', () => {
  const message = 'You exceeded your current quota, please check your plan and billing details.';
  it.each<[string, string]>([
    [
      'JSON',
      JSON.stringify({ error: { message, type: 'insufficient_quota', param: null, code: 'insufficient_quota' } }),
    ],
    [
      'Python',
      `openai.RateLimitError: Error code: 429 - {'error': {'message': '${message}', 'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}`,
    ],
    ['Node.js', `RateLimitError: 429 ${message}\n  status: 429,\n  code: 'insufficient_quota'`],
    ['the code alone', '{"code":"insufficient_quota"}'],
    ['another name', '{"errorCode":"insufficient_quota","status":429}'],
    ['a wrapper', JSON.stringify({ detail: { error: { message, code: 'insufficient_quota' } } })],
    ['a text', `429 ${message}`],
    ['camel case', '{"status":429,"error":{"type":"insufficientQuota","message":"Stop."}}'],
    ['hyphens', '{"status":429,"error":"insufficient-quota"}'],
    ['the code alone, in camel case', '{"code":"insufficientQuota"}'],
    ['the code alone, in Pascal case', '{"errorCode":"InsufficientQuota"}'],
    ['the code alone, with hyphens', '{"error_code":"insufficient-quota"}'],
    ['a phrase', 'Error 429: insufficient_quota'],
    ['logfmt', 'level=error msg="call failed" err=insufficient_quota status=429'],
    ['a JSON log', '{"level":50,"msg":"call failed","error":"insufficientQuota","status":429}'],
    ['camel case behind a status', '429 insufficientQuota'],
    ['hyphens behind a status', 'HTTP 429: insufficient-quota'],
    ['words before a status', 'Rate limit reached (insufficient quota), status 429'],
    ['a code before a status', 'openai: insufficient_quota (status code: 429)'],
    ['two lines', 'call failed with status 429\nreason: insufficient_quota'],
    ['a title', '{"status":429,"title":"InsufficientQuotaException","message":"Insufficient quota for this model"}'],
  ])('is never worth a retry: %s', (_, text) => {
    for (const { retry, category } of explained(text)) {
      expect(category).toBe('quota');
      expect(['never', 'after-action']).toContain(retry.advice);
    }
  });

  it('is not a limit per minute', () => {
    const [limited] = explained('{"status":429,"code":"RATE","message":"Quota exceeded: 60 requests per minute"}');
    expect(limited?.retry.advice).toBe('backoff');
  });
});

describe('JSON that a log has escaped', () => {
  it.each<[string, string]>([
    [
      'in a string',
      'ERROR upstream returned 403: "{\\"error\\":{\\"code\\":\\"KEY_REVOKED\\",\\"message\\":\\"x\\"}}"',
    ],
    [
      'behind a name',
      'level=error status=403 body="{\\"error\\": {\\"code\\": \\"KEY_REVOKED\\", \\"message\\": \\"it\\\\\\"s\\"}}" n=1',
    ],
    ['without quotes', '[error] 403 {\\"error\\":{\\"code\\":\\"KEY_REVOKED\\",\\"message\\":\\"x\\"}} done'],
  ])('is read: %s', (_, text) => {
    expect(explained(text)[0]).toMatchObject({ code: 'KEY_REVOKED', status: 403 });
  });
});

it.each([
  [
    'every line of logfmt that reports an error',
    'time=1 level=error msg="call failed" code=KEY_REVOKED\n\ntime=2 level=error msg="gave up on 3 records"',
    ['victims/key-revoked'],
  ],
  [
    'the members of an exception as Node.js 6 printed it',
    "{ [Error: No such order]\n  code: 'OrderMissing',\n  statusCode: 404 }",
    ['http/not-found'],
  ],
  [
    'the failure in the fields of a line of zap',
    '2022-02-10T10:33:35.421Z\tERROR\tcontroller\tReconciler error\t{"commit": "2346ed5", "error": "failed to retrieve credentials: Post \\"https://sts.example.com/\\": dial tcp: i/o timeout"}',
    ['network/connect-timeout'],
  ],
  [
    'the request in the error of a record of a log',
    'level=fatal msg=failed error="creating review: POST https://api.github.com/repos/a/b/pulls/1/reviews: 422 Unprocessable Entity [{Message:line must be part of the diff}]"',
    ['github/validation-failed'],
  ],
  [
    'an error of Clojure',
    '{:Error {:Code "NoSuchKey", :HostId "h"},\n :cognitect.anomalies/category :not-found}',
    ['http/not-found'],
  ],
  [
    'an object of PHP within another',
    'stdClass Object\n(\n    [body] => SimpleXMLElement Object\n        (\n            [Code] => SignatureDoesNotMatch\n        )\n\n    [code] => 403\n)',
    ['http/unauthorized'],
  ],
  [
    'what LocalStack logged of an answer',
    '2023-04-13T10:51:09.175  INFO --- [  asgi_gw_10] localstack.request.aws     : AWS s3.GetObject => 404 (NoSuchBucket)',
    ['http/not-found'],
  ],
])('reads %s', (_, text, expected) => {
  expect(ids(text)).toEqual(expected);
});

it('keeps what a pair of logfmt in one line means apart from records below each other', () => {
  expect(ids('level=error msg="call failed"\ncode=KEY_REVOKED at=a')).toEqual(['victims/key-revoked']);
});

it('reads the whole answer behind the one that Guzzle cut', () => {
  const body = '<Error><Code>SignatureDoesNotMatch</Code><RequestId>4RTEHTT2H8YZ1AY1</RequestId></Error>';
  const text = `resulted in a \`403 Forbidden\` response:\n${body.slice(0, 60)} (truncated...)\n - ${body}`;
  expect([...readSavedErrors(text, 'test')][0]?.exchange.response?.body).toBe(body);
});
