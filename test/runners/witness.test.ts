import { expect, it } from 'vitest';
import { Witness } from '../../src/runners/witness.ts';

/** A test that sends a request, which the server answers, or not; and the witness of it. */
async function sent(answer: () => Promise<Response>, init: RequestInit = {}) {
  const global = { fetch: (() => answer()) as typeof fetch };
  const witness = new Witness(global);
  const url = 'https://user:pa55word@api.example.com/users?api_key=key-in-query-1234';
  const outcome = global.fetch(url, init).catch((error: unknown) => error);
  return { witness, outcome };
}

const answered = async (status: number, body: object, init?: RequestInit) => {
  const { witness, outcome } = await sent(async () => Response.json(body, { status }), init);
  await outcome;
  return witness;
};

async function explained(witness: Witness, error = new Error('expected 400 to be 200')): Promise<string> {
  await witness.explain([error]);
  return error.message;
}

it('says which request failed, and what the API said of it', async () => {
  const errors = [{ field: 'email', message: 'is already taken' }];
  const witness = await answered(422, { message: 'Invalid', errors }, { method: 'post' });
  const lines = (await explained(witness)).split('\n');
  expect(lines.slice(0, 2)).toEqual(['expected 400 to be 200', '']);
  expect(lines).toContain('  request: POST https://api.example.com/users, the last one that failed');
  expect(lines).toContain('  says: /email: is already taken');
});

it('shows no credential of the request, though the API repeats it, and no control character', async () => {
  const headers = { Authorization: 'Bearer header-token-1234', 'X-API-Key': 'header-key-1234' };
  const message = 'No such key: header-token-1234, header-key-1234, key-in-query-1234, pa55word, \u001b[31mred';
  const text = await explained(await answered(401, { message }, { headers }));
  expect(text).toContain('says: No such key: [redacted], [redacted], [redacted], [redacted], \\x1b[31mred');
  expect(text).not.toMatch(/1234|pa55word/);
});

it('takes the time limit of a test for that of a request only if one is unanswered', async () => {
  const limit = () => new Error('Test timed out in 50ms.');
  expect(await explained(await answered(200, {}), limit())).toBe('Test timed out in 50ms.');
  const { witness } = await sent(() => new Promise(() => {}));
  expect(await explained(witness, limit())).toContain('errprobe: ');
});

it('does not show itself in the stack of what fetch throws', async () => {
  const { outcome } = await sent(async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
  });
  const { stack } = (await outcome) as Error;
  expect(stack).toContain('witness.test.ts');
  expect(stack).not.toMatch(/\bWitness\b/);
});

it('leaves the requests of earlier tests alone', async () => {
  const witness = await answered(404, {});
  witness.forget();
  expect(await explained(witness)).toBe('expected 400 to be 200');
});

it('leaves alone what is no object', async () => {
  const witness = await answered(404, {});
  await witness.explain([undefined, 'text', null, 7]);
});
