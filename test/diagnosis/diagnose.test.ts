import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import type { Context } from '../../src/diagnosis/context.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { type Exchange, type Failure, type Headers, type Request, savedResponse } from '../../src/model/exchange.ts';

const GET: Request = { method: 'GET', url: 'https://api.example.com/x', headers: {}, body: null };

function saved(body: unknown, status: number | null = null, headers: Headers = {}): Exchange {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { request: null, response: savedResponse(text, status, headers), failure: null };
}

const diagnosed = (exchange: Exchange, context: Partial<Context> = {}) =>
  diagnose(exchange, builtIn, { now: 0, ...context });

describe('a saved body without any hint', () => {
  it.each([
    ['raptor-comply/expired-api-key', { error: 'Unauthorized', message: 'API key has expired' }],
    ['raptor-comply/unprocessable-entity', { error: 'Unprocessable Entity', message: "Field 'siteId' is required" }],
    ['elder-protection/profile-not-found', { error: 'Not Found', message: 'profile not found', status: 404 }],
    [
      'elder-protection/invalid-state',
      { error: 'Conflict', message: 'signal status must be CONFIRMED or DISMISSED', status: 409 },
    ],
    [
      'elder-protection/invalid-review-status',
      { error: 'Bad Request', message: 'status must be CONFIRMED or DISMISSED', status: 400 },
    ],
    ['victims/key-locked', { error: { code: 'KEY_LOCKED', message: 'x', request_id: 'req_1' } }],
  ])('is recognised as %s', (id, body) => {
    expect(diagnosed(saved(body)).id).toBe(id);
  });

  it('is no failure of an upstream where a gateway gives neither a status nor a reason', () => {
    const { answeredBy, id } = diagnosed(saved('<title>IIS 10.0 Detailed Error</title><p>The page was refused.</p>'));
    expect([answeredBy, id]).toEqual([{ kind: 'gateway', name: 'IIS' }, null]);
  });

  it('takes the status from the documentation', () => {
    const { status, evidence } = diagnosed(saved({ error: 'Unauthorized', message: 'API key has expired' }));
    expect(status).toBe(401);
    expect(evidence[0]).toContain('follows from the documentation');
  });

  it.each([
    ['a Fastify application', { statusCode: 404, error: 'Not Found', message: 'Route GET:/nope not found' }],
    ['a Django application', { detail: 'Not found.' }],
    ['a shape without a text of the API', { error: 'Forbidden', message: 'no' }],
  ])('is not forced on an API when it comes from %s', (_, body) => {
    const diagnosis = diagnosed(saved(body, 404));
    expect(diagnosis).toMatchObject({ api: null, documented: false, id: 'http/not-found' });
  });

  it('is not taken for an API that has the same code in capital letters', () => {
    const body = { error: { code: 'rate_limit_exceeded', message: 'x', request_id: 'r' } };
    expect(diagnosed(saved(body, 429))).toMatchObject({ api: null, documented: false });
  });

  it('names the APIs whose shape it has', () => {
    const { candidates } = diagnosed(saved({ detail: 'Not found.' }, 404));
    expect(candidates.map(({ api }) => api)).toEqual(['cryptocomply']);
  });

  it('is taken to be of the API that the user works with, where it fits its shape', () => {
    expect(diagnosed(saved({ detail: 'Not found.' }, 404), { preferred: 'cryptocomply' }).id).toBe(
      'cryptocomply/not-found',
    );
    const other = { error: { code: 'KEY_LOCKED', message: 'x', request_id: 'req_1' } };
    expect(diagnosed(saved(other), { preferred: 'cryptocomply' }).id).toBe('victims/key-locked');
  });
});

