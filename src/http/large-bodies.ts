import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The number of bytes from which a body is received alone: below it, even many at once are small. */
export const LARGE = 1024 * 1024;

/** Lets exchanges that run at once receive and diagnose large bodies one after the other. */
export class LargeBodies {
  #last: Promise<void> = Promise.resolve();

  /** A turn for one exchange, from the moment its body grows large until its result is all that is left of it. */
  turn(signal: AbortSignal): LargeBodyTurn {
    let release: (() => void) | null = null;
    return {
      take: async () => {
        if (release !== null) return;
        const before = this.#last;
        this.#last = new Promise((resolve) => {
          release = () => resolve(before);
        });
        await unlessAborted(before, signal);
      },
      end: () => {
        if (release === null) return;
        collect();
        release();
      },
    };
  }
}

/** See `LargeBodies`. */
export interface LargeBodyTurn {
  /**
   * Waits for the turn; returns at once if it has it.
   *
   * @throws the signal's reason when it aborts
   */
  take(): Promise<void>;
  end(): void;
}

function unlessAborted(waiting: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    waiting.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}

/**
 * Frees what a large body has left behind. V8 would wait for as much again: twenty bodies of 10 MiB took 270 MB in all
 * and take 150 MB, for 10 ms each.
 */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
