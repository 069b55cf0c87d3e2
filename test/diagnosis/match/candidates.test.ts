import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import type { Origin } from '../../../src/diagnosis/context.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { readError } from '../../../src/diagnosis/read/read-error.ts';
import type { Diagnosis } from '../../../src/model/diagnosis.ts';
import { savedResponse } from '../../../src/model/exchange.ts';

function diagnosed(body: unknown, status: number | null, origin: Partial<Origin> = {}): Diagnosis {
  const response = savedResponse(typeof body === 'string' ? body : JSON.stringify(body), status);
  return diagnose({ request: null, response, failure: null }, builtIn, { ...origin, now: 0 });
}

const listed = ({ candidates }: Diagnosis): string[] =>
  candidates.map(({ id, why, choose }) => `${id} (${why})${choose === null ? '' : `: ${choose}`}`);

describe('an error that several APIs document alike', () => {
  it('names the entry of each, with what speaks for it and the option that chooses it', () => {
    const { id, candidates } = diagnosed({ error: 'Unauthorized', message: 'Invalid API key' }, 401);
    expect(id).toBe('http/unauthorized');
    expect(candidates[0]).toEqual({
      id: 'raptor-comply/invalid-api-key',
      api: 'raptor-comply',
      title: expect.any(String),
      why: 'same code and message',
      choose: '--api raptor-comply',
    });
  });

  it('names them where one code has its own entry in each of them', () => {
    const found = listed(diagnosed('the call failed with code: RATE_LIMIT_EXCEEDED', 429));
    expect(found.join('\n')).toMatch(/elder-protection.*same code.*--api elder-protection/);
    expect(found.join('\n')).toMatch(/victims.*same code.*--api victims/);
  });

  it.each([
    ['that is named', { api: 'raptor-comply' }],
    ['that the user works with', { preferred: 'raptor-comply' }],
  ])('has no candidates besides the entry of the API %s', (_, origin) => {
    const diagnosis = diagnosed({ error: 'Unauthorized', message: 'Invalid API key' }, 401, origin);
    expect(diagnosis.id).toBe('raptor-comply/invalid-api-key');
    expect(listed(diagnosis)).toEqual([]);
  });
});

describe('an error that several entries of its API fit', () => {
  it('lists up to three of them, with what would tell them apart', () => {
    const { id, ...rest } = diagnosed({ error: { message: 'No' } }, 429, { api: 'victims' });
    expect(id).toBe('http/too-many-requests');
    expect(listed(rest as Diagnosis)).toEqual([
      'victims/rate-limit-exceeded (if RATE_LIMIT_EXCEEDED)',
      'victims/infrastructure-limit-exceeded (if INFRASTRUCTURE_LIMIT_EXCEEDED)',
      'victims/quota-exhausted (if QUOTA_EXHAUSTED)',
    ]);
    expect(rest.notes).toEqual([]);
    expect(diagnosed({ error: { message: 'No' } }, 403, { api: 'victims' }).candidates).toHaveLength(3);
  });
});

describe('an error that one explanation fits best', () => {
  it.each<[string, unknown, number | null, string | null]>([
    ['a code of its API', { error: { code: 'KEY_LOCKED', message: 'x', request_id: 'r_1' } }, 403, null],
    ['a text of its API', { error: 'Unauthorized', message: 'API key has expired' }, 401, 'raptor-comply'],
    ['a status of its API', { detail: 'conflict' }, 409, 'cryptocomply'],
    ['a code of a known service', { ok: false, error: 'ratelimited' }, 200, null],
    [
      'a page of a gateway',
      '<html><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></html>',
      502,
      null,
    ],
    ['a shape that no API documents', { failure: 'Not found', hint: 'x' }, 404, null],
    ['no error at all', { fine: true }, 200, null],
  ])('has no candidates: %s', (_, body, status, api) => {
    expect(listed(diagnosed(body, status, { api }))).toEqual([]);
  });
});

describe('a shape of which no entry fits', () => {
  it.each<[string, unknown, number]>([
    [
      'the shape that victims documents: add --api if it comes from there.',
      { error: { code: 'A_B', message: 'x' } },
      418,
    ],
    [
      'the shape that raptor-comply and elder-protection document: add --api if it comes from one of them.',
      { error: 'Teapot', message: 'no' },
      418,
    ],
  ])('is said in a note: %s', (said, body, status) => {
    const { candidates, notes } = diagnosed(body, status);
    expect(candidates).toEqual([]);
    expect(notes.join()).toContain(said);
  });
});

describe('a body of a form that several services use', () => {
  const openai = (message: string) => ({ error: { message, type: 'x', param: null, code: 'insufficient_quota' } });
  const looksLike = (body: unknown, headers = {}, url: string | null = null) => {
    const request = url === null ? null : { method: 'GET', url, headers: {}, body: null };
    const response = savedResponse(JSON.stringify(body), 429, headers);
    const { id, notes } = diagnose({ request, response, failure: null }, builtIn, { now: 0 });
    return [id, notes.some((note) => note.startsWith('It looks like an error of '))];
  };

  it('is said to look like one of a service, unless its host or what no other service sends proves it', () => {
    const id = 'openai/insufficient-quota';
    expect(looksLike(openai('Out of quota'))).toEqual([id, true]);
    expect(looksLike(openai('Out of quota'), {}, 'https://api.mistral.ai/v1/x')).toEqual([id, true]);
    expect(looksLike(openai('Out of quota'), {}, 'https://api.openai.com/v1/x')).toEqual([id, false]);
    expect(looksLike(openai('Out of quota'), { 'openai-version': '2020-10-01' })).toEqual([id, false]);
    expect(looksLike(openai('See https://platform.openai.com/docs'))).toEqual([id, false]);
  });

  const cloudflare = { success: false, errors: [{ code: 10000, message: 'No' }], messages: [], result: null };
  const postgrest = (code: string) => ({ code, details: null, hint: null, message: 'no' });
  it.each<[string, string, unknown, object, boolean]>([
    ['services/cloudflare-api-auth', 'its form alone', cloudflare, {}, true],
    ['services/cloudflare-api-auth', 'a header of its own', cloudflare, { 'cf-auditlog-id': 'a' }, false],
    ['services/postgres-duplicate', 'its form and a code of the database', postgrest('23505'), {}, true],
    ['services/postgres-duplicate', 'a header of its own', postgrest('23505'), { 'sb-project-ref': 'a' }, false],
    ['services/postgres-rights', 'a code of its own', postgrest('PGRST301'), {}, false],
  ])('is explained by %s, by %s', (id, _, body, headers, isOnlyLike) => {
    expect(looksLike(body, headers)).toEqual([id, isOnlyLike]);
  });

  it('is not said to be one of Apigee by a fault that others write, too', () => {
    const fault = (errorcode: string) => ({ fault: { faultstring: 'Quota violated', detail: { errorcode } } });
    expect(readError(fault('policies.ratelimit.QuotaViolation')).ambiguous).toEqual([]);
    expect(readError(fault('900802')).ambiguous).toEqual(['another API']);
  });

  it('is not said to where nothing of the service is in the explanation', () => {
    expect(looksLike({ error: { message: 'No', type: 'x', param: null, code: 'other' } })[1]).toBe(false);
  });
});
