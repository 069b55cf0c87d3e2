import type { Headers, Response } from '../model/exchange.ts';
import type { SendWatcher } from '../model/progress.ts';
import { textOf } from '../text/charset.ts';
import { LARGE, type LargeBodyTurn } from './large-bodies.ts';
import type { Sent } from './sent.ts';
import type { TimeLimit } from './time-limit.ts';

/** The head of a response whose body is still being received. */
export interface Head {
  status: number;
  headers: Headers;
  httpVersion: string;
}

/** What came of a response before it failed. */
export interface Arrived {
  status: number;
  /** `200 and 5 of 100 bytes` */
  what: string;
  /** How long nothing had come, in milliseconds. */
  silentMs: number;
}

/** Follows a body while it is read. */
export interface BodyFollower {
  /** @param soFar the exchange as it would be if the body were empty */
  head(head: Head, soFar: Sent): void;
  /**
   * Receives the next bytes, decompressed. Resolves when more can be written: false to stop
   * reading.
   */
  write(piece: Uint8Array): Promise<boolean>;
  /**
   * Called when the part to diagnose has been read and more of the body follows; returns whether
   * the rest is wanted.
   */
  wantsRest(soFar: Sent): Promise<boolean>;
}

/** The most bytes that are kept of the end of a long body. */
const LONGEST_END = 64 * 1024;

/** Reads a body: keeps its beginning for the diagnosis and passes all of it to a follower. */
export class BodyReader {
  head: Head | null = null;
  readonly #maxBytes: number;
  readonly #follower: BodyFollower | undefined;
  readonly #watcher: SendWatcher | undefined;
  readonly #turn: LargeBodyTurn | undefined;
  readonly #kept: Uint8Array[] = [];
  /** The last parts of a body that is too long to be kept. */
  #last: Uint8Array[] = [];
  #lastSize = 0;
  #size = 0;
  #complete = false;
  /** When the last part came, on the clock of `performance`. */
  #lastAt = 0;

  constructor(
    maxBytes: number,
    options: {
      follower?: BodyFollower | undefined;
      watcher?: SendWatcher | undefined;
      turn?: LargeBodyTurn | undefined;
    },
  ) {
    this.#maxBytes = maxBytes;
    this.#follower = options.follower;
    this.#watcher = options.watcher;
    this.#turn = options.turn;
  }

  /**
   * Reads to the end, or as far as the follower wants.
   *
   * @param limit is paused while waiting for the follower and for the turn of a large body, and starts anew with each
   * part of a success that the follower gets: an error that comes drop by drop would otherwise never be diagnosed
   * @param soFar the exchange as it would be if reading ended here
   */
  async read(pieces: AsyncIterable<Uint8Array>, head: Head, limit: TimeLimit, soFar: () => Sent): Promise<void> {
    this.head = head;
    this.#lastAt = performance.now();
    this.#follower?.head(head, soFar());
    const isEndless = this.#follower !== undefined && head.status < 400;
    if (isEndless) limit.renew();
    for await (const piece of pieces) {
      this.#lastAt = performance.now();
      this.#watcher?.received(piece.length, this.#announced());
      if (this.#turn !== undefined && this.#size <= LARGE && this.#size + piece.length > LARGE) {
        await limit.without(this.#turn.take());
      }
      const room = this.#maxBytes - this.#size;
      if (room > 0) this.#kept.push(piece.subarray(0, room));
      if (piece.length > room) this.#keepLast(piece.subarray(Math.max(0, room)));
      this.#size += piece.length;
      const isFull = room >= 0 && piece.length > room;
      if (isFull && !(await limit.without(this.#follower?.wantsRest(soFar()) ?? Promise.resolve(false)))) return;
      if (this.#follower === undefined) continue;
      if (!(await limit.without(this.#follower.write(piece)))) return;
      if (isEndless) limit.renew();
    }
    this.#complete = true;
  }

  /** Keeps a part of the end, and drops what is too far from it by now. */
  #keepLast(piece: Uint8Array): void {
    this.#last.push(piece);
    this.#lastSize += piece.length;
    for (
      let [first] = this.#last;
      first !== undefined && this.#lastSize - first.length >= LONGEST_END;
      [first] = this.#last
    ) {
      this.#last.shift();
      this.#lastSize -= first.length;
    }
  }

  /** The last lines of a body of which only the beginning was kept, without the one that is cut. */
  #end(contentType: string | undefined): string | undefined {
    if (!this.#complete || this.#last.length === 0) return undefined;
    const text = textOf(Buffer.concat(this.#last).subarray(-LONGEST_END), contentType);
    return text.slice(text.indexOf('\n') + 1);
  }

  /** The response as far as it was read. */
  response(): Response {
    const { status, headers } = this.head ?? { status: null, headers: {} as Headers };
    const end = this.#end(headers['content-type']);
    return {
      status,
      headers,
      body: textOf(Buffer.concat(this.#kept), headers['content-type']),
      ...(end === undefined ? {} : { end }),
      bytes: this.#complete ? this.#size : (this.#announced() ?? Math.min(this.#size, this.#maxBytes)),
      truncated: !this.#complete || this.#size > this.#maxBytes,
    };
  }

  /** What came of the response, and when the last of it did; null if nothing did. */
  arrived(): Arrived | null {
    if (this.head === null) return null;
    const announced = this.#announced();
    const of = announced === null ? '' : ` of ${announced}`;
    const status = this.head.status;
    return {
      status,
      what: this.#size === 0 && announced === null ? `${status}` : `${status} and ${this.#size}${of} bytes`,
      silentMs: performance.now() - this.#lastAt,
    };
  }

  /** The Content-Length, which is not the length of a decompressed body (RFC 9110, section 8.6). */
  #announced(): number | null {
    const { headers } = this.head ?? { headers: {} as Headers };
    const length = headers['content-length'];
    return length === undefined || headers['content-encoding'] !== undefined ? null : Number(length);
  }
}
