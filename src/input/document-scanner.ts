const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** White space, and the tokens of a structure; all other bytes outside of strings belong to numbers and literals. */
const SPACE = 1;
const TOKEN = 2;
const KINDS = new Uint8Array(256);
for (const byte of [0x20, 0x09, NEWLINE, 0x0d]) KINDS[byte] = SPACE;
for (const byte of [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT]) KINDS[byte] = TOKEN;

/** How numbers and literals begin. */
const BEGINS_SCALAR = new Set(Buffer.from('-0123456789tfn'));

/** Text that is nested deeper is not taken for a document. */
const DEEPEST = 512;

/** Names of this length and less are compared with those that lead to the entries of a HAR. */
const LONGEST_NAME = 16;

/** Receives the items of documents. Positions refer to the bytes given to `scan`. */
export interface ItemTaker {
  /** @param isEntry true for an entry of a HAR */
  item(from: number, to: number, isEntry: boolean): void;
  /** An item longer than the limit, as far as it has been read. */
  longItem(from: number, to: number): void;
}

/**
 * Finds the items of JSON documents without parsing them: objects one after the other, the items of a list, the entries of
 * a HAR, or those of the list in an object that is too long. It checks just enough not to take text for JSON.
 */
export class DocumentScanner {
  /** How many containers are open, which of them are lists, and where they begin. */
  depth = 0;
  private readonly isList = new Uint8Array(DEEPEST);
  private readonly opened = new Float64Array(DEEPEST);
  private expected: 'value' | 'name' | 'colon' | 'end' = 'value';
  /** The depth at which items begin. */
  private level = 0;
  private isHar = false;
  private readonly path: string[] = [];
  /** Where the current item and the current name begin; -1 for none. */
  private start = -1;
  private name = -1;
  private inString = false;
  private isEscaped = false;
  private inScalar = false;

  /** @param longest the limit of an item, in bytes */
  constructor(private readonly longest: number) {}

  /**
   * Reads on.
   *
   * @param from where the new bytes begin
   * @returns from where on the bytes are not JSON; -1 as long as they are
   */
  scan(bytes: Buffer, from: number, taker: ItemTaker): number {
    for (let i = from; i < bytes.length; ) {
      if (this.inString) {
        i = this.readString(bytes, i, taker);
        if (i < 0) return Math.max(this.start, 0);
      } else {
        const byte = bytes[i] as number;
        const kind = KINDS[byte];
        if (this.inScalar && kind !== 0) this.endValue(i, taker);
        if (kind === TOKEN || (kind === 0 && !this.inScalar)) {
          if (!this.readToken(byte, i, taker)) return this.start < 0 ? i : this.start;
        }
        i++;
      }
      if (this.start >= 0 && i - this.start > this.longest) i = this.shorten(i, taker);
    }
    return -1;
  }

  /** The first of so many bytes that is needed later on. */
  keptFrom(length: number): number {
    const name = this.name < 0 ? length : this.name;
    return this.start < 0 ? name : Math.min(this.start, name);
  }

  /** So many bytes at the beginning are gone. */
  drop(count: number): void {
    if (this.start >= 0) this.start -= count;
    if (this.name >= 0) this.name -= count;
    for (let i = 0; i < this.depth; i++) this.opened[i] = (this.opened[i] as number) - count;
  }

  /** Returns where to read on; -1 for a line break, which no string has. */
  private readString(bytes: Buffer, from: number, taker: ItemTaker): number {
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (byte === NEWLINE) return -1;
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === BACKSLASH) this.isEscaped = true;
      else if (byte === QUOTE) {
        this.inString = false;
        if (this.expected === 'name') this.endName(bytes, i);
        else this.endValue(i + 1, taker);
        return i + 1;
      }
    }
    return bytes.length;
  }

  private endName(bytes: Buffer, to: number): void {
    const isShort = this.depth <= 2 && to - this.name <= LONGEST_NAME;
    if (this.level === 0 && this.depth <= 2)
      this.path[this.depth - 1] = isShort ? bytes.toString('latin1', this.name + 1, to) : '';
    this.name = -1;
    this.expected = 'colon';
  }

  private endValue(to: number, taker: ItemTaker): void {
    this.inScalar = false;
    this.expected = 'end';
    if (this.depth !== this.level || this.start < 0) return;
    taker.item(this.start, to, this.isHar);
    this.start = -1;
  }

  /** Returns false for what JSON does not have there. */
  private readToken(byte: number, at: number, taker: ItemTaker): boolean {
    const { expected, depth } = this;
    switch (byte) {
      case OPEN_OBJECT:
      case OPEN_LIST:
        return (expected === 'value' || depth === 0) && this.open(byte === OPEN_LIST, at);
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        return depth > 0 && expected !== 'colon' && this.close(byte === CLOSE_LIST, at + 1, taker);
      case COMMA:
        this.expected = this.inObject() ? 'name' : 'value';
        return expected === 'end';
      case COLON:
        this.expected = 'value';
        return expected === 'colon';
      case QUOTE:
        this.inString = true;
        if (expected === 'name') this.name = at;
        else this.begin(at);
        return depth > 0 && (expected === 'name' || expected === 'value');
      default:
        this.inScalar = true;
        this.begin(at);
        return depth > 0 && expected === 'value' && BEGINS_SCALAR.has(byte);
    }
  }

  private begin(at: number): void {
    if (this.depth === this.level && this.start < 0) this.start = at;
  }

  private open(isList: boolean, at: number): boolean {
    const { depth, path } = this;
    if (depth === DEEPEST) return false;
    if (isList && depth === 0) this.level = 1;
    else if (isList && depth === 2 && this.level === 0 && path[0] === 'log' && path[1] === 'entries') {
      this.level = 3;
      this.isHar = true;
      this.start = -1;
    } else this.begin(at);
    this.isList[depth] = isList ? 1 : 0;
    this.opened[depth] = at;
    this.depth = depth + 1;
    this.expected = isList ? 'value' : 'name';
    return true;
  }

  private close(isList: boolean, to: number, taker: ItemTaker): boolean {
    if (this.inObject() === isList) return false;
    this.depth--;
    // The rest after the list is skipped.
    if (this.depth < this.level) {
      this.level = 0;
      this.isHar = false;
      this.expected = 'end';
    } else this.endValue(to, taker);
    return true;
  }

  private inObject(): boolean {
    return this.depth > 0 && this.isList[this.depth - 1] === 0;
  }

  /** Reads an item that is too long by the items of a list in it, or gives it up; returns where to read on. */
  private shorten(at: number, taker: ItemTaker): number {
    const list = this.level === 0 ? this.isList.subarray(0, this.depth).indexOf(1) : -1;
    if (list < 0) {
      taker.longItem(this.start, at);
      this.start = -1;
      return at;
    }
    this.start = -1;
    this.name = -1;
    this.inString = false;
    this.isEscaped = false;
    this.inScalar = false;
    this.depth = list + 1;
    this.level = this.depth;
    this.expected = 'value';
    return (this.opened[list] as number) + 1;
  }
}
