import { builtIn } from '../catalogs/index.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Knowledge } from '../diagnosis/match/general.ts';
import { decideRetry, type OwnRetry, retryPolicy } from '../http/retry.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Exchange } from '../model/exchange.ts';
import type { RetryPolicy } from '../model/settings.ts';
import { timerMs } from '../text/duration.ts';

/** A wait before another attempt. */
export interface RetryEvent {
  /** The attempt that failed; the first is 1. */
  attempt: number;
  /** Milliseconds. */
  waitMs: number;
  /** What the wait follows from: a header of the response, or `backoff`. */
  waitFrom: string;
  /** Why another attempt can help. */
  reason: string;
  diagnosis: Diagnosis;
}

/**
 * Limits, in milliseconds and attempts. By default the API's document decides, else 3 retries: after 1, 2 and 4 s and up to
 * half a second more, or as long as the server asks, up to a minute each and five in total.
 */
export interface RetryOptions extends OwnRetry {
  /** The id of the API, if the program calls only one: its document then decides. */
  api?: string | undefined;
  /** The catalogs to use instead of the built-in ones. */
  catalogs?: Knowledge | undefined;
  /** Called before each wait. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Time and chance, for tests. */
  effects?: Partial<RetryEffects> | undefined;
}

/** Where time and chance come from. */
export interface RetryEffects {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Resolves after some milliseconds; rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal | null): Promise<void>;
}

const REAL: RetryEffects = {
  now: Date.now,
  random: Math.random,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, timerMs(ms));
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    }),
};

/** The attempts of one request: decides after each that failed whether to wait for another. */
export class Attempts {
  private readonly options: RetryOptions;
  private readonly effects: RetryEffects;
  private made = 0;
  private waitedMs = 0;

  constructor(options: RetryOptions) {
    this.options = options;
    this.effects = { ...REAL, ...options.effects };
  }

  /**
   * The wait before the next attempt in milliseconds; null if there is to be none. The decision is that of
   * `errprobe call --retry`: whether trying again can help, and whether the request may be repeated without doing something
   * twice.
   */
  next(exchange: Exchange): number | null {
    const { api = null, catalogs = builtIn, onRetry, effects: _, ...own } = this.options;
    const diagnosis = diagnose(exchange, catalogs, { now: this.effects.now(), api });
    const policy = this.policy(own, diagnosis, catalogs);
    this.made += 1;
    const progress = { attempts: this.made, waitedMs: this.waitedMs, method: exchange.request?.method ?? 'request' };
    const decision = decideRetry(diagnosis, progress, policy, this.effects.random());
    if (!decision.retry) return null;
    const { waitMs, waitFrom, reason } = decision;
    this.waitedMs += waitMs;
    onRetry?.({ attempt: this.made, waitMs, waitFrom, reason, diagnosis });
    return waitMs;
  }

  /** Waits as long as `next` says, and says whether to try again. */
  async pause(exchange: Exchange, signal?: AbortSignal | null): Promise<boolean> {
    const waitMs = this.next(exchange);
    if (waitMs === null) return false;
    await this.effects.sleep(waitMs, signal);
    return true;
  }

  private policy(own: OwnRetry, { api }: Diagnosis, { apis }: Knowledge): RetryPolicy {
    return retryPolicy(own, apis.find(({ id }) => id === api)?.retry);
  }
}
