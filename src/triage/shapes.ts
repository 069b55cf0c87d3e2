import { valueAt } from '../json/pointer.ts';
import { ByteMap, Key } from './byte-map.ts';
import { type Copied, findCopied, isCopied, type Trial, writeWithout } from './copied.ts';
import { LeafTree, MOST_LEAVES } from './leaf-tree.ts';
import { maskInto } from './mask.ts';
import { tracked } from './tracked.ts';

/** Where lines of one shape have what each of them tells anew. Numbers of leaves, -1 for none. */
export interface Places {
  time: number;
  method: number;
  url: number;
}

/** What is learnt from a line. */
export interface Lesson<T> {
  result: T;
  /** True when an id or a time in it may matter, so that it holds for the very same leaves only. */
  exact: boolean;
  /** JSON Pointers to what each line tells anew. */
  pointers: { [place in keyof Places]: string | null };
  /** True when of the URL only the origin counts. */
  originOnly: boolean;
}

/** A result, and whether it holds for the very same leaves only. */
interface Known<T> {
  result: T;
  exact: boolean;
}

/** All lines with the same members in the same order, and values of the same types. */
interface Shape<T> extends Places {
  /** The leaves that were looked at when lines of this shape were read. */
  relevant: number[];
  originOnly: boolean;
  known: ByteMap<Known<T>>;
  copied: CopiedLeaves;
}

/** What of the lines of a shape is only copied into their results, and how that was found out. */
interface CopiedLeaves {
  ways: Map<number, Copied>;
  /** Counts the changes of `ways`: what was remembered by other ways does not hold any more. */
  version: number;
  /** How many lines were learnt, how many of them were tried, and how many others that saved. */
  learnt: number;
  tried: number;
  saved: number;
}

/** The leaves of a line that are compared, in bytes. */
const MOST_COMPARED = 64 * 1024;
/** So many shapes and results are kept; then all are forgotten. */
const MOST_SHAPES = 1000;
const MOST_RESULTS = 2000;
/** Fewer different lines of one shape are cheaper to diagnose than to find out what of them is only copied. */
const PATIENCE = 48;
/** So often that is tried, and once more each time it has saved so many diagnoses. */
const MOST_TRIED = 4;
const SAVED_PER_TRIAL = 64;
const MOST_VERSIONS = 250;
/** What a key is made of: leaves with ids masked, leaves as they are, or leaves without what is only copied. */
const PLAIN = 0;
const EXACT = 1;
const LOOSE = 2;
/**
 * Remembers what was found in lines of JSON, so that a line that says the same is not parsed again.
 *
 * Lines of a log have few shapes, and what is found in one depends on few of its values. Which ones is not guessed: the
 * first line of a shape is read through a value that notes what is looked at. A later line has the same result when
 * those values are the same, apart from ids and times in them.
 */
export class Shapes<T> {
  private tree = new LeafTree<Shape<T>>();
  private results = 0;
  private readonly compared = new Key(MOST_COMPARED + 4 * MOST_LEAVES);
  /** Where the leaves of the line that was found or learnt last begin and end. */
  get leaves(): Pick<LeafTree<unknown>, 'starts' | 'ends'> {
    return this.tree;
  }

  /** Where the line that was found or learnt last has what it tells anew. */
  places: Places = NOWHERE;

  /**
   * @param isTelling true for a word, in lower case, that no other may stand for
   * @param isSame whether a line that differs in its leaves has a result
   */
  constructor(
    private readonly isTelling: (word: string) => boolean,
    private readonly isSame: (text: string, result: T) => boolean,
  ) {}

  /** The result of a line that says the same as an earlier one, or undefined. */
  find(line: Buffer, from: number, to: number): T | undefined {
    const shape = this.tree.find(line, from, to);
    if (shape === null) return undefined;
    this.places = shape;
    const known = this.recall(line, shape, PLAIN);
    if (known !== undefined) return known.exact ? this.recall(line, shape, EXACT)?.result : known.result;
    const { copied } = shape;
    if (copied.ways.size === 0) return undefined;
    const alike = this.recall(line, shape, LOOSE + copied.version);
    if (alike !== undefined) copied.saved++;
    return alike?.result;
  }

