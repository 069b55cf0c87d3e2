import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fixture, fixtures } from '../helpers/fixtures.ts';
import { DOCUMENTS, MESSAGES } from './documents.ts';

/** Valid inputs of every kind; the fuzzer changes them. */
export interface Corpus {
  /** Saved errors in the forms that `explain` reads. */
  saved: string[][];
  /** Responses of a server, as bytes. */
  answers: string[];
  /** Lines of logs. */
  lines: string[];
  partials: string[];
  configs: string[];
  catalogs: string[];
  checks: string[];
  httpFiles: string[];
  /** Calls kept by `call`. */
  kept: string[];
  /** Documentation to import, by the name of its file. */
  documents: Record<string, string>;
  /** All of them, as a source of fragments. */
  all: string[];
}

/** The base URL in the samples, which is replaced by the server's. */
export const SERVER = 'http://127.0.0.1:1';

/**
 * Collects the samples.
 *
 * @param root the repository's folder
 */
export function corpusOf(root: string): Corpus {
  const errors = fixtures(join(root, 'fixtures'));
  const read = (name: string) => readFileSync(join(root, name), 'utf8');
  const answers = [...errors.map(answerOf), ...ANSWERS];
  const lines = errors.flatMap((error) => [
    JSON.stringify(recordOf(error)),
    ...(error.status ? [accessOf(error)] : []),
  ]);
  const saved = [
    errors.map(({ body }) => textOf(body)),
    answers,
    lines,
    errors.map((error) => JSON.stringify(harOf(error))),
    errors.map((error) => JSON.stringify(reportOf(error))),
    TEXTS,
  ];
  const parts = { answers, lines, partials: PARTIALS, configs: CONFIGS, httpFiles: HTTP_FILES };
  const kept = errors.slice(0, 20).map((error) => JSON.stringify(reportOf(error)));
  const catalogs = ['victims', 'raptor-comply', 'cryptocomply'].map((id) => read(`src/catalogs/apis/${id}.yaml`));
  const checks = [...CHECKS, read('fixtures/checks/forty.yaml')];
  const rest = { catalogs, checks, kept };
  const others = [...Object.values(DOCUMENTS), ...MESSAGES];
  const all = [saved, Object.values(parts), Object.values(rest), others].flat(2);
  return { saved, ...parts, ...rest, documents: DOCUMENTS, all };
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));

function answerOf({ status, headers, body }: Fixture): string {
  const fields = Object.entries(headers).filter(
    ([name]) => !/^(?:content-length|transfer-encoding|content-encoding)$/i.test(name),
  );
  const head = [`HTTP/1.1 ${status ?? 500} Said`, ...fields.map(([name, value]) => `${name}: ${value}`)];
  return `${head.join('\r\n')}\r\n\r\n${textOf(body)}`;
}

const REQUEST = {
  method: 'POST',
  url: 'https://api.example.com/v1/orders/7?page=2',
  headers: { authorization: 'Bearer s3cr3t-s3cr3t', 'content-type': 'application/json' },
  body: '{"name":"a","items":[1,2]}',
};

function recordOf({ status, headers, body }: Fixture): unknown {
  return {
    level: 'error',
    time: '2026-03-01T12:00:00.000Z',
    req: REQUEST,
    res: { statusCode: status, headers, body },
    err: { message: 'it failed', code: 'ECONNRESET', config: { baseURL: 'https://api.example.com/', url: '/v1' } },
  };
}

function accessOf({ status, body }: Fixture): string {
  return `127.0.0.1 - - [01/Mar/2026:12:00:00 +0000] "GET /v1/orders/7 HTTP/1.1" ${status} ${textOf(body)}`;
}

function harOf({ status, headers, body }: Fixture): unknown {
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const failure = {
    phase: 'tls',
    code: 'CERT_HAS_EXPIRED',
    message: 'certificate has expired',
    certificate: {
      names: ['api.example.com'],
      issuer: 'R3',
      selfSigned: false,
      validFrom: '2025-01-01T00:00:00.000Z',
      validTo: '2026-01-01T00:00:00.000Z',
    },
  };
  const request = {
    method: REQUEST.method,
    url: REQUEST.url,
    headers: [{ name: 'Cookie', value: 'a=b' }],
    postData: { text: REQUEST.body },
  };
  return {
    log: {
      entries: [
        { request, response: { status, headers: list, content: { mimeType: 'application/json', text: textOf(body) } } },
        { request, response: { status: 0, _error: 'net::ERR_CONNECTION_REFUSED' } },
        { request, response: { status: 0, _failure: failure } },
      ],
    },
  };
}

const DIAGNOSIS = {
  id: 'http/not-found',
  api: null,
  apiName: null,
  documented: false,
  confidence: 'general',
  category: 'not-found',
  title: 'Not found',
  envelope: 'none',
  status: 404,
  code: 'x',
  subcode: null,
  message: 'no such thing',
  requestId: 'abc',
  fields: [{ path: '/a', message: 'is wrong', in: 'body' }],
  values: {},
  cause: 'The path is wrong.',
  causes: [{ text: 'The path is wrong.', verdict: 'possible', evidence: null, fix: { method: 'GET' } }],
  resolution: ['Look at the path.'],
  retry: { advice: 'never', reason: 'it stays away', afterMs: 1000, afterFrom: 'Retry-After', safe: true },
  answeredBy: { kind: 'unknown', name: null },
  rateLimit: { limit: 10, remaining: 0, resetMs: 1000, from: 'x-ratelimit-remaining' },
  support: { contact: 'a@b.example', include: ['the time'] },
  docs: ['https://docs.example.com'],
  source: { doc: 'Docs', section: '404' },
  evidence: ['status 404'],
  notes: ['A note.'],
};

