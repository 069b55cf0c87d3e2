/**
 * Lets undici try again by diagnosis.
 *
 * @module errprobe/undici
 */
import { type Exchange, LONGEST_DIAGNOSED, type Request, savedResponse } from '../model/exchange.ts';
import { headersOf, textOf, urlOf } from './answer.ts';
import { Attempts, type RetryOptions } from './retrying.ts';
import { readThrown } from './thrown.ts';

export type { RetryEffects, RetryEvent, RetryOptions } from './retrying.ts';

/** The parts of undici's options of a request that are used. */
interface Options {
  origin?: string | URL | null | undefined;
  path: string;
  method: string;
  headers?: unknown;
  body?: unknown;
}

/** undici's handlers: a method per event, of which one interface (onHeaders …) or the other (onResponseStart …) is there. */
// biome-ignore lint/suspicious/noExplicitAny: undici's own types are not here, since undici is not.
type Handler = Record<string, any>;
type Dispatch = (options: never, handler: never) => boolean;

/**
 * An interceptor that lets undici try again where the error's diagnosis says that this can help and does nothing twice: as
 * `errprobe call --retry` does. The last response is handed on, whatever its status. For version 6 and newer.
 *
 * A body that can be read only once, such as a stream, is sent once.
 *
 * @example
 * import { Agent, request } from 'undici';
 * import { retryingUndici } from 'errprobe/undici';
 *
 * const dispatcher = new Agent().compose(retryingUndici({ retries: 5, base: 20 }));
 * const { statusCode } = await request('https://api.example.com/busy', { dispatcher });
 * console.log(statusCode); // 200
 */
export function retryingUndici(options: RetryOptions = {}) {
  return (dispatch: Dispatch): Dispatch =>
    (request: Options, handler: Handler) => {
      const send = dispatch as (request: Options, handler: Handler) => boolean;
      const { body } = request;
      const canRepeat = body === undefined || body === null || typeof body === 'string' || body instanceof Uint8Array;
      if (!canRepeat) return send(request, handler);
      return new Repeated(send, request, handler, new Attempts(options)).send();
    };
}

/** A request that is sent until there is a success, or an error that a repetition does not help. */
class Repeated {
  private readonly dispatch: (request: Options, handler: Handler) => boolean;
  private readonly request: Options;
  private readonly handler: Handler;
  private readonly attempts: Attempts;
  /** Aborts a wait between two attempts, of which undici knows nothing. */
  private readonly interrupt = new AbortController();
  /** Ends the attempt that is under way. */
  private cancel: (reason?: unknown) => void = () => undefined;
  private started = false;
  /** Of an error: the events that its response consists of, until it is decided whether to hand them on. */
  private kept: [event: string, ...values: unknown[]][] = [];
  private status = 0;
  private headers: Record<string, string> = {};
  private body: Uint8Array[] = [];
  private size = 0;

  constructor(dispatch: Repeated['dispatch'], request: Options, handler: Handler, attempts: Attempts) {
    this.dispatch = dispatch;
    this.request = request;
    this.handler = handler;
    this.attempts = attempts;
  }

  send(): boolean {
    this.kept = [];
    this.body = [];
    this.size = 0;
    return this.dispatch(this.request, 'onRequestStart' in this.handler ? this.newer() : this.older());
  }

  /** The handler of undici 7 and newer. */
  private newer(): Handler {
    return {
      onRequestStart: (controller: Handler, context: unknown) => {
        this.cancel = (reason) => controller.abort(reason);
        this.start('onRequestStart', this.controls(controller), context);
      },
      onRequestUpgrade: (...values: unknown[]) => this.handler.onRequestUpgrade?.(...values),
      onResponseStart: (controller: unknown, status: number, headers: unknown, text: unknown) => {
        if (status < 200) return this.handler.onResponseStart?.(controller, status, headers, text);
        this.begin(status, headersOf(headers));
        return this.take('onResponseStart', controller, status, headers, text);
      },
      onResponseData: (controller: unknown, chunk: Uint8Array) => {
        this.add(chunk);
        return this.take('onResponseData', controller, chunk);
      },
      onResponseEnd: (controller: unknown, trailers: unknown) => this.end('onResponseEnd', controller, trailers),
      onResponseError: (controller: unknown, error: unknown) => this.fail(error, 'onResponseError', controller, error),
    };
  }

