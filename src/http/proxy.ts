import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { UsageError } from '../model/errors.ts';
import { isLoopback } from './loopback.ts';
import type { ForwardProxy, Transport } from './transport.ts';

type Env = Record<string, string | undefined>;

/**
 * The proxy for a URL, by the variables that curl and others use: HTTPS_PROXY or HTTP_PROXY by the
 * URL's scheme, else ALL_PROXY, in lower or upper case, unless NO_PROXY exempts the host. Loopback
 * hosts never use a proxy.
 *
 * @throws UsageError when the variable is not an http or https URL; the message does not repeat it
 */
export function proxyFor(url: URL, env: Env): ForwardProxy | null {
  if (isLoopback(url) || url.hostname.endsWith('.localhost') || isExcepted(url, env)) return null;
  const scheme = url.protocol.slice(0, -1);
  const from = [`${scheme}_proxy`, 'all_proxy']
    .flatMap((name) => [name, name.toUpperCase()])
    .find((name) => (env[name] ?? '') !== '');
  if (from === undefined) return null;
  const value = env[from] ?? '';
  return readProxy(value, from);
}

/**
 * Reads the URL of a proxy, whose scheme may be missing.
 *
 * @throws UsageError when it is not an http or https URL; the message does not repeat it
 */
export function readProxy(value: string, from: string): ForwardProxy {
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new UsageError(`${from} is not the URL of an http or https proxy; other kinds are not supported`);
  }
  return { url: new URL(text), from };
}

/**
 * The proxy for a URL: the one that the user gave for this call, except for the hosts that NO_PROXY
 * names, or the one of the environment.
 */
export function chosenProxy(
  url: URL,
  env: Env,
  { proxy, noProxy, connection }: Pick<Transport, 'proxy' | 'noProxy' | 'connection'>,
): ForwardProxy | null {
  if (connection !== null) return null;
  const effective = noProxy === null ? env : { ...env, no_proxy: noProxy };
  if (proxy === null) return proxyFor(url, effective);
  return proxy === 'none' || isExcepted(url, effective) ? null : proxy;
}

/** The secrets in the proxy variables: passwords, plain and percent-encoded. */
export function proxySecrets(env: Env): string[] {
  return Object.entries(env)
    .filter(([name]) => /^(?:https?|all)_proxy$/i.test(name))
    .flatMap(([, value = '']) => /^(?:\w+:\/\/)?[^@/:]*:([^/]*)@/.exec(value)?.[1] ?? [])
    .flatMap((password) => [password, decoded(password)]);
}

/** The agents for a proxy: CONNECT for https, the absolute URL in the request line for http. */
export async function agentsFor({ url }: ForwardProxy): Promise<{ http: HttpAgent; https: HttpsAgent }> {
  const [{ HttpProxyAgent }, { HttpsProxyAgent }] = await Promise.all([
    import('http-proxy-agent'),
    import('https-proxy-agent'),
  ]);
  return {
    http: new HttpProxyAgent(url) as unknown as HttpAgent,
    https: new HttpsProxyAgent(url) as unknown as HttpsAgent,
  };
}

/**
 * NO_PROXY as curl and Go parse it: hosts including subdomains, optionally with a port; `*` for
 * all.
 */
function isExcepted({ hostname, port, protocol }: URL, env: Env): boolean {
  const actualPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return (env.no_proxy ?? env.NO_PROXY ?? '').split(/[\s,]+/).some((entry) => {
    const [, host = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (host === '' || (wanted !== undefined && wanted !== actualPort)) return false;
    const bare = host.replace(/^\*?\./, '');
    return host === '*' || hostname === bare || hostname.endsWith(`.${bare}`);
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
