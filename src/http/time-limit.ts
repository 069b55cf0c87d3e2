import { timerMs } from '../text/duration.ts';

/** A clock that runs down once, and can be stopped while something is waited for that does not count. */
export class TimeLimit {
  readonly #onOver: () => void;
  #leftMs: number;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Starts at once; `onOver` is called after `ms` milliseconds. */
  constructor(ms: number, onOver: () => void) {
    this.#leftMs = ms;
    this.#onOver = onOver;
    this.#start();
  }

  /** Stops the clock until the promise is settled, and returns what it comes to. */
  async without<T>(waiting: Promise<T>): Promise<T> {
    this.end();
    this.#leftMs -= performance.now() - this.#since;
    try {
      return await waiting;
    } finally {
      this.#start();
    }
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(this.#onOver, timerMs(Math.max(0, this.#leftMs)));
  }
}
