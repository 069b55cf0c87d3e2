import { UsageError } from '../model/errors.ts';
import {
  type Opening,
  type OutputFile,
  openAppending,
  openCredentials,
  openOutput,
  openStreamed,
  type StreamedFile,
  type Written,
} from './file.ts';

const OPENERS = { whole: openOutput, appended: openAppending, credentials: openCredentials };

/**
 * The files that a command writes beside its output: opened before the work, written after it. A
 * failed write must not lose the results, so the error is kept and reported at the end.
 */
export class Outputs {
  /** The first error while writing. */
  problem: UsageError | null = null;
  readonly #opening: Opening;
  readonly #files: Pick<OutputFile, 'close'>[] = [];

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  /**
   * Opens a file; null if none is wanted.
   *
   * @throws UsageError when it cannot be written
   */
  async open(path: string | undefined, how: keyof typeof OPENERS = 'whole'): Promise<OutputFile | null> {
    if (path === undefined) return null;
    const file = await OPENERS[how](path, this.#opening);
    this.#files.push(file);
    return file;
  }

  /**
   * Opens a file for bytes that come in pieces; null if none is wanted, or standard output is.
   *
   * @throws UsageError when it cannot be written
   */
  async stream(path: string | undefined): Promise<StreamedFile | null> {
    const file = path === undefined ? null : await openStreamed(path, this.#opening);
    if (file !== null) this.#files.push(file);
    return file;
  }

  /** Writes a text, which is generated only if needed. */
  async write(file: OutputFile | null, text: () => Written | Promise<Written>): Promise<void> {
    try {
      await file?.write(await text());
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.problem ??= error;
    }
  }

  async close(): Promise<void> {
    for (const file of this.#files) await file.close();
  }
}
