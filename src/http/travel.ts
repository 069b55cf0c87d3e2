import { isSensitiveName } from '../secrets/names.ts';
import { isLoopback } from './loopback.ts';

/** A part of a request that identifies the sender, or carries their data. */
export type Part =
  | { kind: 'key' }
  /** `isShared`: a file sets it for all requests, instead of this one. */
  | { kind: 'header'; name: string; isShared: boolean }
  | { kind: 'body' }
  /** The certificate that identifies the client, with its key. */
  | { kind: 'certificate' };

/** How a request gets to a URL. */
export type Way =
  /**
   * It starts there. `hosts` are those of the API, with their ports, and `api` is its id, or null
   * if unknown; `chosenBy` says whether the host comes from an earlier response.
   */
  | { kind: 'start'; hosts: string[]; api: string | null; chosenBy: 'user' | 'server' }
  /**
   * A redirect leads there from the starting origin; `strayed` if an earlier one had already left
   * it.
   */
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
 * Decides for every sender whether a part of a request may go to a URL: the reason not to, in
 * words, or null.
 *
 * - The key, and header fields that a file sets for all requests, only go to the hosts of their
 * API; and credentials among them never in clear text, except on this machine.
 * - Header fields, bodies and client certificates given for this one request go where the user sends
 * it. If a response
 * chose the host, credentials are treated like the key.
 * - A redirect to another origin (RFC 6454, section 4) only takes harmless parts along, even if it
 * leads back.
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
  // For an unknown API, only the user can choose the host.
  const isNoHost =
    !way.hosts.includes(url.host) && (part.kind === 'key' || way.api !== null || way.chosenBy === 'server');
  if (isNoHost) return `${url.host} is not a host of ${way.api ?? 'the API'}`;
  const isClear = url.protocol !== 'https:' && !isLoopback(url);
  return isCredential && isClear ? `${url.protocol}//${url.host} is not encrypted` : null;
}
