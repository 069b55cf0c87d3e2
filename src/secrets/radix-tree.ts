/** Forms encode a space as a plus sign (WHATWG URL, section 5), so both are treated as equal. */
export const PLUS = 0x2b;
export const SPACE = 0x20;
const folded = (byte: number): number => (byte === PLUS ? SPACE : byte);

/** A position in the tree: the node, and how many bytes of its label were matched. */
export interface Cursor {
  node: number;
  matched: number;
}

/** A number that stands for no node. */
const NONE = 0;
const ROOT = 0;

/**
 * A radix tree of byte strings. Adding one, and following one, takes time linear in its length. A node is a number, and
 * what belongs to it an item of each array: as objects, the forms of ten thousand keys took five times as much memory.
 */
export class RadixTree {
  /** The added texts, one after the other; labels are parts of them. */
  #bytes = new Uint8Array(1 << 10);
  #used = 0;
  /** Where a node's label begins and ends. */
  #from = new Uint32Array(1 << 8);
  #to = new Uint32Array(1 << 8);
  /** The first child, and the next of those of the same parent. */
  #child = new Uint32Array(1 << 8);
  #sibling = new Uint32Array(1 << 8);
  /** 1 if a text ends at the node. */
  #ends = new Uint8Array(1 << 8);
  #nodes = 1;
  /** The children of the root by their first byte: most searches end there. */
  readonly #roots = new Uint32Array(1 << 8);
  readonly start: Cursor = { node: ROOT, matched: 0 };

  get isEmpty(): boolean {
    return this.#nodes === 1;
  }

  add(text: Uint8Array): void {
    const begin = this.#used;
    this.#bytes = fitting(this.#bytes, begin + text.length);
    for (const byte of text) this.#bytes[this.#used++] = folded(byte);
    let node = ROOT;
    let at = begin;
    while (at < this.#used) {
      const next = this.#next(node, this.#bytes[at] as number);
      if (next === NONE) {
        this.#attach(node, at);
        return;
      }
      const common = this.#common(next, at);
      if (common < this.lengthOf(next)) this.#split(next, common);
      node = next;
      at += common;
    }
    this.#ends[node] = 1;
    this.#used = begin;
  }

  /** The length of a node's label. */
  lengthOf(node: number): number {
    return (this.#to[node] as number) - (this.#from[node] as number);
  }

  /** True where one of the texts is complete. */
  ends({ node, matched }: Cursor): boolean {
    return this.#ends[node] === 1 && matched === this.lengthOf(node);
  }

  /** True if no text continues. */
  isLast({ node, matched }: Cursor): boolean {
    return node !== ROOT && this.#child[node] === NONE && matched === this.lengthOf(node);
  }

  /** Follows bytes from a position; null if no text continues like that. */
  follow(from: Cursor, bytes: readonly number[]): Cursor | null {
    let { node, matched } = from;
    for (const written of bytes) {
      const byte = folded(written);
      if (matched < this.lengthOf(node)) {
        if (this.#bytes[(this.#from[node] as number) + matched] !== byte) return null;
        matched++;
        continue;
      }
      node = this.#next(node, byte);
      if (node === NONE) return null;
      matched = 1;
    }
    return { node, matched };
  }

  #next(node: number, byte: number): number {
    if (node === ROOT) return this.#roots[byte] as number;
    let child = this.#child[node] as number;
    while (child !== NONE && this.#bytes[this.#from[child] as number] !== byte) child = this.#sibling[child] as number;
    return child;
  }

  #common(node: number, at: number): number {
    const from = this.#from[node] as number;
    const most = Math.min(this.lengthOf(node), this.#used - at);
    let common = 1;
    while (common < most && this.#bytes[from + common] === this.#bytes[at + common]) common++;
    return common;
  }

  /** Adds the rest of the last text as a child. */
  #attach(parent: number, from: number): void {
    const node = this.#node(from, this.#used);
    this.#ends[node] = 1;
    if (parent === ROOT) {
      this.#roots[this.#bytes[from] as number] = node;
    } else {
      this.#sibling[node] = this.#child[parent] as number;
      this.#child[parent] = node;
    }
  }

  /** Splits a node in two, of which the first gets so many bytes. */
  #split(node: number, length: number): void {
    const middle = (this.#from[node] as number) + length;
    const rest = this.#node(middle, this.#to[node] as number);
    this.#ends[rest] = this.#ends[node] as number;
    this.#child[rest] = this.#child[node] as number;
    this.#to[node] = middle;
    this.#ends[node] = 0;
    this.#child[node] = rest;
  }

  #node(from: number, to: number): number {
    const node = this.#nodes++;
    this.#from = fitting(this.#from, this.#nodes);
    this.#to = fitting(this.#to, this.#nodes);
    this.#child = fitting(this.#child, this.#nodes);
    this.#sibling = fitting(this.#sibling, this.#nodes);
    this.#ends = fitting(this.#ends, this.#nodes);
    this.#from[node] = from;
    this.#to[node] = to;
    return node;
  }
}

/** The array, or a longer copy if it is too short. */
function fitting<T extends Uint8Array | Uint32Array>(array: T, length: number): T {
  if (length <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => T)(Math.max(length, 2 * array.length));
  longer.set(array);
  return longer;
}
