import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import got, { type Request as GotRequest, type NormalizedOptions, type PlainResponse, RequestError } from 'got';
import { IDEMPOTENT } from '../diagnosis/advice/retry-advice.ts';
import type { Exchange, Failure, Request } from '../model/exchange.ts';
import type { SendWatcher } from '../model/progress.ts';
import type { Timings } from '../model/report.ts';
import { type BodyFollower, BodyReader, type Head } from './body-reader.ts';
import { handshakeWith, isCertificate } from './certificate.ts';
import { connectionOf, reportStages } from './connection.ts';
import { failureOf } from './failure.ts';
import type { LargeBodyTurn } from './large-bodies.ts';
import { agentsFor, proxyFor } from './proxy.ts';
import type { Hop, Sent } from './sent.ts';
import { TimeLimit } from './time-limit.ts';
import { type Part, reasonToWithhold } from './travel.ts';

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
 * Uses the proxy that the environment names. Follows redirects of GET and HEAD. Everything that
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

/**
 * @returns `stale` for a connection that the server had already closed; the request may be sent
 * again
 */
async function sendOnce(
  request: Request,
  options: Omit<SendOptions, 'agents'> & { agents?: Agents | typeof NEW_CONNECTION | undefined },
  leftMs: number,
): Promise<Sent | 'stale'> {
  const { signal } = options;
  const way: Way = {
    redirects: [],
    notes: [],
    start: new URL(request.url),
    last: new URL(request.url),
    strayed: false,
    bytesCame: () => 0,
    outgoing: null,
    proxy: proxyFor(new URL(request.url), options.env),
  };
  const stream = await open(request, options, way);
  let timedOut: Error | null = null;
  const limit = new TimeLimit(leftMs, () => {
    timedOut = Object.assign(new Error(), { name: 'TimeoutError', code: 'ETIMEDOUT' });
    stream.destroy(timedOut);
  });
  const body = new BodyReader(options.maxBytes, options);
  const sentOf = (exchange: Omit<Exchange, 'request'>, url: string): Sent => ({
    exchange: { request: asSent(request, url, way), ...exchange },
    httpVersion: body.head?.httpVersion ?? '',
    timings: timingsOf(stream),
    redirects: way.redirects,
    proxy: way.proxy && { host: way.proxy.url.host, from: way.proxy.from },
    connection: body.head === null || way.outgoing === null ? null : connectionOf(way.outgoing),
    notes: way.notes,
  });
  try {
    const response = await answerOf(stream, request);
    const url = response.url === '' ? request.url : response.url;
    const answered = () => sentOf({ response: body.response(), failure: null }, url);
    options.watcher?.reached('body', way.last.host);
    await body.read(stream, headOf(response), limit, answered);
    return answered();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof RequestError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
    const isStale = timedOut === null && body.head === null && stream.reusedSocket === true && way.bytesCame() === 0;
    if (isStale && IDEMPOTENT.has(request.method)) return 'stale';
    return sentOf(
      { response: null, failure: await failureOn(way, timedOut ?? error, stream, body, options) },
      way.last.href,
    );
  } finally {
    limit.end();
    stream.destroy();
  }
}

/** The route of a request: its redirects and proxy. */
interface Way {
  redirects: Hop[];
  notes: string[];
  start: URL;
  last: URL;
  /** True once it has left its original origin. */
  strayed: boolean;
  /** Bytes received over the connection since the last request was sent. */
  bytesCame: () => number;
  /** The request as sent last. */
  outgoing: ClientRequest | null;
  proxy: ReturnType<typeof proxyFor>;
}

