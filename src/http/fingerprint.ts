import { createHash } from 'node:crypto';
import type { Key } from '../model/settings.ts';

/**
 * Six hexadecimal digits that distinguish keys: no part of the key, and too short to confirm a
 * guess.
 */
export function fingerprint(key: Key): string {
  return createHash('sha256').update(`errprobe key\0${key.value}`).digest('hex').slice(0, 6);
}
