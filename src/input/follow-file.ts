import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Effects } from '../model/effects.ts';
import { UsageError } from '../model/errors.ts';
import { explainCode } from './read-source.ts';

/** The polling interval, in milliseconds. */
const PAUSE = 250;

const PIECE = 512 * 1024;

/**
 * Reads a file and everything appended to it, until the signal aborts. A new file of the same name
 * (log rotation), or a truncated one, is read from its beginning.
 *
 * @returns pieces of the file, `rotated` where another file starts, and `waiting` when there is
 * nothing more for now
 * @throws UsageError when it cannot be read
 */
export async function* followFile(
  name: string,
  cwd: string,
  { sleep, signal }: Pick<Effects, 'sleep' | 'signal'>,
): AsyncGenerator<Buffer | 'rotated' | 'waiting'> {
  const path = resolve(cwd, name);
  let { handle, isPipe } = await opened(path, name);
  let at = 0;
  try {
    while (!signal.aborted) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(PIECE), 0, PIECE, isPipe ? null : at);
      if (bytesRead > 0) {
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
        continue;
      }
      const there = await stat(path).catch(() => null);
      const own = await handle.stat();
      // During rotation the name may not exist for a moment.
      if (there !== null && (there.ino !== own.ino || (!isPipe && there.size < at))) {
        await handle.close();
        ({ handle, isPipe } = await opened(path, name));
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
    const stats = await handle.stat();
    // A pipe has no positions, and its size means nothing.
    if (!stats.isDirectory()) return { handle, isPipe: !stats.isFile() };
    await handle.close();
    throw Object.assign(new Error(), { code: 'EISDIR' });
  } catch (error) {
    throw new UsageError(`cannot read ${name}: ${explainCode((error as NodeJS.ErrnoException).code)}`);
  }
}
