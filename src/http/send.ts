import { lookup } from 'node:dns';
import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import got, { type Request as GotRequest, type PlainResponse, RequestError } from 'got';
import { IDEMPOTENT } from '../diagnosis/advice/retry-advice.ts';
import type { Exchange, Failure, Request } from '../model/exchange.ts';
import type { SendWatcher } from '../model/progress.ts';
import type { Timings } from '../model/report.ts';
import { type BodyFollower, BodyReader, type Head } from './body-reader.ts';
import { handshakeWith, isCertificate } from './certificate.ts';
import { connectionOf, reportStages } from './connection.ts';
import { failureOf } from './failure.ts';
import type { LargeBodyTurn } from './large-bodies.ts';
import { agentsFor, chosenProxy } from './proxy.ts';
import {
  asSent,
  isFollowed,
  keepCookies,
  lookupFor,
  type Route,
  redirect,
  setCookie,
  startOf,
  tlsFor,
} from './route.ts';
import type { Connection, Sent } from './sent.ts';
import { TimeLimit } from './time-limit.ts';
import { PLAIN_TRANSPORT, type Transport } from './transport.ts';

/** Limits, and the signal to cancel. */
export interface SendOptions {
  /**
   * The time limit of the whole exchange. With a follower, which gets the body as it comes, that of
   * the time up to its first part and between parts, excluding waits for the follower.
   */
  timeoutMs: number;
  /** The most bytes of a body to keep for the diagnosis, after decompression. */
  maxBytes: number;
  /** Without a follower, the connection is closed when the limit is reached. */
  follower?: BodyFollower | undefined;
  watcher?: SendWatcher | undefined;
  /** Shared by exchanges that run at once, to bound the memory that they take together. */
  turn?: LargeBodyTurn | undefined;
  signal: AbortSignal;
  /** The environment, for the proxy variables. */
  env: Record<string, string | undefined>;
  /** Keep-alive connections; not used with a proxy. */
  agents?: Agents | undefined;
  transport?: Transport | undefined;
  /** The body, where it is not the text of the request. */
  upload?: Uint8Array | null;
}

/** The agents for both schemes. */
export interface Agents {
  http: HttpAgent;
  https: HttpsAgent;
}

/**
 * Creates keep-alive agents with a maximum of connections per host. They have to be destroyed at
 * the end.
 */
export function keepAlive(most: number): Agents {
  const options = { keepAlive: true, maxSockets: most };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

/**
 * Sends a request once; retrying is decided elsewhere. A failure is part of the result.
 *
 * Uses the proxy that the environment names, and follows redirects of GET and HEAD, unless the
 * transport says otherwise. Everything that
 * could identify the caller is dropped when the origin changes (see `reasonToWithhold`): got itself
 * only drops Authorization and Cookie, and not from https to http on the same host.
 *
 * An idempotent request is sent once more, over a new connection, if a reused connection is closed
 * before the first byte of the response: the server had already closed it (RFC 9112, section
 * 9.3.1).
 *
 * @throws the signal's reason when it aborts
 */
export async function send(request: Request, options: SendOptions): Promise<Sent> {
  const begun = performance.now();
  const sent = await sendOnce(request, options, options.timeoutMs);
  if (sent !== 'stale') return sent;
  const leftMs = Math.max(0, options.timeoutMs - (performance.now() - begun));
  return (await sendOnce(request, { ...options, agents: NEW_CONNECTION }, leftMs)) as Sent;
}

/** Makes Node.js neither reuse nor keep a connection. */
const NEW_CONNECTION = { http: false, https: false } as const;

/** The limit that was exceeded, in milliseconds. */
interface TimedOut {
  error: Error;
  limitMs: number;
}

/**
 * @returns `stale` for a connection that the server had already closed; the request may be sent
 * again
 */
async function sendOnce(
  request: Request,
  options: Omit<SendOptions, 'agents'> & { agents?: Agents | typeof NEW_CONNECTION | undefined },
  leftMs: number,
): Promise<Sent | 'stale'> {
  const { signal, transport = PLAIN_TRANSPORT } = options;
  const route = startOf(request, options.env, transport);
  const stream = await open(request, options, route, transport);
  let timedOut: TimedOut | null = null;
  const limitTo = (ms: number, limitMs = ms) =>
    new TimeLimit(ms, () => {
      const error = Object.assign(new Error(), { name: 'TimeoutError', code: 'ETIMEDOUT' });
      timedOut ??= { error, limitMs };
      stream.destroy(error);
    });
  const limit = limitTo(leftMs, options.timeoutMs);
  if (transport.connectTimeoutMs !== null) whenConnected(stream, limitTo(transport.connectTimeoutMs));
  const whole = transport.maxTimeMs === null ? null : limitTo(transport.maxTimeMs);
  const body = new BodyReader(options.maxBytes, options);
  let connection: Connection | null = null;
  const sentOf = (exchange: Omit<Exchange, 'request'>, url: string): Sent => ({
    exchange: { request: asSent(request, url, route), ...exchange },
    httpVersion: body.head?.httpVersion ?? '',
    timings: timingsOf(stream),
    redirects: route.redirects,
    proxy: route.proxy && { host: route.proxy.url.host, from: route.proxy.from },
    connection,
    notes: route.notes,
  });
  try {
    const response = await answerOf(stream, request);
    const url = response.url === '' ? request.url : response.url;
    const answered = () => sentOf({ response: body.response(), failure: null }, url);
    connection = route.outgoing && connectionOf(route.outgoing);
    options.watcher?.reached('body', route.last.host);
    const kept = keepCookies(route.last, response.headers, transport);
    await body.read(stream, headOf(response), limit, answered);
    await kept;
    return answered();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof RequestError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
    const isStale = timedOut === null && body.head === null && stream.reusedSocket === true && route.bytesCame() === 0;
    if (isStale && IDEMPOTENT.has(request.method)) return 'stale';
    return sentOf(
      { response: null, failure: await failureOn(route, error, stream, body, { ...options, timedOut }) },
      route.last.href,
    );
  } finally {
    limit.end();
    whole?.end();
    stream.destroy();
  }
}

async function open(
  request: Request,
  { env, agents, signal, watcher, upload }: Parameters<typeof sendOnce>[1],
  route: Route,
  transport: Transport,
): Promise<GotRequest> {
  const agentOf = async () => (route.proxy === null ? { ...agents } : agentsFor(route.proxy));
  const body = upload == null ? request.body : Buffer.from(upload);
  const stream = got.stream(request.url, {
    method: request.method as 'GET',
    // Otherwise got names itself where the user wants no name.
    headers: { 'user-agent': undefined, ...request.headers },
    ...(body === null ? {} : { body }),
    allowGetBody: true,
    throwHttpErrors: false,
    strictContentLength: true,
    retry: { limit: 0 },
    followRedirect: ({ statusCode, headers }) =>
      isFollowed(request, statusCode, headers.location ?? '', route, transport),
    maxRedirects: transport.maxRedirects,
    // 301 and 302 turn only a POST into a GET (RFC 9110, section 15.4).
    methodRewriting: request.method === 'POST',
    http2: transport.http2 && route.proxy === null,
    https: tlsFor(route, transport),
    ...lookupFor(route, transport, lookup as LookupFunction),
    signal,
    agent: await agentOf(),
    hooks: {
      // With a jar of its own, got loses a body that comes while the cookies are being stored.
      beforeRequest: [
        async (options) => {
          if (transport.cookies !== null) await setCookie(options.headers, route, request, transport);
        },
      ],
      beforeRedirect: [
        async (options, { statusCode, headers }) => {
          await keepCookies(route.last, headers, transport);
          redirect(route, request, options, { status: statusCode, location: headers.location ?? '' }, () => {
            options.body = undefined;
            // Otherwise got waits for a body to be written.
            options.allowGetBody = false;
          });
          route.proxy = chosenProxy(route.last, env, transport);
          options.agent = await agentOf();
          options.https = tlsFor(route, transport);
        },
      ],
    },
  });
  stream.on('request', (outgoing: ClientRequest) => {
    route.outgoing = outgoing;
    watch(outgoing, stream, route);
    if (watcher !== undefined) reportStages(outgoing, route.last.host, request.body !== null, watcher);
  });
  // Errors after the body was abandoned concern nobody.
  stream.on('error', () => {});
  return stream;
}

/** Ends a limit once a request has its connection. */
function whenConnected(stream: GotRequest, limit: TimeLimit): void {
  stream.once('request', (outgoing: ClientRequest) => {
    outgoing.once('socket', (socket: Socket) => {
      if (!socket.connecting) return limit.end();
      socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => limit.end());
    });
  });
  stream.once('close', () => limit.end());
}

