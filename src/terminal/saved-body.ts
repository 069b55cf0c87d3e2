import { UsageError } from '../model/errors.ts';
import type { Headers } from '../model/exchange.ts';
import type { BodyOutput } from './body.ts';
import type { StreamedFile } from './file.ts';

/**
 * The body of a success in a file. That of an error goes to another output, as does a body of which the file takes
 * nothing: a request may not be repeatable.
 */
export class SavedBody implements BodyOutput {
  readonly #file: StreamedFile;
  readonly #other: BodyOutput;
  /** True once the body is known to belong to the file; set before it begins. */
  toFile = false;
  /** Why the file could not be written. */
  problem: UsageError | null = null;
  #hasBegun = false;
  #start: { head: string; headers: Headers } = { head: '', headers: {} };

  constructor(file: StreamedFile, other: BodyOutput) {
    this.#file = file;
    this.#other = other;
  }

  async begin(head: string, headers: Headers): Promise<void> {
    this.#start = { head, headers };
    if (!this.toFile) return this.#other.begin(head, headers);
    if (head !== '') await this.#save(Buffer.from(head));
  }

  async write(piece: Uint8Array): Promise<boolean> {
    if (!this.toFile) return this.#other.write(piece);
    if (await this.#save(piece)) return true;
    return !this.toFile && this.#other.write(piece);
  }

  /** Writes to the file; if nothing is in it yet, a failure turns to the other output. */
  async #save(bytes: Uint8Array): Promise<boolean> {
    try {
      await this.#file.write(bytes);
      this.#hasBegun = true;
      return true;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.problem ??= error;
    }
    if (!this.#hasBegun) {
      this.toFile = false;
      await this.#other.begin(this.#start.head, this.#start.headers);
    }
    return false;
  }

  /**
   * Puts the file in its place.
   *
   * @returns its name; null if there is none
   */
  async finish(isWhole: boolean): Promise<string | null> {
    if (!this.toFile) return null;
    try {
      return await this.#file.finish(isWhole && this.problem === null);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.problem ??= error;
      return null;
    }
  }

  async end(): Promise<void> {
    if (!this.toFile) await this.#other.end();
  }

  get hasOutput(): boolean {
    return !this.toFile && this.#other.hasOutput;
  }

  get runsOn(): boolean {
    return !this.toFile && this.#other.runsOn;
  }

  get isClosed(): boolean {
    return !this.toFile && this.#other.isClosed;
  }
}