async function open(
  request: Request,
  { env, agents, signal, watcher }: Parameters<typeof sendOnce>[1],
  way: Way,
): Promise<GotRequest> {
  const stream = got.stream(request.url, {
    method: request.method as 'GET',
    headers: request.headers,
    ...(request.body === null ? {} : { body: request.body }),
    allowGetBody: true,
    throwHttpErrors: false,
    strictContentLength: true,
    retry: { limit: 0 },
    followRedirect: request.method === 'GET' || request.method === 'HEAD',
    maxRedirects: 10,
    signal,
    ...(way.proxy === null ? { agent: { ...agents } } : { agent: await agentsFor(way.proxy) }),
    hooks: {
      beforeRedirect: [
        async (options, { statusCode: status }) => {
          const next = options.url as URL;
          way.redirects.push({ url: way.last.href, status, to: next.href });
          const before = way.last;
          way.last = next;
          way.proxy = proxyFor(next, env);
          options.agent = way.proxy === null ? { ...agents } : await agentsFor(way.proxy);
          const goes = chooserFor(next, way);
          for (const name of Object.keys(options.headers)) {
            if (!goes({ kind: 'header', name, isShared: false })) delete options.headers[name];
          }
          if (!goes({ kind: 'body' })) dropBody(options);
          way.strayed ||= next.origin !== way.start.origin;
          if (next.origin !== before.origin) {
            const what = request.body === null ? 'key and other headers' : 'key, other headers and the body';
            way.notes.push(`A redirect led from ${before.origin} to ${next.origin}: ${what} were not sent there.`);
          }
        },
      ],
    },
  });
  stream.on('request', (outgoing: ClientRequest) => {
    way.outgoing = outgoing;
    watch(outgoing, stream, way);
    if (watcher !== undefined) reportStages(outgoing, way.last.host, request.body !== null, watcher);
  });
  // Errors after the body was abandoned concern nobody.
  stream.on('error', () => {});
  return stream;
}

function watch(outgoing: ClientRequest, stream: GotRequest, way: Way): void {
  outgoing.once('socket', (socket) => {
    const before = socket.bytesRead;
    way.bytesCame = () => socket.bytesRead - before;
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
  way: Way,
  error: unknown,
  stream: GotRequest,
  body: BodyReader,
  { timeoutMs, signal }: Pick<SendOptions, 'timeoutMs' | 'signal'>,
): Promise<Failure> {
  const { notes, last, proxy } = way;
  if (proxy !== null) {
    notes.push(
      `The request went through the proxy ${proxy.url.host}, which ${proxy.from} names; NO_PROXY excepts hosts.`,
    );
  }
  const moments = { ...stream.timings, reused: stream.reusedSocket === true };
  const failure = failureOf(error, moments, last, timeoutMs, body.arrived());
  const shown = proxy === null && isCertificate(failure) ? await handshakeWith(last, timeoutMs, signal) : null;
  return shown === null ? failure : { ...failure, certificate: shown.certificate };
}

/** Returns a function that says whether a part of a request may follow redirects to a URL. */
function chooserFor(url: URL, { start, strayed }: Way): (part: Part) => boolean {
  return (part) => reasonToWithhold(part, url, { kind: 'redirect', start, strayed }) === null;
}

function dropBody(options: NormalizedOptions): void {
  options.body = undefined;
  // Otherwise got waits for a body to be written.
  options.allowGetBody = false;
  for (const name of OF_BODY) delete options.headers[name];
}

const OF_BODY = ['content-type', 'content-length', 'content-encoding', 'content-language', 'transfer-encoding'];

/** The request as sent to the last URL, without the parts that were dropped on redirects. */
function asSent(request: Request, url: string, way: Way): Request {
  const goes = chooserFor(new URL(url), way);
  const body = goes({ kind: 'body' }) ? request.body : null;
  const headers = Object.entries(request.headers).filter(
    ([name]) => goes({ kind: 'header', name, isShared: false }) && (body === request.body || !OF_BODY.includes(name)),
  );
  return { ...request, url, headers: Object.fromEntries(headers), body };
}

function headOf({ statusCode: status, headers, httpVersion }: PlainResponse): Head {
  const flat = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
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
