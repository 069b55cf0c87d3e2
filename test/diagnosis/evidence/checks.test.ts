import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { CHECKS, type CheckName } from '../../../src/diagnosis/evidence/check-table.ts';
import { assessmentOf } from '../../../src/diagnosis/evidence/checks.ts';
import { BLANK_FACTS, type Facts, NOTHING_SENT } from '../../../src/diagnosis/evidence/facts.ts';
import { evidenceOf } from '../../../src/diagnosis/evidence/sentences.ts';
import { contentOf } from '../../../src/diagnosis/read/content.ts';
import { credentialWith } from '../../../src/http/credential.ts';
import { parseJson } from '../../../src/json/read.ts';
import type { Auth } from '../../../src/model/catalog.ts';
import type { Field } from '../../../src/model/diagnosis.ts';
import {
  type Certificate,
  type Failure,
  type Phase,
  type Request,
  savedResponse,
} from '../../../src/model/exchange.ts';
import type { Finding } from '../../../src/model/finding.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

interface Given {
  request?: Partial<Request>;
  headers?: Record<string, string>;
  status?: number;
  facts?: Partial<Facts>;
}

function facts({ request = {}, headers = {}, status = 400, facts: changes = {} }: Given): Facts {
  const response = changes.response ?? savedResponse('', status, headers);
  return {
    ...BLANK_FACTS,
    request: { method: 'GET', url: 'https://api.example/v1/things/7', headers: {}, body: null, ...request },
    json: () => parseJson(request.body ?? ''),
    response,
    content: contentOf(response),
    category: 'authentication',
    vague: true,
    auth: { header: 'Authorization', value: 'Bearer {key}' },
    requiredHeaders: [{ name: 'X-Tenant-ID', format: 'uuid' }],
    origins: { authorization: 'MY_KEY' },
    now: NOW,
    ...changes,
  };
}

const sent = (authorization: string): Given => ({ request: { headers: { authorization } } });
const posted = (body: string | null, headers: Record<string, string> = { 'content-type': 'application/json' }) => ({
  request: { method: 'POST', body, headers },
});
const token = (claims: object) =>
  `Bearer eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const at = (path: string): Given => ({ request: { url: `https://api.example${path}` } });
const field = (path: string, message = 'is wrong') => ({ path, message });
/** A response that lists a parameter as missing, as FastAPI does. */
const without = (part: Field['in'], name: string, message = 'Field required'): Given => ({
  facts: { fields: [{ path: `/${name}`, in: part, message }] },
});
const KEY = 'Bearer k-3f9a7c21';
const answered = (body: object): Partial<Facts> => ({ response: savedResponse(JSON.stringify(body), 403) });
const scoped = (accepted: string, held: string, category: Facts['category'] = 'permission'): Given => ({
  headers: { 'x-accepted-oauth-scopes': accepted, 'x-oauth-scopes': held },
  facts: { category },
});
const asked = (body: object, message: string, category: Facts['category'] = 'not-found'): Given => ({
  ...posted(JSON.stringify(body)),
  facts: { message, category },
});
const NO_AUTH: Given = { facts: { auth: null } };

const PROXY = { host: 'p.example:3128', from: 'HTTPS_PROXY' };
const failed = (phase: Phase, code: string, more: Partial<Failure> = {}, proxy: Facts['proxy'] = null): Given => ({
  facts: { failure: { phase, code, message: '', ...more }, proxy },
});
const local = (message: string): Given => ({
  ...failed('connect', 'ECONNREFUSED', { message }),
  request: { url: 'http://localhost:9/x' },
});
const shown = (changes: Partial<Certificate>): Given =>
  failed('tls', 'CERT_HAS_EXPIRED', {
    certificate: {
      names: ['api.example'],
      issuer: 'Test CA',
      selfSigned: false,
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: '2026-06-01T00:00:00.000Z',
      ...changes,
    },
  });

const sentBasic = (text: string, as: 'utf8' | 'base64' = 'base64'): Given =>
  sent(`Basic ${Buffer.from(text).toString(as)}`);
const atTime = (headers: Record<string, string>, said = 'RequestTimeTooSkewed; The request time is off'): Given => ({
  request: { headers },
  headers: { date: 'Sun, 01 Mar 2026 12:00:00 GMT' },
  facts: { said },
});
const lacking = (part: Field['in'], path: string, headers: Record<string, string>): Given => ({
  request: { headers },
  facts: { fields: [{ path: `/${path}`, message: 'Field required', in: part }] },
});
const inPath = (message: string, path = '/v1/things/7'): Given => ({
  ...at(path),
  facts: { fields: [{ path: '/id', message, in: 'path' }] },
});
const asking = (message: string, query: string): Given => ({
  ...at(`/v1/things${query}`),
  facts: { fields: [field('/page', message)] },
});
const valued = (value: unknown, message: string): Given => ({
  ...posted(JSON.stringify({ it: value })),
  facts: { fields: [field('/it', message)] },
});

