/** A form writes a space as a plus sign (WHATWG URL, section 5), so that both count as the same. */
export const PLUS = 0x2b;
export const SPACE = 0x20;
const folded = (byte: number): number => (byte === PLUS ? SPACE : byte);

interface Node {
  /** The bytes that lead to it. */
  label: Uint8Array;
  /** True where one of the texts ends. */
  ends: boolean;
  next: Map<number, Node> | null;
}

/** A place in the tree: so many bytes of a node's label have been followed. */
export interface Cursor {
  node: Node;
  matched: number;
}

/** Texts, in bytes, that share their beginnings. To add one, and to follow one, costs no more than its length. */
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

  /** True where no text goes on. */
  isLast({ node, matched }: Cursor): boolean {
    return node.next === null && matched === node.label.length && node !== this.#root;
  }
}

/** Where some bytes lead from a place, or null when no text goes on like that. */
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

/** Divides a node in two, the first of which has so many bytes. */
function split(node: Node, length: number): void {
  const rest: Node = { ...node, label: node.label.subarray(length) };
  node.label = node.label.subarray(0, length);
  node.ends = false;
  node.next = new Map([[rest.label[0] as number, rest]]);
}
