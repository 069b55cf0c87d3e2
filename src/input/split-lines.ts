import { isUtf8 } from 'node:buffer';

/** Takes the lines that were found. */
export interface LineTaker {
  /**
   * A line without its end. The bytes are overwritten later.
   *
   * @param isUtf8 false for bytes that are not UTF-8 (RFC 3629)
   */
  line(bytes: Buffer, from: number, to: number, isUtf8: boolean): void;
  /** A line that is longer than the limit, by its beginning. */
  tooLong(beginning: string): void;
}

const NEWLINE = 0x0a;

/** So much of a line that is too long is told. */
const TOLD = 400;

/**
 * Splits bytes that come in pieces into lines. Lines end with LF or CR LF; of a longer line than the limit only the
 * beginning is kept.
 *
 * @param longest the limit, in bytes
 */
export class LineSplitter {
  /** What the last piece ended with, before the end of its line. */
  private rest: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly taker: LineTaker,
    private readonly longest: number,
  ) {}

  /** Takes the next piece. */
  push(piece: Buffer): void {
    let from = 0;
    if (this.length > 0) {
      const end = piece.indexOf(NEWLINE);
      this.keep(piece.subarray(0, end < 0 ? piece.length : end));
      if (end < 0) return;
      this.flush();
      from = end + 1;
    }
    // To look at many lines at once costs next to nothing; one by one is only for where it went wrong.
    const whole = piece.subarray(from, piece.lastIndexOf(NEWLINE) + 1);
    const allUtf8 = isUtf8(whole);
    while (from < piece.length) {
      const end = piece.indexOf(NEWLINE, from);
      if (end < 0) break;
      if (end - from > this.longest) this.taker.tooLong(piece.toString('utf8', from, from + TOLD));
      else this.taker.line(piece, from, end, allUtf8 || isUtf8(piece.subarray(from, end)));
      from = end + 1;
    }
    if (from < piece.length) this.keep(piece.subarray(from));
  }

  /** Takes what is left as the last line. */
  end(): void {
    if (this.length > 0) this.flush();
  }

  private keep(piece: Buffer): void {
    // Whoever gave the piece may use its memory again.
    if (this.length <= this.longest) this.rest.push(Buffer.from(piece));
    this.length += piece.length;
  }

  private flush(): void {
    const line = this.rest.length === 1 ? (this.rest[0] as Buffer) : Buffer.concat(this.rest);
    if (this.length > this.longest) this.taker.tooLong(line.toString('utf8', 0, TOLD));
    else this.taker.line(line, 0, line.length, isUtf8(line));
    this.rest = [];
    this.length = 0;
  }
}
