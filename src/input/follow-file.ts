import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Effects } from '../effects.ts';
import { UsageError } from '../errors.ts';
import { explainCode } from './read-source.ts';

/** How long to wait before looking for more, in milliseconds. */
const PAUSE = 250;

const PIECE = 512 * 1024;

/**
 * What is in a file and what is added to it, until the signal aborts. A file that takes its name (rotation) or that
 * became shorter is read from its beginning.
 *
 * @returns pieces of the file, `rotated` where another one begins, and `waiting` when there is nothing more for now
 * @throws UsageError when it cannot be read
 */
export async function* followFile(
  name: string,
  cwd: string,
  { sleep, signal }: Pick<Effects, 'sleep' | 'signal'>,
): AsyncGenerator<Buffer | 'rotated' | 'waiting'> {
  const path = resolve(cwd, name);
  let handle = await opened(path, name);
  let at = 0;
  try {
    while (!signal.aborted) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(PIECE), 0, PIECE, at);
      if (bytesRead > 0) {
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
        continue;
      }
      const there = await stat(path).catch(() => null);
      const own = await handle.stat();
      // Between two names there may be none for a moment.
      if (there !== null && (there.ino !== own.ino || there.size < at)) {
        await handle.close();
        handle = await opened(path, name);
        at = 0;
        yield 'rotated';
        continue;
      }
      yield 'waiting';
      await sleep(PAUSE, signal).catch(() => {});
    }
  } finally {
    await handle.close();
  }
}

async function opened(path: string, name: string) {
  try {
    const handle = await open(path);
    if (!(await handle.stat()).isDirectory()) return handle;
    await handle.close();
    throw Object.assign(new Error(), { code: 'EISDIR' });
  } catch (error) {
    throw new UsageError(`cannot read ${name}: ${explainCode((error as NodeJS.ErrnoException).code)}`);
  }
}
