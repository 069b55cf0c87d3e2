import { spawn } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder } from '../helpers/terminal.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url));

/** Reports the process's peak memory at exit, in kilobytes. */
const SAY_MEMORY = 'process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))';

/** `millions` million bytes of binary data, in blocks that all differ. */
function* blocks(millions: number, hash: Hash) {
  for (let i = 0; i < millions * 10; i++) {
    const block = Buffer.alloc(100_000, `${i} \xff\0 `, 'latin1');
    hash.update(block);
    yield block;
  }
}

/** Calls for a body of `millions` million bytes. */
async function called(millions: number) {
  const sent = createHash('sha256');
  const { url } = await serve((_, response) => void pipeline(Readable.from(blocks(millions, sent)), response));
  const cwd = emptyFolder();
  const child = spawn(process.execPath, [LAUNCHER, 'call', 'GET', url], {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: cwd,
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(SAY_MEMORY)}`,
    },
  });
  const got = createHash('sha256');
  let size = 0;
  let stderr = '';
  child.stdout.on('data', (bytes) => {
    size += bytes.length;
    got.update(bytes);
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  return {
    code,
    size,
    same: got.digest('hex') === sent.digest('hex'),
    stderr,
    peak: Number(/peak (\d+)/.exec(stderr)?.[1]),
  };
}

it('passes on a body of 100 MB to the byte, in about the memory that one of 12 MB takes', async () => {
  const short = await called(12);
  const long = await called(100);
  expect(long).toMatchObject({ code: 0, size: 100_000_000, same: true });
  expect(long.stderr).toContain('Only the first 10 MiB of the body were diagnosed.');
  // The timing of garbage collection is random, but 88 MB of retained data would show.
  expect(long.peak - short.peak).toBeLessThan(60_000);
});
