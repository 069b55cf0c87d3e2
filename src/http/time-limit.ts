import { timerMs } from '../text/duration.ts';

/** A one-shot timer that can be paused during waits that do not count. */
export class TimeLimit {
  readonly #onOver: () => void;
  readonly #allMs: number;
  #leftMs: number;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Starts at once; calls `onOver` after `ms` milliseconds. */
  constructor(ms: number, onOver: () => void) {
    this.#allMs = ms;
    this.#leftMs = ms;
    this.#onOver = onOver;
    this.#start();
  }

  /** Pauses until the promise settles, and returns its value. */
  async without<T>(waiting: Promise<T>): Promise<T> {
    this.end();
    this.#leftMs -= performance.now() - this.#since;
    try {
      return await waiting;
    } finally {
      this.#start();
    }
  }

  /** Starts anew with the whole time. */
  renew(): void {
    this.end();
    this.#leftMs = this.#allMs;
    this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(this.#onOver, timerMs(Math.max(0, this.#leftMs)));
  }
}
