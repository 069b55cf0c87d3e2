import { spawn } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder } from '../helpers/terminal.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url));

/** Reports the process's peak memory at exit, in kilobytes: VmHWM of Linux, since maxRSS begins with the parent's. */
const SAY_MEMORY = `import{readFileSync}from'node:fs';process.on('exit',()=>{
  let peak=process.resourceUsage().maxRSS;
  try{peak=/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1]}catch{}
  process.stderr.write('peak '+peak)})`;

/** `millions` million bytes of binary data, in blocks that all differ. */
function* blocks(millions: number, hash: Hash) {
  for (let i = 0; i < millions * 10; i++) {
    const block = Buffer.alloc(100_000, `${i} \xff\0 `, 'latin1');
    hash.update(block);
    yield block;
  }
}

/** Calls for a body of `millions` million bytes, on standard output or in a file. */
async function called(millions: number, name?: string) {
  const sent = createHash('sha256');
  const { url } = await serve((_, response) => void pipeline(Readable.from(blocks(millions, sent)), response));
  const cwd = emptyFolder();
  const argv = [LAUNCHER, 'call', 'GET', url, ...(name === undefined ? [] : ['-o', name])];
  const child = spawn(process.execPath, argv, {
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
  for await (const bytes of name === undefined ? [] : createReadStream(join(cwd, name))) {
    size += bytes.length;
    got.update(bytes);
  }
  return {
    code,
    size,
    same: got.digest('hex') === sent.digest('hex'),
    stderr,
    peak: Number(/peak (\d+)/.exec(stderr)?.[1]),
  };
}

it('passes on 50 MB to the byte, to a pipe and to a file, in about the memory that 12 MB take', async () => {
  const short = await called(12);
  for (const long of [await called(50), await called(50, 'out')]) {
    expect(long).toMatchObject({ code: 0, size: 50_000_000, same: true });
    // The timing of garbage collection is random, but 38 MB of retained data would show.
    expect(long.peak - short.peak).toBeLessThan(30_000);
  }
  expect(short.stderr).toContain('Only the first 10 MiB of the body were diagnosed.');
});
