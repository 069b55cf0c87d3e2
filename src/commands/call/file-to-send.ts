import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Piece } from '../../http/pieces.ts';
import { readBytes } from '../../input/read-source.ts';
import type { Effects } from '../../model/effects.ts';
import { LONGEST_DIAGNOSED } from '../../model/exchange.ts';

/**
 * A file to send, or standard input for `-`. A file of more than is diagnosed is not read yet; what
 * can be read only once is, since a retry sends it again.
 *
 * @throws UsageError when it cannot be read
 */
export async function fileToSend(path: string, effects: Pick<Effects, 'cwd' | 'stdin' | 'signal'>): Promise<Piece> {
  const file = resolve(effects.cwd, path);
  const size = path === '-' ? null : await readableSize(file);
  return size !== null && size > LONGEST_DIAGNOSED ? { path: file, size } : readBytes(path, effects);
}

/** The size of a regular file that can be read; null for anything else. */
async function readableSize(file: string): Promise<number | null> {
  try {
    const stats = await stat(file);
    await access(file, constants.R_OK);
    return stats.isFile() ? stats.size : null;
  } catch {
    return null;
  }
}