function reportOf({ status, headers, body }: Fixture): unknown {
  const attempt = {
    n: 1,
    at: '2026-03-01T12:00:00.000Z',
    status,
    code: 'x',
    requestId: null,
    ms: 12,
    waitMs: 1000,
    waitFrom: 'backoff',
    reason: 'it may help',
  };
  return {
    schema: 'errprobe/report@1',
    command: 'call',
    ok: false,
    exit: { code: 4, name: 'client-error' },
    error: null,
    results: [
      {
        name: null,
        request: REQUEST,
        response: { status, headers, body, bytes: 57 },
        failure: null,
        diagnosis: DIAGNOSIS,
        attempts: [attempt, { ...attempt, n: 2, waitMs: null, waitFrom: null }],
        flaky: false,
        timings: { dns: 1, connect: 2, tls: 9, firstByte: 80, download: 1, total: 93 },
        plan: null,
      },
    ],
  };
}

const TEXTS = [
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\n\r\n{"error":"slow down"}',
  '* Connected\n> GET /a HTTP/1.1\n> Host: api.example.com\n>\n< HTTP/1.1 404 Not Found\n< Content-Type: text/plain\n<\nno',
  'curl: (6) Could not resolve host: api.example.com',
  'AxiosError: Request failed with status code 403\n    at settle (axios.js:1:1) { "error": "denied" }',
  'requests.exceptions.HTTPError: 500 Server Error: Internal Server Error for url: https://api.example.com/v1',
  'panic: Get "https://api.example.com": x509: certificate signed by unknown authority',
  '2026-03-01 12:00:00 ERROR upstream timed out (110: Connection timed out), status: 504',
  '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>none</Message><RequestId>1</RequestId></Error>',
  '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1>nginx</body></html>',
  '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":17,"body":{"stringValue":"status 500"},"attributes":[{"key":"http.response.status_code","value":{"intValue":"500"}}]}]}]}]}',
  '{"log":"{\\"level\\":\\"error\\",\\"status\\":500}","stream":"stderr","time":"2026-03-01T12:00:00Z"}',
  '{"errors":[{"field":"a[0].b","message":"is required"},{"loc":["body","x",0],"msg":"bad"}]}',
];

const ANSWERS = [
  'HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\nDate: Sun, 01 Mar 2026 12:00:00 GMT\r\n\r\n{"message":"try again in 9 s"}',
  'HTTP/1.1 503 x\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1772366400\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"error":{"code":"E1","message":"soft"}}',
  'HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\n\r\n',
  'HTTP/1.1 405 No\r\nAllow: GET, PUT\r\n\r\n',
  'HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer error="invalid_token", error_description="expired"\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"next":"{id}","items":[{"id":1}],"id":7}',
  'HTTP/1.1 204 None\r\n\r\n',
];

const PARTIALS = [
  JSON.stringify({
    schema: 'errprobe/triage-partial@1',
    lines: { lines: 3, failed: 2, clean: 0, outside: 0, unreadable: 1, notUtf8: 0 },
    unreadable: { 'not valid JSON': { count: 1, samples: ['{'] } },
    problems: [{ source: 'a.log', problem: 'it ends too early' }],
    folded: 0,
    interval: 1000,
    first: 1772366400000,
    last: 1772366460000,
    cells: [
      {
        kind: {
          id: 'http/not-found',
          api: null,
          status: 404,
          code: null,
          words: null,
          category: 'not-found',
          title: 'x',
        },
        endpoint: 'GET /a',
        count: 2,
        advice: { never: 2, backoff: 0, wait: 0, 'after-action': 0 },
        first: 1772366400000,
        last: 1772366460000,
        times: [
          [1772366400, 1],
          [1772366460, 1],
        ],
        samples: [{ at: 1772366400000, order: 7, requestId: 'r', message: 'm' }],
      },
    ],
  }),
];

const CONFIGS = [
  `api: victims\napis:\n  victims:\n    baseUrl: ${SERVER}\n    key: abcdefgh12345678\n    headers: { X-Tenant: "1" }\n    timeout: 2s\n    retry: { retries: 2, maxWait: 5s }\ncatalogs: []\nretry: { budget: 10s }\n`,
  `{"api":"cryptocomply","apis":{"cryptocomply":{"baseUrl":"${SERVER}","auth":{"header":"Authorization","value":"Api-Key {key}"},"key":"\${KEY}"}}}`,
];

const CHECKS = [
  `api: victims\nvariables: { id: "7" }\ndefaults: { headers: { X-A: b }, timeout: 2s }\nchecks:\n  - name: first\n    request: GET ${SERVER}/a\n    expect: { status: 200, json: { /next: { type: string }, /items: { length: { min: 1 } } }, header: { content-type: application/json } }\n    capture: { n: /next, m: "header:content-type" }\n  - name: second\n    request: { method: POST, path: "${SERVER}/b/{p}", params: { p: "\${n}" }, query: { a: 1.10 }, body: { x: "\${n}" } }\n    expect: { error: not-found, within: 5s }\n    retry: 1\n`,
];

const HTTP_FILES = [
  `@host = ${SERVER}\n@id = 7\n\n### first\n# @name first\nGET {{host}}/a?b={{id}} HTTP/1.1\nAccept: */*\n\n###\nPOST {{host}}/b\nContent-Type: application/json\n\n{"a": "{{$guid}}"}\n\n> {% client.test() %}\n`,
];
