import { BEGINS_ESCAPE, bytesOf, DEEPEST, EscapeReader, UNFINISHED } from './escapes.ts';
import { BEGINS_GAP, GapReader, mayBeginGap } from './gaps.ts';
import { type Cursor, follow, PLUS, RadixTree, SPACE } from './radix-tree.ts';

/** What begins at a place in the data. */
export interface Match {
  /** Where the longest secret ends that begins there; the place itself when none does. */
  end: number;
  /** True when a longer one may begin there and go on behind the end of the data. */
  open: boolean;
  /** Where to go on: behind this place, another secret may begin within the one that was found. */
  next: number;
}

/**
 * The most that is looked at before a place counts as a part of a secret, whether all of it follows or not, and the most
 * by which two such parts may overlap. Without it, a secret such as a thousand times the same letter would cost a thousand
 * looks at each letter of a text.
 */
const CERTAIN = 64;
const OVERLAP = 32;

/** How many ways of reading are tried for each byte, where escapes can be read in several. */
const MOST_WAYS = 4;

const INTRODUCERS = bytesIn(BEGINS_ESCAPE);
const GAPS = bytesIn(BEGINS_GAP);

/**
 * Finds secrets in bytes in which any character of theirs may be escaped, see `EscapeReader`. To add one costs no more
 * than its length, and to search no more than the length of the data, however many there are.
 */
export class SecretMatcher {
  readonly #tree = new RadixTree();
  readonly #escapes = new EscapeReader();
  readonly #gaps = new GapReader(this.#escapes);
  /** 1 for two bytes with which a secret may begin. Where none does, a search looks at nothing else. */
  readonly #pairs = new Uint8Array(1 << 16);
  /** 1 for a byte with which a secret may begin. */
  readonly #firsts = new Uint8Array(1 << 8);

  get isEmpty(): boolean {
    return this.#tree.isEmpty;
  }

  /** Adds a secret of two bytes at least. */
  add(secret: Uint8Array): void {
    if (this.isEmpty) for (const byte of INTRODUCERS) this.#pairs.fill(1, byte << 8, (byte + 1) << 8);
    this.#tree.add(secret);
    for (const first of written(secret[0] as number)) {
      this.#firsts[first] = 1;
      for (const second of [...written(secret[1] as number), ...INTRODUCERS, ...GAPS])
        this.#pairs[(first << 8) | second] = 1;
    }
  }

