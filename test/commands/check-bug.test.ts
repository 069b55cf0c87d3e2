import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

it('says that an internal error in one check is a bug, with its stack in JSON and with --verbose', async () => {
  const { url } = await serve((_, response) => response.writeHead(200).end('{}'));
  const cwd = emptyFolder();
  const checks = [1, 2].map((n) => ({ name: `c${n}`, request: `GET ${url}` }));
  writeFileSync(join(cwd, 'errprobe.checks.yaml'), JSON.stringify({ checks }));
  const failing = () => {
    let left = 1;
    const uuid = () => {
      if (left-- > 0) throw new TypeError('boom for Zk9Key4242abcdXYZ');
      return 'id';
    };
    return { cwd, uuid, env: { RAPTOR_COMPLY_API_KEY: 'Zk9Key4242abcdXYZ' } };
  };
  const json = await run(['check', '--format', 'json', '--jobs', '1'], failing());
  const [first, second] = JSON.parse(json.stdout).results;
  expect(first.check.reason).toContain('a bug in errprobe: TypeError: boom for [redacted]');
  expect(first.check.stack).toMatch(/^TypeError: boom for \[redacted\]\n\s+at /);
  expect(second.check).not.toHaveProperty('stack');
  const verbose = await run(['check', '-v', '--jobs', '1'], failing());
  expect(verbose.stdout).toMatch(/bug in errprobe[\s\S]*\n {4}at /);
  const plain = await run(['check', '--jobs', '1'], failing());
  expect(plain.stdout).not.toMatch(/\n {4}at /);
});
