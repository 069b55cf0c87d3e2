import { isUtf8 } from 'node:buffer';
import { DocumentScanner, type ItemTaker } from './document-scanner.ts';
import { LineSplitter, type LineTaker } from './split-lines.ts';

/** Takes a stream of bytes in pieces. */
export interface Splitter {
  /** Takes the next piece. */
  push(piece: Buffer): void;
  /** The end of a stream; another may follow. */
  end(): void;
}

const NEWLINE = 0x0a;

/** How much of an overlong item is passed on. */
const TOLD = 400;

/** The members around the entries of a HAR, without which an entry could not be told from other records. */
const [BEFORE_ENTRY, AFTER_ENTRY] = [Buffer.from('{"log":{"entries":['), Buffer.from(']}}')];

/**
 * Splits a stream of bytes into records: lines, or the items of JSON documents, so that no more than one of them is in
 * memory. A document is what is not complete at the end of its first line, or has no line break for too long.
 *
 * @param longest the limit of a record, in bytes
 */
export class RecordSplitter implements Splitter, ItemTaker {
  private readonly lines: LineSplitter;
  private mode: Mode = 'unknown';
  private scanner: DocumentScanner;
  /** The part of an unfinished item that has been read. */
  private rest: Buffer = NOTHING;
  /** The bytes that are scanned. */
  private bytes: Buffer = NOTHING;

  constructor(
    private readonly taker: LineTaker,
    private readonly longest: number,
  ) {
    this.lines = new LineSplitter(taker, longest);
    this.scanner = new DocumentScanner(longest);
  }

  push(piece: Buffer): void {
    if (this.mode === 'lines') this.lines.push(piece);
    else if (this.mode === 'document') {
      const { rest } = this;
      this.scan(rest.length === 0 ? piece : Buffer.concat([rest, piece]), rest.length);
    } else this.begin(Buffer.concat([this.rest, piece]));
  }

  end(): void {
    const { mode, rest } = this;
    this.mode = 'unknown';
    this.rest = NOTHING;
    this.bytes = NOTHING;
    this.scanner = new DocumentScanner(this.longest);
    if (mode === 'unknown') this.lines.push(rest);
    // An item that breaks off.
    else if (mode === 'document' && rest.length > 0) this.taker.line(rest, 0, rest.length, isUtf8(rest));
    this.lines.end();
  }

  item(from: number, to: number, isEntry: boolean): void {
    const item = this.bytes.subarray(from, to);
    const line = isEntry ? Buffer.concat([BEFORE_ENTRY, item, AFTER_ENTRY]) : item;
    this.taker.line(line, 0, line.length, isUtf8(item));
  }

  longItem(from: number, to: number): void {
    this.taker.tooLong(this.bytes.toString('utf8', from, Math.min(to, from + TOLD)));
  }

  private begin(head: Buffer): void {
    this.mode = modeOf(head, this.longest);
    this.rest = this.mode === 'unknown' ? head : NOTHING;
    if (this.mode === 'lines') this.lines.push(head.subarray(markEnd(head)));
    if (this.mode === 'document') this.scan(head, markEnd(head));
  }

  private scan(bytes: Buffer, from: number): void {
    const { scanner } = this;
    this.bytes = bytes;
    const fault = scanner.scan(bytes, from, this);
    if (fault >= 0) {
      // Text after all.
      this.mode = 'lines';
      this.lines.push(bytes.subarray(fault));
      return;
    }
    const kept = scanner.keptFrom(bytes.length);
    this.rest = kept === bytes.length ? NOTHING : Buffer.from(bytes.subarray(kept));
    scanner.drop(kept);
  }
}

type Mode = 'unknown' | 'lines' | 'document';

const NOTHING = Buffer.alloc(0);
const NOBODY: ItemTaker = { item: () => {}, longItem: () => {} };

/** Whether a stream begins with a document or with lines; unknown as long as its first line may still be complete. */
export function modeOf(head: Buffer, longest: number): Mode {
  if (head[0] === 0xef && head.length < 3) return 'unknown';
  let from = markEnd(head);
  while (from < head.length && isSpace(head[from] as number)) from++;
  if (from === head.length) return from > longest ? 'lines' : 'unknown';
  if (head[from] !== 0x7b && head[from] !== 0x5b) return 'lines';
  const end = head.indexOf(NEWLINE, from);
  if (end < 0 && head.length - from <= longest) return 'unknown';
  const scanner = new DocumentScanner(Number.POSITIVE_INFINITY);
  const line = head.subarray(from, end < 0 ? from + longest : Math.min(end + 1, from + longest));
  return scanner.scan(line, 0, NOBODY) < 0 && scanner.depth > 0 ? 'document' : 'lines';
}

/** The end of the byte order mark. */
function markEnd(head: Buffer): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
