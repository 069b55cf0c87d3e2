import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { builtIn } from '../catalogs/index.ts';
import { headersOf, urlOf } from '../clients/answer.ts';
import { memberAt, textAt } from '../clients/member.ts';
import { readThrown } from '../clients/thrown.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { credentialsIn, credentialsInAnswer } from '../http/sensitive.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { type Exchange, LONGEST_DIAGNOSED, type Request } from '../model/exchange.ts';
import { noticeOf } from '../render/notice.ts';
import { Secrets } from '../secrets/secrets.ts';

type Fetch = typeof globalThis.fetch;

/** The global object of a test, of which `fetch` is watched. */
interface Global {
  fetch?: Fetch;
}

/** A failed request, with its diagnosis, that an exception is about. */
interface Told {
  exchange: Exchange;
  diagnosis: Diagnosis;
}

/**
 * Explains why tests failed, if it was an error of a request. It watches `fetch` and Node.js's `http`: an assertion about a
 * response does not have it, and a runner may keep only a part of what a client throws.
 */
export class Witness {
  private last: unknown = null;
  /** The requests without an answer so far. */
  private readonly open = new Set<object>();

  constructor(global: Global) {
    const { fetch } = global;
    if (fetch !== undefined) global.fetch = (input, init) => this.watch(fetch, input, init);
    subscribe('http.client.request.start', (message) => this.open.add((message as Sent).request));
    subscribe('http.client.request.error', (message) => {
      const { request, error } = message as Sent & { error: Error };
      this.end(request, { request: requestOf(request), cause: error });
    });
    subscribe('http.client.response.finish', (message) => {
      const { request, response } = message as Sent & { response: IncomingMessage };
      const isError = (response.statusCode ?? 0) >= 400;
      this.end(request, isError ? { request: requestOf(request), response: kept(response) } : null);
    });
  }

  /** Forgets the requests so far: each test has its own. */
  forget(): void {
    this.last = null;
    this.open.clear();
  }

  /** Adds the explanation to the messages of a failed test's errors, as far as there is one. */
  async explain(errors: unknown[]): Promise<void> {
    for (const error of errors) {
      const thrown = await toldBy(error);
      // The time limit of the test itself reads like that of a request.
      const own = thrown !== null && isBare(error) && isTimeLimit(thrown) && this.open.size === 0 ? null : thrown;
      const seen = await toldBy(this.last);
      const told = seen !== null && (own === null || own.diagnosis.status === seen.diagnosis.status) ? seen : own;
      if (told !== null) append(error, redacted(told, own === null));
    }
  }

  private async watch(fetch: Fetch, ...sent: Parameters<Fetch>): Promise<Response> {
    const request = sentBy(...sent);
    this.open.add(request);
    try {
      const response = await fetch(...sent);
      this.end(request, response.status < 400 ? null : { request, response: response.clone() });
      return response;
    } catch (cause) {
      this.end(request, { request, cause });
      hideFrames(cause);
      throw cause;
    }
  }

  private end(request: object, failed: object | null): void {
    // One that was sent in an earlier test is not this test's.
    if (this.open.delete(request) && failed !== null) this.last = failed;
  }
}

interface Sent {
  request: ClientRequest;
}

async function toldBy(thrown: unknown): Promise<Told | null> {
  const read = thrown === null ? null : await readThrown(thrown);
  if (read === null) return null;
  const { exchange, api } = read;
  return { exchange, diagnosis: diagnose(exchange, builtIn, { now: Date.now(), api }) };
}

/** Whether an exception has nothing but words. */
const isBare = (error: unknown): boolean =>
  ['code', 'cause', 'response', 'request', 'config'].every((name) => memberAt(error, name) === undefined);

const isTimeLimit = ({ diagnosis }: Told): boolean => diagnosis.category === 'timeout' && diagnosis.status === null;

/** The notice without the credentials of the request, which an API may repeat. */
function redacted({ exchange: { request, response }, diagnosis }: Told, isLast: boolean): string {
  const secrets = new Secrets();
  for (const secret of request === null ? [] : credentialsIn(request)) secrets.add(secret);
  for (const secret of credentialsInAnswer(response?.headers ?? {})) secrets.add(secret);
  const shown = request === null ? null : { ...request, url: secrets.redact(request.url) };
  return noticeOf(secrets.redactAll(diagnosis), shown, isLast);
}

/** A request as the arguments of `fetch` describe it. */
function sentBy(input: unknown, init?: unknown): Request {
  const body = memberAt(init, 'body');
  return {
    method: (textAt(init, 'method') ?? textAt(input, 'method') ?? 'GET').toUpperCase(),
    url: urlOf(input) ?? textAt(input, 'url') ?? '',
    headers: headersOf(memberAt(init, 'headers') ?? memberAt(input, 'headers')),
    body: typeof body === 'string' ? body : null,
  };
}

const requestOf = (request: ClientRequest) => ({
  method: request.method,
  url: `${request.protocol}//${request.getHeader('host') ?? request.host}${request.path}`,
  headers: request.getHeaders(),
});

/** Status, headers and body of a response that somebody else reads. */
function kept(response: IncomingMessage) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const push = response.push.bind(response);
  // A listener would start the flow before whoever sent the request is ready for it.
  response.push = (chunk, encoding) => {
    if (chunk instanceof Uint8Array && size < LONGEST_DIAGNOSED) {
      chunks.push(chunk);
      size += chunk.length;
    }
    return push(chunk, encoding);
  };
  const isPlain = response.headers['content-encoding'] === undefined;
  return {
    status: response.statusCode,
    headers: response.headers,
    get rawBody() {
      return isPlain ? Buffer.concat(chunks) : '';
    },
  };
}

/** Leaves the frames of this file out of a stack, so that it begins in the test. */
function hideFrames(error: unknown): void {
  const stack = textAt(error, 'stack');
  if (stack !== null)
    Object.assign(error as Error, { stack: stack.replaceAll(/^ +at (?:async )?(?:Object\.)?Witness\..*\n/gm, '') });
}

/** Runners print the message, or the stack that begins with it. */
function append(error: unknown, notice: string): void {
  if (typeof error !== 'object' || error === null) return;
  const { message, stack } = error as Error;
  const whole = `${message}\n\n${notice}`;
  try {
    Object.assign(error, { message: whole });
    if (typeof stack === 'string') Object.assign(error, { stack: stack.replace(message, () => whole) });
  } catch {
    // A frozen error stays as it is.
  }
}