  /** The handler of undici 6, which undici 7 takes as well. */
  private older(): Handler {
    return {
      onConnect: (abort: (reason?: unknown) => void, context: unknown) => {
        this.cancel = abort;
        this.start('onConnect', this.abort, context);
      },
      onUpgrade: (...values: unknown[]) => this.handler.onUpgrade?.(...values),
      onBodySent: (...values: unknown[]) => this.handler.onBodySent?.(...values),
      onResponseStarted: () => this.handler.onResponseStarted?.(),
      onHeaders: (status: number, raw: Uint8Array[], resume: () => void, text: unknown) => {
        if (status < 200) return this.handler.onHeaders?.(status, raw, resume, text);
        this.begin(status, headersOf(pairsOf(raw)));
        return this.take('onHeaders', status, raw, resume, text) ?? true;
      },
      onData: (chunk: Uint8Array) => {
        this.add(chunk);
        return this.take('onData', chunk) ?? true;
      },
      onComplete: (trailers: unknown) => this.end('onComplete', trailers),
      onError: (error: unknown) => this.fail(error, 'onError', error),
    };
  }

  /** Lets the program abort the attempt that is under way, or the wait for the next. */
  private readonly abort = (reason?: unknown): void => {
    this.interrupt.abort(reason);
    this.cancel(reason);
  };

  /** The controller of an attempt, whose `abort` ends all of them. */
  private controls(controller: Handler): Handler {
    return new Proxy(controller, {
      get: (_, name: string) => {
        if (name === 'abort') return this.abort;
        const value: unknown = controller[name];
        return typeof value === 'function' ? value.bind(controller) : value;
      },
    });
  }

  private start(event: string, ...values: unknown[]): void {
    // The program's handler knows of one request.
    if (!this.started) this.handler[event]?.(...values);
    this.started = true;
  }

  private begin(status: number, headers: Record<string, string>): void {
    this.status = status;
    this.headers = headers;
  }

  private add(chunk: Uint8Array): void {
    this.size += chunk.length;
    if (this.isKept()) this.body.push(Uint8Array.from(chunk));
    else this.flush();
  }

  /** Only an error is kept back, as far as it can be diagnosed. */
  private isKept(): boolean {
    return this.status >= 400 && this.size <= LONGEST_DIAGNOSED;
  }

  private take(event: string, ...values: unknown[]): unknown {
    if (!this.isKept()) return this.handler[event]?.(...values);
    this.kept.push([event, ...values.map((value) => (value instanceof Uint8Array ? Uint8Array.from(value) : value))]);
    return undefined;
  }

  private flush(): void {
    for (const [event, ...values] of this.kept.splice(0)) this.handler[event]?.(...values);
  }

  private end(event: string, ...values: unknown[]): void {
    if (!this.isKept()) {
      this.handler[event]?.(...values);
      return;
    }
    const body = new TextDecoder().decode(joined(this.body));
    void this.decide({ response: savedResponse(body, this.status, this.headers), failure: null }, event, ...values);
  }

  private fail(error: unknown, event: string, ...values: unknown[]): void {
    const begun = this.status !== 0;
    if (this.interrupt.signal.aborted || begun) {
      this.flush();
      this.handler[event]?.(...values);
      return;
    }
    void readThrown(error).then((read) =>
      this.decide({ response: null, failure: read?.exchange.failure ?? null }, event, ...values),
    );
  }

  private async decide(outcome: Omit<Exchange, 'request'>, event: string, ...values: unknown[]): Promise<void> {
    const isKnown = outcome.response !== null || outcome.failure !== null;
    const { signal } = this.interrupt;
    try {
      if (isKnown && (await this.attempts.pause({ request: sentBy(this.request), ...outcome }, signal))) {
        this.status = 0;
        this.send();
        return;
      }
    } catch (error) {
      // The program aborted, or what it does before a wait failed.
      const [controller] = values;
      if ('onRequestStart' in this.handler) this.handler.onResponseError?.(controller, error);
      else this.handler.onError?.(error);
      return;
    }
    this.flush();
    this.handler[event]?.(...values);
  }
}

function sentBy({ method, origin, path, headers, body }: Options): Request {
  const fields = Array.isArray(headers) ? pairsOf(headers) : headers;
  return { method, url: `${urlOf(origin) ?? ''}${path}`, headers: headersOf(fields), body: textOf(body) };
}

/** Names and values in turn, as pairs. */
function pairsOf(flat: (Uint8Array | string)[]): [string, string][] {
  const texts = flat.map((text) => (typeof text === 'string' ? text : new TextDecoder('latin1').decode(text)));
  return texts.flatMap((name, at) => (at % 2 === 0 ? [[name, texts[at + 1] ?? ''] as [string, string]] : []));
}

function joined(chunks: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
