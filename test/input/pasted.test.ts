import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnoseSaved } from '../../src/commands/explain/explain.ts';
import { apisOf } from '../../src/config/apis.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { readError } from '../../src/diagnosis/read/read-error.ts';
import { findTool, toolOf } from '../../src/diagnosis/tools/find.ts';
import { TOOLS } from '../../src/diagnosis/tools/tools.ts';
import { FAILURES, GAP } from '../../src/input/failure-phrases.ts';
import { readPaste } from '../../src/input/log-text.ts';
import { readNetworkText } from '../../src/input/network-text.ts';
import { parsed } from '../../src/input/parsed.ts';
import { findStatus } from '../../src/input/pasted/status.ts';
import { firstRowOf } from '../../src/input/pasted/table.ts';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { cpuTimer } from '../helpers/cpu-time.ts';

const APIS = apisOf(builtIn, []);

const explained = (text: string): Diagnosis => {
  const [first] = readSavedErrors(text, 'test');
  if (first === undefined) throw new Error('nothing was read');
  return diagnoseSaved(first.exchange, { api: undefined, preferred: null, layers: [], apis: APIS }, builtIn, 0);
};

describe('a status in a text', () => {
  it.each<[number, string]>([
    [401, 'The remote server returned an error: (401) Unauthorized.'],
    [503, 'feign: [503 Service Unavailable] during [GET]'],
    [404, "Client error '404 Not Found' for url"],
    [403, 'npm error code E403'],
    [429, 'reqwest::Error { kind: Status(429), url: "x" }'],
    [403, 'Code: 403. Errors:'],
    [502, 'level=error status=502 method=GET'],
    [429, 'Server returned HTTP response code: 429 for URL'],
    [404, 'expected 200, got 404'],
    [422, 'the server responded with status code 422'],
    [404, '(<Response [404]>, {})'],
    [419, 'POST https://app.example.com/login 419 (unknown status)'],
    [503, 'fe be/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC--'],
    [429, "ClientResponseError: 429, message='Too Many Requests'"],
    [500, 'got 200 first, then HTTP 500'],
    [503, "Max retries exceeded (Caused by ResponseError('too many 503 error responses'))"],
    [301, "httpx.HTTPStatusError: Redirect response '301 Moved Permanently' for url 'http://a.example/'"],
    [404, "NotFoundError(404, 'index_not_found_exception', 'no such index [orders]')"],
    [403, '<-- 403 https://api.example.com/v1/items (120ms)'],
    [403, 'some_sdk.api_core.exceptions.PermissionDenied: 403 You may not book'],
    [404, 'GET https://api.example.com/v1/items: 404 {message: 404 Project Not Found}'],
    [404, 'DEBUG: GitLab API 404 (repository=a/b)'],
    [400, 'Server error is undefined\nServer status is 400_'],
    [401, 'POST https://api.example.com/a = (code=ERR_X, statusCode=401 retryCount=0)'],
    [503, 'publish Failed PUT 503\nDarwin 14.0.0'],
  ])('%i is found in %j', (status, text) => {
    expect(findStatus(text)?.status).toBe(status);
  });

  it.each([
    'took 401 ms',
    'line 404',
    'port=500',
    'line 302 found it',
    'v4.04',
    'id-404-x',
    'read 404 records',
    'app.models.Order: 500 widgets are sold',
    'Web API 500 requests were made',
    'Our API 404 (page design) is nice',
    'chapter_400_ and 401_rows',
    'golf: Failed PUT 404 times this season',
    'Code: 499. DB::Exception: The specified key does not exist. (S3_ERROR)',
    'Code: 516, e.displayText() = DB::Exception: default: Authentication failed',
  ])('none is in %j', (text) => {
    expect(findStatus(text)).toBeNull();
  });
});

