import type { BodyFollower, Head } from '../../http/body-reader.ts';
import { maskHeaders } from '../../http/sensitive.ts';
import type { Sent } from '../../http/sent.ts';
import { visible } from '../../render/text.ts';
import type { BodyOutput } from '../../terminal/body.ts';

/**
 * The passage of the body of one attempt to standard output.
 *
 * Only the body of the last attempt passes. So it is held back as long as it can still decide whether there is another
 * attempt: of an attempt that is the last whatever it says, it passes as it comes; of any other, once all of it that is
 * diagnosed has been read, which is at its end or at the limit, and the decision is that there is no further one.
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
   * @param isOpen true for an attempt that is the last whatever it says
   * @param isLast decides by what was read so far
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

  /** True once something went out, so that another attempt would follow it. */
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

  /** Lets what was held back pass: no attempt follows. */
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
