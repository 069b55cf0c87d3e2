import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { knowledge } from '../../src/index.ts';
import { savedResponse } from '../../src/model/exchange.ts';

const of = (body: unknown) =>
  diagnose({ request: null, response: savedResponse(JSON.stringify(body), 400), failure: null }, knowledge, { now: 0 });

describe('a diagnosis of very much', () => {
  it('cuts a message that is too long to say something, and says so', () => {
    const { message, notes } = of({ error: 'bad', message: 'very long '.repeat(10_000) });
    expect(message?.length).toBe(4001);
    expect(notes).toContain('Too long and cut after 4,000 characters: message.');
  });

  it('says of JSON with too many values that only its beginning was read', () => {
    const { code, notes } = of({ error: { code: 'bad_thing', message: 'It is bad.' }, list: Array(100_001).fill([]) });
    expect(code).toBe('bad_thing');
    expect(notes.join(' ')).toContain('only the first 100,000 values in it were read');
  });
});