/** For each check: a case that confirms it, one that rules it out, and one that leaves it open. */
const TABLE: Record<CheckName, { confirmed: Given[]; ruledOut: Given[]; open: Given[] }> = {
  'key-missing': {
    confirmed: [{}, { facts: { withheld: 'x' } }],
    ruledOut: [sent(KEY), sent('Basic x')],
    open: [NO_AUTH],
  },
  'key-in-other-header': {
    confirmed: [{ request: { headers: { 'x-api-key': 'k' } } }],
    ruledOut: [{}, sent(KEY)],
    open: [NO_AUTH],
  },
  'no-credentials': {
    confirmed: [{ ...NO_AUTH, headers: { 'www-authenticate': 'Bearer' } }],
    ruledOut: [
      { ...NO_AUTH, ...sent(KEY) },
      { ...NO_AUTH, request: { headers: { apikey: 'k' } } },
    ],
    open: [NO_AUTH],
  },
  'key-empty': { confirmed: [sent('Bearer '), sent('Bearer    ')], ruledOut: [sent(KEY)], open: [{}, sent('Basic x')] },
  'key-placeholder': {
    confirmed: [
      `\${API_KEY}`,
      '$API_KEY',
      '{{token}}',
      '<your key>',
      'YOUR_API_KEY',
      'undefined',
      'xxxxxxxx',
      'changeme',
    ].map((key) => sent(`Bearer ${key}`)),
    ruledOut: [sent(KEY), sent('Bearer yourself-9a8b'), sent('Bearer nullable-77')],
    open: [{}, { ...sent('Bearer [redacted]'), facts: { now: null } }],
  },
  'key-scheme': {
    confirmed: [
      sent('k-3f9a7c21'),
      sent('Basic k'),
      sent('Bearer Bearer k'),
      { ...sent('Bearer k'), facts: { auth: { header: 'Authorization', value: '{key}' } } },
    ],
    ruledOut: [sent(KEY), sent('bearer k')],
    open: [{}, NO_AUTH],
  },
  'key-masked': {
    confirmed: [sent('Bearer k-3f********'), sent('Bearer ****')],
    ruledOut: [sent(KEY)],
    open: [{}, { ...sent('Bearer k-3f********'), facts: { now: null } }],
  },
  'key-header-line': {
    confirmed: [sent('Bearer X-API-Key: k-3f'), sent('Bearer Authorization: Bearer k-3f')],
    ruledOut: [sent(KEY), sent('Bearer client:k-3f')],
    open: [{}],
  },
  'key-assignment': {
    confirmed: [sent('Bearer API_KEY=k-3f'), sent('Bearer export MY_KEY="k-3f"')],
    ruledOut: [sent(KEY), sent('Bearer azNm==')],
    open: [{}],
  },
  'key-json': { confirmed: [sent('Bearer {"key":"k-3f"}')], ruledOut: [sent(KEY)], open: [{}] },
  'key-cut-short': {
    confirmed: [
      sent('Bearer k-3f9a...'),
      sent('Bearer eyJhbGciOiJub25lIn0.e30'),
      { ...sent('Bearer k-3f9a'), facts: { ownKey: { value: 'k-3f9a7c21', from: 'MY_KEY' } } },
    ],
    ruledOut: [sent(KEY), sent(token({}))],
    open: [{}],
  },
  'key-encoded': {
    confirmed: [sent('Bearer k-3f%2F9a'), sent('Bearer k-3f&amp;9a')],
    ruledOut: [sent(KEY), sent('Bearer k%zz')],
    open: [{}],
  },
  'key-quoted': { confirmed: [sent('Bearer "k"'), sent("Bearer 'k'")], ruledOut: [sent(KEY)], open: [{}] },
  'key-whitespace': {
    confirmed: [sent('Bearer k-3f 9a'), sent('Bearer  k-3f9a')],
    ruledOut: [sent(KEY), sent('Bearer k-3f9a ')],
    open: [{}, sent('Bearer Bearer k')],
  },
  'key-not-ascii': { confirmed: [sent('Bearer k–3f9a'), sent('Bearer k\u200b3f')], ruledOut: [sent(KEY)], open: [{}] },
  'token-expired': {
    confirmed: [sent(token({ exp: NOW / 1000 - 1 }))],
    ruledOut: [sent(token({ exp: NOW / 1000 + 60 }))],
    open: [
      sent(KEY),
      sent(token({})),
      sent(token({ exp: 'soon' })),
      { ...sent(token({ exp: 1 })), facts: { now: null } },
    ],
  },
  'token-not-yet-valid': {
    confirmed: [sent(token({ nbf: NOW / 1000 + 60 }))],
    ruledOut: [sent(token({ nbf: NOW / 1000 - 60 }))],
    open: [sent(KEY), sent(token({}))],
  },
  'token-audience': {
    confirmed: [
      { ...sent(token({ aud: 'https://other.example' })), facts: { message: 'invalid audience' } },
      {
        ...sent(token({ aud: ['a', 'b'] })),
        headers: { 'www-authenticate': 'Bearer error_description="The aud claim is wrong"' },
      },
    ],
    ruledOut: [sent(token({ aud: 'api.example' })), sent(token({ aud: ['x', 'https://api.example/'] }))],
    open: [sent(KEY), sent(token({})), sent(token({ aud: 'https://other.example' })), sent(token({ aud: 7 }))],
  },
  'key-of-other-api': {
    confirmed: [
      {
        ...sent(KEY),
        facts: {
          otherKeys: [{ value: 'k-3f9a7c21', from: 'OTHER_KEY', api: 'other' }],
          ownKey: { value: 'k-11111111', from: 'MY_KEY' },
        },
      },
    ],
    ruledOut: [{ ...sent(KEY), facts: { otherKeys: [{ value: 'k-00000000', from: 'OTHER_KEY', api: 'other' }] } }],
    open: [
      {},
      sent(KEY),
      // It may be shared on purpose.
      { ...sent(KEY), facts: { otherKeys: [{ value: 'k-3f9a7c21', from: 'OTHER_KEY', api: 'other' }] } },
      sent('Bearer ghp_0123456789abcdefghij0123456789abcdef'),
      {
        ...sent(KEY),
        facts: { api: 'other-sandbox', otherKeys: [{ value: 'k-3f9a7c21', from: 'OTHER_KEY', api: 'other' }] },
      },
    ],
  },
  'key-of-other-mode': {
    confirmed: [
      {
        ...sent('Bearer sk_test_3f9a'),
        facts: { message: 'No such charge; a similar object exists in live mode, but a test mode key was used' },
      },
      { ...sent('Bearer rk_live_3f9a'), facts: { message: 'This can only be used in test mode.' } },
      { ...sent('Bearer sk_test_3f9a'), facts: answered({ livemode: true }) },
    ],
    ruledOut: [{ ...sent('Bearer sk_test_3f9a'), facts: { message: 'Switch to test mode.' } }],
    open: [
      sent('Bearer sk_test_3f9a'),
      { ...sent(KEY), facts: { message: 'It exists in live mode, but a test mode key was used' } },
      { ...sent('Bearer sk_live_3f9a'), facts: { message: 'It exists in live mode, but a test mode key was used' } },
    ],
  },
  'scope-missing': {
    confirmed: [
      scoped('admin:org, repo', 'gist, read:org'),
      scoped('repo', ''),
      { facts: { ...answered({ needed: 'channels:read', provided: 'chat:write,identify' }), category: 'permission' } },
    ],
    ruledOut: [
      scoped('repo:status', 'repo'),
      scoped('read:org', 'gist, admin:org'),
      scoped('read:user', 'user'),
      scoped('repo, user', 'user'),
    ],
    open: [
      {},
      scoped('', 'repo'),
      { headers: { 'x-accepted-oauth-scopes': 'repo' } },
      scoped('repo', 'gist', 'not-found'),
    ],
  },
  'value-unknown': {
    confirmed: [
      asked({ model: 'gpt-9' }, 'The model `gpt-9` does not exist or you do not have access to it.'),
      asked({ model: 'claude-0-large', messages: [] }, 'model: claude-0-large'),
      asked({ customer: 'cus_3f9a' }, "No such customer: 'cus_3f9a'"),
      { request: { url: 'https://api.example/v1/x?price=price_9' }, facts: { message: "No such price: 'price_9'" } },
    ],
    ruledOut: [asked({ model: 'gpt-9' }, 'The model `gpt-8` does not exist')],
    open: [
      {},
      asked({ model: 'gpt-9' }, 'Not Found'),
      asked({ name: 'charge' }, 'No such charge: ch_1'),
      asked({ model: 'gpt-9' }, 'gpt-9 is busy', 'server'),
    ],
  },
  'key-of-other-environment': {
    confirmed: [
      { request: { url: 'https://api.example/production/x', headers: { authorization: 'Bearer sk_test_3f9a' } } },
      { request: { url: 'https://sandbox.api.example/x', headers: { authorization: 'Bearer sk_live_3f9a' } } },
    ],
    ruledOut: [{ request: { url: 'https://sandbox.api.example/x', headers: { authorization: 'Bearer test-3f9a' } } }],
    open: [
      sent(KEY),
      sent('Bearer sk_test_3f9a'),
      sent('Bearer k-latest-3f9a'),
      sent('Bearer k-alive-3f9a'),
      { request: { url: 'https://api.example/live/x', headers: { authorization: 'Bearer sk_test_3f9a' } } },
      { request: { url: 'https://sandbox.api.example/x', headers: { authorization: KEY } } },
    ],
  },
  'header-repeated': {
    confirmed: [
      { request: { headers: { 'x-tenant-id': 'a, b' } } },
      sent('Bearer k-1, Bearer k-2'),
      posted('{}', { 'content-type': 'application/json, text/plain' }),
    ],
    ruledOut: [
      { request: { headers: { 'x-tenant-id': 'a' } } },
      sent('Digest username="a", realm="b"'),
      posted('{}', { 'content-type': 'application/json; charset=utf-8' }),
    ],
    open: [{}, { request: { headers: { accept: 'a, b' } } }],
  },
  'idempotency-key-missing': {
    confirmed: [{ ...posted('{}'), facts: { message: 'Idempotency-Key is missing' } }],
    ruledOut: [{ ...posted('{}', { 'idempotency-key': 'x' }), facts: { message: 'idempotency_key is required' } }],
    open: [posted('{}'), { ...posted('{}'), facts: { message: 'name is missing' } }],
  },
  'header-named-missing': {
    confirmed: [
      { facts: { message: 'X-Request-Source header is required' } },
      { facts: { message: 'Missing header: X-Source-Id' } },
      without('header', 'x-token'),
      { facts: { ...without('header', 'x-token').facts, now: null } },
    ],
    ruledOut: [
      { request: { headers: { 'x-source-id': 'a' } }, facts: { message: 'X-Source-Id is required' } },
      { ...without('header', 'x_token'), request: { headers: { 'x-token': 'a' } } },
    ],
    open: [
      {},
      { facts: { message: 'name is required' } },
      without('query', 'x-token'),
      without('header', 'content-length'),
      without('header', 'x-token', 'Input should be a valid integer'),
      // Tools omit credentials when saving.
      { facts: { ...without('header', 'authorization').facts, now: null } },
    ],
  },
  'path-stray': {
    confirmed: ['/things/%227%22', '/things/7%20', '/things/7%0A'].map(at),
    ruledOut: [at('/things/7'), at('/things/a%20b')],
    open: [],
  },
  'path-encoding': { confirmed: [at('/things/100%'), at('/a%zz')], ruledOut: [at('/things/100%25')], open: [] },
  'path-not-documented': {
    confirmed: ['/v2/things/7', '/things/7', '/v1/Things/7'].map((path) => ({
      ...at(path),
      facts: { paths: ['/v1/things/{id}'] },
    })),
    ruledOut: [],
    open: [
      at('/v2/things/7'),
      { ...at('/v1/things/v2'), facts: { paths: ['/v1/things/{id}'] } },
      { ...at('/v2/things/7'), facts: { paths: ['/v1/things/{id}'], message: 'thing not found' } },
    ],
  },
  'body-in-string': {
    confirmed: [posted('"{}"'), posted('"[1]"')],
    ruledOut: [posted('{}')],
    open: [posted('"text"'), {}],
  },
  'body-wrapped': {
    confirmed: [
      { ...posted('{"data":{"name":"x"}}'), facts: { message: 'name is required' } },
      { ...posted('{"thing":{"name":"x"}}'), facts: { message: 'name is required' } },
      { ...posted('[{"name":"x"}]'), facts: { message: 'name is required' } },
    ],
    ruledOut: [],
    open: [
      { ...posted('{"owner":{"name":"x"}}'), facts: { message: 'name is required' } },
      { ...posted('{"data":{"name":"x"},"b":1}'), facts: { message: 'name is required' } },
      {},
    ],
  },
  'field-unknown': {
    confirmed: [{ ...posted('{"nmae":1}'), facts: { message: "Unknown field 'nmae'" } }],
    ruledOut: [],
    open: [{ ...posted('{}'), facts: { message: "Unknown field 'nmae'" } }, {}],
  },
  'value-placeholder': {
    confirmed: [{ ...posted('{"name":"undefined"}'), facts: { message: 'name is invalid' } }],
    ruledOut: [],
    open: [{ ...posted('{"name":"Nan"}'), facts: { message: 'name is invalid' } }, {}],
  },
  'value-encoded-twice': {
    confirmed: [{ ...at('/x?cursor=a%253D'), facts: { message: 'cursor is invalid' } }],
    ruledOut: [],
    open: [{ ...at('/x?cursor=a%3D'), facts: { message: 'cursor is invalid' } }, {}],
  },
  'header-missing': {
    confirmed: [{}, { request: { headers: { 'x-tenant-id': '' } } }],
    ruledOut: [{ request: { headers: { 'x-tenant-id': 'x' } } }],
    open: [{ facts: { requiredHeaders: [] } }],
  },
  'header-format': {
    confirmed: [{ request: { headers: { 'x-tenant-id': 'acme' } } }],
    ruledOut: [{ request: { headers: { 'x-tenant-id': '7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11' } } }],
    open: [{}, { request: { headers: { 'x-tenant-id': 'a, b' } } }],
  },
  'basic-malformed': {
    confirmed: [sentBasic('ann:secret', 'utf8'), sentBasic('ann-secret'), sentBasic('ann:secret\n')].map((given) => ({
      ...given,
      ...NO_AUTH,
    })),
    ruledOut: [
      { ...sentBasic('ann:pässword'), ...NO_AUTH },
      { ...sentBasic('ann:'), ...NO_AUTH },
    ],
    open: [{}, sentBasic('ann-secret'), { ...sent('Basic ****'), ...NO_AUTH }],
  },
  'request-time': {
    confirmed: [atTime({ 'x-amz-date': '20260301T113000Z' }), atTime({ date: 'Sun, 01 Mar 2026 12:30:00 GMT' })],
    ruledOut: [atTime({ 'x-amz-date': '20260301T120100Z' }), atTime({ 'x-timestamp': '1772366400' })],
    open: [atTime({}), atTime({ date: 'Sun, 01 Mar 2026 12:30:00 GMT' }, 'Insufficient scope')],
  },
  'cookie-missing': {
    confirmed: [lacking('cookie', 'session', {}), lacking('cookie', 'session', { cookie: 'a=1; sessions=2' })],
    ruledOut: [lacking('cookie', 'session', { cookie: 'a=1; session=2' })],
    open: [
      {},
      lacking('header', 'session', {}),
      without('cookie', 'sid', 'Input should be a valid integer'),
      { ...without('cookie', 'session_id'), request: { headers: { cookie: 'sessionId=1' } } },
      { facts: { ...without('cookie', 'sid').facts, now: null } },
      { facts: { ...without('cookie', 'sid').facts, now: null }, request: { headers: { cookie: '<redacted>' } } },
    ],
  },
  'path-part-missing': {
    confirmed: ['/items/', '/users//items', '/items/?a=/b'].map((path) => ({ ...at(path), ...without('path', 'id') })),
    ruledOut: [],
    open: [
      { ...at('/items/7'), ...without('path', 'id') },
      { ...at('/items?next=//'), ...without('path', 'id') },
      at('/items/'),
    ],
  },
  'precondition-missing': {
    confirmed: [{ status: 428 }],
    ruledOut: [{ status: 428, request: { headers: { 'if-match': '"a"' } } }],
    open: [{}],
  },
  'path-part-format': {
    confirmed: [inPath('Input should be a valid UUID, invalid length'), inPath('must be integer', '/things/seven')],
    ruledOut: [],
    open: [{}, inPath('must be integer'), inPath('is wrong')],
  },
  'parameter-repeated': {
    confirmed: [
      asking('Expected string, received array', '?page=1&page=2'),
      asking('must be given once', '?page=1&page=1'),
    ],
    ruledOut: [],
    open: [asking('must be given once', '?page=1'), asking('must be one of 1, 2', '?page=1&page=2')],
  },
  'query-plus': {
    confirmed: ['2026-02-01T00:00:00+01:00', 'ann+x@b.example', '+4912345678', 'eyJpZCI6MT+yfQ=='].map((value) =>
      asking('is invalid', `?page=${value}`),
    ),
    ruledOut: [],
    open: ['hello+world', '2026-02-01T00:00:00%2B01:00', '+1'].map((value) => asking('is invalid', `?page=${value}`)),
  },
  'value-format': {
    confirmed: [
      valued('ann.example', 'must be a valid email address'),
      valued(' ann@b.example', 'Invalid email'),
      valued('example.com/hook', 'must be a valid URL'),
      valued('42', 'must match format "uuid"'),
      valued('2026-02-30', 'is not a valid date'),
      valued('31.12.1950', 'must be a valid date'),
      valued('12/31/1950', 'must be in the format YYYY-MM-DD'),
    ],
    ruledOut: [
      valued('jörg@müller.example', 'must be a valid email address'),
      valued('urn:isbn:0451450523', 'must be a valid URI'),
      valued('2026-02-28', 'must be in the format YYYY-MM-DD'),
    ],
    open: [
      valued('31/12/2026', 'must be a date in the format DD/MM/YYYY'),
      valued('2028-02-29', 'is not a valid date'),
      valued('Ann', 'email must be verified'),
      valued(7, 'must be a valid email address'),
    ],
  },
  'value-length': {
    confirmed: [
      valued('x'.repeat(51), 'must be at most 50 characters'),
      valued('abc', 'is too short (minimum is 8 characters)'),
    ],
    ruledOut: [valued('abc', 'must not be greater than 50 characters'), valued('abcdefgh', 'at least 8 characters')],
    open: [
      valued('ä'.repeat(30), 'must be at most 40 characters'),
      valued('abc', 'must have between 8 and 50 characters'),
      valued(123, 'must be at most 2 characters'),
    ],
  },
  'body-too-large': {
    confirmed: [
      { ...posted('x'.repeat(1500)), facts: { limit: 1000 } },
      { ...posted('x'.repeat(1500)), status: 413, facts: { message: 'The body exceeds the limit of 1 KB' } },
      { ...posted('x'.repeat(1500)), status: 413, facts: { response: savedResponse('{"limit":1000}', 413) } },
    ],
    ruledOut: [{ ...posted('x'), status: 413, facts: { message: 'larger than 1000 bytes' } }],
    open: [
      { ...posted('x'.repeat(1500)), status: 413 },
      { ...posted('x'), facts: { message: 'larger than 0 bytes' } },
    ],
  },
  'path-placeholder': {
    confirmed: [
      '/things/{id}',
      '/things/%7Bid%7D',
      '/things/:id',
      `/things/\${id}`,
      '/things/undefined',
      '/things/NaN/x',
    ].map(at),
    ruledOut: [at('/things/7'), at('/nullable/undefinedness'), at('/a:b')],
    open: [],
  },
  'path-double-slash': { confirmed: [at('/v1//things')], ruledOut: [at('/v1/things?u=http://x')], open: [] },
  'path-version-twice': {
    confirmed: [at('/v1/v1/things'), at('/api/v1/api/v1/x')],
    ruledOut: [at('/v1/things/v2'), at('/v1/v10/x')],
    open: [],
  },
  'path-id-format': {
    confirmed: [
      { ...at('/v1/things/7'), facts: { pathIds: [{ after: 'things', format: 'uuid' }] } },
      { ...at('/things/7/parts'), facts: { pathIds: [{ after: 'things', format: 'uuid' }] } },
    ],
    ruledOut: [
      {
        ...at('/things/7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11'),
        facts: { pathIds: [{ after: 'things', format: 'uuid' }] },
      },
    ],
    open: [
      at('/things/7'),
      { ...at('/things'), facts: { pathIds: [{ after: 'things', format: 'uuid' }] } },
      { ...at('/others/7'), facts: { pathIds: [{ after: 'things', format: 'uuid' }] } },
    ],
  },
  'redirected-slash': {
    confirmed: [
      { ...at('/things'), status: 308, headers: { location: '/things/' } },
      { ...at('/things'), facts: { redirects: ['https://api.example/things/'] } },
    ],
    ruledOut: [{ ...at('/things'), headers: { location: '/others' } }],
    open: [at('/things'), { ...at('/things'), headers: { location: 'http://[' } }],
  },
  'redirected-to-https': {
    confirmed: [
      { request: { url: 'http://api.example/x' }, headers: { location: 'https://api.example/x' } },
      { ...at('/x'), facts: { redirects: ['http://api.example/x'] } },
    ],
    ruledOut: [{ ...at('/x'), headers: { location: '/y' } }],
    open: [{}],
  },
  'redirected-to-login': {
    confirmed: [
      { headers: { location: 'https://id.example/login?next=x' } },
      { headers: { location: '/users/sign_in' } },
      { headers: { location: '/oauth2/authorize' } },
    ],
    ruledOut: [],
    open: [{}, { headers: { location: '/blogin/author' } }],
  },
  'redirect-crossed-origin': {
    confirmed: [{ ...at('/x'), facts: { redirects: ['https://old.example/x'] } }],
    ruledOut: [{ ...at('/x'), facts: { redirects: ['https://api.example/old'] } }],
    open: [{}],
  },
  'method-not-allowed': {
    confirmed: [{ headers: { allow: 'POST, PUT' } }],
    ruledOut: [{ headers: { allow: 'get, head' } }],
    open: [{}, { headers: { allow: '' } }],
  },
  'body-missing': { confirmed: [posted(null), posted(' ')], ruledOut: [posted('{}')], open: [{}] },
  'body-on-get': {
    confirmed: [{ request: { body: '{}' } }],
    ruledOut: [{}, { request: { body: '' } }],
    open: [posted('{}')],
  },
  'field-type': {
    confirmed: [
      { ...posted('{"a":"7"}'), facts: { fields: [field('/a', 'must be an integer')] } },
      { ...posted('{"a":7.5}'), facts: { fields: [field('/a', 'Not a valid integer.')] } },
      { ...posted('{"a":null}'), facts: { fields: [field('/a', 'Input should be a valid string')] } },
      { ...posted('{"a":{}}'), facts: { fields: [field('/a', 'expected array, received object')] } },
      { ...posted('{"name":1}'), facts: { message: 'name must be of type string' } },
      { ...posted('{"rate":"0.5"}'), facts: { message: 'rate must be between 0 and 1' } },
    ],
    ruledOut: [
      { ...posted('{"a":7}'), facts: { fields: [field('/a', 'must be a number greater than 10')] } },
      { ...posted('{"a":[]}'), facts: { fields: [field('/a', 'must be a list of strings')] } },
    ],
    open: [
      { ...posted('{"a":7}'), facts: { fields: [field('/a', 'is wrong')] } },
      { ...posted('{}'), facts: { fields: [field('/a', 'must be a string')] } },
      {},
    ],
  },
  'value-not-allowed': {
    confirmed: [
      { ...posted('{"status":"OPEN"}'), facts: { message: 'status must be CONFIRMED or DISMISSED' } },
      { ...posted('{"a":"x"}'), facts: { fields: [field('/a', 'must be one of: red, green, blue.')] } },
      { ...posted('{"a":"x"}'), facts: { fields: [field('/a', "Input should be 'red', 'green' or 'blue'")] } },
      { ...posted('{"a":"Red"}'), facts: { fields: [field('/a', 'allowed values are [red|green]')] } },
    ],
    ruledOut: [{ ...posted('{"status":"DISMISSED"}'), facts: { message: 'status must be CONFIRMED or DISMISSED' } }],
    open: [
      { ...posted('{"status":"OPEN"}'), facts: { message: 'signal status must be CONFIRMED or DISMISSED' } },
      { ...posted('{"a":"x"}'), facts: { fields: [field('/a', 'must be one of your saved cards')] } },
      { ...posted('{"a":["x"]}'), facts: { fields: [field('/a', 'must be one of: red, green')] } },
      { ...posted('{"a":"x"}'), facts: { fields: [field('/a', 'must be true')] } },
      {},
    ],
  },
  'value-out-of-range': {
    confirmed: [
      { ...posted('{"weight":3}'), facts: { message: 'weight must be between 0 and 1' } },
      { ...posted('{"weight":-0.5}'), facts: { message: 'weight must be between 0 and 1' } },
      { ...posted('{"a":0}'), facts: { fields: [field('/a', 'must be greater than 0')] } },
      { ...posted('{"a":101}'), facts: { fields: [field('/a', 'must be less than or equal to 100')] } },
      { ...posted('{"a":100}'), facts: { fields: [field('/a', 'must be < 100')] } },
    ],
    ruledOut: [
      { ...posted('{"weight":1}'), facts: { message: 'weight must be between 0 and 1' } },
      { ...posted('{"a":100}'), facts: { fields: [field('/a', 'must be no more than 100')] } },
    ],
    open: [
      { ...posted('{"weight":"3"}'), facts: { message: 'weight must be between 0 and 1' } },
      { ...posted('{"a":3}'), facts: { fields: [field('/a', 'must have at least 10 characters')] } },
      {},
    ],
  },
  'body-not-json': {
    confirmed: [posted('{a:1}')],
    ruledOut: [posted('{}')],
    open: [posted('a=1', { 'content-type': 'text/plain' }), {}],
  },
  'content-type': {
    confirmed: [posted('{}', {}), posted('{"a":1}', { 'content-type': 'text/plain' })],
    ruledOut: [posted('{}'), posted('a=1', { 'content-type': 'application/x-www-form-urlencoded' })],
    open: [posted(null), {}],
  },
  'field-missing': {
    confirmed: [
      { ...posted('{"b":1}'), facts: { values: { field: 'a' } } },
      { ...posted('{"a":{}}'), facts: { fields: [field('/a/name')] } },
      { ...posted('{}'), facts: { fields: [field('/a'), field('/b', 'is required')] } },
      ...['null', '""', '" "', '[]'].map((value) => ({
        ...posted(`{"a":${value}}`),
        facts: { values: { field: 'a' }, message: 'a is required' },
      })),
      { ...posted('{"user":{"name":""}}'), facts: { fields: [field('/name', 'is required')] } },
    ],
    ruledOut: [{ ...posted('{"a":0}'), facts: { values: { field: 'a' } } }],
    open: [
      posted('{}'),
      { ...posted('{'), facts: { values: { field: 'a' } } },
      { ...posted('{}'), facts: { fields: [field('/a'), field('/b')] } },
      { ...posted('{"user":{"name":"x"}}'), facts: { fields: [field('/name', 'is required')] } },
    ],
  },
  'list-too-long': {
    confirmed: [{ ...posted('{"a":[1,2,3]}'), facts: { values: { field: 'a', max: '2' } } }],
    ruledOut: [{ ...posted('{"a":[1,2]}'), facts: { values: { field: 'a', max: '2' } } }],
    open: [{ ...posted('{"a":3}'), facts: { values: { field: 'a', max: '2' } } }, {}],
  },
  'list-too-short': {
    confirmed: [valued(['a'], 'must contain at least 2 items')],
    ruledOut: [valued(['a', 'b'], 'must contain at least 2 items')],
    open: [valued('a', 'must contain at least 2 items'), valued(['a'], 'must be at least 2')],
  },
  'neither-field': {
    confirmed: [{ ...posted('{"c":1}'), facts: { values: { a: 'a', b: 'b' } } }],
    ruledOut: [{ ...posted('{"b":1}'), facts: { values: { a: 'a', b: 'b' } } }],
    open: [posted('{}'), { ...posted('a=1', {}), facts: { values: { a: 'a', b: 'b' } } }],
  },
  'accept-too-narrow': {
    confirmed: [{ status: 406, request: { headers: { accept: 'text/csv' } } }],
    ruledOut: [{ status: 406, request: { headers: { accept: 'text/csv, */*' } } }],
    open: [{ status: 406 }, { request: { headers: { accept: 'text/csv' } } }],
  },
  'limit-used-up': {
    confirmed: [{ headers: { 'x-ratelimit-remaining': '0' } }],
    ruledOut: [{ headers: { 'x-ratelimit-remaining': '4' } }],
    open: [{}],
  },
  'retry-after': {
    confirmed: [{ headers: { 'retry-after': '7' } }],
    ruledOut: [],
    open: [{}, { headers: { 'retry-after': 'soon' } }],
  },
  'gateway-between': { confirmed: [{ headers: { via: '1.1 varnish' } }], ruledOut: [], open: [{}] },
  'body-cut-short': {
    confirmed: [
      { facts: { response: { ...savedResponse('{"a":'), truncated: true } } },
      { facts: { response: savedResponse('{"a":[1,2') } },
      { facts: { response: savedResponse('half', 200, { 'content-length': '100' }) } },
    ],
    ruledOut: [{ facts: { response: savedResponse('{"a":1}', 200, { 'content-length': '7' }) } }],
    open: [
      {},
      { facts: { response: savedResponse('text') } },
      { facts: { response: savedResponse('{a:1}') } },
      { facts: { response: savedResponse('text', 200, { 'content-length': '9', 'content-encoding': 'gzip' }) } },
    ],
  },
  'proxy-unreachable': {
    confirmed: [failed('connect', 'ECONNREFUSED', {}, PROXY), failed('dns', 'ENOTFOUND', {}, PROXY)],
    ruledOut: [failed('connect', 'ECONNREFUSED')],
    open: [failed('response', 'ECONNRESET', {}, PROXY), {}],
  },
  'localhost-family': {
    confirmed: [],
    ruledOut: [
      local('connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9'),
      failed('connect', 'ECONNREFUSED'),
    ],
    open: [local('connect ECONNREFUSED ::1:9'), local('refused'), {}],
  },
  'certificate-expired': {
    confirmed: [shown({ validTo: '2026-02-01T00:00:00.000Z' })],
    ruledOut: [shown({})],
    open: [{}, failed('tls', 'CERT_HAS_EXPIRED')],
  },
  'certificate-not-yet-valid': {
    confirmed: [shown({ validFrom: '2026-04-01T00:00:00.000Z' })],
    ruledOut: [shown({})],
    open: [{}],
  },
  'certificate-other-name': {
    confirmed: [shown({ names: ['other.example', '*.api.example'] }), shown({ names: [] })],
    ruledOut: [shown({}), shown({ names: ['*.example'] })],
    open: [{}],
  },
  'certificate-issuer': { confirmed: [shown({ selfSigned: true })], ruledOut: [], open: [shown({}), {}] },
  'tls-inspected': {
    confirmed: [shown({ issuer: 'Zscaler Intermediate Root CA' })],
    ruledOut: [],
    open: [shown({}), {}],
  },
  'clock-skew': {
    confirmed: [
      { headers: { date: 'Sun, 01 Mar 2026 11:00:00 GMT' } },
      { headers: { date: 'Sun, 01 Mar 2026 12:20:00 GMT' } },
    ],
    ruledOut: [{ headers: { date: 'Sun, 01 Mar 2026 12:01:00 GMT' } }],
    open: [
      {},
      { headers: { date: 'yesterday' } },
      { headers: { date: 'Sun, 01 Mar 2026 11:00:00 GMT' }, facts: { now: null } },
    ],
  },
};

