import { lookup } from 'node:dns';
import type { ClientRequest } from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import { type Duplex, Readable } from 'node:stream';
import got, { type Request as GotRequest, type PlainResponse, RequestError } from 'got';
import type { Request } from '../model/exchange.ts';
import type { SendWatcher } from '../model/progress.ts';
import type { Timings } from '../model/report.ts';
import type { Connecting } from './agents.ts';
import type { Head } from './body-reader.ts';
import { reportStages } from './connection.ts';
import { chunksOf, type Piece, sizeOf } from './pieces.ts';
import { agentsFor, chosenProxy } from './proxy.ts';
import { isFollowed, keepCookies, lookupFor, type Route, redirect, setCookie, tlsFor } from './route.ts';
import type { TimeLimit } from './time-limit.ts';
import type { Transport } from './transport.ts';

export type { GotRequest, PlainResponse };

/** A request, and everything needed to send it. */
export interface Opening {
  request: Request;
  /** The body, where it is not the text of the request. */
  upload: Piece[] | null;
  route: Route;
  transport: Transport;
  env: Record<string, string | undefined>;
  agents: Connecting;
  signal: AbortSignal;
  watcher: SendWatcher | undefined;
  /** Called before each chunk of an upload. */
  onChunk(): void;
}

/** The redirects that got follows. */
const REDIRECTS = new Set([300, 301, 302, 303, 304, 307, 308]);

/** Begins to send a request. */
export async function open(opening: Opening): Promise<GotRequest> {
  const { request, upload, route, transport, env, signal, watcher } = opening;
  route.proxy = chosenProxy(route.last, env, transport);
  route.onward = null;
  const body = upload === null ? request.body : Readable.from(watched(opening, upload), { objectMode: false });
  const stream = got.stream(request.url, {
    method: request.method as 'GET',
    // Otherwise got names itself where the user wants no name.
    headers: { 'user-agent': undefined, ...lengthOf(upload, request), ...request.headers },
    ...(body === null ? {} : { body }),
    allowGetBody: true,
    throwHttpErrors: false,
    strictContentLength: true,
    retry: { limit: 0 },
    followRedirect: (response) => followedBy(opening, response),
    maxRedirects: transport.maxRedirects - route.redirects.length,
    // 301 and 302 turn only a POST into a GET (RFC 9110, section 15.4).
    methodRewriting: request.method === 'POST',
    http2: transport.http2 && route.proxy === null && transport.connection === null,
    https: tlsFor(route, transport),
    ...lookupFor(route, transport, lookup as LookupFunction),
    signal,
    agent: await agentOf(opening),
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
          options.agent = await agentOf(opening);
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

/** Says whether got follows a redirect; with an upload, a request of its own follows instead. */
function followedBy({ request, upload, route, transport }: Opening, { statusCode, headers }: PlainResponse): boolean {
  const { location = '' } = headers;
  if (!isFollowed(request, statusCode, location, route, transport)) return false;
  // got asks for every response, whether it redirects or not.
  const redirects = REDIRECTS.has(statusCode) && location !== '' && URL.canParse(location, route.last.href);
  if (upload === null || !redirects) return true;
  // got would go on to write this body to the next request.
  route.onward = route.redirects.length < transport.maxRedirects ? { status: statusCode, location } : null;
  return route.onward === null;
}

/** Keep-alive agents, those of a proxy, or those that connect to a place of the user's choice. */
async function agentOf({ route, transport, agents }: Opening) {
  if (transport.connection !== null) return (await import('./placed-agents.ts')).placedAgents(transport.connection);
  return route.proxy === null ? { ...agents } : agentsFor(route.proxy);
}

/** The Content-Length of an upload, unless the user says how it is sent. */
function lengthOf(upload: Piece[] | null, { headers }: Request): Record<string, string> {
  if (upload === null || headers['transfer-encoding'] !== undefined) return {};
  return { 'content-length': String(sizeOf(upload)) };
}

async function* watched({ onChunk }: Opening, upload: Piece[]): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunksOf(upload)) {
    onChunk();
    yield chunk;
  }
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

/** Ends a limit once a request has its connection, or none any more. */
export function whenConnected(stream: GotRequest, limit: TimeLimit): void {
  const done = () => limit.end();
  stream.once('request', (outgoing: ClientRequest) => {
    outgoing.once('socket', (socket: Socket) => {
      if (!socket.connecting) return done();
      socket.once('encrypted' in socket ? 'secureConnect' : 'connect', done);
    });
  });
  stream.once('close', done);
}

/** Waits for the header of the response. */
export async function answerOf(stream: GotRequest, request: Request): Promise<PlainResponse> {
  const answered = new Promise<PlainResponse>((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('error', reject);
  });
  // A request with a body option ends by itself; one without a body has to be ended if its method
  // may have one.
  if (request.body === null && !stream.writableEnded) stream.end();
  return answered;
}

/** True for a failure of the network, false for a bug. */
export function isFailure(error: unknown): boolean {
  return error instanceof RequestError || (error as NodeJS.ErrnoException).code !== undefined;
}

export function headOf({ statusCode: status, headers, httpVersion }: PlainResponse): Head {
  const flat = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    // HTTP/2 has the status among them, as a number (RFC 9113, section 8.3.2).
    value === undefined || name.startsWith(':') ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return { status, headers: Object.fromEntries(flat), httpVersion };
}

export function timingsOf(stream: GotRequest): Timings {
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
