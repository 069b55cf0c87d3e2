import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { CHECKS, type CheckName, verdictOf } from '../../../src/diagnosis/evidence/checks.ts';
import type { Facts } from '../../../src/diagnosis/evidence/facts.ts';
import { type Request, savedResponse } from '../../../src/diagnosis/exchange.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

interface Given {
  request?: Partial<Request>;
  headers?: Record<string, string>;
  status?: number;
  facts?: Partial<Facts>;
}

function facts({ request = {}, headers = {}, status = 400, facts: changes = {} }: Given): Facts {
  return {
    request: { method: 'GET', url: 'https://api.example/v1/things/7', headers: {}, body: null, ...request },
    response: savedResponse('', status, headers),
    category: 'authentication',
    vague: true,
    auth: { header: 'Authorization', value: 'Bearer {key}' },
    requiredHeaders: [{ name: 'X-Tenant-ID', format: 'uuid' }],
    keyFrom: 'MY_KEY',
    withheld: null,
    values: {},
    fields: [],
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
const KEY = 'Bearer k-3f9a7c21';
const NO_AUTH: Given = { facts: { auth: null } };

/** For each check: what confirms it, what rules it out, and what leaves it open. */
const TABLE: Record<CheckName, { confirmed: Given[]; ruledOut: Given[]; open: Given[] }> = {
  'key-missing': {
    confirmed: [{}, { facts: { withheld: 'x' } }],
    ruledOut: [sent(KEY), sent('Basic x')],
    open: [NO_AUTH],
  },
  'key-in-other-header': {
    confirmed: [{ request: { headers: { 'x-api-key': 'k' } } }],
    ruledOut: [{}],
    open: [sent(KEY), NO_AUTH],
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
    open: [{}, sent('Bearer [redacted]')],
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
  'key-quoted': { confirmed: [sent('Bearer "k"'), sent("Bearer 'k'")], ruledOut: [sent(KEY)], open: [{}] },
  'key-whitespace': {
    confirmed: [sent('Bearer k-3f 9a')],
    ruledOut: [sent(KEY), sent('Bearer  k-3f9a '), sent('Bearer Bearer k')],
    open: [{}],
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
  'header-missing': {
    confirmed: [{}, { request: { headers: { 'x-tenant-id': '' } } }],
    ruledOut: [{ request: { headers: { 'x-tenant-id': 'x' } } }],
    open: [{ facts: { requiredHeaders: [] } }],
  },
  'header-format': {
    confirmed: [{ request: { headers: { 'x-tenant-id': 'acme' } } }],
    ruledOut: [{ request: { headers: { 'x-tenant-id': '7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11' } } }],
    open: [{}],
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
  'method-not-allowed': {
    confirmed: [{ headers: { allow: 'POST, PUT' } }],
    ruledOut: [{ headers: { allow: 'get, head' } }],
    open: [{}, { headers: { allow: '' } }],
  },
  'body-missing': { confirmed: [posted(null), posted(' ')], ruledOut: [posted('{}')], open: [{}] },
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
      { ...posted('{"a":{}}'), facts: { fields: ['/a/name'] } },
    ],
    ruledOut: [{ ...posted('{"a":null}'), facts: { values: { field: 'a' } } }],
    open: [
      posted('{}'),
      { ...posted('{'), facts: { values: { field: 'a' } } },
      { ...posted('{}'), facts: { fields: ['/a', '/b'] } },
    ],
  },
  'list-too-long': {
    confirmed: [{ ...posted('{"a":[1,2,3]}'), facts: { values: { field: 'a', max: '2' } } }],
    ruledOut: [{ ...posted('{"a":[1,2]}'), facts: { values: { field: 'a', max: '2' } } }],
    open: [{ ...posted('{"a":3}'), facts: { values: { field: 'a', max: '2' } } }, {}],
  },
  'neither-field': {
    confirmed: [{ ...posted('{"c":1}'), facts: { values: { a: 'a', b: 'b' } } }],
    ruledOut: [{ ...posted('{"b":1}'), facts: { values: { a: 'a', b: 'b' } } }],
    open: [posted('{}'), { facts: { values: { a: 'a', b: 'b' } } }],
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
    expect(confirmed.length * ruledOut.length).toBeGreaterThan(0);
    expect(verdicts(confirmed)).toEqual(confirmed.map(() => 'confirmed'));
    expect(verdicts(ruledOut)).toEqual(ruledOut.map(() => 'ruled-out'));
    expect(verdicts(open)).toEqual(open.map(() => 'possible'));
  });

  it('never shows the key', () => {
    for (const each of [...confirmed, ...ruledOut]) {
      const { evidence } = CHECKS[name as CheckName].run(facts(each));
      expect(evidence).not.toMatch(/k-3f|9a7c|eyJ/);
    }
  });
});

describe('the verdict of several checks', () => {
  it('needs one that confirms, and all to rule out', () => {
    const given = facts({ request: { headers: { authorization: 'Basic x' } } });
    expect(verdictOf(['key-missing', 'key-scheme'], given).verdict).toBe('confirmed');
    expect(verdictOf(['key-missing', 'key-empty'], given).verdict).toBe('possible');
    expect(verdictOf(['key-missing', 'key-scheme'], facts(sent(KEY))).verdict).toBe('ruled-out');
  });
});

const FIXTURES = new URL('../../../fixtures/', import.meta.url);

describe('a request that has nothing wrong with it', () => {
  const cases = builtIn.apis.flatMap((catalog) =>
    readdirSync(new URL(`${catalog.id}/`, FIXTURES)).map((file) => ({ catalog, file })),
  );

  // A wrong "confirmed" is worse than none: whatever the API answers, the checks find no fault in this request.
  it.each(cases)('is not blamed for $catalog.id $file', ({ catalog, file }) => {
    const { status, headers, body } = JSON.parse(readFileSync(new URL(`${catalog.id}/${file}`, FIXTURES), 'utf8'));
    const request: Request = {
      method: 'GET',
      url: `https://api.example${catalog.mock?.resources[0]?.request.split(' ')[1]}`,
      headers: Object.fromEntries([
        [catalog.auth?.header.toLowerCase() ?? 'x', catalog.auth?.value.replace('{key}', 'k-3f9a7c21') ?? 'y'],
        ...catalog.requiredHeaders.map(({ name }) => [name.toLowerCase(), '7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11']),
      ]),
      body: null,
    };
    const response = savedResponse(typeof body === 'string' ? body : JSON.stringify(body), status, headers ?? {});
    const context = { api: catalog.id, now: NOW, sent: { auth: null, keyFrom: null, withheld: null } };
    const { causes } = diagnose({ request, response, failure: null }, builtIn, context);
    const blamed = causes.filter(
      ({ verdict, evidence }) => verdict === 'confirmed' && !evidence?.startsWith('the message reads'),
    );
    expect(blamed).toEqual([]);
  });
});