  /**
   * Reads a line, and remembers what came out.
   *
   * @param value the parsed line
   * @param read is given the value in a form that notes what is looked at, and a function for what looks at all of it
   */
  learn(
    line: Buffer,
    from: number,
    to: number,
    value: unknown,
    read: (value: unknown, all: () => void) => Lesson<T>,
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
    const places = { time: numberAt(pointers.time), method: numberAt(pointers.method), url: numberAt(pointers.url) };
    this.places = places;
    if (this.tree.size >= MOST_SHAPES || this.results >= MOST_RESULTS) this.forget();
    const end = this.tree.endOf(line, from, to, leaves);
    const copied = { ways: new Map(), version: 0, learnt: 0, tried: 0, saved: 0 };
    const shape = { ...places, originOnly, relevant: [...seen], known: new ByteMap<Known<T>>(), copied };
    end.value = this.widened(end.value, shape);
    this.remember(line, end.value, { result, exact }, exact ? [PLAIN, EXACT] : [PLAIN]);
    if (!exact) this.generalize(line, from, to, leaves, end.value, result);
    return result;
  }

  /** Finds out what of a line is only copied, and remembers its result for all lines that differ in no more than that. */
  private generalize(line: Buffer, from: number, to: number, leaves: number, shape: Shape<T>, result: T): void {
    const { copied, relevant, url } = shape;
    if (++copied.learnt < PATIENCE || copied.version >= MOST_VERSIONS) return;
    if (copied.tried >= MOST_TRIED + copied.saved / SAVED_PER_TRIAL) return;
    copied.tried++;
    const { isTelling } = this;
    const { starts, ends } = this.tree;
    const isSame = (text: string) => this.isSame(text, result);
    const trial: Trial = { line, from, to, starts, ends, leaves, isTelling, isSame };
    if (copied.ways.size === 0 || !isCopied(trial, copied.ways)) {
      // The host of a URL decides on the API, which no list of values could find out.
      copied.ways = findCopied(
        trial,
        copied.ways.size === 0 ? relevant.filter((leaf) => leaf !== url) : [...copied.ways.keys()],
      );
      copied.version++;
    }
    if (copied.ways.size > 0) this.remember(line, shape, { result, exact: false }, [LOOSE + copied.version]);
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

  /** What was learnt by fewer leaves was right; from now on it has to be compared by more of them. */
  private widened(known: Shape<T> | null, shape: Shape<T>): Shape<T> {
    if (known === null) return shape;
    if (shape.relevant.every((leaf) => known.relevant.includes(leaf)) && known.originOnly === shape.originOnly)
      return known;
    const copied = { ...known.copied, ways: new Map(), version: 0 };
    return { ...shape, relevant: [...new Set([...known.relevant, ...shape.relevant])], copied };
  }

  private forget(): void {
    this.tree.clear();
    this.results = 0;
  }

  /**
   * Puts the leaves that are compared one after the other, with ids and times masked unless they count.
   *
   * @param kind PLAIN, EXACT, or LOOSE and a version, for which what is only copied is left out
   * @returns the length, or -1 when it is too much
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
      const way = kind >= LOOSE ? copied.ways.get(leaf) : undefined;
      if (leaf === url && originOnly && kind !== EXACT) to = originEnd(line, from, to);
      if (way !== undefined) end = writeWithout(line, from, to, way, this.isTelling, bytes, end);
      else if (kind === EXACT) end += line.copy(bytes, end, from, to);
      else end = maskInto(line, from, to, bytes, end);
      bytes[end++] = 0;
    }
    // So that no key ends with NUL.
    bytes[end++] = 1;
    return end;
  }
}

const NOWHERE: Places = { time: -1, method: -1, url: -1 };

/** Where in the leaf of a URL the path begins: after the third slash, or at once. */
function originEnd(line: Buffer, from: number, to: number): number {
  if (line[from + 1] !== 0x68) return from;
  let slashes = 0;
  for (let i = from; i < to; i++) if (line[i] === 0x2f && ++slashes === 3) return i;
  return to;
}
