import type { Headers } from '../model/exchange.ts';
import type { ByteSink, Sink } from './sink.ts';

/** Receives the body of a response piece by piece. */
export interface BodyOutput {
  /** Starts a body: `head` is printed first, and the header fields decide how the body is shown. */
  begin(head: string, headers: Headers): Promise<void>;
  /** Resolves when more can be written: false when the reader has gone. */
  write(piece: Uint8Array): Promise<boolean>;
  end(): Promise<void>;
  /** True when something was printed that no empty line ends. */
  readonly hasOutput: boolean;
  /** True when the output does not end with a line break. */
  readonly runsOn: boolean;
  /** True when the reader has gone. */
  readonly isClosed: boolean;
}

/** A body byte for byte, for a pipe or a file. */
export class PipedBody implements BodyOutput {
  readonly #sink: Sink;
  readonly #bytes: ByteSink;
  readonly #onOutput: () => void;
  hasOutput = false;
  runsOn = false;
  isClosed = false;

  /** @param onOutput is called before each output */
  constructor(sink: Sink, onOutput: () => void = () => {}) {
    this.#sink = sink;
    this.#bytes = sink.bytes();
    this.#onOutput = onOutput;
  }

  begin(head: string): Promise<void> {
    this.hasOutput = head !== '';
    if (this.hasOutput) this.#onOutput();
    return this.#sink.write(head);
  }

  async write(piece: Uint8Array): Promise<boolean> {
    this.#onOutput();
    this.hasOutput ||= piece.length > 0;
    if (piece.length > 0) this.runsOn = piece.at(-1) !== 0x0a;
    this.isClosed = !(await this.#bytes.write(piece));
    return !this.isClosed;
  }

  end(): Promise<void> {
    return this.#bytes.end();
  }
}
