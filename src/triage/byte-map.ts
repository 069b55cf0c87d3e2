/** A buffer in which lookup keys are built. */
export class Key {
  readonly bytes: Buffer;
  /** This memory as 32-bit words. */
  readonly words: Int32Array;
  private length = 0;

  /** @param capacity the longest key, in bytes */
  constructor(capacity: number) {
    const memory = new ArrayBuffer((capacity + 7) & ~3);
    this.bytes = Buffer.from(memory);
    this.words = new Int32Array(memory);
  }

  /** Ends a key of some bytes; returns its length in words. */
  end(length: number): number {
    this.length = length;
    const { bytes } = this;
    const words = (length + 4) >> 2;
    for (let i = length; i < words << 2; i++) bytes[i] = 0;
    return words;
  }

  /** A copy of the key. */
  copy(): Int32Array {
    return this.words.slice(0, (this.length + 4) >> 2);
  }
}

interface Item<T> {
  key: Int32Array;
  value: T;
  next: Item<T> | undefined;
}

/** A map whose keys are bytes that do not end with NUL. Lookups create no strings. */
export class ByteMap<T> {
  private items = new Map<number, Item<T>>();
  size = 0;

  /** The value for the first bytes of a key. */
  get(key: Key, length: number): T | undefined {
    const words = key.end(length);
    return this.find(key.words, words, hashOf(key.words, words))?.value;
  }

  set(key: Key, length: number, value: T): void {
    const words = key.end(length);
    const hash = hashOf(key.words, words);
    const item = this.find(key.words, words, hash);
    if (item !== undefined) item.value = value;
    else {
      this.items.set(hash, { key: key.copy(), value, next: this.items.get(hash) });
      this.size++;
    }
  }

  clear(): void {
    this.items = new Map();
    this.size = 0;
  }

  private find(words: Int32Array, length: number, hash: number): Item<T> | undefined {
    let item = this.items.get(hash);
    while (item !== undefined && !isEqual(item.key, words, length)) item = item.next;
    return item;
  }
}

/** FNV-1a by words, cut to what V8 stores as a small integer. */
function hashOf(words: Int32Array, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) {
    hash = Math.imul(hash ^ (words[i] as number), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash & 0x3fffffff;
}

function isEqual(key: Int32Array, words: Int32Array, length: number): boolean {
  if (key.length !== length) return false;
  for (let i = 0; i < length; i++) if (key[i] !== words[i]) return false;
  return true;
}
