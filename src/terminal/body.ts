import { jsonOrText } from '../json/text.ts';
import type { Effects } from '../model/effects.ts';
import { visible } from '../render/text.ts';
import { type Decoder, decoderOf, textOf } from '../text/charset.ts';
import type { ByteSink, Sink } from './sink.ts';

/** Receives the body of a response piece by piece. */
export interface BodyOutput {
  /** Starts a body: `head` is printed first, and the media type decides how the body is shown. */
  begin(head: string, contentType: string | undefined): Promise<void>;
  /** Resolves when more can be written: false when the reader has gone. */
  write(piece: Uint8Array): Promise<boolean>;
  end(): Promise<void>;
  /** True when the output does not end with a line break. */
  readonly runsOn: boolean;
  /** True when the reader has gone. */
  readonly isClosed: boolean;
}

/** The body on standard output: byte for byte for a pipe or a file, readable for a terminal. */
export function bodyOutput(sink: Sink, { stdout }: Effects, most: number): BodyOutput {
  return stdout.isTTY === true ? new ShownBody(sink, most) : new PipedBody(sink);
}

class PipedBody implements BodyOutput {
  readonly #sink: Sink;
  readonly #bytes: ByteSink;
  runsOn = false;
  isClosed = false;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#bytes = sink.bytes();
  }

  begin(head: string): Promise<void> {
    return this.#sink.write(head);
  }

  async write(piece: Uint8Array): Promise<boolean> {
    if (piece.length > 0) this.runsOn = piece.at(-1) !== 0x0a;
    this.isClosed = !(await this.#bytes.write(piece));
    return !this.isClosed;
  }

  end(): Promise<void> {
    return this.#bytes.end();
  }
}

/**
 * A body on a terminal: JSON is indented, and neither binary data nor control sequences are
 * printed. It is shown once complete, or streamed as soon as it exceeds `most` bytes.
 */
class ShownBody implements BodyOutput {
  readonly #sink: Sink;
  readonly #most: number;
  readonly #held: Uint8Array[] = [];
  #size = 0;
  #contentType: string | undefined;
  #rest: ShownText | null = null;
  readonly runsOn = false;
  readonly isClosed = false;

  constructor(sink: Sink, most: number) {
    this.#sink = sink;
    this.#most = most;
  }

  begin(head: string, contentType: string | undefined): Promise<void> {
    this.#contentType = contentType;
    return this.#sink.write(head);
  }

  async write(piece: Uint8Array): Promise<boolean> {
    this.#size += piece.length;
    if (this.#rest !== null) return this.#rest.write(piece);
    this.#held.push(piece);
    if (this.#size <= this.#most) return true;
    const start = Buffer.concat(this.#held.splice(0));
    this.#rest = new ShownText(this.#sink.bytes(), decoderOf(start, this.#contentType));
    return this.#rest.write(start);
  }

  async end(): Promise<void> {
    const text = textOf(Buffer.concat(this.#held), this.#contentType);
    const isBinary = this.#rest === null ? text.includes('\0') : this.#rest.isBinary;
    if (isBinary) await this.#sink.write(`(binary body of ${this.#size} bytes, not shown on a terminal)\n`);
    else if (this.#rest !== null) await this.#rest.end();
    else if (text !== '') await this.#sink.write(visible(withBreak(indented(text))));
  }
}

/** Text that is streamed to a terminal; a NUL among the first bytes means binary data. */
class ShownText {
  readonly #sink: ByteSink;
  readonly #decoder: Decoder;
  #held = '';
  #runsOn = false;
  isBinary: boolean | null = null;

  constructor(sink: ByteSink, decoder: Decoder) {
    this.#sink = sink;
    this.#decoder = decoder;
  }

  write(piece: Uint8Array): Promise<boolean> {
    const text = this.#held + this.#decoder.decode(piece, { stream: true });
    this.isBinary ??= text.includes('\0');
    if (this.isBinary) return Promise.resolve(true);
    // Its line feed may be in the next part.
    this.#held = text.endsWith('\r') ? '\r' : '';
    return this.#show(text.slice(0, text.length - this.#held.length));
  }

  async end(): Promise<void> {
    await this.#show(this.#held + this.#decoder.decode());
    await this.#sink.end();
    if (this.#runsOn) await this.#sink.write(Buffer.from('\n'));
  }

  #show(text: string): Promise<boolean> {
    if (text !== '') this.#runsOn = !text.endsWith('\n');
    return this.#sink.write(Buffer.from(visible(text)));
  }
}

function indented(text: string): string {
  const value = jsonOrText(text);
  return typeof value === 'string' ? text : value.indented();
}

const withBreak = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
