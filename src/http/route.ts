import type { ClientRequest } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import type { Request } from '../model/exchange.ts';
import { portOf } from './reach.ts';
import type { Hop } from './sent.ts';
import type { ForwardProxy, Transport } from './transport.ts';
import { type Part, reasonToWithhold } from './travel.ts';

/** The route of one request: its redirects and proxy. */
export interface Route {
  redirects: Hop[];
  notes: string[];
  start: URL;
  last: URL;
  /** The method sent to the last URL. */
  method: string;
  /** True once it has left its original origin. */
  strayed: boolean;
  /** Bytes received over the connection since the last request was sent. */
  bytesCame: () => number;
  /** The request as sent last. */
  outgoing: ClientRequest | null;
  proxy: ForwardProxy | null;
  /** A redirect that is followed with a request of its own. */
  onward: { status: number; location: string } | null;
  /** How many challenges were answered, and the last URL for which one was. */
  answers: number;
  answered: string | null;
}

export function startOf(request: Request): Route {
  const start = new URL(request.url);
  return {
    redirects: [],
    notes: [],
    start,
    last: start,
    method: request.method,
    strayed: false,
    bytesCame: () => 0,
    outgoing: null,
    proxy: null,
    onward: null,
    answers: 0,
    answered: null,
  };
}

/** Returns a function that says whether a part of a request may follow redirects to a URL. */
export function chooserFor(url: URL, { start, strayed }: Route): (part: Part) => boolean {
  return (part) => reasonToWithhold(part, url, { kind: 'redirect', start, strayed }) === null;
}

/**
 * Says whether a redirect is followed. A body is never sent to another origin, so a redirect that
 * asks for the same request there (307 and 308, RFC 9110, section 15.4) is not.
 */
export function isFollowed(
  request: Request,
  status: number,
  location: string,
  route: Route,
  transport: Transport,
): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (transport.follow === 'none' || (transport.follow === 'reads' && !isRead)) return false;
  if (request.body === null || isRead || !URL.canParse(location, route.last.href)) return true;
  return becomesGet(request, status) || chooserFor(new URL(location, route.last), route)({ kind: 'body' });
}

/** True for a redirect that asks for a GET, and so for no body. */
export function becomesGet({ method }: Request, status: number): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return status === 303 || (method === 'POST' && (status === 301 || status === 302));
}

/** The parts of a request that a redirect can change, as got has them. */
export interface Redirected {
  url: unknown;
  method: string;
  headers: Record<string, unknown>;
}

/**
 * Records a redirect, and drops all that may not go to its destination.
 *
 * @param dropBody is called if the body may not go there
 */
export function redirect(
  route: Route,
  request: Request,
  options: Redirected,
  by: { status: number; location: string },
  dropBody: () => void,
): void {
  const next = options.url as URL;
  const before = route.last;
  route.redirects.push({ method: route.method, url: before.href, ...by });
  route.last = next;
  route.method = options.method;
  const goes = chooserFor(next, route);
  for (const name of Object.keys(options.headers)) {
    if (!goes({ kind: 'header', name, isShared: false })) delete options.headers[name];
  }
  const isRewritten = options.method !== request.method;
  if (isRewritten || !goes({ kind: 'body' })) {
    dropBody();
    for (const name of OF_BODY) delete options.headers[name];
  }
  route.strayed ||= next.origin !== route.start.origin;
  if (next.origin !== before.origin) {
    const what = request.body === null ? 'key and other headers' : 'key, other headers and the body';
    route.notes.push(`A redirect led from ${before.origin} to ${next.origin}: ${what} were not sent there.`);
  }
}

const OF_BODY = ['content-type', 'content-length', 'content-encoding', 'content-language', 'transfer-encoding'];

/** The request as sent to the last URL, without the parts that were dropped on redirects. */
export function asSent(request: Request, url: string, route: Route): Request {
  const goes = chooserFor(new URL(url), route);
  const body = route.method === request.method && goes({ kind: 'body' }) ? request.body : null;
  const headers = Object.entries(request.headers).filter(
    ([name]) => goes({ kind: 'header', name, isShared: false }) && (body === request.body || !OF_BODY.includes(name)),
  );
  return { ...request, method: route.method, url, headers: Object.fromEntries(headers), body };
}

/** The options of TLS for the last URL: the certificate of the client may have to stay behind. */
export function tlsFor(route: Route, { tls: { verify, ca, client } }: Transport) {
  const shown = client !== null && chooserFor(route.last, route)({ kind: 'certificate' }) ? client : null;
  return {
    rejectUnauthorized: verify,
    ...(ca === null ? {} : { certificateAuthority: Buffer.from(ca) }),
    certificate: shown === null || shown.isPfx ? undefined : Buffer.from(shown.certificate),
    key: shown?.key == null ? undefined : Buffer.from(shown.key),
    pfx: shown?.isPfx === true ? Buffer.from(shown.certificate) : undefined,
    passphrase: shown?.passphrase ?? undefined,
  };
}

/**
 * Sets the Cookie header for the last URL: the cookies of the store, and those that the request
 * names while they may go there.
 */
export async function setCookie(
  headers: Record<string, string | string[] | undefined>,
  route: Route,
  request: Request,
  { cookies }: Transport,
): Promise<void> {
  const goes = chooserFor(route.last, route)({ kind: 'header', name: 'cookie', isShared: false });
  const given = goes ? request.headers.cookie : undefined;
  const stored = await cookies?.getCookieString(route.last.href);
  const cookie = [given, stored].filter((text) => text !== undefined && text !== '').join('; ');
  if (cookie === '') delete headers.cookie;
  else headers.cookie = cookie;
}

/** Keeps the cookies of a response. One that its server must not set is left out (RFC 6265, section 5.3). */
export async function keepCookies(
  url: URL,
  headers: Record<string, string | string[] | undefined>,
  { cookies }: Transport,
): Promise<void> {
  for (const cookie of [headers['set-cookie'] ?? []].flat()) {
    await cookies?.setCookie(cookie, url.href).catch(() => {});
  }
}

/** Resolves the hosts for which the user gave an address; any other with the system, for the wanted version of IP. */
export function lookupFor(route: Route, { addresses, ipVersion }: Transport, system: LookupFunction) {
  const version = ipVersion === null ? {} : { dnsLookupIpVersion: ipVersion };
  if (addresses.size === 0) return version;
  const dnsLookup: LookupFunction = (hostname, options, callback) => {
    const address = addresses.get(`${hostname}:${portOf(route.last)}`);
    if (address === undefined) return system(hostname, options, callback);
    const family = isIP(address);
    if (options.all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
  return { ...version, dnsLookup };
}