describe('a body in another notation', () => {
  const BODY = { code: 'card_declined', message: 'Your card was declined' };
  it.each<[string, string]>([
    [
      'Python',
      "openai.APIError: Error code: 402 - {'error': {'code': 'card_declined', 'message': 'Your card was declined', 'param': None}}",
    ],
    ['Ruby', 'Error 402 {"error"=>{"code"=>"card_declined", "message"=>"Your card was declined"}}'],
    ['a map of Go', 'unexpected response 402: map[error:map[code:card_declined message:Your card was declined]]'],
    ['%+v of Go', 'charge: &{StatusCode:402 Code:card_declined Message:Your card was declined Retryable:false}'],
    ['a Map of Java', 'status 402: {error={code=card_declined, message=Your card was declined}, id=7}'],
    ['a record of Java', 'status 402: ApiError(code=card_declined, message=Your card was declined)'],
    [
      'print_r of PHP',
      'HTTP 402\nArray\n(\n    [error] => Array\n        (\n            [code] => card_declined\n            [message] => Your card was declined\n        )\n\n)',
    ],
    ['Elixir', 'status: 402, body: %{"error" => %{"code" => "card_declined", "message" => "Your card was declined"}}'],
    [
      'var_dump of PHP',
      'HTTP 402\narray(2) {\n  ["code"]=>\n  string(13) "card_declined"\n  ["message"]=>\n  string(22) "Your card was declined"\n}',
    ],
    [
      'JSON in a string',
      'HTTP 402 "{\\"error\\":{\\"code\\":\\"card_declined\\",\\"message\\":\\"Your card was declined\\"}}"',
    ],
    [
      'JSON for a page',
      'HTTP 402 {&quot;error&quot;:{&quot;code&quot;:&quot;card_declined&quot;,&quot;message&quot;:&quot;Your card was declined&quot;}}',
    ],
    ['quoted-printable', 'HTTP 402 {"error":{"code":"card_declined","message":"Your =\ncard was declined","a":"=3D"}}'],
    [
      'JSON in a fenced block',
      'It says HTTP 402\n```json\n{"error":{"code":"card_declined","message":"Your card was declined"}}\n```',
    ],
    [
      'JSON that was cut',
      'HTTP 402 {"error":{"code":"card_declined","message":"Your card was declined","detail":"the iss…',
    ],
  ])('%s is read', (_, text) => {
    const { status, code, message } = explained(text);
    expect({ status, code, message }).toEqual({ status: 402, ...BODY });
  });
});

