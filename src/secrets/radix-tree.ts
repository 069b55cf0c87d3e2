/** Forms encode a space as a plus sign (WHATWG URL, section 5), so both are treated as equal. */
export const PLUS = 0x2b;
export const SPACE = 0x20;
const folded = (byte: number): number => (byte === PLUS ? SPACE : byte);

interface Node {
  /** The bytes on the edge to this node. */
  label: Uint8Array;
  /** True if a text ends here. */
  ends: boolean;
  next: Map<number, Node> | null;
}

/** A position in the tree: the node, and how many bytes of its label were matched. */
export interface Cursor {
  node: Node;
  matched: number;
}

/** A radix tree of byte strings. Adding one, and following one, takes time linear in its length. */
export class RadixTree {
  readonly #root: Node = { label: new Uint8Array(), ends: false, next: null };
  readonly start: Cursor = { node: this.#root, matched: 0 };

  get isEmpty(): boolean {
    return this.#root.next === null;
  }

  add(text: Uint8Array): void {
    const bytes = text.includes(PLUS) ? Uint8Array.from(text, folded) : text;
    let node = this.#root;
    let at = 0;
    while (at < bytes.length) {
      const first = bytes[at] as number;
      node.next ??= new Map();
      const next = node.next.get(first);
      if (next === undefined) {
        node.next.set(first, { label: bytes.subarray(at), ends: true, next: null });
        return;
      }
      const common = commonLength(next.label, bytes, at);
      if (common < next.label.length) split(next, common);
      node = next;
      at += common;
    }
    node.ends = true;
  }

  /** True where one of the texts is complete. */
  ends({ node, matched }: Cursor): boolean {
    return node.ends && matched === node.label.length;
  }

  /** True if no text continues. */
  isLast({ node, matched }: Cursor): boolean {
    return node.next === null && matched === node.label.length && node !== this.#root;
  }
}

/** Follows bytes from a position; null if no text continues like that. */
export function follow(from: Cursor, bytes: readonly number[]): Cursor | null {
  let { node, matched } = from;
  for (const written of bytes) {
    const byte = folded(written);
    if (matched < node.label.length) {
      if (node.label[matched] !== byte) return null;
      matched++;
      continue;
    }
    const next = node.next?.get(byte);
    if (next === undefined) return null;
    node = next;
    matched = 1;
  }
  return { node, matched };
}

function commonLength(label: Uint8Array, bytes: Uint8Array, at: number): number {
  const most = Math.min(label.length, bytes.length - at);
  let common = 1;
  while (common < most && label[common] === bytes[at + common]) common++;
  return common;
}

/** Splits a node in two, of which the first gets so many bytes. */
function split(node: Node, length: number): void {
  const rest: Node = { ...node, label: node.label.subarray(length) };
  node.label = node.label.subarray(0, length);
  node.ends = false;
  node.next = new Map([[rest.label[0] as number, rest]]);
}
