import type { Headers } from '../model/exchange.ts';
import type { BodyOutput } from './body.ts';
import type { StreamedFile } from './file.ts';

/** The body of a success in a file; that of an error goes to another output. */
export class SavedBody implements BodyOutput {
  readonly #file: StreamedFile;
  readonly #other: BodyOutput;
  /** True once the body is known to belong to the file; set before it begins. */
  toFile = false;

  constructor(file: StreamedFile, other: BodyOutput) {
    this.#file = file;
    this.#other = other;
  }

  begin(head: string, headers: Headers): Promise<void> {
    return this.toFile ? this.#file.write(Buffer.from(head)) : this.#other.begin(head, headers);
  }

  async write(piece: Uint8Array): Promise<boolean> {
    if (!this.toFile) return this.#other.write(piece);
    await this.#file.write(piece);
    return true;
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
