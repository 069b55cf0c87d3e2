import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { LONGEST_DIAGNOSED } from '../model/exchange.ts';
import { explainError } from './explain-error.ts';
import { noticeOf } from './notice.ts';

/** The global object of a test, of which `fetch` is watched. */
interface Global {
  fetch?: typeof globalThis.fetch;
}

/**
 * Explains why tests failed, if it was an error of a request. It watches `fetch` and Node.js's `http`: an assertion about a
 * response does not have it, and a runner may keep only a part of what a client throws.
 */
export class Witness {
  private last: unknown = null;

  constructor(global: Global) {
    const { fetch } = global;
    if (fetch !== undefined) global.fetch = async (...request) => await this.watch(() => fetch(...request));
    subscribe('http.client.response.finish', (message) => {
      const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
      if ((response.statusCode ?? 0) >= 400) this.last = { response: kept(response), request: requestOf(request) };
    });
  }

  /** Forgets the requests so far: each test has its own. */
  forget(): void {
    this.last = null;
  }

  /** Adds the explanation to the messages of a failed test's errors, as far as there is one. */
  async explain(errors: unknown[]): Promise<void> {
    for (const error of errors) {
      const own = await explainError(error);
      const seen = this.last === null ? null : await explainError(this.last);
      const diagnosis = seen !== null && (own === null || own.status === seen.status) ? seen : own;
      if (diagnosis !== null) append(error, noticeOf(diagnosis));
    }
  }

  private async watch(fetch: () => Promise<Response>): Promise<Response> {
    try {
      const response = await fetch();
      if (response.status >= 400) this.last = response.clone();
      return response;
    } catch (error) {
      this.last = error;
      throw error;
    }
  }
}

const requestOf = (request: ClientRequest) => ({
  method: request.method,
  url: `${request.protocol}//${request.host}${request.path}`,
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

/** Runners print the message, or the stack that begins with it. */
function append(error: unknown, notice: string): void {
  const { message, stack } = error as Error;
  const whole = `${message}\n\n${notice}\n`;
  try {
    Object.assign(error as Error, { message: whole });
    if (typeof stack === 'string') Object.assign(error as Error, { stack: stack.replace(message, () => whole) });
  } catch {
    // A frozen error stays as it is.
  }
}
