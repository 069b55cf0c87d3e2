import { isSensitiveName } from '../secrets/names.ts';
import { isLoopback } from './key.ts';

/** A part of a request that tells who sends it, or what they have. */
export type Part =
  | { kind: 'key' }
  /** `isShared`: a file sets it for all requests, and it was not written for this one. */
  | { kind: 'header'; name: string; isShared: boolean }
  | { kind: 'body' };

/** How a request comes to its URL. */
export type Way =
  /**
   * It begins there. `hosts` are those of the API, with their ports, and `api` is its id, null where none is known; `chosenBy`
   * says whether the host comes from an earlier response.
   */
  | { kind: 'start'; hosts: string[]; api: string | null; chosenBy: 'user' | 'server' }
  /** A redirect led there, away from where the request began; `strayed` when one before left that origin. */
  | { kind: 'redirect'; start: URL; strayed: boolean };

/** Header fields that may go anywhere: they say what is wanted, not who wants it. */
const HARMLESS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'content-length',
  'user-agent',
]);

/**
 * Decides for every sender whether a part of a request may go to a URL: why not, in words, or null when it may.
 *
 * - The key, and header fields that a file sets for all requests, go to the hosts of their API only; and credentials among
 *   them never in clear text, except on this machine.
 * - Header fields and bodies that were written for this very request go where the user sends it. Where a response
 *   chose the host, credentials are treated like the key.
 * - A redirect to another origin (RFC 6454, section 4) takes nothing along but what is harmless, and neither does one
 *   from there back.
 */
export function reasonToWithhold(part: Part, url: URL, way: Way): string | null {
  if (part.kind === 'header' && HARMLESS.has(part.name)) return null;
  if (way.kind === 'redirect') {
    if (way.strayed) return 'redirects led through another origin';
    return url.origin === way.start.origin ? null : `a redirect led to ${url.origin}`;
  }
  const isCredential = part.kind === 'key' || (part.kind === 'header' && isSensitiveName(part.name));
  const isBound =
    part.kind === 'key' || (part.kind === 'header' && (part.isShared || (isCredential && way.chosenBy === 'server')));
  if (!isBound) return null;
  // Of an API that is not known, only the user can say where it is.
  const isNoHost =
    !way.hosts.includes(url.host) && (part.kind === 'key' || way.api !== null || way.chosenBy === 'server');
  if (isNoHost) return `${url.host} is not a host of ${way.api ?? 'the API'}`;
  const isClear = url.protocol !== 'https:' && !isLoopback(url);
  return isCredential && isClear ? `${url.protocol}//${url.host} is not encrypted` : null;
}
