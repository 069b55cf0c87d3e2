import { isUtf8 } from 'node:buffer';

/** Receives lines. */
export interface LineTaker {
  /**
   * A line without its line break. The buffer is reused afterwards.
   *
   * @param isUtf8 false for invalid UTF-8 (RFC 3629)
   */
  line(bytes: Buffer, from: number, to: number, isUtf8: boolean): void;
  /** The beginning of a line that exceeds the limit. */
  tooLong(beginning: string): void;
}

const NEWLINE = 0x0a;

/** How much of an overlong line is passed on. */
const TOLD = 400;

/**
 * Splits a stream of bytes into lines, which end with LF or CR LF. Of an overlong line only the
 * beginning is kept.
 *
 * @param longest the limit, in bytes
 */
export class LineSplitter {
  /** The unfinished line of the last piece. */
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
    // Validating many lines at once costs next to nothing; single lines are checked only if that
    // fails.
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

  /** Passes on the rest as the last line. */
  end(): void {
    if (this.length > 0) this.flush();
  }

  private keep(piece: Buffer): void {
    // The caller may reuse the piece's memory.
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
