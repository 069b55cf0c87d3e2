import { describe, expect, it } from 'vitest';
import { knowledgeOf } from '../../src/catalogs/index.ts';
import { readResponse } from '../../src/diagnosis/reading.ts';
import { savedResponse } from '../../src/model/exchange.ts';

/** Failures that APIs answer with 200. */
const FAILURES: [string, unknown][] = [
  ['Etherscan', { status: '0', message: 'NOTOK', result: 'Invalid API Key' }],
  ['Alpha Vantage', { 'Error Message': 'Invalid API call. Please retry or visit the documentation.' }],
  ['Kraken', { error: ['EAPI:Invalid key'] }],
  ['TMDB', { success: false, status_code: 34, status_message: 'The resource you requested could not be found.' }],
  ['VK', { error: { error_code: 5, error_msg: 'User authorization failed: no access_token passed.' } }],
  ['DingTalk', { errcode: 40014, errmsg: '不合法的access_token' }],
  ['Feishu', { code: 99991663, msg: 'Invalid access token for authorization.' }],
  ['KuCoin', { code: '400100', msg: 'Invalid parameter' }],
  ['Bybit', { retCode: 10003, retMsg: 'API key is invalid.', result: {}, retExtInfo: {}, time: 1672211918471 }],
  ['OKX', { code: '50111', msg: 'Invalid OK-ACCESS-KEY', data: [] }],
  ['Bitget', { code: '40018', msg: 'Invalid IP', requestTime: 1695806875837, data: null }],
  ['Gate of a bank', { responseCode: '96', responseMessage: 'System malfunction', transactionId: null }],
  [
    'Weather stack',
    {
      success: false,
      error: { code: 101, type: 'invalid_access_key', info: 'You have not supplied a valid API Access Key.' },
    },
  ],
  ['Yandex SpeechKit', { error_code: 'UNAUTHORIZED', error_message: 'The token is invalid' }],
  ['Qiniu', { error: 'bad token' }],
  ['Twitter', { errors: [{ message: 'Sorry, that page does not exist.', code: 34 }] }],
  [
    'Google JSONP',
    { error: { code: 403, message: 'Daily Limit Exceeded', errors: [{ reason: 'dailyLimitExceeded' }] } },
  ],
  [
    'Pushover',
    {
      user: 'invalid',
      errors: ['user identifier is invalid'],
      status: 0,
      request: '5042853c-402d-4a18-abcb-168734a801de',
    },
  ],
  ['Nexmo verify', { status: '3', error_text: 'Invalid value for param: number' }],
  [
    'Bing search',
    {
      _type: 'ErrorResponse',
      errors: [
        { code: 'InvalidAuthorization', subCode: 'AuthorizationMissing', message: 'Authorization is required.' },
      ],
    },
  ],
  ['Sogou', { errorCode: '1001', errorMsg: 'sign error' }],
  ['Youdao', { errorCode: '108', l: 'en2zh', requestId: 'a1' }],
  [
    'TikTok ads',
    { code: 40105, message: 'Access token is incorrect or has been revoked.', request_id: '2020', data: {} },
  ],
  ['Shopee', { error: 'error_auth', message: 'Invalid access_token.', request_id: 'abc' }],
  [
    'Lazada',
    {
      code: 'IllegalAccessToken',
      type: 'ISV',
      message: 'The specified access token is invalid or expired',
      request_id: '0ba2887315178178017221014',
    },
  ],
  [
    'Alipay',
    {
      alipay_trade_query_response: {
        code: '40004',
        msg: 'Business Failed',
        sub_code: 'ACQ.TRADE_NOT_EXIST',
        sub_msg: '交易不存在',
      },
      sign: 'x',
    },
  ],
  [
    'Taobao',
    { error_response: { code: 27, msg: 'Invalid session', sub_code: 'invalid-sessionkey', request_id: 'abc' } },
  ],
  ['Amap', { status: '0', info: 'INVALID_USER_KEY', infocode: '10001' }],
  ['Tencent maps', { status: 311, message: 'key格式错误' }],
  ['Mixcloud style', { error: { type: 'OAuthException', message: 'Invalid OAuth access token.' } }],
  [
    'Aviationstack',
    { error: { code: 'invalid_access_key', message: 'You have not supplied a valid API Access Key.' } },
  ],
  ['Bunny style', { Success: false, Message: 'The zone was not found.', ErrorKey: 'zone.not_found' }],
  ['CoinMarketCap style', { status: { error_code: 1001, error_message: 'This API Key is invalid.', credit_count: 0 } }],
  [
    'iTunes verify style',
    { errorMessage: 'Invalid value(s) for key(s): [country]', queryParameters: { output: 'json', country: 'zz' } },
  ],
  ['PHP fatal', '<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function'],
  ['SOAP in JSON', { Envelope: { Body: { Fault: { faultcode: 'Client', faultstring: 'Invalid credentials' } } } }],
  ['ack', { ack: 'Failure', errorMessage: { error: [{ errorId: '11002', message: 'Authentication failed' }] } }],
  ['ok false', { ok: false, description: 'Bad Request: chat not found', error_code: 400 }],
  ['GraphQL', { errors: [{ message: 'Must be authenticated', extensions: { code: 'UNAUTHENTICATED' } }] }],
  ['JSON-RPC', { jsonrpc: '2.0', error: { code: -32601, message: 'Method not found' }, id: 1 }],
];
const UUID = '3f0a6a1e-9a0b-4a4e-8a45-1d4c1f0f9b11';
const TIME = '2026-05-01T10:00:00Z';
/** How a thing went that is no request: a build, a payment, a message. */
const STATES = [
  'failed',
  'failure',
  'error',
  'errored',
  'declined',
  'cancelled',
  'completed',
  'success',
  'rejected',
  'timed_out',
];
const THINGS: ((state: string) => object)[] = [
  (s) => ({ id: 'build_1', status: s, created_at: TIME, branch: 'main', duration: 31 }),
  (s) => ({
    id: 7,
    name: 'CI',
    head_branch: 'main',
    run_number: 3,
    status: 'completed',
    conclusion: s,
    html_url: 'https://example.com/runs/7',
  }),
  (s) => ({
    id: 'pay_1',
    amount: 1200,
    currency: 'eur',
    status: s,
    failure_code: s === 'failed' ? 'card_declined' : null,
    failure_message: s === 'failed' ? 'Your card was declined.' : null,
  }),
  (s) => ({ job: { id: 'j1', state: s, attempts: 3, last_error: 'connection refused', queued_at: TIME } }),
  (s) => ({
    id: 'msg_1',
    to: 'a@example.com',
    status: s,
    error: s === 'failed' ? { code: 550, message: 'mailbox unavailable' } : null,
    sent_at: TIME,
    subject: 'Hi',
  }),
  (s) => ({
    deployment: { id: 'd1', status: s, url: 'https://example.com', createdAt: TIME, errorMessage: 'exit status 1' },
  }),
  (s) => ({
    sid: 'SM1',
    status: s,
    error_code: s === 'failed' ? 30003 : null,
    error_message: s === 'failed' ? 'Unreachable' : null,
    to: '+4912345',
    from: '+49999',
    body: 'Hi',
    price: '0.1',
  }),
  (s) => ({ id: 'file-1', object: 'file', status: s, status_details: 'ok', bytes: 12, filename: 'a.jsonl' }),
  (s) => ({ taskId: 9, result: s, log: 'https://example.com/log', startedAt: TIME, finishedAt: TIME }),
  (s) => ({ event: 'invoice.payment_failed', data: { object: { id: 'in_1', status: s } }, created: 1700000000 }),
  (s) => ({
    id: 'ft-1',
    object: 'fine_tuning.job',
    model: 'm',
    status: s,
    error: { code: 'bad_data', message: 'The file is broken.', param: null },
    created_at: 1,
  }),
  (s) => ({
    pipelines: [
      { id: 1, status: s, ref: 'main' },
      { id: 2, status: 'success', ref: 'dev' },
    ],
  }),
];
/** Successes that say so, and members that only sound like an error. */
const CALM: unknown[] = [
  { success: true },
  { ok: true, error: null },
  { status: 'ok' },
  { status: 'UP' },
  { status: 'UP', components: { db: { status: 'UP' } } },
  { status: 'pass' },
  { error: null, errors: [], message: 'OK' },
  { error: false },
  { error: '', data: { id: 1 } },
  { errors: {}, data: [1] },
  { errors: null, data: { a: 1 } },
  { code: 0, msg: 'success', data: {} },
  { code: '0', message: 'ok', data: null },
  { code: 200, message: 'OK', data: [] },
  { code: '00000', msg: 'success', data: [] },
  { code: 'SUCCESS', message: 'Success', data: {} },
  { errcode: 0, errmsg: 'ok' },
  { errno: 0, errmsg: '', data: {} },
  { error_code: 0, error_msg: 'SUCCESS', result: {} },
  { retCode: 0, retMsg: 'OK', result: { list: [] } },
  { ret: 0, msg: '' },
  { return_code: 'SUCCESS', return_msg: 'OK' },
  { resultCode: '0', resultMessage: 'Success' },
  { responseCode: '00', responseMessage: 'Approved' },
  { stat: 'ok', photos: {} },
  { ack: 'Success' },
  { result: 'success' },
  { result: 'OK', message: 'Saved.' },
  { hasErrors: false, items: [] },
  { isError: false, value: 1 },
  { failed: 0, succeeded: 3 },
  { failed: [], ok: ['a'] },
  { message: 'Hello world' },
  { message: 'pong' },
  { message: 'The user was created successfully' },
  { message: 'Password reset email sent' },
  { detail: 'Logged out' },
  { title: 'Error handling in Go', id: 1, body: 'How errors work' },
  { jsonrpc: '2.0', result: null, id: 1 },
  { jsonrpc: '2.0', result: { error: 'none' }, id: 1 },
  { data: { error: { id: '1', text: 'x' } } },
  { data: { node: { errors: [{ message: 'stored' }], id: 'n' } } },
  { data: { userErrors: [], product: { id: 1 } } },
  { data: { a: { userErrors: [] } }, errors: [] },
  { status: 'success', data: { status: 'failed' } },
  { status: '0', message: null, result: [] },
  { status: '1', message: 'OK', result: '1000' },
  { status: 'OK', results: [] },
  { status: 'ZERO_RESULTS', results: [] },
  { status: 1, request: UUID },
  { success: 1, data: {} },
  { success: 'true' },
  { Success: true, Message: '' },
  { errors: 0, warnings: 2 },
  { errors: [], meta: {} },
  { error_count: 0 },
  { error_url: 'https://example.com/error', success_url: 'https://example.com/ok', name: 'checkout' },
  { errorRate: 0.2, p99: 30 },
  { errors_total: 12, requests_total: 99 },
  { error_page: '/404.html' },
  { on_error: 'stop', retries: 3 },
  { errorHandling: { mode: 'retry' } },
  { failure_threshold: 3 },
  { exception_list: ['a'] },
  { level: 'error', count: 3 },
  { levels: ['error', 'warn', 'info'] },
];
/** What other things than errors look like that have errors in them. */
const RECORDS: unknown[] = [
  ...['en', 'de', 'fr', 'es', 'ja'].map((l) => ({
    [l]: { error: 'Something went wrong', errors: { required: 'is required' }, not_found: 'Not found' },
  })),
  { translations: { error: 'Fehler', message: 'Nachricht', invalid_password: 'Falsches Passwort' } },
  { errors_title: 'Errors', errors_none: 'No errors', login_error: 'Wrong password', save: 'Save' },
  {
    total_count: 2,
    items: [
      { title: 'error: cannot find module', number: 1, state: 'open' },
      { title: 'Unauthorized on login', number: 2, state: 'closed' },
    ],
  },
  {
    query: 'error',
    hits: [
      { id: 1, title: 'Error 500' },
      { id: 2, title: 'Errors' },
    ],
    total: 2,
  },
  {
    logs: [
      { level: 'error', message: 'connection refused', ts: TIME },
      { level: 'info', message: 'ok', ts: TIME },
    ],
  },
  {
    events: [
      { id: 'e1', type: 'error', error: { code: 'E1', message: 'boom' } },
      { id: 'e2', type: 'ok' },
    ],
    next: null,
  },
  { data: [{ id: 'e1', message: 'Cannot read property of undefined', status: 'failed' }], has_more: false },
  [
    { id: 1, error: 'boom' },
    { id: 2, error: null },
  ],
  [{ id: 1, status: 'error', message: 'x' }],
  [{ level: 'error', message: 'bad thing' }],
  { issues: [{ id: '1', title: 'TypeError: x is undefined', culprit: 'app.js', status: 'unresolved' }] },
  {
    deliveries: [
      { id: 1, status_code: 500, status: 'Internal Server Error', event: 'push' },
      { id: 2, status_code: 200, status: 'OK', event: 'push' },
    ],
  },
  {
    kind: 'PodList',
    apiVersion: 'v1',
    metadata: { resourceVersion: '1' },
    items: [
      {
        metadata: { name: 'a' },
        status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
      },
    ],
  },
  {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'a' },
    spec: {},
    status: {
      phase: 'Failed',
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'ContainersNotReady',
          message: 'containers with unready status: [app]',
        },
      ],
    },
  },
  {
    kind: 'Job',
    apiVersion: 'batch/v1',
    metadata: { name: 'j' },
    spec: {},
    status: {
      failed: 1,
      conditions: [
        {
          type: 'Failed',
          status: 'True',
          reason: 'BackoffLimitExceeded',
          message: 'Job has reached the specified backoff limit',
        },
      ],
    },
  },
  {
    kind: 'EventList',
    apiVersion: 'v1',
    metadata: {},
    items: [{ reason: 'FailedMount', message: 'Unable to attach or mount volumes', type: 'Warning' }],
  },
  { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { name: 'a' } },
  {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: { name: 'd' },
    spec: {},
    status: {
      conditions: [
        { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'has timed out' },
      ],
    },
  },
  { check_runs: [{ id: 1, conclusion: 'failure', name: 'lint' }], total_count: 1 },
  {
    jobs: [
      { id: 1, conclusion: 'failure' },
      { id: 2, conclusion: 'failure' },
    ],
    total_count: 2,
  },
  { charges: [{ id: 'ch', status: 'failed', failure_message: 'declined' }], has_more: false },
  {
    object: 'list',
    data: [{ id: 'ch', status: 'failed', failure_code: 'card_declined' }],
    has_more: false,
    url: '/v1/charges',
  },
  { next_page: null, previous_page: null, count: 0, results: [] },
  { page: 1, pages: 3, per_page: 10, total: 30, items: [{ error: 'x' }] },
  {
    openapi: '3.0.0',
    info: { title: 'x', version: '1' },
    paths: {},
    components: {
      schemas: { Error: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } } } },
    },
  },
  { type: 'object', title: 'Error', description: 'What went wrong', properties: { code: { type: 'string' } } },
  { name: 'error-handler', version: '1.0.0', description: 'Handles errors', license: 'MIT' },
  { took: 3, timed_out: false, _shards: { total: 1, successful: 1, failed: 0 }, hits: { total: 0, hits: [] } },
  { took: 3, errors: false, items: [{ index: { status: 201 } }] },
  { acknowledged: true, shards_acknowledged: true },
  { status: 'green', cluster_name: 'x', timed_out: false, number_of_nodes: 1 },
  { status: 'red', cluster_name: 'x', timed_out: false, unassigned_shards: 2 },
  {
    status: 'DOWN',
    components: { db: { status: 'DOWN', details: { error: 'java.net.ConnectException: Connection refused' } } },
  },
  { status: 'degraded', checks: { db: 'ok', cache: 'error' } },
  { page: { id: 'x', name: 'Acme' }, status: { indicator: 'major', description: 'Partial System Outage' } },
  { incidents: [{ id: 'i', name: 'API errors', status: 'resolved', impact: 'major' }] },
  { data: { viewer: { login: 'x' } }, extensions: { cost: 1 } },
  { data: { report: { error: 'boom', status: 'FAILED' } } },
  { data: { createUser: { user: { id: 1 }, errors: null } } },
  { data: { checkout: { userErrors: [], checkoutUserErrors: [] } } },
  { Responses: {}, UnprocessedKeys: {} },
  { Successful: [{ Id: '1' }], Failed: [] },
  { FailedPutCount: 0, RequestResponses: [{ RecordId: 'x' }] },
  { webhook: { id: 1, url: 'https://x.example', last_error_message: 'Connection timed out', last_error_date: 1 } },
  {
    ok: true,
    result: {
      url: '',
      has_custom_certificate: false,
      pending_update_count: 0,
      last_error_date: 1,
      last_error_message: 'Wrong response from the webhook: 500',
    },
  },
  { ok: true, result: [], warning: 'missing_charset' },
  { ok: true, channel: 'C1', message: { text: 'error: it failed', type: 'message' } },
  { choices: [{ message: { role: 'assistant', content: '{"error":{"message":"x"}}' } }], usage: {} },
  { answer: 'An error 403 means Forbidden.', sources: [] },
  { code: 'print(1/0)', language: 'python', output: 'ZeroDivisionError', exit_code: 1 },
  { stdout: '', stderr: 'error: boom', exitCode: 1, durationMs: 3 },
  { id: 1, code: 'SUMMER10', message: '10% off', active: true },
  { code: 'US', name: 'United States' },
  { code: 'EUR', message: 'Euro' },
  { country_code: 'DE', status: 'active' },
  { zipcode: '10115', places: [] },
  { access_token: 'x', token_type: 'bearer', expires_in: 3600, scope: 'a' },
  { active: false },
  { valid: false, email: 'a@x', reason: 'mailbox_not_found' },
  { valid: true, errors: [] },
  { valid: false, score: 0.1, result: 'undeliverable', did_you_mean: null },
  { allowed: false, reason: 'policy' },
  { approved: false, decline_reason: 'insufficient_funds', id: 'auth_1', amount: 3 },
  { id: 'auth_1', object: 'issuing.authorization', approved: false, status: 'closed', amount: 100 },
  { verification: { status: 'rejected', reason: 'document_expired' }, id: 'v' },
  { matches: [{ rule: { id: 'TYPO' }, message: 'Possible spelling mistake' }], language: { code: 'en-US' } },
  { messages: [{ type: 'error', message: 'Attribute x not allowed', lastLine: 1 }], language: 'en' },
  { results: [{ filePath: 'a.js', messages: [{ ruleId: 'x', severity: 2, message: 'no' }], errorCount: 1 }] },
  { vulnerabilities: [], metadata: { total: 0 } },
  { tests: 3, failures: 1, errors: 0, suites: [] },
  { unsubscribed: true },
  { deleted: true, id: 'cus_1', object: 'customer' },
];
const WRAPPED: ((thing: object) => unknown)[] = [
  (x) => x,
  (x) => [x, x],
  (x) => ({ data: [x], has_more: false }),
  (x) => ({ items: [x, x], total: 2, page: 1 }),
];
const SUCCESSES: unknown[] = [
  ...CALM,
  ...RECORDS,
  ...STATES.flatMap((state) => THINGS.flatMap((thing) => WRAPPED.map((wrapped) => wrapped(thing(state))))),
];

const soft = (body: unknown): string | null => {
  const response = savedResponse(typeof body === 'string' ? body : JSON.stringify(body), 200, {});
  return readResponse({ request: null, response, failure: null }, response, knowledgeOf([]), {}).soft;
};

describe('a response with status 200', () => {
  it.each(FAILURES)('is a failure where the body says so as %s does', (_, body) => {
    expect(soft(body)).not.toBeNull();
  });

  it('is none where it reports on other things, whatever their state', () => {
    expect(SUCCESSES.length).toBeGreaterThan(300);
    expect(SUCCESSES.filter((body) => soft(body) !== null)).toEqual([]);
  });
});