describe('an input that tells of no error', () => {
  it.each<[string, RegExp]>([
    ['hello world', /read as text; no status, code or message/],
    ['{"a":1}', /read as JSON/],
    ['', /empty/],
  ])('is told what was read and what is missing: %j', (body, cause) => {
    const diagnosis = diagnosed(saved(body));
    expect(diagnosis.cause).toMatch(cause);
    expect(diagnosis.resolution.join()).toMatch(/--status.*curl -i/);
  });

  it.each([
    'Forbidden',
    'the page says Forbidden to me',
    '403 Forbidden',
    'request failed',
    'Error',
    'access denied by someone',
  ])('is never told that nothing failed where it says %j', (body) => {
    expect(diagnosed(saved(body)).cause).not.toMatch(/no status, code or message in it says/);
  });
});

describe('confidence', () => {
  it.each([
    ['exact', 'victims', 400, { error: { code: 'INVALID_CURSOR', message: 'whatever' } }],
    ['exact', 'raptor-comply', 403, { error: 'Forbidden', message: 'reworded' }],
    ['wording', 'raptor-comply', 401, { error: 'Unauthorized', message: 'Invalid API key' }],
    ['wording', 'elder-protection', 404, { error: 'Not Found', message: 'rule not found', status: 404 }],
    ['status', 'raptor-comply', 401, { error: 'Unauthorized', message: 'reworded beyond recognition' }],
    ['status', 'cryptocomply', 409, { detail: 'conflict' }],
    ['general', 'raptor-comply', 418, { error: 'Teapot', message: 'no' }],
    ['unrecognized', null, 200, { fine: true }],
  ])('is %s for a body of %s', (confidence, api, status, body) => {
    expect(diagnosed(saved(body, status), { api }).confidence).toBe(confidence);
  });
});

describe('a code', () => {
  it('that the catalog does not have is undocumented, not forced into the nearest entry', () => {
    const body = { error: { code: 'KEY_FROZEN', message: 'x', request_id: 'r' } };
    const diagnosis = diagnosed(saved(body, 403), { api: 'victims' });
    expect(diagnosis).toMatchObject({ id: 'http/forbidden', api: 'victims', documented: false, code: 'KEY_FROZEN' });
    expect(diagnosis.notes[0]).toContain('does not document');
  });

  it('decides even under another status than documented', () => {
    const body = { error: { code: 'KEY_LOCKED', message: 'x', request_id: 'r' } };
    expect(diagnosed(saved(body, 401), { api: 'victims' }).id).toBe('victims/key-locked');
  });

  it('that is the number of the status is none, so that the message decides', () => {
    const message = 'admission webhook "quota.example.com" denied the request: no such team';
    const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: 400 };
    expect(diagnosed(saved(body)).id).toBe('kubernetes/webhook-denied');
  });

  it('that is missing leaves several entries of one status undecided', () => {
    expect(diagnosed(saved('', 429), { api: 'victims' })).toMatchObject({
      id: 'http/too-many-requests',
      documented: false,
    });
  });

  it('that only the documentation has is derived, and the evidence says so', () => {
    const diagnosis = diagnosed(saved({ error: 'Not Found', message: 'signal not found', status: 404 }), {
      api: 'elder-protection',
    });
    expect(diagnosis.code).toBe('SIGNAL_NOT_FOUND');
    expect(diagnosis.evidence).toContain('the code follows from status and message');
  });
});

describe('values of a message', () => {
  it('stand in the texts, and the field is a field', () => {
    const body = {
      error: { code: 'VALIDATION_ERROR', message: 'domains: list has 120 items, max 100', request_id: 'r' },
    };
    const diagnosis = diagnosed(saved(body, 400), { api: 'victims' });
    expect(diagnosis.values).toEqual({ field: 'domains', count: '120', max: '100' });
    expect(diagnosis.fields).toEqual([{ path: '/domains', message: body.error.message }]);
    expect(diagnosis.causes[0]).toMatchObject({ verdict: 'confirmed' });
    expect(diagnosis.cause).toContain('120');
  });

  it('confirm no other cause', () => {
    const body = {
      error: { code: 'VALIDATION_ERROR', message: 'Either domains or logins must be provided', request_id: 'r' },
    };
    const { causes } = diagnosed(saved(body, 400), { api: 'victims' });
    expect(causes.map(({ verdict }) => verdict)).toEqual(['confirmed', 'possible', 'possible']);
  });
});

