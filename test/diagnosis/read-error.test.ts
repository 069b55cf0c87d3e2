import { describe, expect, it } from 'vitest';
import { readError } from '../../src/diagnosis/read-error.ts';

describe('an error body of no known API', () => {
  it.each<[string, unknown, object]>([
    [
      'problem details (RFC 9457)',
      { type: 'https://example.net/out-of-credit', title: 'Out of credit', status: 403, detail: 'Balance is 30.' },
      { envelope: 'problem+json', code: 'https://example.net/out-of-credit', message: 'Balance is 30.', status: 403 },
    ],
    [
      'problem details without a type',
      { type: 'about:blank', title: 'Not Found', status: 404 },
      { code: null, message: 'Not Found' },
    ],
    ['code and message at the top', { code: 'E1', message: 'no' }, { envelope: 'generic', code: 'E1', message: 'no' }],
    ['a nested error', { error: { code: 42, message: 'no' } }, { code: '42', message: 'no' }],
    ['OAuth', { error: 'invalid_grant', error_description: 'expired' }, { code: 'invalid_grant', message: 'expired' }],
    ['a list of errors', { errors: [{ code: 'X', message: 'no' }] }, { code: 'X', message: 'no' }],
    ['a list of texts', { errors: ['Forbidden'] }, { code: null, message: 'Forbidden' }],
    ['a link', { message: 'no', documentation_url: 'https://docs.example' }, { docs: ['https://docs.example'] }],
    ['a wait in the body', { message: 'limited', retry_after: 1.5 }, { retryAfterMs: 1500 }],
    ['a line of text', 'upstream request timeout', { envelope: 'unknown', message: 'upstream request timeout' }],
    ['a page', '<html><title>T</title><h1>Bad\n Gateway</h1></html>', { envelope: 'html', message: 'Bad Gateway' }],
    ['something that is no error', { items: [] }, { envelope: 'unknown', message: null, code: null }],
    ['members of wrong types', { error: [], message: {}, code: true }, { code: null, message: null }],
  ])('is read from %s', (_, body, expected) => {
    expect(readError(typeof body === 'string' ? body : JSON.stringify(body))).toMatchObject(expected);
  });
});
