import type { Headers, Response } from '../model/exchange.ts';
import { textOf } from '../text/charset.ts';
import type { Sent } from './sent.ts';
import type { TimeLimit } from './time-limit.ts';

/** The head of a response, while its body is still on the way. */
export interface Head {
  status: number;
  headers: Headers;
  httpVersion: string;
}

/** Follows a body while it is read. */
export interface BodyFollower {
  head(head: Head): void;
  /** The next bytes, decompressed. Resolves when more can be taken: false when nothing more is wanted. */
  write(piece: Uint8Array): Promise<boolean>;
  /** All that is diagnosed has been read, and more of the body follows: whether the rest is wanted. */
  wantsRest(soFar: Sent): Promise<boolean>;
}

/** Reads a body: keeps its beginning to be diagnosed, and lets a follower have all of it. */
export class BodyReader {
  head: Head | null = null;
  readonly #maxBytes: number;
  readonly #follower: BodyFollower | undefined;
  readonly #kept: Uint8Array[] = [];
  #size = 0;
  #complete = false;

  constructor(maxBytes: number, follower: BodyFollower | undefined) {
    this.#maxBytes = maxBytes;
    this.#follower = follower;
  }

  /**
   * Reads it to its end, or as far as it is wanted.
   *
   * @param limit does not run while the follower is waited for
   * @param soFar what the exchange comes to when reading ends here
   */
  async read(pieces: AsyncIterable<Uint8Array>, head: Head, limit: TimeLimit, soFar: () => Sent): Promise<void> {
    this.head = head;
    this.#follower?.head(head);
    for await (const piece of pieces) {
      const room = this.#maxBytes - this.#size;
      if (room > 0) this.#kept.push(piece.subarray(0, room));
      this.#size += piece.length;
      const isFull = room >= 0 && piece.length > room;
      if (isFull && !(await limit.without(this.#follower?.wantsRest(soFar()) ?? Promise.resolve(false)))) return;
      if (this.#follower !== undefined && !(await limit.without(this.#follower.write(piece)))) return;
    }
    this.#complete = true;
  }

  /** The response as far as it was read. */
  response(): Response {
    const { status, headers } = this.head ?? { status: null, headers: {} as Headers };
    return {
      status,
      headers,
      body: textOf(Buffer.concat(this.#kept), headers['content-type']),
      bytes: this.#complete ? this.#size : (this.#announced() ?? Math.min(this.#size, this.#maxBytes)),
      truncated: !this.#complete || this.#size > this.#maxBytes,
    };
  }

  /** How much of the body came, in words. */
  progress(): string {
    const announced = this.#announced();
    const of = announced === null ? '' : ` of ${announced}`;
    return this.#size === 0 ? 'nothing of its body came' : `${this.#size}${of} bytes of its body came`;
  }

  /** The length that the header says; it is not that of the body where that is compressed (RFC 9110, section 8.6). */
  #announced(): number | null {
    const { headers } = this.head ?? { headers: {} as Headers };
    const length = headers['content-length'];
    return length === undefined || headers['content-encoding'] !== undefined ? null : Number(length);
  }
}