describe('a field-keyed body', () => {
  it('gives every message with its field, and those of no field for the whole body', () => {
    const body = {
      blockchain: ['This field is required.'],
      non_field_errors: ['Address already registered in this organization.'],
    };
    const diagnosis = diagnosed(saved(body, 400), { api: 'cryptocomply' });
    expect(diagnosis.fields).toEqual([
      { path: '/blockchain', message: 'This field is required.' },
      { path: '', message: 'Address already registered in this organization.' },
    ]);
    expect(diagnosis.message).toBe('Address already registered in this organization.');
  });
});

describe('the status', () => {
  it('of the body is reported when it disagrees with that of the response', () => {
    const body = { error: 'Not Found', message: 'rule not found', status: 404 };
    expect(diagnosed(saved(body, 500), { api: 'elder-protection' }).notes.join()).toMatch(/500.*404/);
  });

  it('that no catalog has stays as it is', () => {
    expect(diagnosed(saved('', 456))).toMatchObject({ status: 456, id: 'http/client-error' });
    expect(diagnosed(saved('', 799))).toMatchObject({ status: 799, id: null, confidence: 'unrecognized' });
  });
});

describe('a network failure', () => {
  const failed = (failure: Partial<Failure>, request: Request = GET) =>
    diagnosed({ request, response: null, failure: { phase: 'connect', code: 'X', message: '', ...failure } });

  it.each<[string, Partial<Failure>]>([
    ['network/name-not-found', { phase: 'dns', code: 'ENOTFOUND' }],
    ['network/connection-refused', { code: 'ECONNREFUSED' }],
    ['network/connection-reset', { phase: 'response', code: 'ECONNRESET' }],
    ['network/reset-in-handshake', { phase: 'tls', code: 'ECONNRESET' }],
    ['network/connect-timeout', { code: 'ETIMEDOUT' }],
    ['network/response-timeout', { phase: 'response', code: 'ETIMEDOUT' }],
    [
      'network/tls-on-plain-port',
      { phase: 'tls', code: 'EPROTO', message: 'C0:error:0A00010B:SSL routines:x:wrong version number' },
    ],
    ['network/tls-no-common-cipher', { phase: 'tls', code: 'EPROTO', message: 'C0:error:0A000410:SSL routines' }],
    ['network/tls-handshake-failed', { phase: 'tls', code: 'EPROTO', message: 'C0:error:0A000001:SSL routines' }],
    [
      'network/client-certificate-rejected',
      { phase: 'tls', code: 'EPROTO', message: 'C0:error:0A000418:SSL routines:x:y:z:SSL alert number 48' },
    ],
    ['network/certificate-expired', { phase: 'tls', code: 'CERT_HAS_EXPIRED' }],
    ['network/certificate-revoked', { phase: 'tls', code: 'CERT_REVOKED' }],
    ['network/certificate-rejected', { phase: 'tls', code: 'SOME_NEW_CODE' }],
    ['network/not-http', { phase: 'response', code: 'HPE_INVALID_CONSTANT' }],
  ])('is recognised as %s', (id, failure) => {
    expect(failed(failure)).toMatchObject({ id, answeredBy: { kind: 'nobody' } });
  });

  it('that nobody knows is not dressed up', () => {
    expect(failed({ code: 'EWHATEVER' })).toMatchObject({
      id: null,
      confidence: 'unrecognized',
      retry: { advice: 'never' },
    });
  });
});

