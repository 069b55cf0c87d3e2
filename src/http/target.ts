import { UsageError } from '../model/errors.ts';
import { isLoopback } from './loopback.ts';

/** Where a request goes: a whole URL, or a path below the base URL of an API. */
export type Target = { kind: 'url'; url: string } | { kind: 'path'; path: string };

/** A scheme with its slashes. With one slash or none it is a mistyped scheme only if nothing else fits. */
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/** A drive letter: Git Bash rewrites `/path` to `C:/Program Files/Git/path`. */
const DRIVE = /^[a-z]:[\\/]/i;

/** A host with a port. */
const WITH_PORT = /^(?:[\w.-]+|\[[\da-f:.]+\]):\d{1,5}(?=[/?#]|$)/i;

/** A host without a port: `localhost`, an IP address, or a name whose last label is no number. */
const HOST = /^(?:localhost|(?:\d{1,3}\.){3}\d{1,3}|\[[\da-f:.]+\]|(?:[\w-]+\.)+[a-z][a-z-]*\.?)(?=[/?#]|$)/i;

/** Endings of file names, which are no top-level domains: `error.json` is a file or a path. */
const FILE =
  /^[^/?#]*\.(?:json|ya?ml|txt|log|har|html?|xml|csv|js|ts|jsonl|ndjson|pdf|png|jpe?g|gif|svg|php|aspx?|jsp)(?=[/?#]|$)/i;

/**
 * Reads a target as people write it: a URL, `host/path`, `:8080/path` for a port of this machine, or
 * the path of an API. A host without a scheme is asked over https, and over http if it is this
 * machine.
 *
 * @param hasApi true if an API is named, to whose paths a word such as `odata.svc/x` belongs
 * @throws UsageError for a scheme other than http and https
 */
export function readTarget(text: string, hasApi = false): Target {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return { kind: 'url', url: text };
  if (scheme !== undefined) {
    throw new UsageError(`${scheme}:// is not supported: errprobe speaks http and https`);
  }
  if (DRIVE.test(text)) return { kind: 'path', path: text };
  if (/^:(?:\d{1,5})?(?=[/?#]|$)/.test(text)) {
    return { kind: 'url', url: `http://localhost${text.replace(/^:(?!\d)/, '')}` };
  }
  if (!isAddress(text) || (hasApi && !WITH_PORT.test(text))) return { kind: 'path', path: text };
  const isLocal = URL.canParse(`http://${text}`) && isLoopback(new URL(`http://${text}`));
  return { kind: 'url', url: `${isLocal ? 'http' : 'https'}://${text}` };
}

/** True for a text that names a host: a URL of any scheme, or a host with or without a port. */
export function isAddress(text: string): boolean {
  if (SCHEME.test(text) || /^:\d{1,5}(?=[/?#]|$)/.test(text)) return true;
  return !DRIVE.test(text) && (WITH_PORT.test(text) || (HOST.test(text) && !FILE.test(text)));
}
