import { IDEMPOTENT } from '../diagnosis/advice/retry-advice.ts';
import { UsageError } from '../model/errors.ts';
import type { Exchange, Failure, Request } from '../model/exchange.ts';
import type { SendWatcher } from '../model/progress.ts';
import { type Agents, type Connecting, NEW_CONNECTION } from './agents.ts';
import { type BodyFollower, BodyReader } from './body-reader.ts';
import { handshakeWith, isCertificate } from './certificate.ts';
import { connectionOf } from './connection.ts';
import { failureOf } from './failure.ts';
import { type Next, nextAfter } from './follow-up.ts';
import type { LargeBodyTurn } from './large-bodies.ts';
import { answerOf, type GotRequest, headOf, isFailure, open, timingsOf, whenConnected } from './open.ts';
import type { Piece } from './pieces.ts';
import { asSent, keepCookies, type Route, startOf } from './route.ts';
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
  upload?: Piece[] | null;
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
  const start = (): Next & { route: Route } => ({ request, upload: options.upload ?? null, route: startOf(request) });
  let next = start();
  let agents: Connecting = options.agents;
  let leftMs = options.timeoutMs;
  for (;;) {
    const sent = await sendOnce(next, { ...options, agents }, leftMs);
    // A new connection is never stale.
    if (sent === 'stale') [next, agents] = [start(), NEW_CONNECTION];
    else if ('exchange' in sent) return sent;
    else next = { ...sent, route: next.route };
    leftMs = Math.max(0, options.timeoutMs - (performance.now() - begun));
  }
}

/** The limit that was exceeded, in milliseconds. */
interface TimedOut {
  error: Error;
  limitMs: number;
}

/**
 * @returns `stale` for a connection that the server had already closed; the request may be sent
 * again. Another request, if the response only asks for that
 */
async function sendOnce(
  { request, upload, route }: Next & { route: Route },
  options: Omit<SendOptions, 'agents'> & { agents: Connecting },
  leftMs: number,
): Promise<Sent | Next | 'stale'> {
  const { signal, env, agents, watcher, transport = PLAIN_TRANSPORT } = options;
  const onChunk = () => !stream.destroyed && limit.renew();
  const stream = await open({ request, upload, route, transport, env, agents, signal, watcher, onChunk });
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
    const kept = keepCookies(route.last, response.headers, transport);
    const next = await nextAfter(response, { request, upload }, route, transport);
    if (next !== null) return next;
    watcher?.reached('body', route.last.host);
    await body.read(stream, headOf(response), limit, answered);
    await kept;
    return answered();
  } catch (error) {
    signal.throwIfAborted();
    const { cause } = error as Error;
    if (cause instanceof UsageError) throw cause;
    if (!isFailure(error)) throw error;
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
