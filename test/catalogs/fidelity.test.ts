import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { resolveApi } from '../../src/config/resolve.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { decideRetry } from '../../src/http/retry.ts';
import { answerTo, DEMO_KEY, DEMO_UUID } from '../../src/mock/answer.ts';
import type { Catalog, Entry } from '../../src/model/catalog.ts';
import { fromOf, wordsOf } from '../../src/model/catalog-text.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { type Failure, type Request, savedResponse } from '../../src/model/exchange.ts';
import { apiOf } from '../helpers/apis.ts';

const RC = 'raptor-comply';
const EP = 'elder-protection';
const CC = 'cryptocomply';
const VI = 'victims';

const api = (id: string) => builtIn.apis.find((catalog) => catalog.id === id) as Catalog;
const entry = (id: string, name: string) => api(id).entries.find((each) => each.id === name) as Entry;
const text = (id: string, name: string) => {
  const { title, cause, causes, resolution, retry } = entry(id, name);
  const texts = [title, cause, ...causes.map((each) => each.text), ...resolution, retry.reason];
  return texts.map(wordsOf).join('\n');
};

const request = (method: string): Request => ({ method, url: 'https://api.example/x', headers: {}, body: null });

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  sent?: Record<string, string>;
  failure?: Failure;
}

/** The diagnosis of an API's response, given as parsed JSON or text. */
function of(
  id: string,
  status: number,
  body: unknown = '',
  { method, headers = {}, sent, failure }: Asked = {},
): Diagnosis {
  const written = typeof body === 'string' ? body : JSON.stringify(body);
  const asked = method === undefined ? null : { ...request(method), ...(sent && { headers: sent }) };
  const response = failure === undefined ? savedResponse(written, status, headers) : null;
  return diagnose({ request: asked, response, failure: failure ?? null }, builtIn, { api: id, now: 0 });
}
const rc = (status: number, error: string, message: string) => of(RC, status, { error, message });
const ep = (status: number, message: string) => of(EP, status, { error: 'x', message, status });
const vi = (status: number, code: string, more: Asked = {}) =>
  of(VI, status, { error: { code, message: 'm', request_id: 'req_1' } }, more);
/** The diagnosis of a saved body without any other facts. */
const saved = (body: unknown, id: string | null = null, status: number | null = null) =>
  diagnose({ request: null, response: savedResponse(JSON.stringify(body), status), failure: null }, builtIn, {
    api: id,
    now: 0,
  });
const last = ({ id }: Diagnosis) => id?.split('/')[1];

/** Whether a call with --retry would send the request again. */
function repeats(id: string, method: string, status: number, more: Asked = {}): boolean {
  const policy = resolveApi(apiOf(api(id)), [], {}).retry;
  const body = { [CC]: { detail: 'm' }, [VI]: '', [EP]: { error: 'x', message: 'm', status }, [RC]: '' }[id];
  const code = { 429: 'RATE_LIMIT_EXCEEDED', 500: 'INTERNAL_ERROR', 503: 'UPSTREAM_UNAVAILABLE' }[status];
  const sent = id === VI && code !== undefined ? { error: { code, message: 'm', request_id: 'r' } } : body;
  const stand = { attempts: 1, waitedMs: 0, method };
  return decideRetry(of(id, status, sent, { method, ...more }), stand, policy, 0).retry;
}

const HEADERS: Record<string, Record<string, string>> = {
  [RC]: { 'x-api-key': DEMO_KEY },
  [EP]: { authorization: `Bearer ${DEMO_KEY}`, 'x-tenant-id': DEMO_UUID },
  [CC]: { authorization: `Api-Key ${DEMO_KEY}` },
  [VI]: { authorization: `Bearer ${DEMO_KEY}` },
};

/** The mock's response: the status, and the message or the code. */
function mocked(id: string, method: string, target: string, body = ''): string {
  const [path = '', query = ''] = target.split('?');
  const answer = answerTo({ method, path, query, headers: HEADERS[id] ?? {}, body }, api(id));
  const said = answer.body as { message?: string; error?: { code?: string } } | undefined;
  return `${answer.status} ${said?.error?.code ?? said?.message ?? ''}`.trim();
}

