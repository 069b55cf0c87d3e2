import { beginsNumber, numberEnd, QUOTE, stringEnd } from './json-bytes.ts';

/**
 * Bytes that may come next between the leaves of a line, and what follows: a leaf, the end, or
 * several branches.
 */
interface Branch<V> {
  between: Buffer;
  kind: typeof STRING | typeof NUMBER | typeof END | typeof FORK;
  next: Branch<V>[];
  /** The value at the end of a line. */
  value: V | null;
}

/** Lines with more leaves are parsed each time. */
export const MOST_LEAVES = 512;
const STRING = 1;
const NUMBER = 2;
const END = 3;
const FORK = 4;

/**
 * Stores a value for each shape of JSON lines: the same members in the same order, with leaves of
 * the same types.
 */
export class LeafTree<V> {
  private root: Branch<V>[] = [];
  /** The number of known shapes. */
  size = 0;
  /** The positions of the leaves of the most recent line. */
  readonly starts = new Int32Array(MOST_LEAVES);
  readonly ends = new Int32Array(MOST_LEAVES);

  clear(): void {
    this.root = [];
    this.size = 0;
  }

  /**
   * The value for a line's shape, or null for an unknown shape. Sets the leaves.
   *
   * The bytes between leaves are compared to lines that were parsed, so only the leaves need
   * validation.
   */
  find(line: Buffer, from: number, to: number): V | null {
    const { starts, ends } = this;
    let branches = this.root;
    let count = 0;
    let at = from;
    for (let i = 0; i < branches.length; i++) {
      const branch = branches[i] as Branch<V>;
      const { between, kind } = branch;
      const start = at + between.length;
      if (start > to || !isAt(between, line, at)) continue;
      if (kind === FORK) at = start;
      else if (kind === END) {
        if (start === to) return branch.value;
        continue;
      } else {
        const byte = line[start] as number;
        if (start === to || (kind === STRING ? byte !== QUOTE : !beginsNumber(byte))) continue;
        const end = kind === STRING ? stringEnd(line, start + 1, to) : numberEnd(line, start, to);
        if (end < 0) return null;
        starts[count] = start;
        ends[count++] = end;
        at = end;
      }
      branches = branch.next;
      i = -1;
    }
    return null;
  }

  /** The place for the value of a line's shape; missing branches are created. */
  endOf(line: Buffer, from: number, to: number, leaves: number): Branch<V> {
    let branches = this.root;
    for (let leaf = 0, at = from; ; leaf++) {
      const start = leaf === leaves ? to : (this.starts[leaf] as number);
      const kind = leaf === leaves ? END : line[start] === QUOTE ? STRING : NUMBER;
      const branch = this.grow(branches, line.subarray(at, start), kind);
      if (kind === END) return branch;
      branches = branch.next;
      at = this.ends[leaf] as number;
    }
  }

  /**
   * The branch for bytes and what follows them; an existing branch with a common beginning is
   * split.
   */
  private grow(branches: Branch<V>[], between: Buffer, kind: Branch<V>['kind']): Branch<V> {
    for (const branch of branches) {
      const same = commonLength(branch.between, between);
      if (same === branch.between.length) {
        if (branch.kind === FORK) return this.grow(branch.next, between.subarray(same), kind);
        if (same === between.length && branch.kind === kind) return branch;
      }
      if (same === 0) continue;
      const rest = { ...branch, between: branch.between.subarray(same) };
      Object.assign(branch, { between: branch.between.subarray(0, same), kind: FORK, next: [rest], value: null });
      return this.grow(branch.next, between.subarray(same), kind);
    }
    const made: Branch<V> = { between: Buffer.from(between), kind, next: [], value: null };
    branches.push(made);
    if (kind === END) this.size++;
    return made;
  }

  /** The parsed line with its leaves replaced by their numbers. */
  numbered(line: Buffer, from: number, to: number, leaves: number): unknown {
    let text = '';
    let at = from;
    for (let i = 0; i < leaves; i++) {
      text += `${line.toString('utf8', at, this.starts[i])}${i}`;
      at = this.ends[i] as number;
    }
    return JSON.parse(text + line.toString('utf8', at, to));
  }

  /** Finds the leaves of a line of valid JSON; returns their number, or -1 for too many. */
  measure(line: Buffer, from: number, to: number): number {
    const { starts, ends } = this;
    let count = 0;
    for (let i = from; i < to; ) {
      const start = i;
      const byte = line[i] as number;
      if (byte === QUOTE) {
        i = stringEnd(line, i + 1, to);
        let after = i;
        while (after < to && isWhite(line[after] as number)) after++;
        if (line[after] === COLON && after < to) continue;
      } else if (beginsNumber(byte)) i = numberEnd(line, i, to);
      else {
        i++;
        continue;
      }
      if (count === MOST_LEAVES) return -1;
      starts[count] = start;
      ends[count++] = i;
    }
    return count;
  }
}

/** White space between tokens (RFC 8259, section 2). */
function isWhite(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a;
}

const COLON = 0x3a;
function commonLength(a: Buffer, b: Buffer): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function isAt(expected: Buffer, line: Buffer, at: number): boolean {
  const { length } = expected;
  for (let i = 0; i < length; i++) if (expected[i] !== line[at + i]) return false;
  return true;
}
