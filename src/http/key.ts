import { createHash } from 'node:crypto';
import type { Key } from '../model/settings.ts';

/** True for this machine: 127.0.0.0/8, ::1 and localhost (RFC 6761, section 6.3). */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Six hexadecimal digits that distinguish keys: no part of the key, and too short to confirm a
 * guess.
 */
export function fingerprint(key: Key): string {
  return createHash('sha256').update(`errprobe key\0${key.value}`).digest('hex').slice(0, 6);
}
