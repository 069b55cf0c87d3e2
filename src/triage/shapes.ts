import { valueAt } from '../json/pointer.ts';
import { ByteMap, Key } from './byte-map.ts';
import {
  type CopiedParts,
  findCopied,
  isCopied,
  NONE_COPIED,
  type Recoded,
  type Trial,
  writeWithout,
} from './copied.ts';
import { LeafTree, MOST_LEAVES } from './leaf-tree.ts';
import { maskInto } from './mask.ts';
import { tracked } from './tracked.ts';

/** The leaves that differ in every line of a shape. Numbers of leaves, -1 for none. */
export interface Places {
  time: number;
  method: number;
  url: number;
  /** The line of a log that the value carries. */
  line: number;
}

/** Reads lines; what finding lines that say the same has to ask about them. */
export interface Results<T> {
  /** True for a word, in lower case, that must not be ignored. */
  isTelling(word: string): boolean;
  /** Whether a line of JSON has the same result. */
  isSame(text: string, result: T): boolean;
  /**
   * A result with another code.
   *
   * @param merged true when codes are no longer told apart
   */
  recoded(result: T, code: Recoded, merged: boolean): T;
}

/** The knowledge gained from a line about its shape. */
export interface Learned<T> {
  result: T;
  /**
   * True when an id or a time may affect the result, so that it only holds for exactly these
   * leaves.
   */
  exact: boolean;
  /** JSON Pointers to values that differ in every line. */
  pointers: { [place in keyof Places]: string | null };
  /** True when only the origin of the URL matters. */
  originOnly: boolean;
}

/** A result, and whether it only holds for exactly these leaves. */
interface Known<T> {
  result: T;
  exact: boolean;
  /** The text of the leaf that became the code, if that leaf may differ. */
  code: string | null;
}

/** The lines with the same members in the same order, and values of the same types. */
interface Shape<T> extends Places {
  /** The leaves that were read from lines of this shape. */
  relevant: number[];
  originOnly: boolean;
  known: ByteMap<Known<T>>;
  copied: CopiedLeaves;
}

/**
 * The parts of a shape's lines that are only copied into the results, and the statistics of that
 * search.
 */
interface CopiedLeaves {
  parts: CopiedParts;
  /** Counts changes of `parts`, each of which invalidates what was cached before. */
  version: number;
  /** Lines learnt, trials made, and diagnoses saved by the trials. */
  learnt: number;
  tried: number;
  saved: number;
}

/** The most bytes of a line's leaves to compare. */
const MOST_COMPARED = 64 * 1024;
/** At this number of shapes and results the cache is cleared. */
const MOST_SHAPES = 1000;
const MOST_RESULTS = 2000;
/** With fewer different lines of a shape, diagnosing them is cheaper than a trial. */
const PATIENCE = 48;
/** The number of trials, plus one each time a trial has saved this many diagnoses. */
const MOST_TRIED = 4;
const SAVED_PER_TRIAL = 64;
const MOST_VERSIONS = 250;
/** The kinds of key: leaves with ids masked, exact leaves, or leaves without their copied parts. */
const PLAIN = 0;
const EXACT = 1;
const LOOSE = 2;
/**
 * Caches the results of JSON lines, so that a line that says the same is not parsed again.
 *
 * The lines of a log have few shapes, and a result depends on few of the values. Which ones is
 * measured: the first line of a shape is read through a proxy that records every access. A later
 * line has the same result if those values are equal, apart from ids and times in them.
 */
export class Shapes<T> {
  private tree = new LeafTree<Shape<T>>();
  private readonly all = new Set<Shape<T>>();
  private results = 0;
  private readonly compared = new Key(MOST_COMPARED + 4 * MOST_LEAVES);
  /** The positions of the leaves of the most recent line. */
  get leaves(): Pick<LeafTree<unknown>, 'starts' | 'ends'> {
    return this.tree;
  }

  /** The places in the most recent line that differ in every line. */
  places: Places = NOWHERE;

  /** @param mergesCodes true when codes are no longer told apart */
  constructor(
    private readonly reader: Results<T>,
    private readonly mergesCodes: () => boolean,
  ) {}

  private readonly isTelling = (word: string): boolean => this.reader.isTelling(word);

  /** The result of an earlier line that says the same, or undefined. */
  find(line: Buffer, from: number, to: number): T | undefined {
    const shape = this.tree.find(line, from, to);
    if (shape === null) return undefined;
    this.places = shape;
    const known = this.recall(line, shape, PLAIN);
    if (known !== undefined) return known.exact ? this.recall(line, shape, EXACT)?.result : known.result;
    const { copied } = shape;
    if (copied.parts.ways.size === 0) return undefined;
    const alike = this.recall(line, shape, LOOSE + copied.version);
    if (alike === undefined) return undefined;
    copied.saved++;
    const { result, code } = alike;
    if (code === null) return result;
    const own = this.textOf(line, copied.parts.code);
    return own === code ? result : this.reader.recoded(result, { from: code, to: own }, this.mergesCodes());
  }

  /** The text in a leaf that is a string without escapes. */
  private textOf(line: Buffer, leaf: number): string {
    const { starts, ends } = this.tree;
    return line.toString('utf8', (starts[leaf] as number) + 1, (ends[leaf] as number) - 1);
  }

