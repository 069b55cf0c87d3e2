import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Cookies } from '../../http/cookies.ts';
import { readProxy } from '../../http/proxy.ts';
import { type ClientCertificate, PLAIN_TRANSPORT, type Placement, type Transport } from '../../http/transport.ts';
import { isFile, readBytes } from '../../input/read-source.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import type { CredentialOptions } from './credentials.ts';

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
  /** Cookies, or the file of a cookie jar. */
  cookie?: string | undefined;
  /** The file that cookies are written to. */
  cookieJar?: string | undefined;
  /** `host:port:address` each. */
  resolve?: string[] | undefined;
  /** `host:port:otherHost:otherPort` each. */
  connectTo?: string[] | undefined;
  /** The path of a Unix domain socket. */
  unixSocket?: string | undefined;
  ipv4?: boolean | undefined;
  ipv6?: boolean | undefined;
}

/** A transport whose cookies can be kept. */
export interface OwnTransport extends Transport {
  cookies: Cookies | null;
}

/**
 * Settles how to reach the server.
 *
 * @throws UsageError for a file that cannot be read, and for malformed values
 */
export async function transportOf(options: TransportOptions, effects: Effects): Promise<OwnTransport> {
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
    cookies: await cookiesOf(options, effects),
    connection: await placementOf(options, effects.cwd),
    ipVersion: options.ipv4 ? 4 : options.ipv6 ? 6 : null,
    digest: null,
  };
}

/** True for cookies, and false for the name of a file with them. */
export const isCookie = (text: string): boolean => text.includes('=');

async function cookiesOf({ cookie, cookieJar }: TransportOptions, effects: Effects): Promise<Cookies | null> {
  const file = cookie === undefined || isCookie(cookie) ? null : cookie;
  if (file === null && cookieJar === undefined) return null;
  const { Cookies } = await import('../../http/cookies.ts');
  const cookies = new Cookies();
  // As for curl, a file that does not exist yet is an empty jar.
  if (file !== null && isFile(file, effects.cwd)) {
    await cookies.read((await readBytes(file, effects)).toString());
  }
  return cookies;
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
  if (at < 0 || isFile(text, cwd)) return { file: text, passphrase: null };
  return { file: text.slice(0, at), passphrase: text.slice(at + 1) };
}

/** The secrets of a transport: the passphrase of its key, the passwords of its proxy and of Digest, and its cookies. */
export async function secretsOf({ tls: { client }, proxy, cookies, digest }: OwnTransport): Promise<string[]> {
  const password =
    proxy === null || proxy === 'none' ? [] : [proxy.url.password, decodeURIComponent(proxy.url.password)];
  return [
    ...(client?.passphrase == null ? [] : [client.passphrase]),
    ...password,
    ...(digest === null ? [] : [digest.password]),
    ...((await cookies?.values()) ?? []),
  ];
}

/** Where to connect, if another place is named than in the URL. */
async function placementOf({ unixSocket, connectTo = [], proxy }: TransportOptions, cwd: string) {
  if (unixSocket === undefined && connectTo.length === 0) return null;
  const option = unixSocket === undefined ? '--connect-to' : '--unix-socket';
  if (proxy) throw new UsageError(`${option} does not go with --proxy, which chooses the place to connect to`);
  if (unixSocket !== undefined && !(await isSocket(resolve(cwd, unixSocket)))) {
    throw new UsageError(`${unixSocket} is no socket: is the server running?`);
  }
  return { socketPath: unixSocket === undefined ? null : resolve(cwd, unixSocket), places: connectTo.map(placeOf) };
}

async function isSocket(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isSocket();
  } catch {
    return false;
  }
}

function placeOf(text: string): Placement['places'][number] {
  const found = /^(\[[^\]]*\]|[^:]*):(\d{0,5}):(\[[^\]]*\]|[^:]*):(\d{0,5})$/.exec(text);
  if (found === null) {
    throw new UsageError(
      'write --connect-to as host:port:host:port, such as example.com:443:localhost:8443; a part may be empty',
    );
  }
  const [, host = '', port = '', toHost = '', toPort = ''] = found;
  const place = (name: string, number: string) => ({
    host: name.replace(/^\[|\]$/g, ''),
    port: number === '' ? null : Number(number),
  });
  return { from: place(host, port), to: place(toHost, toPort) };
}

function addressOf(text: string): [string, string] {
  const [, host, port, address] = /^([^:]+|\[[^\]]+\]):(\d{1,5}):\[?([^\]]+)\]?$/.exec(text) ?? [];
  if (host === undefined || address === undefined) {
    throw new UsageError('write --resolve as host:port:address, such as example.com:443:127.0.0.1');
  }
  return [`${host.toLowerCase()}:${port}`, address];
}

/** The options of curl that reach the server in the same way; a passphrase is left for curl to ask. */
export function curlOptions(options: TransportOptions & CredentialOptions, method: string): string[][] {
  const { follow = method === 'GET' || method === 'HEAD', cookie, cert } = options;
  const seconds = (ms: number | undefined) => (ms === undefined ? undefined : String(ms / 1000));
  const values: Record<string, string | undefined> = {
    '--max-redirs': options.maxRedirects?.toString(),
    '--cacert': options.cacert,
    '--cert': cert?.replace(/(?<!^[A-Za-z]):.*$/s, ''),
    '--key': options.key,
    '--proxy': options.proxy,
    '--noproxy': options.noproxy,
    '--connect-timeout': seconds(options.connectTimeout),
    '--max-time': seconds(options.maxTime),
    '--cookie': cookie === undefined || isCookie(cookie) ? undefined : cookie,
    '--cookie-jar': options.cookieJar,
    '--unix-socket': options.unixSocket,
    // curl asks for the password.
    '--user': options.digest ? options.user?.replace(/:.*$/s, '') : undefined,
  };
  return [
    ...(follow ? [['--location']] : []),
    ...(options.insecure ? [['--insecure']] : []),
    ...(options.http2 ? [['--http2']] : []),
    ...(options.digest ? [['--digest']] : []),
    ...(options.ipv4 ? [['--ipv4']] : options.ipv6 ? [['--ipv6']] : []),
    ...Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ...(options.resolve ?? []).map((address) => ['--resolve', address]),
    ...(options.connectTo ?? []).map((place) => ['--connect-to', place]),
  ];
}
