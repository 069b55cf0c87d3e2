import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Secrets } from '../../src/secrets/secrets.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The bytes that are in use. */
function used(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('a registered secret', () => {
  it('takes little memory in all its forms: a HAR may have ten thousand', () => {
    const secrets = new Secrets();
    secrets.add('the first');
    const before = used();
    const count = 4000;
    for (let i = 0; i < count; i++)
      secrets.add(`Bearer ${((i + 1) * 0.618033).toString(36).slice(2)}Zk9Key4242abcd${i}`);
    expect((used() - before) / count).toBeLessThan(6000);
    expect(secrets.redact('Zk9Key4242abcd')).toBe('Zk9Key4242abcd');
  });
});