describe('whether a repetition is safe', () => {
  const of = (method: string, status: number, headers: Headers = {}, sent: Headers = {}) =>
    diagnosed({
      request: { ...GET, method, headers: sent },
      response: savedResponse('', status, headers),
      failure: null,
    }).retry.safe;

  it.each<[boolean, string, number, Headers, Headers]>([
    [true, 'GET', 500, {}, {}],
    [true, 'DELETE', 502, {}, {}],
    [true, 'PUT', 504, {}, {}],
    [false, 'POST', 500, {}, {}],
    [false, 'PATCH', 504, {}, {}],
    [true, 'POST', 429, {}, {}],
    [false, 'POST', 408, {}, {}],
    [false, 'PATCH', 421, {}, {}],
    [false, 'POST', 425, { 'retry-after': '1' }, {}],
    [false, 'POST', 503, {}, {}],
    [true, 'POST', 503, { 'retry-after': '1' }, {}],
    [true, 'POST', 500, {}, { 'idempotency-key': 'k' }],
  ])('is %s for %s and %d', (safe, method, status, headers, sent) => {
    expect(of(method, status, headers, sent)).toBe(safe);
  });

  it.each([
    [true, 'connect'],
    [true, 'dns'],
    [true, 'tls'],
    [false, 'request'],
    [false, 'response'],
  ] as const)('is %s for a POST that failed in the phase %s', (safe, phase) => {
    const failure = { phase, code: 'ECONNRESET', message: '' };
    expect(diagnosed({ request: { ...GET, method: 'POST' }, response: null, failure }).retry.safe).toBe(safe);
  });
});

describe('the retry advice', () => {
  it('becomes a wait when the server says how long', () => {
    const exchange = saved({ error: 'Too Many Requests', message: 'x' }, 429, { 'retry-after': '7' });
    expect(diagnosed(exchange, { api: 'raptor-comply' }).retry).toMatchObject({
      advice: 'wait',
      afterMs: 7000,
      afterFrom: 'Retry-After',
    });
  });

  it('stays no when the server names a time for an error that no time heals', () => {
    const exchange = saved({ error: 'Forbidden', message: 'x' }, 403, { 'retry-after': '7' });
    expect(diagnosed(exchange, { api: 'raptor-comply' }).retry.advice).toBe('never');
  });
});

describe('the word of the server about trying again', () => {
  const adviceOf = (status: number, headers: Headers, body: unknown = '') =>
    diagnosed(saved(body, status, headers)).retry.advice;

  it.each<[string, string, number, Headers, unknown]>([
    ['never', 'x-should-retry: false', 503, { 'x-should-retry': 'false' }, ''],
    ['backoff', 'x-should-retry: true', 409, { 'x-should-retry': 'true' }, ''],
    ['never', 'stripe-should-retry: false', 500, { 'stripe-should-retry': 'false' }, ''],
    ['never', 'a negative pushback', 503, { 'grpc-retry-pushback-ms': '-1' }, ''],
    ['wait', 'a pushback', 503, { 'grpc-retry-pushback-ms': '20' }, ''],
    ['never', 'retryable: false of Cloudflare', 525, {}, { cloudflare_error: true, ray_id: 'x', retryable: false }],
    [
      'backoff',
      'is_transient of Meta',
      400,
      {},
      { error: { message: 'x', code: 2, fbtrace_id: 'f', is_transient: true } },
    ],
    ['never', 'nothing', 404, {}, ''],
    [
      'backoff',
      'a sentence that says that it may help',
      400,
      {},
      { message: 'The job encountered an error during execution. Retrying the job may solve the problem.' },
    ],
    ['never', 'a sentence that says that it does not help', 400, {}, { message: 'Retrying will not help.' }],
    ['never', 'a sentence that doubts that it helps', 400, {}, { message: 'Retrying the request should not help.' }],
    ['never', 'a sentence about another request', 400, {}, { message: 'Retrying with another key may work.' }],
  ])('gives %s for %s', (advice, _, status, headers, body) => {
    expect(adviceOf(status, headers, body)).toBe(advice);
  });
});