describe.each(Object.entries(TABLE))('the check %s', (name, { confirmed, ruledOut, open }) => {
  const verdicts = (given: Given[]) => given.map((each) => CHECKS[name as CheckName].run(facts(each)).verdict);

  it('confirms, rules out, or leaves open', () => {
    expect(confirmed.length + ruledOut.length).toBeGreaterThan(0);
    expect(verdicts(confirmed)).toEqual(confirmed.map(() => 'confirmed'));
    expect(verdicts(ruledOut)).toEqual(ruledOut.map(() => 'ruled-out'));
    expect(verdicts(open)).toEqual(open.map(() => 'possible'));
  });

  it('never shows the key', () => {
    for (const each of [...confirmed, ...ruledOut, ...open]) {
      const { findings } = CHECKS[name as CheckName].run(facts(each));
      expect(`${evidenceOf(findings)} ${JSON.stringify(findings)}`).not.toMatch(/k-3f|9a7c|eyJ/);
    }
  });
});

describe('the verdict of several checks', () => {
  it('needs one that confirms, and all to rule out', () => {
    const given = facts({ request: { headers: { authorization: 'Basic x' } } });
    expect(assessmentOf(['key-missing', 'key-scheme'], given).verdict).toBe('confirmed');
    expect(assessmentOf(['key-missing', 'key-empty'], given).verdict).toBe('possible');
    expect(assessmentOf(['key-missing', 'key-scheme'], facts(sent(KEY))).verdict).toBe('ruled-out');
  });
});