const RESET: Failure = { phase: 'response', code: 'ECONNRESET', message: 'socket hang up' };
const TIMEOUT: Failure = { phase: 'response', code: 'ETIMEDOUT', message: 'timeout' };

/** Statement by statement: the actual fact, and the documented one. */
const FACTS: [id: string, statement: string, got: () => unknown, wanted: unknown][] = [
  [
    'R1',
    '4xx and 5xx come with a JSON body of two fields',
    () => api(RC).envelope,
    { code: '/error', message: '/message' },
  ],
  ['R2', 'error decides', () => last(rc(403, 'Forbidden', 'other words')), 'forbidden'],
  [
    'R3a',
    'a message that speaks of expiry is not the documented one',
    () => last(rc(401, 'Unauthorized', 'Your API key is not expired but disabled')),
    'unauthorized',
  ],
  [
    'R3b',
    'nor is a missing scope a missing key',
    () => last(rc(401, 'Unauthorized', 'Missing scope for this key')),
    'unauthorized',
  ],
  ['R3c', 'nor is a choice of both', () => last(rc(401, 'Unauthorized', 'Missing or invalid API key')), 'unauthorized'],
  [
    'R3d',
    'the general entry keeps its causes possible',
    () => rc(401, 'Unauthorized', 'Missing or invalid API key').causes.map(({ verdict }) => verdict),
    ['possible', 'possible', 'possible'],
  ],
  [
    'R3e',
    'case and punctuation do not matter',
    () => last(rc(401, 'Unauthorized', 'api key has expired.')),
    'expired-api-key',
  ],
  [
    'R4',
    'a 401 is a key that is missing, not recognized or expired',
    () =>
      ['Missing X-API-Key header', 'Invalid API key', 'API key has expired'].map((each) =>
        last(rc(401, 'Unauthorized', each)),
      ),
    ['missing-api-key', 'invalid-api-key', 'expired-api-key'],
  ],
  [
    'R5',
    'a key with white space around it is not said to have none',
    () =>
      of(
        RC,
        401,
        { error: 'Unauthorized', message: 'Invalid API key' },
        { method: 'GET', sent: { 'x-api-key': ' k-1 ' } },
      )
        .causes.map(({ evidence }) => evidence)
        .filter((evidence) => /there is no white space/.test(evidence ?? '')),
    [],
  ],
  [
    'R6',
    'the three bodies, to the letter',
    () =>
      ['missing-api-key', 'invalid-api-key', 'expired-api-key'].map(
        (each) => (entry(RC, each).example as { message: string }).message,
      ),
    ['Missing X-API-Key header', 'Invalid API key', 'API key has expired'],
  ],
  [
    'R7',
    '403: valid key, api_user, organization admin',
    () => ['valid', 'api_user', 'organization admin'].filter((each) => !text(RC, 'forbidden').includes(each)),
    [],
  ],
  [
    'R8',
    'a resource of another organization is a 404, not a 403',
    () => [/another organization/.test(text(RC, 'forbidden')), /single organization/.test(text(RC, 'forbidden'))],
    [false, true],
  ],
  [
    'R9',
    '404: absent, or of another organization',
    () => /different organization/.test(text(RC, 'not-found')) && !/removed|deleted/.test(text(RC, 'not-found')),
    true,
  ],
  ['R10', '422: required field, type, referenced ID', () => entry(RC, 'unprocessable-entity').causes.length, 3],
  [
    'R11',
    'the field that the message names',
    () => rc(422, 'Unprocessable Entity', "Field 'cyberSystemId' must be a number").fields.map(({ path }) => path),
    ['/cyberSystemId'],
  ],
  ['R12', '429: slow down and retry after a delay', () => rc(429, 'Too Many Requests', 'x').retry.advice, 'backoff'],
  [
    'R13',
    '5xx: exponential backoff, no change, then support',
    () =>
      ['exponential backoff', 'does not need to change', 'support'].filter(
        (each) => !text(RC, 'server-error').includes(each),
      ),
    [],
  ],
  [
    'R14a',
    'so are all other 5xx',
    () => [501, 505, 507, 520, 599].map((status) => repeats(RC, 'GET', status)),
    [true, true, true, true, true],
  ],
  ['R14b', 'and none is called undocumented', () => [501, 505, 507].flatMap((status) => of(RC, status).notes), []],
  [
    'R15',
    '500: neither payload nor headers',
    () => /nothing in your payload or headers/.test(text(RC, 'internal-server-error')),
    true,
  ],
  ['R16', 'engineers are alerted to elevated rates', () => /only/.test(text(RC, 'internal-server-error')), false],
  ['R17', 'Unauthorized is stable', () => last(rc(401, 'Unauthorized', 'Anything at all')), 'unauthorized'],
  [
    'R17b',
    'a phrase tells the status where nothing else does',
    () =>
      ['Service Unavailable', 'Bad Gateway', 'Not Implemented'].map((error) => saved({ error, message: 'm' }, RC).id),
    [`${RC}/server-unavailable`, `${RC}/server-unavailable`, `${RC}/server-error`],
  ],
  ['R18', 'a new key does not revoke the old one', () => /does not revoke/.test(text(RC, 'expired-api-key')), true],
  [
    'R19',
    'key rotation is in Authentication',
    () => entry(RC, 'expired-api-key').see,
    ['Authentication (key rotation)'],
  ],
  [
    'R20',
    '1 s, doubled, up to 60 s, with jitter',
    () => api(RC).retry,
    expect.objectContaining({ base: 1000, factor: 2, cap: 60_000, jitter: 500 }),
  ],
  [
    'R21',
    'the term exponential backoff',
    () => [RC, EP, CC, VI].map(api).filter((each) => !JSON.stringify(each).includes('exponential backoff')),
    [],
  ],
  [
    'R22',
    'the guide has the circuit breaker',
    () => rc(429, 'Too Many Requests', 'x').see.join(),
    expect.stringContaining('circuit breaker'),
  ],
  [
    'G2',
    'log the full body, not only the status',
    () => /full response body, not just the status/.test(text(RC, 'internal-server-error')),
    true,
  ],
  [
    'G3',
    '401: correct, active, not expired',
    () => /correct, active and not expired/.test(text(RC, 'unauthorized')),
    true,
  ],
  ['G4', '403: review the permissions', () => /permissions/.test(text(RC, 'forbidden')), true],
  ['G5', '404: the ID belongs to your organization', () => /organization/.test(text(RC, 'not-found')), true],
  [
    'G6',
    '422: required fields and types',
    () => /required fields are present and values have the expected types/.test(text(RC, 'unprocessable-entity')),
    true,
  ],
  ['G7', '429: back off', () => /backoff/.test(text(RC, 'too-many-requests')), true],
  ['G8', '500: backoff, then support', () => /contact support/.test(text(RC, 'internal-server-error')), true],
  [
    'G9',
    '429 and 5xx are retryable',
    () => [429, 500, 502, 503, 504].every((status) => repeats(RC, 'GET', status)),
    true,
  ],
  [
    'G10a',
    'no other 4xx is',
    () => [400, 401, 403, 404, 408, 409, 421, 422, 425, 451].filter((status) => repeats(RC, 'GET', status)),
    [],
  ],
  ['G10b', 'by the word of the document', () => of(RC, 408, '', { method: 'GET' }).from.retry, 'documented'],
  [
    'G10c',
    'and nothing beside it says to retry',
    () => of(RC, 408).resolution,
    ['Change the request before you send it again.'],
  ],
  [
    'G11',
    'the request itself is valid',
    () => rc(429, 'Too Many Requests', 'x').retry.reason,
    expect.stringContaining('valid'),
  ],
  ['G13', 'give up after 3 to 5 attempts', () => /3 to 5 attempts/.test(text(RC, 'too-many-requests')), true],
  ['G14', 'four retries', () => api(RC).retry?.retries, 4],
  ['G15', 'a POST is not sent twice', () => repeats(RC, 'POST', 500), false],
  [
    'G22',
    'base URL, header and variable',
    () => [api(RC).baseUrl, api(RC).auth?.header, api(RC).auth?.env],
    ['https://api.raptormaps.com', 'X-API-Key', 'RAPTOR_COMPLY_API_KEY'],
  ],
  [
    'G23',
    'support, and what it wants',
    () => [api(RC).support?.contact, api(RC).support?.include.length],
    ['support@raptormaps.com', 3],
  ],
  [
    'E1',
    'error, message and status',
    () => api(EP).envelope,
    expect.objectContaining({ phrase: '/error', message: '/message', status: '/status' }),
  ],
  [
    'E1b',
    'a body with a status is none of an API whose bodies have two fields',
    () =>
      [
        { error: 'Unauthorized', message: 'invalid API key', status: 401 },
        { error: 'Not Found', message: 'resource not found', status: 404 },
      ].map((body) => saved(body, null, body.status).api),
    [null, null],
  ],
  ['E2', '400: schema, required, typed', () => /schema[\s\S]*correctly typed/.test(text(EP, 'bad-request')), true],
  ['E3', '401: Bearer, and a UUID', () => /Bearer[\s\S]*valid UUID/.test(text(EP, 'unauthorized')), true],
  ['E4', '403: scope, sandbox', () => /scope[\s\S]*sandbox/.test(text(EP, 'forbidden')), true],
  ['E5', '404: deleted or of another tenant', () => /deleted[\s\S]*different tenant/.test(text(EP, 'not-found')), true],
  [
    'E6',
    'a baseline and a batch run do not exist',
    () => [text(EP, 'baseline-not-found'), text(EP, 'batch-run-not-found')].filter((each) => /of this kind/.test(each)),
    [],
  ],
  [
    'E7',
    'an unknown profile is not a malformed ID',
    () => entry(EP, 'profile-not-found').causes.flatMap(({ check }) => check ?? []),
    [],
  ],
  [
    'E6b',
    'a baseline or batch run of another tenant is an inference',
    () =>
      ['baseline-not-found', 'batch-run-not-found'].flatMap((id) =>
        entry(EP, id).causes.map((each) => fromOf(each.text, api(EP))),
      ),
    ['general', 'general', 'general', 'general'],
  ],
  [
    'R8b',
    'what else a 403 may mean is an inference',
    () => entry(RC, 'forbidden').causes.map((each) => fromOf(each.text, api(RC))),
    ['documented', 'general'],
  ],
  [
    'V7b',
    'no document sends a locked key or a disabled account to support',
    () =>
      ['key-locked', 'customer-inactive'].flatMap((id) => [
        ...entry(VI, id).resolution.map((step) => fromOf(step, api(VI))),
        fromOf(entry(VI, id).retry.reason, api(VI)),
      ]),
    ['general', 'general', 'general', 'general', 'general', 'general', 'general'],
  ],
  [
    '401',
    'has one advice and one wording where no document has its own',
    () =>
      [null, RC, EP].map((id) => {
        const { retry } = diagnose({ request: null, response: savedResponse('', 401), failure: null }, builtIn, {
          api: id,
          now: 0,
        });
        return `${retry.advice}: ${retry.reason}`;
      }),
    Array.from({ length: 3 }, () => 'never: the same request fails again until the credentials change'),
  ],
  [
    'E8',
    '409: check the status; review needs ACTIVE',
    () => /only while it is ACTIVE/.test(text(EP, 'conflict')),
    true,
  ],
  [
    'E9',
    'an enrollment before is no word of the document',
    () => entry(EP, 'conflict').causes.map((each) => fromOf(each.text, api(EP))),
    ['documented', 'general'],
  ],
  [
    'E10',
    '429 is called Rate Limited, with Retry-After',
    () => [
      of(EP, 429, entry(EP, 'rate-limit-exceeded').example).phrase,
      /Retry-After/.test(text(EP, 'rate-limit-exceeded')),
    ],
    ['Rate Limited', true],
  ],
  ['E11', 'Rate Limits', () => entry(EP, 'rate-limit-exceeded').see, ['Rate Limits']],
  [
    'E12',
    '500: backoff, then support',
    () => /exponential backoff[\s\S]*support/.test(text(EP, 'internal-server-error')),
    true,
  ],
  ...(
    [
      ['E13', 'VALIDATION_ERROR', 'customer_id is required', 400],
      ['E14', 'PROFILE_NOT_FOUND', 'profile not found', 404],
      ['E15', 'SIGNAL_NOT_FOUND', 'signal not found', 404],
      ['E16', 'RULE_NOT_FOUND', 'rule not found', 404],
      ['E17', 'BASELINE_NOT_FOUND', 'baseline not found', 404],
      ['E18', 'BATCH_RUN_NOT_FOUND', 'batch run not found', 404],
      ['E19', 'INVALID_STATE', 'signal status must be CONFIRMED or DISMISSED', 409],
      ['E20', 'INVALID_STATUS_TRANSITION', 'cannot transition from DECEASED to ACTIVE', 409],
      ['E21', 'RATE_LIMIT_EXCEEDED', 'Rate limit exceeded. Please retry after the reset time.', 429],
      ['E22', 'TENANT_NOT_FOUND', 'missing tenant ID', 401],
      ['E23', 'INVALID_ENROLLMENT_REASON', 'invalid enrollment_reason', 400],
      ['E24', 'INVALID_SIGNAL_CATEGORY', 'invalid signal_category', 400],
      ['E25', 'INVALID_RULE_TYPE', 'invalid rule_type', 400],
      ['E26', 'INVALID_SEVERITY', 'invalid severity', 400],
      ['E27', 'INVALID_WEIGHT', 'weight must be between 0 and 1', 400],
    ] as const
  ).map(([id, code, message, status]): [string, string, () => unknown, unknown] => [
    id,
    `${code} follows from its example`,
    () => ep(status, message).code,
    code,
  ]),
  [
    'E28a',
    'INVALID_STATE is about any resource',
    () =>
      of(EP, 409, { error: 'Conflict', code: 'INVALID_STATE', message: 'batch run already finished', status: 409 })
        .cause,
    expect.not.stringContaining('signal'),
  ],
  [
    'E28b',
    'and claims nothing of a signal then',
    () =>
      of(EP, 409, {
        error: 'Conflict',
        code: 'INVALID_STATE',
        message: 'batch run already finished',
        status: 409,
      }).causes.filter(({ text: each }) => /neither CONFIRMED/.test(each)),
    [],
  ],
  ['E29a', 'a tenant that is not known', () => last(ep(401, 'tenant not found')), 'tenant-not-found'],
  [
    'E29b',
    'has a cause of its own',
    () => entry(EP, 'tenant-not-found').causes.filter(({ check }) => check === undefined).length,
    1,
  ],
  [
    'E27b',
    'other values in the message are told as they are',
    () => JSON.stringify(ep(400, 'weight must be between 0 and 10')).match(/above 1\b|between 0 and 1\b(?!0)/g),
    null,
  ],
  [
    'E30',
    'a code in any notation, under any usual name',
    () =>
      ['INVALID_WEIGHT', 'invalid_weight', 'invalidWeight', 'InvalidWeight', 'invalid-weight'].flatMap((code) =>
        [{ code }, { errorCode: code }, { error_code: code }, { error: { code } }, { detail: { code } }].map((body) =>
          last(saved(body, EP)),
        ),
      ),
    Array.from({ length: 25 }, () => 'invalid-weight'),
  ],
  ['E31', 'X-Tenant-ID on every request', () => /to every request/.test(text(EP, 'tenant-not-found')), true],
  [
    'E32',
    'a profile ID is a UUID, returned on creation',
    () => /valid UUID/.test(text(EP, 'invalid-profile-id')),
    true,
  ],
  [
    'E33',
    'CONFIRMED or DISMISSED',
    () => last(ep(400, 'status must be CONFIRMED or DISMISSED')),
    'invalid-review-status',
  ],
  [
    'E34',
    'four fields on creation',
    () => /customer_id, customer_name, date_of_birth and enrollment_reason/.test(text(EP, 'validation-error')),
    true,
  ],
  [
    'E35',
    'backoff from 1 s on 429 and 5xx',
    () => [api(EP).retry?.base, repeats(EP, 'GET', 429), repeats(EP, 'GET', 503)],
    [1000, true, true],
  ],
  [
    'E36',
    'nothing but the first wait is documented',
    () => resolveApi(apiOf(api(EP)), [], {}).retry.documented,
    ['base'],
  ],
  ['E37', 'GET /profiles/{id} first', () => /GET \/profiles\/\{id\}/.test(text(EP, 'conflict')), true],
  ['E38', 'validate client-side', () => /client-side/.test(text(EP, 'bad-request')), true],
  [
    'E39',
    'no header makes a POST repeatable',
    () => repeats(EP, 'POST', 500, { sent: { 'idempotency-key': 'k' } }),
    false,
  ],
  ['E40', 'test customer name patterns', () => /test customer name patterns/.test(text(EP, 'forbidden')), true],
  ['C1', 'two shapes', () => [api(CC).envelope.message, api(CC).envelope.fields], ['/detail', '']],
  ['C2', 'non_field_errors', () => api(CC).envelope.formErrors, 'non_field_errors'],
  [
    'C3',
    'the documented body by itself is a validation error, with both messages',
    () => {
      const { status, category, message, fields } = saved(entry(CC, 'invalid-input').example);
      return [status, category, message, fields.map(({ path }) => path)];
    },
    [400, 'validation', 'Address already registered in this organization.', ['/blockchain', '']],
  ],
  [
    'C4',
    'nested errors and lists keep every field',
    () =>
      of(CC, 400, { wallet: { address: ['Bad.'] }, label: ['Long.'], list: [{}, { a: ['x'] }], one: 'y' }).fields.map(
        ({ path }) => path,
      ),
    ['/wallet/address', '/label', '/list/1/a', '/one'],
  ],
  [
    'C6',
    '400: fix it; no cause that the body does not tell',
    () => of(CC, 400, { label: ['Too long.'] }).causes.filter(({ text: each }) => /registered/.test(each)),
    [],
  ],
  [
    'C7',
    '401: the Api-Key prefix, and nothing of Bearer',
    () => [/Api-Key prefix/.test(text(CC, 'unauthorized')), /Bearer/.test(text(CC, 'unauthorized'))],
    [true, false],
  ],
  ['C8', '403: read-only key, role', () => /read-only[\s\S]*full-access/.test(text(CC, 'forbidden')), true],
  ['C9', '404: cross-tenant', () => /cross-tenant access returns 404/.test(text(CC, 'not-found')), true],
  [
    'C10',
    '409: re-fetch',
    () => [of(CC, 409, { detail: 'x' }).retry.advice, of(CC, 409, { detail: 'x' }).from.retry],
    ['after-action', 'documented'],
  ],
  [
    'C11',
    '429: Retry-After',
    () => of(CC, 429, { detail: 'x' }, { headers: { 'retry-after': '3' } }).retry,
    expect.objectContaining({ advice: 'wait', afterMs: 3000 }),
  ],
  [
    'C11b',
    'the message of Django REST Framework, for one second and for several',
    () =>
      ['1 second', '7 seconds'].map((time) =>
        last(saved({ detail: `Request was throttled. Expected available in ${time}.` }, CC)),
      ),
    ['too-many-requests', 'too-many-requests'],
  ],
  ['C12a', 'reads are repeated on 5xx', () => repeats(CC, 'GET', 500), true],
  [
    'C12b',
    'and on network errors',
    () => of(CC, 0, '', { method: 'GET', failure: RESET }).retry,
    expect.objectContaining({ advice: 'backoff', safe: true }),
  ],
  [
    'C13a',
    'writes are not, on 5xx',
    () => ['POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => repeats(CC, method, 500)),
    [],
  ],
  [
    'C13b',
    'nor after a timeout',
    () => ['POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => of(CC, 0, '', { method, failure: TIMEOUT }).retry.safe),
    [],
  ],
  [
    'C13c',
    'and are not called safe',
    () => of(CC, 500, { detail: 'x' }, { method: 'PUT' }).retry.reason,
    expect.stringMatching(/writes/),
  ],
  ['C14', 'look before a create', () => /check first whether the object exists/.test(text(CC, 'server-error')), true],
  ['C15', 'no 4xx', () => [400, 401, 403, 404, 408, 409, 425].filter((status) => repeats(CC, 'GET', status)), []],
  [
    'C16',
    'no quota headers, considerate polling',
    () => /no per-request quota headers/.test(text(CC, 'too-many-requests')),
    true,
  ],
  [
    'C17',
    'pointers',
    () => [
      entry(CC, 'unauthorized').see[0],
      entry(CC, 'server-error').see[0],
      /OpenAPI/.test(text(CC, 'invalid-input')),
      /webhooks/.test(text(CC, 'too-many-requests')),
    ],
    ['Authentication & API keys', 'Pagination (failures mid-page)', true, true],
  ],
  [
    'V1',
    'code, message and request_id',
    () => api(VI).envelope,
    { code: '/error/code', message: '/error/message', requestId: '/error/request_id' },
  ],
  ['V2', 'code decides', () => last(vi(403, 'KEY_LOCKED')), 'key-locked'],
  ...['INVALID_API_KEY 401', 'KEY_REVOKED 403', 'CUSTOMER_INACTIVE 403', 'FORBIDDEN_SCOPE 403'].map(
    (each, i): [string, string, () => unknown, unknown] => [
      `V${i + 3}`,
      each,
      () => `${vi(Number(each.slice(-3)), each.slice(0, -4)).code} ${each.slice(-3)}`,
      each,
    ],
  ),
  [
    'V7',
    'temporarily locked; what to do is ours',
    () => [/temporarily locked/.test(text(VI, 'key-locked')), vi(403, 'KEY_LOCKED').from.resolution[0]],
    [true, 'general'],
  ],
  ['V8', 'at least one of, array length, enum', () => entry(VI, 'validation-error').causes.length, 3],
  ['V9', "the endpoint's reference page", () => /reference page/.test(text(VI, 'validation-error')), true],
  [
    'V10',
    'malformed, expired-format, tampered',
    () => [
      /malformed or was tampered with/.test(text(VI, 'invalid-cursor')),
      /expired format/.test(text(VI, 'invalid-cursor')),
      entry(VI, 'invalid-cursor').see,
    ],
    [true, true, ['Pagination']],
  ],
  ['V11', 'victim_id, log_victim_id, sub', () => /log_victim_id[\s\S]*sub/.test(text(VI, 'not-found')), true],
  [
    'V12',
    'minute, day, aggregation',
    () => /requests-per-minute, requests-per-day or aggregation-per-minute/.test(text(VI, 'rate-limit-exceeded')),
    true,
  ],
  [
    'V13',
    'infrastructure ceiling; parallel requests are ours',
    () => vi(429, 'INFRASTRUCTURE_LIMIT_EXCEEDED').from.resolution,
    ['documented', 'general'],
  ],
  ['V14', 'daily cost units', () => vi(429, 'QUOTA_EXHAUSTED').category, 'quota'],
  [
    'V15a',
    'a 429 without Retry-After is against the document',
    () => vi(429, 'QUOTA_EXHAUSTED', { headers: { date: 'x' } }).notes,
    [expect.stringContaining('Retry-After')],
  ],
  [
    'V15b',
    'and a quota is not tried again after a second',
    () =>
      decideRetry(
        vi(429, 'QUOTA_EXHAUSTED', { method: 'GET', headers: { date: 'x' } }),
        { attempts: 1, waitedMs: 0, method: 'GET' },
        resolveApi(apiOf(api(VI)), [], {}).retry,
        0,
      ).retry,
    false,
  ],
  [
    'V16a',
    'a 429 without a code is documented with three',
    () => of(VI, 429).candidates.map(({ why }) => why),
    ['RATE_LIMIT_EXCEEDED', 'INFRASTRUCTURE_LIMIT_EXCEEDED', 'QUOTA_EXHAUSTED'].map((code) => `if ${code}`),
  ],
  [
    'V16b',
    'as are 403 and 400',
    () => [403, 400].flatMap((status) => of(VI, status).notes).filter((note) => /does not document/.test(note)),
    [],
  ],
  [
    'V16c',
    'and no code is guessed from those',
    () => [400, 403, 429].map((status) => of(VI, status, { error: { message: 'm', code: null } }).id?.split('/')[0]),
    ['http', 'http', 'http'],
  ],
  [
    'V2b',
    'a code in another notation is that code',
    () => ['KEY_LOCKED', 'key_locked', 'keyLocked', 'KeyLocked', 'key-locked'].map((code) => last(vi(403, code))),
    Array.from({ length: 5 }, () => 'key-locked'),
  ],
  [
    'V17',
    'Rate Limits & Tiers, response headers',
    () => entry(VI, 'quota-exhausted').see.join(),
    expect.stringMatching(/Rate Limits & Tiers.*response headers/),
  ],
  ['V18a', '500 is safe to retry, a POST too', () => [repeats(VI, 'GET', 500), repeats(VI, 'POST', 500)], [true, true]],
  [
    'V18b',
    'but not where a gateway answered',
    () => of(VI, 500, '<html><h1>500</h1></html>', { method: 'POST' }).retry.safe,
    false,
  ],
  ['V19', 'maintenance: after a short delay', () => vi(503, 'UPSTREAM_UNAVAILABLE').category, 'maintenance'],
  [
    'V20',
    'what is retried',
    () => [400, 401, 403, 404, 429, 500, 503].filter((status) => repeats(VI, 'GET', status)),
    [429, 500, 503],
  ],
  ['V21', 'no figure is documented', () => resolveApi(apiOf(api(VI)), [], {}).retry.documented, []],
  ['V22', 'how the key is sent is not said', () => api(VI).auth?.documented, false],
  [
    'V23',
    'a code under another status',
    () => vi(403, 'RATE_LIMIT_EXCEEDED').notes,
    [expect.stringMatching(/429, not 403/)],
  ],
  ['mock 1', 'a malformed profile ID', () => mocked(EP, 'GET', '/profiles/42'), '400 invalid profile ID'],
  ['mock 2', 'an unknown profile', () => mocked(EP, 'GET', `/profiles/${DEMO_UUID}`), '404 profile not found'],
  [
    'mock 3',
    'an empty body',
    () =>
      [RC, EP, CC, VI].map((id) =>
        mocked(
          id,
          'POST',
          { [RC]: '/cyber-assets', [EP]: '/profiles', [CC]: '/organizations/1/addresses', [VI]: '/v1/victims' }[id] ??
            '',
          '{}',
        ).slice(0, 3),
      ),
    ['422', '400', '400', '400'],
  ],
  [
    'mock 4',
    'the first field that is missing',
    () => mocked(EP, 'POST', '/profiles', '{"customer_id":"C-1"}'),
    '400 customer_name is required',
  ],
  ['mock 5', 'a bad cursor', () => mocked(VI, 'GET', '/v1/victims?cursor=x'), '400 INVALID_CURSOR'],
  [
    'mock 6',
    'listed ids are found',
    () =>
      builtIn.apis
        .flatMap(({ id, mock }) =>
          (mock?.resources ?? []).flatMap(({ request: each, body }) =>
            Array.isArray(body) ? body.map((item) => mocked(id, 'GET', `${each.slice(4)}/${item.id}`)) : [],
          ),
        )
        .filter((answer) => !answer.startsWith('200')),
    [],
  ],
  [
    'mock 7',
    'an operation that is not there',
    () => [mocked(RC, 'DELETE', '/cyber-assets'), mocked(RC, 'GET', '/cyber-assets/nope')],
    ['404 Resource not found', '404 Resource not found'],
  ],
  ['mock 8', 'what exists can be deleted', () => mocked(RC, 'DELETE', '/cyber-assets/asset-1001'), '204'],
];

describe('what the API documents say', () => {
  it.each(FACTS)('%s: %s', (_, __, got, wanted) => {
    expect(got()).toEqual(wanted);
  });

  it('has a line for every statement that data or a diagnosis can hold', () => {
    const lines = new Set(FACTS.map(([id]) => id.replace(/[a-z]$/, '')));
    const range = (letter: string, to: number, but: number[]) =>
      Array.from({ length: to }, (_, i) => i + 1)
        .filter((n) => !but.includes(n))
        .map((n) => `${letter}${n}`);
    const wanted = [
      ...range('R', 22, []),
      // G1, G12 and G24 are R1, R20 and no statement; samples of G16 to G21 are tested with the
      // input.
      ...range('G', 23, [1, 12, 16, 17, 18, 19, 20, 21]),
      ...range('E', 40, []),
      ...range('C', 17, [5]),
      ...range('V', 23, []),
    ];
    expect(wanted.filter((id) => !lines.has(id))).toEqual([]);
  });
});