describe('a code that a standard or a service defines', () => {
  it.each<[string, string, string, number, unknown]>([
    [
      'openai/insufficient-quota',
      'quota',
      'never',
      429,
      { error: { message: 'x', type: 'insufficient_quota', param: null, code: 'insufficient_quota' } },
    ],
    [
      'openai/rate-limit-exceeded',
      'rate-limit',
      'backoff',
      429,
      { error: { message: 'x', type: 'tokens', param: null, code: 'rate_limit_exceeded' } },
    ],
    [
      'anthropic/tier-spend-limit',
      'quota',
      'never',
      429,
      {
        type: 'error',
        error: { type: 'rate_limit_error', message: 'x', details: { error_code: 'enforced_spend_limit_reached' } },
      },
    ],
    [
      'services/hubspot-daily-limit',
      'quota',
      'never',
      429,
      { status: 'error', message: 'x', errorType: 'RATE_LIMIT', correlationId: 'c', policyName: 'DAILY' },
    ],
    [
      'google-cloud/legacy-user-rate-limit',
      'rate-limit',
      'backoff',
      403,
      { error: { code: 403, message: 'x', errors: [{ domain: 'usageLimits', reason: 'userRateLimitExceeded' }] } },
    ],
    ['aws/throttled', 'rate-limit', 'backoff', 400, { __type: 'com.amazonaws#ThrottlingException', message: 'x' }],
    [
      'services/salesforce-request-limit',
      'quota',
      'never',
      403,
      [{ message: 'x', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ],
    ['grpc/aborted', 'conflict', 'after-action', 409, { error: { code: 409, message: 'x', status: 'ABORTED' } }],
    ['grpc/already-exists', 'conflict', 'never', 409, { error: { code: 409, message: 'x', status: 'ALREADY_EXISTS' } }],
    ['grpc/unavailable', 'server', 'backoff', 503, { code: 'unavailable', message: 'x' }],
    ['oauth/invalid-grant', 'authentication', 'never', 400, { error: 'invalid_grant', error_description: 'x' }],
    [
      'problem-types/quota-exceeded',
      'quota',
      'backoff',
      429,
      { type: 'https://iana.org/assignments/http-problem-types#quota-exceeded', title: 'x', status: 429 },
    ],
  ])('is judged before the status: %s', (id, category, advice, status, body) => {
    expect(diagnosed(saved(body, status))).toMatchObject({ id, category, retry: { advice } });
  });
});

it('survives bodies of every kind', () => {
  const bodies = [
    '',
    'null',
    '[]',
    '0',
    '"x"',
    '{',
    '{}',
    '[[[]]]',
    '{"error":null}',
    '{"error":{"error":{}}}',
    '\0\0',
    '<html>',
    '{"__proto__":{"code":1}}',
    '{"detail":[{"loc":["body"]}]}',
  ];
  for (const body of bodies) {
    for (const api of [null, 'raptor-comply', 'elder-protection', 'cryptocomply', 'victims']) {
      expect(() => diagnosed(saved(body, 400), { api })).not.toThrow();
    }
  }
});

describe('a refusal without a word', () => {
  const LEFT = 'x-ratelimit-remaining';
  it.each<[string, unknown, Headers, string]>([
    [
      'is of the limit where no request is left',
      '',
      { 'x-ratelimit-limit': '60', [LEFT]: '0' },
      'http/too-many-requests',
    ],
    ['is none of it where some are left', '', { 'x-ratelimit-limit': '60', [LEFT]: '5' }, 'http/forbidden'],
    ['is none of it where nobody may send any', '', { 'x-ratelimit-limit': '0', [LEFT]: '0' }, 'http/forbidden'],
    ['is what its words say', { message: 'You may not delete this' }, { [LEFT]: '0' }, 'http/forbidden'],
  ])('%s', (_, body, headers, id) => {
    expect(diagnosed(saved(body, 403, headers)).id).toBe(id);
  });
});