const FIXTURES = new URL('../../../fixtures/', import.meta.url);

/** Every response of the fixtures, with its API if it has one. */
const ANSWERS = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const [id = ''] = file.replace(/^envelopes[\\/]/, '').split(/[\\/]/);
    return { file, catalog: builtIn.apis.find((one) => one.id === id) ?? builtIn.known.load(id) };
  });

/** True for a statement of the response, which is no fault of the request. */
const isOfAnswer = (finding: Finding): boolean =>
  /^(?:message-says|scope-absent|retry-after|method-refused|redirect-)/.test(finding.code) ||
  (finding.code === 'limit-remaining' && finding.remaining === 0) ||
  (finding.code === 'field-absent' && finding.where.in === 'query') ||
  (finding.code === 'fields-both-absent' && finding.in === 'query');

const keyOf = ({ base64 }: Auth): string => (base64 ? 'user:k-3f9a7c21' : 'k-3f9a7c21');

describe('a request that has nothing wrong with it', () => {
  // A wrong "confirmed" is worse than none: whatever the response, the checks find no fault in this
  // request.
  it.each(ANSWERS)('is not blamed for $file', ({ catalog, file }) => {
    const { status, headers = {}, body } = JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8'));
    const request: Request = {
      method: 'GET',
      url: `https://api.example${catalog?.mock?.resources[0]?.request.split(' ')[1] ?? '/v1/things/7'}`,
      headers: Object.fromEntries([
        [
          catalog?.auth?.header.toLowerCase() ?? 'authorization',
          catalog?.auth === undefined ? KEY : credentialWith(catalog.auth, keyOf(catalog.auth)),
        ],
        ...(catalog?.requiredHeaders ?? []).map(({ name }) => [
          name.toLowerCase(),
          '7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11',
        ]),
        ['idempotency-key', '0b9f5c1e-3a57-4c0c-8f6e-2d8a1c7e9f40'],
      ]),
      body: null,
    };
    const response = savedResponse(typeof body === 'string' ? body : JSON.stringify(body), status, headers);
    const context = { api: catalog?.id ?? null, now: NOW, sent: NOTHING_SENT };
    const { causes } = diagnose({ request, response, failure: null }, builtIn, context);
    const blamed = causes.filter(
      ({ verdict, findings }) => verdict !== 'ruled-out' && findings.some((finding) => !isOfAnswer(finding)),
    );
    expect(blamed).toEqual([]);
  });

  it('is tried with every fixture', () => {
    expect(ANSWERS.length).toBeGreaterThan(300);
  });
});
