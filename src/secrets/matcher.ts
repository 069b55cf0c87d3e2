import { BEGINS_ESCAPE, bytesOf, DEEPEST, EscapeReader, UNFINISHED } from './escapes.ts';
import { BEGINS_GAP, GapReader, mayBeginGap } from './gaps.ts';
import { type Cursor, PLUS, RadixTree, SPACE } from './radix-tree.ts';

/** The result of matching at a place in the data. */
export interface Match {
  /** The end of the longest secret that starts there; the place itself if none does. */
  end: number;
  /** True if a longer one may start there and continue beyond the end of the data. */
  open: boolean;
  /** The place to continue at: a second secret may start within this one. */
  next: number;
}

/**
 * A prefix of this length counts as part of a secret, whether or not the rest follows; two such
 * parts overlap by at most this much. Without the limit, a secret of a thousand equal letters would
 * cost a thousand comparisons for each letter of a text.
 */
const CERTAIN = 64;
const OVERLAP = 32;

/** The most readings to try per byte, where escapes are ambiguous. */
const MOST_WAYS = 4;

const INTRODUCERS = bytesIn(BEGINS_ESCAPE);
const GAPS = bytesIn(BEGINS_GAP);

/**
 * Finds secrets in bytes in which any of their characters may be escaped, see `EscapeReader`.
 * Adding a secret takes time linear in its length, and searching takes time linear in the length of
 * the data, however many there are.
 */
export class SecretMatcher {
  readonly #tree = new RadixTree();
  readonly #escapes = new EscapeReader();
  readonly #gaps = new GapReader(this.#escapes);
  /** 1 for two bytes that can start a secret. A search skips everything else. */
  readonly #pairs = new Uint8Array(1 << 16);
  /** 1 for a byte that can start a secret. */
  readonly #firsts = new Uint8Array(1 << 8);

  get isEmpty(): boolean {
    return this.#tree.isEmpty;
  }

  /** Adds a secret of at least two bytes. */
  add(secret: Uint8Array): void {
    if (this.isEmpty) for (const byte of INTRODUCERS) this.#pairs.fill(1, byte << 8, (byte + 1) << 8);
    this.#tree.add(secret);
    for (const first of written(secret[0] as number)) {
      this.#firsts[first] = 1;
      for (const second of [...written(secret[1] as number), ...INTRODUCERS, ...GAPS])
        this.#pairs[(first << 8) | second] = 1;
    }
  }

  /**
   * The first place from `at` on where a secret may start; the length of the data if there is none.
   */
  candidate(data: Uint8Array, at: number): number {
    if (this.isEmpty) return data.length;
    const last = data.length - 1;
    for (let i = at; i < last; i++) {
      const first = data[i] as number;
      if (this.#pairs[(first << 8) | (data[i + 1] as number)] === 1 && this.#mayBegin(data, i, first)) return i;
    }
    return at <= last && this.#mayBegin(data, last, data[last] as number) ? last : data.length;
  }

  /** Matches at a place. */
  match(data: Uint8Array, at: number): Match {
    const ways: Way[] = [{ cursor: this.#tree.start, at }];
    const seen = new Seen(this.#tree);
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
        cursor = this.#tree.follow(cursor, [byte]);
        if (cursor !== null && isQuote(byte)) repeated(data, i + 1, cursor, ways);
      }
    }
    if (looks <= CERTAIN) return { end, open, next: at + 1 };
    return { end: Math.max(end, reached), open, next: Math.max(at + 1, reached - OVERLAP) };
  }

  /**
   * Adds the possible readings of an escape or a gap.
   *
   * @returns true if one may continue beyond the end of the data
   */
  #part(data: Uint8Array, at: number, cursor: Cursor, ways: Way[]): boolean {
    const byte = data[at] as number;
    let open = BEGINS_GAP[byte] === 1 && this.#skip(data, at, 1, cursor, ways);
    if (BEGINS_ESCAPE[byte] === 0) return open;
    for (let depth = 1; depth <= DEEPEST; depth++) {
      const code = this.#escapes.read(data, at, depth);
      if (code === UNFINISHED) open = true;
      // If it is no escape, it is none at any depth.
      if (code === UNFINISHED || (code === byte && this.#escapes.end === at + 1)) break;
      const { end } = this.#escapes;
      const next = this.#tree.follow(cursor, bytesOf(code));
      if (next !== null) {
        ways.push({ cursor: next, at: end });
        if (isQuote(code)) repeated(data, end, next, ways);
      }
      if (mayBeginGap(code)) open = this.#skip(data, at, depth, cursor, ways) || open;
    }
    return open;
  }

  /** Adds the reading after a gap; true if the gap may continue beyond the end of the data. */
  #skip(data: Uint8Array, at: number, depth: number, cursor: Cursor, ways: Way[]): boolean {
    if (cursor === this.#tree.start) return false;
    const isThere = this.#gaps.read(data, at, depth);
    if (isThere) for (let end = this.#gaps.lineEnd; end <= this.#gaps.end; end++) ways.push({ cursor, at: end });
    return this.#gaps.open;
  }

  /** Whether the first character matches: most escapes are not part of a secret. */
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

/** A reading of the text so far. */
interface Way {
  cursor: Cursor;
  at: number;
}

/** 1 for the bytes that may have several readings. */
const PARTS_WAYS = BEGINS_ESCAPE.map((begins, byte) => begins | (BEGINS_GAP[byte] as number));

/** The longest repetition of a quote by a shell, CSV or YAML: `'\\''`, `'"'"'`, `""`. */
const MOST_REPEATED = 6;

const isQuote = (code: number): boolean => code === 0x22 || code === 0x27;

/** Adds the readings after repeated quotes. */
function repeated(data: Uint8Array, at: number, cursor: Cursor, ways: Way[]): void {
  for (let i = at; i < at + MOST_REPEATED && (isQuote(data[i] ?? 0) || data[i] === 0x5c); i++) {
    if (data[i] !== 0x5c) ways.push({ cursor, at: i + 1 });
  }
}

function bytesIn(flags: Uint8Array): number[] {
  return [...flags.keys()].filter((byte) => flags[byte] === 1);
}

/** The bytes equivalent to this one. */
const written = (byte: number): number[] => (byte === SPACE || byte === PLUS ? [SPACE, PLUS] : [byte]);

/**
 * The branches of a search that were visited: otherwise every backslash would double their number.
 */
class Seen {
  readonly #places = new Map<Cursor['node'], Set<number>>();

  constructor(private readonly tree: RadixTree) {}

  /** True if it was visited before. */
  has({ node, matched }: Cursor, at: number): boolean {
    const places = this.#places.get(node) ?? new Set();
    this.#places.set(node, places);
    const place = at * (this.tree.lengthOf(node) + 1) + matched;
    if (places.has(place)) return true;
    places.add(place);
    return false;
  }
}