function watch(outgoing: ClientRequest, stream: GotRequest, route: Route): void {
  outgoing.once('socket', (socket) => {
    const before = socket.bytesRead;
    route.bytesCame = () => socket.bytesRead - before;
  });
  // Node.js leaves a switched connection to the caller and releases the request: nothing else would
  // end it.
  const onSwitch = (_: unknown, socket: Duplex) => {
    socket.destroy();
    const message = 'the server switched from HTTP to another protocol, which was not asked for';
    stream.destroy(Object.assign(new Error(message), { code: 'ERR_HTTP_UPGRADE' }));
  };
  outgoing.once('upgrade', onSwitch).once('connect', onSwitch);
}

async function answerOf(stream: GotRequest, request: Request): Promise<PlainResponse> {
  const answered = new Promise<PlainResponse>((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('error', reject);
  });
  // A request with a body option ends by itself; one without a body has to be ended if its method
  // may have one.
  if (request.body === null && !stream.writableEnded) stream.end();
  return answered;
}

async function failureOn(
  route: Route,
  thrown: unknown,
  stream: GotRequest,
  body: BodyReader,
  { timeoutMs, signal, timedOut }: Pick<SendOptions, 'timeoutMs' | 'signal'> & { timedOut: TimedOut | null },
): Promise<Failure> {
  const { notes, last, proxy } = route;
  if (proxy !== null) {
    notes.push(
      `The request went through the proxy ${proxy.url.host}, which ${proxy.from} names; NO_PROXY excepts hosts.`,
    );
  }
  const moments = { ...stream.timings, reused: stream.reusedSocket === true };
  const failure = failureOf(timedOut?.error ?? thrown, moments, last, timedOut?.limitMs ?? timeoutMs, body.arrived());
  const shown = proxy === null && isCertificate(failure) ? await handshakeWith(last, timeoutMs, signal) : null;
  return shown === null ? failure : { ...failure, certificate: shown.certificate };
}

function headOf({ statusCode: status, headers, httpVersion }: PlainResponse): Head {
  const flat = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    // HTTP/2 has the status among them, as a number (RFC 9113, section 8.3.2).
    value === undefined || name.startsWith(':') ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return { status, headers: Object.fromEntries(flat), httpVersion };
}

function timingsOf(stream: GotRequest): Timings {
  const phases = stream.timings?.phases;
  return {
    dns: phases?.dns ?? null,
    connect: phases?.tcp ?? null,
    tls: phases?.tls ?? null,
    firstByte: phases?.firstByte ?? null,
    download: phases?.download ?? null,
    total: phases?.total ?? null,
  };
}