  /**
   * Reads a line, and caches the result.
   *
   * @param value the parsed line
   * @param read receives the value as a proxy that records accesses, and a function for reading all
   * of it
   */
  learn(
    line: Buffer,
    from: number,
    to: number,
    value: unknown,
    read: (value: unknown, all: () => void) => Learned<T>,
  ): T {
    const leaves = this.tree.measure(line, from, to);
    const numbers = leaves < 0 ? undefined : this.tree.numbered(line, from, to, leaves);
    this.places = NOWHERE;
    if (numbers === undefined) return read(value, () => {}).result;
    const seen = new Set<number>();
    const { result, exact, originOnly, pointers } = read(tracked(value, numbers, seen), () => {
      for (let i = 0; i < leaves; i++) seen.add(i);
    });
    const numberAt = (pointer: string | null) => {
      const number = pointer === null ? undefined : valueAt(numbers, pointer);
      return typeof number === 'number' ? number : -1;
    };
    const places = {
      time: numberAt(pointers.time),
      method: numberAt(pointers.method),
      url: numberAt(pointers.url),
      line: numberAt(pointers.line),
    };
    this.places = places;
    this.forget();
    const end = this.tree.endOf(line, from, to, leaves);
    const copied = { parts: NONE_COPIED, version: 0, learnt: 0, tried: 0, saved: 0 };
    const shape = { ...places, originOnly, relevant: [...seen], known: new ByteMap<Known<T>>(), copied };
    end.value = this.widened(end.value, shape);
    this.all.add(end.value);
    this.remember(line, end.value, { result, exact, code: null }, exact ? [PLAIN, EXACT] : [PLAIN]);
    if (!exact) this.generalize(line, from, to, leaves, end.value, result);
    return result;
  }

  /**
   * Finds out what in a line is only copied, and stores its result for all lines that differ in
   * nothing else.
   */
  private generalize(line: Buffer, from: number, to: number, leaves: number, shape: Shape<T>, result: T): void {
    const { copied, relevant, url } = shape;
    if (++copied.learnt < PATIENCE || copied.version >= MOST_VERSIONS) return;
    if (copied.tried >= MOST_TRIED + copied.saved / SAVED_PER_TRIAL) return;
    copied.tried++;
    const { isTelling } = this;
    const { starts, ends } = this.tree;
    const isSame = (text: string, code: Recoded | null) =>
      this.reader.isSame(text, code === null ? result : this.reader.recoded(result, code, false));
    const trial: Trial = { line, from, to, starts, ends, leaves, isTelling, isSame };
    const { ways } = copied.parts;
    if (ways.size === 0 || !isCopied(trial, copied.parts)) {
      // The host of a URL decides on the API, which no list of trial values could find out.
      copied.parts = findCopied(trial, ways.size === 0 ? relevant.filter((leaf) => leaf !== url) : [...ways.keys()]);
      copied.version++;
    }
    const { parts, version } = copied;
    if (parts.ways.size === 0) return;
    const code = parts.code < 0 ? null : this.textOf(line, parts.code);
    this.remember(line, shape, { result, exact: false, code }, [LOOSE + version]);
  }

  private recall(line: Buffer, shape: Shape<T>, kind: number): Known<T> | undefined {
    const length = this.compare(line, shape, kind);
    return length < 0 ? undefined : shape.known.get(this.compared, length);
  }

  private remember(line: Buffer, shape: Shape<T>, known: Known<T>, kinds: number[]): void {
    for (const kind of kinds) {
      const length = this.compare(line, shape, kind);
      if (length >= 0) shape.known.set(this.compared, length, known);
      this.results++;
    }
  }

  /**
   * Results cached with fewer relevant leaves were right; from now on more leaves have to be
   * compared.
   */
  private widened(known: Shape<T> | null, shape: Shape<T>): Shape<T> {
    if (known === null) return shape;
    if (shape.relevant.every((leaf) => known.relevant.includes(leaf)) && known.originOnly === shape.originOnly)
      return known;
    const copied = { ...known.copied, parts: NONE_COPIED, version: 0 };
    this.all.delete(known);
    return { ...shape, relevant: [...new Set([...known.relevant, ...shape.relevant])], copied };
  }

  /** Keeps the memory bounded. What was found out about shapes costs most, and stays as long as there are few. */
  private forget(): void {
    if (this.tree.size >= MOST_SHAPES) {
      this.tree.clear();
      this.all.clear();
    } else if (this.results < MOST_RESULTS) return;
    for (const { known } of this.all) known.clear();
    this.results = 0;
  }

  /**
   * Concatenates the leaves to compare, with ids and times masked unless they matter.
   *
   * @param kind PLAIN, EXACT, or LOOSE and a version, which leaves out the copied parts
   * @returns the length, or -1 when it is too long
   */
  private compare(line: Buffer, { relevant, originOnly, url, copied }: Shape<T>, kind: number): number {
    const { bytes } = this.compared;
    const { starts, ends } = this.tree;
    bytes[0] = kind;
    let end = 1;
    for (let i = 0; i < relevant.length; i++) {
      const leaf = relevant[i] as number;
      const from = starts[leaf] as number;
      let to = ends[leaf] as number;
      if (end + to - from > MOST_COMPARED) return -1;
      const way = kind >= LOOSE ? copied.parts.ways.get(leaf) : undefined;
      if (leaf === url && originOnly && kind !== EXACT) to = originEnd(line, from, to);
      if (way !== undefined) end = writeWithout(line, from, to, way, this.isTelling, bytes, end);
      else if (kind === EXACT) end += line.copy(bytes, end, from, to);
      else end = maskInto(line, from, to, bytes, end);
      bytes[end++] = 0;
    }
    // Keeps the key from ending with NUL.
    bytes[end++] = 1;
    return end;
  }
}

const NOWHERE: Places = { time: -1, method: -1, url: -1, line: -1 };

/** The start of the path in the leaf of a URL: after the third slash, or at once. */
function originEnd(line: Buffer, from: number, to: number): number {
  if (line[from + 1] !== 0x68) return from;
  let slashes = 0;
  for (let i = from; i < to; i++) if (line[i] === 0x2f && ++slashes === 3) return i;
  return to;
}
