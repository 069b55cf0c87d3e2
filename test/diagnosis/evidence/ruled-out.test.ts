import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { savedResponse } from '../../../src/model/exchange.ts';
import { saysTheSame } from '../../../src/render/words.ts';
import { FAULTS } from './faults.ts';
import { MISLEADING } from './misleading.ts';
import { type Answered, type Asked, diagnosisOf, KEY, PROFILE, says, TENANT } from './situations.ts';

const { rc, ep, cc, vi } = says;

/**
 * Responses that claim something untrue about the request: the API, the request, the response, and
 * what the request shows.
 */
const UNTRUE: [api: string, asked: Asked, answered: Answered, seen: RegExp][] = [
  [
    'raptor-comply',
    { call: 'GET /cyber-assets' },
    rc(401, 'Unauthorized', 'Missing X-API-Key header'),
    /has X-API-Key/,
  ],
  [
    'raptor-comply',
    { call: 'POST /cyber-assets', body: { cyberSystemId: 's-7' } },
    rc(422, 'Unprocessable Entity', "Field 'cyberSystemId' is required"),
    /has \/cyberSystemId/,
  ],
  ['elder-protection', { call: 'GET /profiles' }, ep(401, 'Unauthorized', 'missing tenant ID'), /has X-Tenant-ID/],
  [
    'elder-protection',
    { call: 'POST /profiles', body: { customer_id: 'C-1' } },
    ep(400, 'Bad Request', 'customer_id is required'),
    /has \/customer_id/,
  ],
  [
    'elder-protection',
    { call: 'POST /signals/1/review', body: { status: 'CONFIRMED' } },
    ep(400, 'Bad Request', 'status must be CONFIRMED or DISMISSED'),
    /one of the allowed/,
  ],
  [
    'elder-protection',
    { call: `GET /profiles/${PROFILE}` },
    ep(400, 'Bad Request', 'invalid profile ID'),
    /form of a UUID/,
  ],
  [
    'elder-protection',
    { call: 'POST /rules', body: { weight: 0.5 } },
    ep(400, 'Bad Request', 'weight must be between 0 and 1'),
    /in the range/,
  ],
  [
    'cryptocomply',
    { call: 'GET /organizations/1/addresses' },
    cc(401, 'Authentication credentials were not provided.'),
    /has Authorization/,
  ],
  [
    'victims',
    { call: 'POST /v1/victims/search', body: { domains: ['a'] } },
    vi(400, 'VALIDATION_ERROR', 'Either domains or logins must be provided'),
    /has domains/,
  ],
  [
    'victims',
    { call: 'POST /v1/victims/search', body: { domains: ['a'] } },
    vi(400, 'VALIDATION_ERROR', 'domains: list has 120 items, max 100'),
    /has 1 item/,
  ],
];

describe('a cause that the request rules out', () => {
  it('never stands as the reason', () => {
    const wrong = [...FAULTS, ...MISLEADING].filter((situation) => {
      const { cause, causes } = diagnosisOf(situation);
      return causes.some(({ verdict, text }) => verdict === 'ruled-out' && saysTheSame(text, cause));
    });
    expect(wrong.map(({ what }) => what)).toEqual([]);
  });

  it.each(UNTRUE)('gives way to what %s was sent: %j, answered by %j', (api, asked, answered, seen) => {
    const { cause, causes, from } = diagnosisOf({ what: '', api, asked, answered, evidence: null });
    expect(cause).toMatch(seen);
    expect(cause).toContain('errprobe sent it');
    expect(from.cause).toBe('general');
    expect(causes.filter(({ verdict }) => verdict === 'confirmed')).toEqual([]);
  });

  it('is not said to have been sent by errprobe where the exchange was saved', () => {
    const headers = { authorization: `Bearer ${KEY}`, 'x-tenant-id': TENANT };
    const request = { method: 'GET', url: 'https://api.example/profiles', headers, body: null };
    const response = savedResponse('{"error":"Unauthorized","message":"missing tenant ID","status":401}', 401);
    const { cause } = diagnose({ request, response, failure: null }, builtIn, { api: 'elder-protection', now: 0 });
    expect(cause).toMatch(/has X-Tenant-ID.*[Ii]t was sent/);
    expect(cause).not.toContain('errprobe');
  });

  it('stays possible where the request is not known', () => {
    const response = savedResponse('{"error":"Unauthorized","message":"Missing X-API-Key header"}', 401);
    const { cause, causes } = diagnose({ request: null, response, failure: null }, builtIn, {
      api: 'raptor-comply',
      now: 0,
    });
    expect(cause).toBe('The API did not receive an X-API-Key header.');
    expect(causes.map(({ verdict }) => verdict)).toEqual(['possible']);
  });
});
