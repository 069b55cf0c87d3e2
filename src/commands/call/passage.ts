import type { BodyFollower, Head } from '../../http/body-reader.ts';
import type { Sent } from '../../http/sent.ts';
import type { BodyOutput } from '../../terminal/body.ts';

/** Prints what comes before the body elsewhere; returns what is printed before it. */
export type Introduction = (head: Head, soFar: Sent) => Promise<string>;

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
  readonly #introduce: Introduction;
  readonly #isLast: (soFar: Sent) => Promise<boolean>;
  readonly #held: Uint8Array[] = [];
  #head: { head: Head; soFar: Sent } | null = null;
  #isOpen: boolean;
  #begun = false;

  /**
   * @param introduce is called before the first part of the body
   * @param isOpen true if this attempt is the last one in any case
   * @param isLast decides from the part read so far
   */
  constructor(
    { output, introduce }: { output: BodyOutput; introduce: Introduction },
    isOpen: boolean,
    isLast: (soFar: Sent) => Promise<boolean>,
  ) {
    this.#output = output;
    this.#introduce = introduce;
    this.#isOpen = isOpen;
    this.#isLast = isLast;
  }

  /** True once something was written, which rules out another attempt. */
  get begun(): boolean {
    return this.#begun;
  }

  head(head: Head, soFar: Sent): void {
    this.#head = { head, soFar };
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
      const { head, soFar } = this.#head;
      await this.#output.begin(await this.#introduce(head, soFar), head.headers);
    }
    for (const piece of this.#held.splice(0)) if (!(await this.#output.write(piece))) return false;
    return true;
  }
}
