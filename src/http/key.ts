import { createHash } from 'node:crypto';
import type { ApiSettings, Key } from '../settings.ts';

/**
 * Why the key must not be sent to a URL, or null when it may. A key goes to its API's hosts only, and never in clear
 * text except on this machine.
 */
export function reasonToWithhold(url: URL, settings: Pick<ApiSettings, 'hosts' | 'catalog'>): string | null {
  const api = settings.catalog?.id ?? 'the API';
  if (!settings.hosts.includes(url.host)) return `${url.host} is not a host of ${api}`;
  if (url.protocol !== 'https:' && !isLoopback(url)) return `${url.protocol}//${url.host} is not encrypted`;
  return null;
}

/** True for this machine: 127.0.0.0/8, ::1 and localhost (RFC 6761, section 6.3). */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Six hexadecimal digits that tell two keys apart without helping to guess one: too short to confirm a guess, and no
 * part of the key.
 */
export function fingerprint(key: Key): string {
  return createHash('sha256').update(`errprobe key\0${key.value}`).digest('hex').slice(0, 6);
}
