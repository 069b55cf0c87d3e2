import { readProxy } from '../../http/proxy.ts';
import { type ClientCertificate, PLAIN_TRANSPORT, type Transport } from '../../http/transport.ts';
import { isFile, readBytes } from '../../input/read-source.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';

/** The options that say how to reach the server. */
export interface TransportOptions {
  follow?: boolean | undefined;
  maxRedirects?: number | undefined;
  proxy?: string | undefined;
  noproxy?: string | undefined;
  insecure?: boolean | undefined;
  cacert?: string | undefined;
  /** A file, with a passphrase after a colon. */
  cert?: string | undefined;
  key?: string | undefined;
  /** The passphrase of the key. */
  pass?: string | undefined;
  http2?: boolean | undefined;
  /** In milliseconds. */
  connectTimeout?: number | undefined;
  maxTime?: number | undefined;
  /** `host:port:address` each. */
  resolve?: string[] | undefined;
}

/**
 * Settles how to reach the server.
 *
 * @throws UsageError for a file that cannot be read, and for malformed values
 */
export async function transportOf(options: TransportOptions, effects: Effects): Promise<Transport> {
  const { follow, proxy, noproxy, cacert } = options;
  return {
    follow: follow === undefined ? 'reads' : follow ? 'all' : 'none',
    maxRedirects: options.maxRedirects ?? PLAIN_TRANSPORT.maxRedirects,
    // HTTPie names the scheme that the proxy is for first.
    proxy:
      proxy === undefined
        ? null
        : proxy === ''
          ? 'none'
          : readProxy(proxy.replace(/^(?:https?|all):(?=\w+:\/\/)/, ''), '--proxy'),
    noProxy: noproxy ?? null,
    tls: {
      verify: options.insecure !== true,
      ca: cacert === undefined ? null : await readBytes(cacert, effects),
      client: await clientOf(options, effects),
    },
    http2: options.http2 === true,
    connectTimeoutMs: options.connectTimeout ?? null,
    maxTimeMs: options.maxTime ?? null,
    addresses: new Map((options.resolve ?? []).map(addressOf)),
    cookies: null,
  };
}

async function clientOf({ cert, key, pass }: TransportOptions, effects: Effects): Promise<ClientCertificate | null> {
  if (cert === undefined) {
    if (key !== undefined) throw new UsageError('--key belongs to a certificate: give it with --cert');
    return null;
  }
  const { file, passphrase } = await splitPassphrase(cert, effects.cwd);
  return {
    certificate: await readBytes(file, effects),
    key: key === undefined ? await keyIn(file, effects) : await readBytes(key, effects),
    passphrase: pass ?? passphrase,
    isPfx: isPfx(file),
  };
}

const isPfx = (file: string): boolean => /\.(?:p12|pfx)$/i.test(file);

/** Without a file of its own, the key is in that of the certificate. */
const keyIn = (file: string, effects: Effects) => (isPfx(file) ? null : readBytes(file, effects));

/** `file:passphrase` as curl has it, unless there is a file of the whole name. */
async function splitPassphrase(text: string, cwd: string): Promise<{ file: string; passphrase: string | null }> {
  const at = text.indexOf(':', /^[A-Za-z]:[\\/]/.test(text) ? 2 : 0);
  if (at < 0 || (await isFile(text, cwd))) return { file: text, passphrase: null };
  return { file: text.slice(0, at), passphrase: text.slice(at + 1) };
}

/** The passphrases among the options, which are secrets. */
export function passphrasesIn({ tls: { client } }: Transport): string[] {
  return client?.passphrase == null ? [] : [client.passphrase];
}

function addressOf(text: string): [string, string] {
  const [, host, port, address] = /^([^:]+|\[[^\]]+\]):(\d{1,5}):\[?([^\]]+)\]?$/.exec(text) ?? [];
  if (host === undefined || address === undefined) {
    throw new UsageError('write --resolve as host:port:address, such as example.com:443:127.0.0.1');
  }
  return [`${host.toLowerCase()}:${port}`, address];
}