describe('a code in the sentence of a tool', () => {
  it.each<[string, string]>([
    [
      'AccessDenied',
      'Error: creating S3 Bucket (my-bucket): https response error StatusCode: 403, api error AccessDenied: Access Denied',
    ],
    ['uniqueness_error', 'hcloud: server name is already used (uniqueness_error, 8f3e2d1c4b5a6978)'],
    ['ERR-1007', 'ERR-1007 Wrong checksum in field MAC'],
    ['not_found', "Error: Couldn't find that app.\n\nError ID: not_found"],
    ['AccessDenied', 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied'],
    ['Forbidden', 'Error from server (Forbidden): pods is forbidden: User "x" cannot list resource'],
    ['PERMISSION_DENIED', 'ERROR: (gcloud.projects.list) PERMISSION_DENIED: The caller does not have permission'],
    ['ResourceExhausted', 'rpc error: code = ResourceExhausted desc = quota is used up for today'],
    [
      'RequestLimitExceeded',
      'https response error StatusCode: 503, api error RequestLimitExceeded: Request limit exceeded.',
    ],
    ['QX-4711', 'upload failed, code QX-4711: the crate is locked by somebody else'],
    ['AADSTS50011', 'AADSTS50011: The redirect URI does not match the one configured'],
    ['alreadyExists', "googleapi: Error 409: The resource 'x' already exists, alreadyExists"],
    ['AUTHENTICATION_FAILED', 'Code: 516. DB::Exception: password is incorrect. (AUTHENTICATION_FAILED) (version 24)'],
    ['E403', 'npm error code E403\nnpm error 403 You cannot publish over the previous version'],
    ['index_not_found_exception', "NotFoundError(404, 'index_not_found_exception', 'no such index [orders]')"],
    [
      'BucketAlreadyExists',
      'https response error StatusCode: 409, RequestID: 7KQ, HostID: a/b=, BucketAlreadyExists: ',
    ],
    [
      'rateLimitExceeded',
      'error: post-step event failed: googleapi: Error 429: The rate is too high., rateLimitExceeded',
    ],
  ])('%s is found in %j', (code, text) => {
    expect(explained(text).code).toBe(code);
  });

  it.each([
    'Error reading file: my_settings',
    'Error inserting into table: order_items',
    'HTTP 500 Failed to load module: user_profile',
  ])('is no name at the end of a line: %s', (text) => {
    expect(explained(text).code).toBeNull();
  });
});

it('the JSON of an error in brackets is read to the letter, with the status beside it', () => {
  const body = '{"type":"error","error":{"type":"busy","message":"Come back later"}}';
  for (const text of [`✕ [API Error: 429 ${body} (Status: 429)]`, `[API Error: 429 ${body}]`]) {
    expect(readPaste(text).response).toMatchObject({ status: 429, body });
  }
});

it('an object that only says what is meant does not hide the sentence before it', () => {
  const { message, category } = explained(
    'E11000 duplicate key error collection: app.users dup key: { email: "a@example.com" }',
  );
  expect([message?.includes('duplicate key'), category]).toEqual([true, 'conflict']);
});

describe('rows of a table', () => {
  it.each<[string, string, (number | string | null)[]]>([
    [
      'in Markdown',
      '| 404 | `NOT_FOUND` | No such order |\n| 409 | `DUPLICATE` | It is there already |',
      [404, 'NOT_FOUND', 'No such order'],
    ],
    [
      'below their heading',
      '| Code | HTTP | Meaning |\n| --- | --- | --- |\n| E1042 | 400 | The sum is too high |\n| E1043 | 400 | No such unit |',
      [400, 'E1042', 'The sum is too high'],
    ],
    [
      'copied from a page',
      'no_scope\tThe scope is missing\nno_grant\tThe grant has expired',
      [null, 'no_scope', 'The scope is missing'],
    ],
    ['drawn by a client', '+------+\n| 429 | Too many calls |\n+------+', [429, null, 'Too many calls']],
  ])('are read by the first, %s', (_, text, [status, code, message]) => {
    const { response } = readPaste(text);
    const read = readError(response?.body ?? '');
    expect([response?.status, read.code, read.message]).toEqual([status, code, message]);
  });

  it('are not seen in a line of a log with tabs', () => {
    expect(firstRowOf('2026-01-01\tERROR\tcannot reach db')).toBeNull();
  });
});

describe('the sentence that says what is wrong', () => {
  it.each<[string, string]>([
    [
      'Scope not found',
      "npm error code E404\nnpm error 404 Not Found - PUT https://registry.npmjs.org/@acme%2fcore - Scope not found\nnpm error 404\nnpm error 404  The requested resource '@acme/core@1.0.0' could not be found or you do not have permission to access it.",
    ],
    [
      'batch: This folder is over its quota',
      'batch: This folder is over its quota\nerror: failed to push some objects',
    ],
    [
      'The seat is already taken',
      'error: failed to book\nCaused by:\n  request failed\nCaused by:\n  The seat is already taken',
    ],
    [
      'Access was blocked by policy',
      'failed to download `x`, got 403\n  headers:\n  x-a: b\n  body:\n  Access was blocked by policy',
    ],
    ['The sheet is locked', 'HttpError 423 when requesting https://a.example/x returned "The sheet is locked"'],
    ['No seats are left', 'ResponseError: status=[409], code=[Ok], message=[No seats are left]'],
    [
      "KeyError: 'total'",
      'ERROR Internal Server Error: /api/orders/\nTraceback (most recent call last):\n  File "/a.py", line 8, in f\nKeyError: \'total\'',
    ],
    [
      'No seats are left today.',
      'An error occurred (SeatsException) when calling the Book operation (reached max retries: 4): No seats are left today.',
    ],
    [
      'no seats left',
      'requests.exceptions.HTTPError: 403 Client Error: no seats left for url: https://a.example/x?page=3',
    ],
    [
      'No seats are left',
      '{"msg":"Status code was 409 and not [200]: HTTP Error 409: Conflict","json":{"error":"x_y","message":"No seats are left"},"a":1}',
    ],
  ])('is %j', (message, text) => {
    expect(explained(text).message).toBe(message);
  });

  it('stands in the text where the body has only codes', () => {
    const { code, message } = explained(
      "HttpError 403: returned \"The API is switched off for this project\". Details: [{'reason': 'SERVICE_DISABLED'}]",
    );
    expect({ code, message }).toEqual({
      code: 'SERVICE_DISABLED',
      message: 'The API is switched off for this project',
    });
  });
});

it('reads XML in a text, named by its root', () => {
  const [read] = readSavedErrors(
    'Error 403: <NoAccessException>\n  <Message>You may not read it</Message>\n</NoAccessException> (try later)',
    'test',
  );
  const response = parsed(read?.exchange.response ?? savedResponse(''));
  const { status, code, message } = diagnoseSaved(
    { request: null, response, failure: null },
    { api: undefined, preferred: null, layers: [], apis: APIS },
    builtIn,
    0,
  );
  expect({ status, code, message }).toEqual({
    status: 403,
    code: 'NoAccessException',
    message: 'You may not read it',
  });
});

describe('what is not of this language', () => {
  it.each<[string, string]>([
    ['ECONNREFUSED', 'java.net.ConnectException: Connexion refusée : connect'],
    ['ECONNREFUSED', 'ConnectionRefusedError: [WinError 10061] Es konnte keine Verbindung hergestellt werden'],
    ['ENOTFOUND', 'curl: Name oder Dienst nicht bekannt'],
    ['ENOTFOUND', 'requests: [Errno -2] 未知的名称或服务'],
    ['ECONNRESET', 'os error 10054: 远程主机强迫关闭了一个现有的连接'],
    ['ETIMEDOUT', 'connect: Die Wartezeit für die Verbindung ist abgelaufen'],
  ])('is %s in %j', (code, text) => {
    expect(readNetworkText(text)?.code).toBe(code);
  });

  it('has a status in parentheses behind a colon', () => {
    expect(explained('Der Remoteserver hat einen Fehler zurückgegeben: (403) Unzulässig.').status).toBe(403);
  });
});

describe('a page that was copied as it was displayed', () => {
  it.each<[string, string, string | null]>([
    [
      'Cloudflare',
      'Error 1015 Ray ID: 8f2a6f1c9b7d3e22 • 2025-11-28\nYou are being rate limited\nPerformance & security by Cloudflare',
      '8f2a6f1c9b7d3e22',
    ],
    [
      'Varnish',
      'Error 503 Backend fetch failed\nBackend fetch failed\nGuru Meditation:\nXID: 987\nVarnish cache server',
      '987',
    ],
    [
      'CloudFront',
      '403 ERROR\nThe request could not be satisfied.\nRequest blocked.\nGenerated by cloudfront (CloudFront)\nRequest ID: kX2m9aBcDeF0==',
      'kX2m9aBcDeF0==',
    ],
  ])('tells that %s answered', (name, text, requestId) => {
    const { answeredBy, requestId: id } = explained(text);
    expect([answeredBy.name, id]).toEqual([name, requestId]);
  });
});

it('takes what a browser forbids for that, whatever the status', () => {
  const text =
    '[Error] Origin https://a.example is not allowed by Access-Control-Allow-Origin. Status code: 403\n[Error] Fetch API cannot load';
  expect(explained(text).id).toBe('network/cors-header-missing');
});

describe('lines that a logger began alike', () => {
  const logged = (text: string, prefix: string) =>
    text
      .split('\n')
      .map((line, i) => `2026-03-01 10:00:0${i}.123 ${prefix}${line}`)
      .join('\n');

  it.each(['4711-4750 OkHttp                  com.example.app      D  ', '[worker-7] web/api: '])(
    'are read without %j',
    (prefix) => {
      const page =
        '<!DOCTYPE html>\n<html><head><title>Error</title></head>\n<body><h1>403 ERROR</h1>\n<p>Request blocked.</p></body></html>';
      expect(explained(logged(page, prefix))).toMatchObject({ status: 403, message: 'Request blocked.' });
    },
  );

  it('keep statuses at their beginning', () => {
    expect(explained('404 Not Found: a\n404 Not Found: b\n404 Not Found: c').status).toBe(404);
  });
});

describe('what surrounds an error completes it', () => {
  it('the method, the URL and the ID of the request', () => {
    const [read] = readSavedErrors(
      'FeignException: [409 Conflict] during [POST] to [http://accounts/api/users]: [{"errorCode":"USER_EXISTS"}]\nRequestId: 7be0-aa41',
      'test',
    );
    expect(read?.exchange).toMatchObject({
      request: { method: 'POST', url: 'http://accounts/api/users' },
      response: { status: 409, body: '[{"errorCode":"USER_EXISTS"}]' },
      seen: { requestId: '7be0-aa41' },
    });
  });

  it.each([
    '\u001b[31mError:\u001b[0m HTTP 503 Service Unavailable',
    'web-1  | 2026-03-01T12:00:00Z HTTP 503 Service Unavailable',
    'Mar  1 12:00:00 host-1 orders[12]: HTTP 503 Service Unavailable',
    'remote: HTTP 503 Service Unavailable',
  ])('and prefixes and colours are no part of it: %j', (text) => {
    expect(explained(text)).toMatchObject({ status: 503, id: 'http/service-unavailable' });
  });

  it('reads the fields that lines blame', () => {
    const { fields } = explained(
      'The Deployment "web" is invalid:\n* spec.ports[0].port: Invalid value: 99999: must be below 65536',
    );
    expect(fields.map(({ path }) => path)).toEqual(['/spec/ports/0/port']);
  });
});

describe('the phrases of failures', () => {
  const all = FAILURES.flatMap((row, i) => row.says.map((phrase) => ({ phrase, row, i })));

  it('lead to their row, or to one before it that says more', () => {
    const wrong = all.filter(({ phrase, row, i }) => {
      const found = readNetworkText(`error ${phrase.replaceAll(GAP, ' x ')}`);
      const at = FAILURES.findIndex(({ code, phase }) => code === found?.code && phase === found.phase);
      return found === null || (found.code !== row.code && at > i);
    });
    expect(wrong.map(({ phrase }) => phrase)).toEqual([]);
  });

  it('have an entry in the catalog for each code', () => {
    const codes = builtIn.network.entries.flatMap(({ match }) => match.failure ?? []);
    expect(FAILURES.map(({ code }) => code).filter((code) => !codes.includes(code))).toEqual([]);
  });

  it.each<[string, string]>([
    ['cors-header-missing', "blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present"],
    [
      'cors-header-missing',
      'Cross-Origin Request Blocked: (Reason: CORS header ‘Access-Control-Allow-Origin’ missing).',
    ],
    [
      'cors-header-missing',
      'Origin http://localhost:3000 is not allowed by Access-Control-Allow-Origin. Status code: 200',
    ],
    ['cors-preflight', "CORS policy: Response to preflight request doesn't pass access control check"],
    ['page-instead-of-json', 'SyntaxError: Unexpected token \'<\', "<!DOCTYPE "... is not valid JSON'],
    ['text-instead-of-json', 'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)'],
    ['page-instead-of-json', "invalid character '<' looking for beginning of value"],
    ['fetch-failed', 'TypeError: Failed to fetch'],
    ['connect-timeout', 'dial tcp 10.0.0.1:443: i/o timeout'],
    ['response-timeout', 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'],
    ['name-not-found', '{:error, %HTTPoison.Error{reason: :nxdomain, id: nil}}'],
  ])('%s for %j', (id, text) => {
    expect(explained(text).id).toBe(`network/${id}`);
  });

  it('are not looked for inside of words', () => {
    expect(readNetworkText('upload failed: the ResourceNotFoundException')).toBeNull();
    expect(readNetworkText('failed to fetch an image: unauthorized')).toBeNull();
  });

  it('are not taken for what happened where they are a guess', () => {
    expect(readNetworkText('you either typoed\nit, or it timed out. Please try again.')).toBeNull();
    expect(readNetworkText('If it timed out, try again.\nError: socket hang up')?.code).toBe('ECONNRESET');
    expect(readNetworkText('Check whether it timed out: Read timed out.')?.code).toBe('ETIMEDOUT');
  });
});

describe('the tool that reported an error', () => {
  it.each(TOOLS.map(({ id, example }) => [id, example]))('%s is recognized by its example', (id, example) => {
    expect(findTool(example)?.id).toBe(id);
  });

  it('decides in whose terms the steps are', () => {
    const say = (text: string) => explained(text).resolution.join(' ');
    expect(
      say('requests.exceptions.SSLError: certificate verify failed: unable to get local issuer certificate'),
    ).toContain('REQUESTS_CA_BUNDLE');
    expect(
      say('Get "https://x": tls: failed to verify certificate: x509: certificate signed by unknown authority'),
    ).toContain('SSL_CERT_FILE');
    expect(say('Error from server (Forbidden): pods is forbidden: User "x" cannot list')).toContain(
      'kubectl auth can-i',
    );
    expect(say('docker: toomanyrequests: You have reached your pull rate limit')).toContain('docker login');
    expect(explained('Error from server (Forbidden): pods is forbidden').tool?.name).toBe('kubectl');
  });

  it('never gets steps that are for errprobe itself', () => {
    const codes = FAILURES.map(({ says: [phrase = ''] }) => phrase.replaceAll(GAP, ' x '));
    const signs = ['', ...TOOLS.map(({ example }) => example)];
    const steps = signs.flatMap((sign) => codes.flatMap((phrase) => explained(`error ${phrase}\n${sign}`).resolution));
    expect(steps.filter((step) => /errprobe|--timeout\./.test(step))).toEqual([]);
  });

  it('is known by its ID', () => {
    expect(toolOf('kubectl')?.name).toBe('kubectl');
    expect(toolOf('nothing')).toBeNull();
  });
});

describe('hostile text', () => {
  const UNITS = [
    '{',
    '[',
    '(',
    'map[a:',
    '{a:',
    '"',
    ' 404 ',
    'code: x ',
    '(Aaa)',
    'a_b: ',
    'GET https://x.y/ ',
    '&quot;',
    '=3D',
    '{"a":',
    'curl: (28) ',
    'x | ',
    'request id ',
    '* a.b: cd\n',
    'Error ',
    '<Error>',
    '<a></',
    'string(1) "a" ',
    '2026-03-01 10:00:00.123 x\n',
    'Caused by: denied\n',
    'E, [2026-03-01T10:00:00 #7] ERROR -- : x\n',
    'message: "a" [code: ',
    'Error(404, ',
    'err="(error-a-b) ',
    'is not in the ',
    '拒绝连接 ',
    'body:\n',
  ];

  it.each(UNITS)('of %j is explained in bounded time, however long', (unit) => {
    const text = `x ${unit.repeat(Math.ceil(1e6 / unit.length))}`;
    const ms = cpuTimer();
    try {
      for (const { exchange } of readSavedErrors(text, 'test')) diagnose(exchange, builtIn, { now: 0 });
    } catch {
      // It is not valid JSON, either.
    }
    expect(ms()).toBeLessThan(4000);
  });
});

it('a traceback behind an error in one line is no part of its message', () => {
  const text =
    'WARNING:app: An error occurred (InvalidParameterValue) when calling the SendMessage operation: MessageGroupId is invalid. Traceback (most recent call last):';
  expect(diagnose(readPaste(text), builtIn, { now: 0 })).toMatchObject({
    message: 'MessageGroupId is invalid.',
    category: 'validation',
  });
});
