import type { BodyFollower, Head } from '../../http/body-reader.ts';
import { maskHeaders } from '../../http/sensitive.ts';
import type { Sent } from '../../http/sent.ts';
import { visible } from '../../render/text.ts';
import type { BodyOutput } from '../../terminal/body.ts';

/**
 * Passes the body of one attempt on to standard output.
 *
 * Only the last attempt's body may pass. It is therefore held back while it can still decide
 * whether to retry. If this attempt is the last one in any case, its body is streamed; otherwise it
 * passes once the part to diagnose has been read (up to the end or the size limit) and the decision
 * is not to retry.
 */
export class Passage implements BodyFollower {
  readonly #output: BodyOutput;
  readonly #include: boolean;
  readonly #isLast: (soFar: Sent) => Promise<boolean>;
  readonly #held: Uint8Array[] = [];
  #head: Head | null = null;
  #isOpen: boolean;
  #begun = false;

  /**
   * @param include prints the status line and the headers first
   * @param isOpen true if this attempt is the last one in any case
   * @param isLast decides from the part read so far
   */
  constructor(
    { output, include }: { output: BodyOutput; include: boolean },
    isOpen: boolean,
    isLast: (soFar: Sent) => Promise<boolean>,
  ) {
    this.#output = output;
    this.#include = include;
    this.#isOpen = isOpen;
    this.#isLast = isLast;
  }

  /** True once something was written, which rules out another attempt. */
  get begun(): boolean {
    return this.#begun;
  }

  head(head: Head): void {
    this.#head = head;
  }

  write(piece: Uint8Array): Promise<boolean> {
    this.#held.push(piece);
    return this.#isOpen ? this.#flush() : Promise.resolve(true);
  }

  async wantsRest(soFar: Sent): Promise<boolean> {
    this.#isOpen ||= await this.#isLast(soFar);
    return this.#isOpen;
  }

  /** Writes what was held back: no attempt follows. */
  async end(): Promise<void> {
    if (this.#head === null) return;
    if (await this.#flush()) await this.#output.end();
  }

  async #flush(): Promise<boolean> {
    if (!this.#begun && this.#head !== null) {
      this.#begun = true;
      await this.#output.begin(this.#include ? statusLines(this.#head) : '', this.#head.headers['content-type']);
    }
    for (const piece of this.#held.splice(0)) if (!(await this.#output.write(piece))) return false;
    return true;
  }
}

function statusLines({ httpVersion, status, headers }: Head): string {
  const fields = Object.entries(maskHeaders(headers)).map(([name, value]) => `${name}: ${value}\n`);
  return visible(`HTTP/${httpVersion} ${status}\n${fields.join('')}\n`);
}