  /** The first place from `at` on where a secret may begin; the length of the data when there is none. */
  candidate(data: Uint8Array, at: number): number {
    if (this.isEmpty) return data.length;
    const last = data.length - 1;
    for (let i = at; i < last; i++) {
      const first = data[i] as number;
      if (this.#pairs[(first << 8) | (data[i + 1] as number)] === 1 && this.#mayBegin(data, i, first)) return i;
    }
    return at <= last && this.#mayBegin(data, last, data[last] as number) ? last : data.length;
  }

  /** What begins at a place. */
  match(data: Uint8Array, at: number): Match {
    const ways: Way[] = [{ cursor: this.#tree.start, at }];
    const seen = new Seen();
    let [end, reached, looks, open] = [at, at, 0, false];
    for (let way = ways.pop(); way !== undefined && looks <= CERTAIN + MOST_WAYS * (reached - at); way = ways.pop()) {
      let cursor: Cursor | null = way.cursor;
      for (let i = way.at; cursor !== null; i++, looks++) {
        reached = Math.max(reached, i);
        if (this.#tree.ends(cursor)) end = Math.max(end, i);
        if (this.#tree.isLast(cursor)) break;
        if (i >= data.length) {
          open = true;
          break;
        }
        const byte = data[i] as number;
        if (PARTS_WAYS[byte] === 1) {
          if (seen.has(cursor, i)) break;
          open = this.#part(data, i, cursor, ways) || open;
        }
        cursor = follow(cursor, [byte]);
        if (cursor !== null && isQuote(byte)) repeated(data, i + 1, cursor, ways);
      }
    }
    if (looks <= CERTAIN) return { end, open, next: at + 1 };
    return { end: Math.max(end, reached), open, next: Math.max(at + 1, reached - OVERLAP) };
  }

  /**
   * Adds the ways of reading on where an escape or a gap may stand.
   *
   * @returns true when one may go on behind the end of the data
   */
  #part(data: Uint8Array, at: number, cursor: Cursor, ways: Way[]): boolean {
    const byte = data[at] as number;
    let open = BEGINS_GAP[byte] === 1 && this.#skip(data, at, 1, cursor, ways);
    if (BEGINS_ESCAPE[byte] === 0) return open;
    for (let depth = 1; depth <= DEEPEST; depth++) {
      const code = this.#escapes.read(data, at, depth);
      if (code === UNFINISHED) open = true;
      // Where it is none, it is none at any depth.
      if (code === UNFINISHED || (code === byte && this.#escapes.end === at + 1)) break;
      const { end } = this.#escapes;
      const next = follow(cursor, bytesOf(code));
      if (next !== null) {
        ways.push({ cursor: next, at: end });
        if (isQuote(code)) repeated(data, end, next, ways);
      }
      if (mayBeginGap(code)) open = this.#skip(data, at, depth, cursor, ways) || open;
    }
    return open;
  }

  /** Adds the way behind a gap; true when it may go on behind the end of the data. */
  #skip(data: Uint8Array, at: number, depth: number, cursor: Cursor, ways: Way[]): boolean {
    if (cursor === this.#tree.start) return false;
    const isThere = this.#gaps.read(data, at, depth);
    if (isThere) for (let end = this.#gaps.lineEnd; end <= this.#gaps.end; end++) ways.push({ cursor, at: end });
    return this.#gaps.open;
  }

  /** Whether the first character fits: most escapes have nothing to do with a secret. */
  #mayBegin(data: Uint8Array, at: number, byte: number): boolean {
    if (this.#firsts[byte] === 1) return true;
    if (BEGINS_ESCAPE[byte] === 0) return false;
    for (let depth = 1; depth <= DEEPEST; depth++) {
      const code = this.#escapes.read(data, at, depth);
      if (code === UNFINISHED || code >= 0x80 || this.#firsts[code] === 1) return true;
      if (code === byte && this.#escapes.end === at + 1) return false;
    }
    return false;
  }
}

/** So much of a text has been followed so far. */
interface Way {
  cursor: Cursor;
  at: number;
}

/** 1 for the bytes at which there may be several ways of reading. */
const PARTS_WAYS = BEGINS_ESCAPE.map((begins, byte) => begins | (BEGINS_GAP[byte] as number));

/** The most by which a quote grows where a shell, CSV or YAML repeats it: `'\\''`, `'"'"'`, `""`. */
const MOST_REPEATED = 6;

const isQuote = (code: number): boolean => code === 0x22 || code === 0x27;

/** Adds the ways behind the repetitions of a quote. */
function repeated(data: Uint8Array, at: number, cursor: Cursor, ways: Way[]): void {
  for (let i = at; i < at + MOST_REPEATED && (isQuote(data[i] ?? 0) || data[i] === 0x5c); i++) {
    if (data[i] !== 0x5c) ways.push({ cursor, at: i + 1 });
  }
}

function bytesIn(flags: Uint8Array): number[] {
  return [...flags.keys()].filter((byte) => flags[byte] === 1);
}

/** The bytes that count as this one. */
const written = (byte: number): number[] => (byte === SPACE || byte === PLUS ? [SPACE, PLUS] : [byte]);

/** The places of a search where ways part: each is looked at once, or backslashes would double the ways each time. */
class Seen {
  readonly #places = new Map<Cursor['node'], Set<number>>();

  /** True when it was asked for before. */
  has({ node, matched }: Cursor, at: number): boolean {
    const places = this.#places.get(node) ?? new Set();
    this.#places.set(node, places);
    const place = at * (node.label.length + 1) + matched;
    if (places.has(place)) return true;
    places.add(place);
    return false;
  }
}
