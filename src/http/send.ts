import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got, { type Request as GotRequest, type PlainResponse, RequestError } from 'got';
import type { Exchange, Headers, Request } from '../diagnosis/exchange.ts';
import type { Timings } from '../report.ts';
import { handshakeWith, isCertificate } from './certificate.ts';
import { failureOf } from './failure.ts';
import { agentsFor, proxyFor } from './proxy.ts';

/** What came of sending a request once. */
export interface Sent {
  exchange: Exchange;
  /** The body as bytes, after decompression. */
  body: Uint8Array;
  httpVersion: string;
  timings: Timings;
  /** The URLs that redirects led away from, the first one first. */
  redirects: string[];
  /** The proxy that it went through, and the variable that names it. */
  proxy: { host: string; from: string } | null;
  notes: string[];
}

/** Limits and the way to give up. */
export interface SendOptions {
  timeoutMs: number;
  /** The most that is read of a body, after decompression. */
  maxBytes: number;
  signal: AbortSignal;
  /** The environment, for the variables that name a proxy. */
  env: Record<string, string | undefined>;
  /** Connections that are kept for further requests, where no proxy is used. */
  agents?: Agents | undefined;
}

/** The connections of both schemes. */
export interface Agents {
  http: HttpAgent;
  https: HttpsAgent;
}

/** Connections that are kept open, at most so many to a host. They have to be destroyed at the end. */
export function keepAlive(most: number): Agents {
  const options = { keepAlive: true, maxSockets: most };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

/** Headers that may follow a redirect to another origin: they say what is wanted, not who wants it. */
const HARMLESS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'user-agent',
  'content-type',
  'content-length',
]);

/**
 * Sends a request once; retrying is decided elsewhere. What goes wrong on the way is part of the result.
 *
 * A proxy is used where the environment names one. Redirects of GET and HEAD are followed. Everything that could identify the caller stays behind when the origin
 * changes: got itself drops only Authorization and Cookie, and not when https becomes http on the same host.
 *
 * @throws the signal's reason when it aborts
 */
export async function send(request: Request, { timeoutMs, maxBytes, signal, env, agents }: SendOptions): Promise<Sent> {
  const notes: string[] = [];
  const first = new URL(request.url);
  let last = first;
  const redirects: string[] = [];
  let proxy = proxyFor(first, env);
  const stream = got.stream(request.url, {
    method: request.method as 'GET',
    headers: request.headers,
    ...(request.body === null ? {} : { body: request.body }),
    allowGetBody: true,
    throwHttpErrors: false,
    strictContentLength: true,
    retry: { limit: 0 },
    timeout: { request: timeoutMs },
    followRedirect: request.method === 'GET' || request.method === 'HEAD',
    maxRedirects: 10,
    signal,
    ...(proxy === null ? { agent: { ...agents } } : { agent: await agentsFor(proxy) }),
    hooks: {
      beforeRedirect: [
        async (options) => {
          const next = options.url as URL;
          redirects.push(last.href);
          const before = last;
          last = next;
          proxy = proxyFor(next, env);
          options.agent = proxy === null ? { ...agents } : await agentsFor(proxy);
          if (next.origin === first.origin) return;
          for (const name of Object.keys(options.headers)) if (!HARMLESS.has(name)) delete options.headers[name];
          if (next.origin !== before.origin) {
            notes.push(
              `A redirect led from ${before.origin} to ${next.origin}: key and other headers were not sent there.`,
            );
          }
        },
      ],
    },
  });
  // An error after the body was given up has nobody to go to.
  stream.on('error', () => {});
  try {
    const { response, body, truncated } = await read(stream, request, maxBytes);
    const text = new TextDecoder().decode(body);
    return {
      exchange: {
        request: asSent(request, response.url === '' ? request.url : response.url),
        response: {
          status: response.statusCode,
          headers: flatten(response.headers),
          body: text,
          bytes: body.length,
          truncated,
        },
        failure: null,
      },
      body,
      httpVersion: response.httpVersion,
      timings: timingsOf(stream),
      redirects,
      proxy: shownProxy(proxy),
      notes,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof RequestError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
    if (proxy !== null) {
      notes.push(
        `The request went through the proxy ${proxy.url.host}, which ${proxy.from} names; NO_PROXY excepts hosts.`,
      );
    }
    const failure = failureOf(error, { ...stream.timings, reused: stream.reusedSocket === true }, last, timeoutMs);
    const shown = proxy === null && isCertificate(failure) ? await handshakeWith(last, timeoutMs, signal) : null;
    return {
      exchange: {
        request: asSent(request, last.href),
        response: null,
        failure: shown === null ? failure : { ...failure, certificate: shown.certificate },
      },
      body: new Uint8Array(),
      httpVersion: '',
      timings: timingsOf(stream),
      redirects,
      proxy: shownProxy(proxy),
      notes,
    };
  } finally {
    stream.destroy();
  }
}

/** The request as it went to the last URL: what does not follow a redirect to another origin is not in it. */
function asSent(request: Request, url: string): Request {
  if (new URL(url).origin === new URL(request.url).origin) return { ...request, url };
  const headers = Object.entries(request.headers).filter(([name]) => HARMLESS.has(name));
  return { ...request, url, headers: Object.fromEntries(headers) };
}

const shownProxy = (proxy: ReturnType<typeof proxyFor>) => proxy && { host: proxy.url.host, from: proxy.from };

async function read(
  stream: GotRequest,
  request: Request,
  maxBytes: number,
): Promise<{ response: PlainResponse; body: Uint8Array; truncated: boolean }> {
  const answered = new Promise<PlainResponse>((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('error', reject);
  });
  // A body that is written as an option needs no end; a method with a body and none given does.
  if (request.body === null && !stream.writableEnded) stream.end();
  const response = await answered;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Uint8Array;
    chunks.push(bytes.subarray(0, maxBytes - size));
    size += bytes.length;
    if (size > maxBytes) break;
  }
  return { response, body: Buffer.concat(chunks), truncated: size > maxBytes };
}

function flatten(headers: Record<string, string | string[] | undefined>): Headers {
  const flat: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
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
