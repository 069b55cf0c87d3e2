import { ADVICE, type Advice, type Category } from '../model/words.ts';
import { shortened } from './endpoint.ts';

/** One line as an example. */
export interface Sample {
  /** When it happened, in milliseconds since 1970; null if the line has no time. */
  at: number | null;
  /** Orders samples of the same time: a hash of the line. */
  order: number;
  requestId: string | null;
  message: string | null;
}

/** A line that becomes a sample on demand. */
export interface Candidate extends Pick<Sample, 'at' | 'order'> {
  read(): Sample;
}

/** The errors of one kind at one endpoint. */
export interface Cell {
  kind: Kind;
  endpoint: string | null;
  count: number;
  /** The number of errors with each advice. */
  advice: Record<Advice, number>;
  /** Milliseconds since 1970; null if no line has a time. */
  first: number | null;
  last: number | null;
  /**
   * Counts by interval. The index is the interval's number since 1970 modulo the length, so that
   * none has to move.
   */
  times: Float64Array;
  samples: (Sample | Candidate)[];
}

/** The samples kept of each kind. */
export const MOST_SAMPLES = 3;

/** The most cells kept; beyond that, distinctions are given up step by step. */
export const MOST_CELLS = 4000;

/** The most intervals that time is divided into. */
export const MOST_INTERVALS = 64;
const SHORTEST_INTERVAL = 1000;

/** Stands for every code once they are counted together. */
export const ANY_CODE = '…';

/** The distinctions given up when there are too many cells, in this order. */
const STEPS: { what: string; fold(cell: Pick<Cell, 'kind' | 'endpoint'>): Pick<Cell, 'kind' | 'endpoint'> }[] = [
  {
    what: 'endpoints are told apart by their first three segments only',
    fold: ({ kind, endpoint }) => ({ kind, endpoint: endpoint === null ? null : shortened(endpoint, 3) }),
  },
  { what: 'endpoints are not told apart', fold: ({ kind }) => ({ kind, endpoint: null }) },
  {
    what: 'messages of unknown errors are counted together',
    fold: ({ kind, endpoint }) => ({ kind: { ...kind, words: kind.words === null ? null : '…' }, endpoint }),
  },
  {
    what: 'codes that are not documented are counted together',
    fold: ({ kind, endpoint }) => ({ kind: { ...kind, code: kind.code === null ? null : ANY_CODE }, endpoint }),
  },
];

/**
 * Counts errors by kind and endpoint, in bounded memory.
 *
 * Merging is exact: however lines are split, the sum of the parts equals the table of the whole, so
 * nothing here may depend on an order. The interval length follows from the first and last time,
 * the distinctions given up from the set of all cells, and the samples are the earliest lines.
 */
export class Table {
  cells = new Map<string, Cell>();
  /** The number of steps taken. */
  folded = 0;
  /** The length of an interval in milliseconds: the shortest one, doubled as often as needed. */
  interval = SHORTEST_INTERVAL;
  first: number | null = null;
  last: number | null = null;
  /** Changes when cells handed out earlier are no longer part of the table. */
  generation = 0;

  /** The cell for errors of a kind; created if missing. */
  cell(kind: Kind, endpoint: string | null): Cell {
    const made = this.folding({ kind, endpoint });
    const key = keyOf(made);
    const found = this.cells.get(key);
    if (found !== undefined) return found;
    const cell: Cell = {
      ...made,
      count: 0,
      advice: counts(),
      first: null,
      last: null,
      times: new Float64Array(MOST_INTERVALS),
      samples: [],
    };
    this.cells.set(key, cell);
    if (this.cells.size <= MOST_CELLS || this.folded === STEPS.length) return cell;
    this.fold(this.folded + 1);
    return this.cell(kind, endpoint);
  }

  /** Counts one error. */
  count(cell: Cell, at: number | null, advice: Advice): void {
    cell.count++;
    cell.advice[advice]++;
    if (at === null) return;
    this.extend(at, at);
    if (cell.first === null || at < cell.first) cell.first = at;
    if (cell.last === null || at > cell.last) cell.last = at;
    const place = Math.floor(at / this.interval) % MOST_INTERVALS;
    cell.times[place] = (cell.times[place] as number) + 1;
  }

  /** Merges another table into this one. */
  add(other: Table): void {
    if (other.folded > this.folded) this.fold(other.folded);
    if (other.first !== null && other.last !== null) this.extend(other.first, other.last);
    for (const cell of other.cells.values()) {
      const own = this.cell(cell.kind, cell.endpoint);
      mergeInto(own, { ...cell, times: other.coarser(cell.times, this.interval / other.interval) });
    }
  }

  /** True when undocumented codes are no longer told apart. */
  get mergesCodes(): boolean {
    return this.folded === STEPS.length;
  }

  /** The distinctions given up to stay within the memory limit, in words. */
  givenUp(): string[] {
    // The second step includes the first.
    return STEPS.slice(this.folded > 1 ? 1 : 0, this.folded).map(({ what }) => what);
  }

  private folding(cell: Pick<Cell, 'kind' | 'endpoint'>): Pick<Cell, 'kind' | 'endpoint'> {
    return STEPS.slice(0, this.folded).reduce((folded, { fold }) => fold(folded), {
      kind: cell.kind,
      endpoint: cell.endpoint,
    });
  }

  private fold(steps: number): void {
    const cells = [...this.cells.values()];
    do {
      this.folded = Math.max(this.folded + 1, steps);
      this.cells = new Map();
      for (const cell of cells) {
        const folded = { ...cell, ...this.folding(cell) };
        const own = this.cells.get(keyOf(folded));
        if (own === undefined) this.cells.set(keyOf(folded), folded);
        else mergeInto(own, folded);
      }
    } while (this.cells.size > MOST_CELLS && this.folded < STEPS.length);
    this.generation++;
  }

  /** The non-zero intervals of a cell, with their counts. */
  timesOf({ times }: Pick<Cell, 'times'>, first = this.first): [interval: number, count: number][] {
    const begin = Math.floor((first ?? 0) / this.interval);
    return Array.from(times, (_, i): [number, number] => [
      begin + i,
      times[(begin + i) % MOST_INTERVALS] as number,
    ]).filter(([, count]) => count > 0);
  }

  /** The counts of a cell in intervals that are `factor` times as long. */
  private coarser(times: Float64Array, factor: number, first = this.first): Float64Array {
    if (factor === 1) return times;
    const longer = new Float64Array(MOST_INTERVALS);
    for (const [interval, count] of this.timesOf({ times }, first)) {
      const place = Math.floor(interval / factor) % MOST_INTERVALS;
      longer[place] = (longer[place] as number) + count;
    }
    return longer;
  }

  /** Extends the span of all times, and lengthens the intervals as needed. */
  private extend(from: number, to: number): void {
    if (this.first !== null && this.last !== null && from >= this.first && to <= this.last) return;
    const known = this.first ?? from;
    this.first = Math.min(this.first ?? from, from);
    this.last = Math.max(this.last ?? to, to);
    let factor = 1;
    while (intervals(this.first, this.last, this.interval * factor) > MOST_INTERVALS) factor *= 2;
    if (factor === 1) return;
    for (const cell of this.cells.values()) cell.times = this.coarser(cell.times, factor, known);
    this.interval *= factor;
  }
}

/** Whether a line is earlier than a kept sample; lines without a time come last. */
export function isWanted(samples: Cell['samples'], sample: Pick<Sample, 'at' | 'order'>): boolean {
  const latest = samples[MOST_SAMPLES - 1];
  return latest === undefined || isEarlier(sample, latest);
}

/** Keeps a line as a sample if it is wanted and not kept already. */
export function keepSample(samples: Cell['samples'], sample: Sample | Candidate): void {
  if (samples.some(({ at, order }) => at === sample.at && order === sample.order)) return;
  const place = samples.findIndex((kept) => isEarlier(sample, kept));
  samples.splice(place < 0 ? samples.length : place, 0, sample);
  samples.splice(MOST_SAMPLES);
}

/** Resolves a candidate to its sample. */
export function readSample(sample: Sample | Candidate): Sample {
  return 'read' in sample ? sample.read() : sample;
}

function isEarlier(a: Pick<Sample, 'at' | 'order'>, b: Pick<Sample, 'at' | 'order'>): boolean {
  const [timeA, timeB] = [a.at ?? Number.POSITIVE_INFINITY, b.at ?? Number.POSITIVE_INFINITY];
  return timeA === timeB ? a.order < b.order : timeA < timeB;
}

function mergeInto(cell: Cell, other: Cell): void {
  cell.count += other.count;
  for (const advice of ADVICE) cell.advice[advice] += other.advice[advice];
  cell.first = least(cell.first, other.first, Math.min);
  cell.last = least(cell.last, other.last, Math.max);
  for (let i = 0; i < MOST_INTERVALS; i++) cell.times[i] = (cell.times[i] as number) + (other.times[i] as number);
  for (const sample of other.samples) keepSample(cell.samples, sample);
}

function least(a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null {
  return a === null || b === null ? (a ?? b) : choose(a, b);
}

function intervals(first: number, last: number, interval: number): number {
  return Math.floor(last / interval) - Math.floor(first / interval) + 1;
}

function keyOf({ kind, endpoint }: Pick<Cell, 'kind' | 'endpoint'>): string {
  const { id, api, status, code, words } = kind;
  return JSON.stringify([id, api, status, code, words, endpoint]);
}

/** Zero counts. */
export function counts(): Record<Advice, number> {
  return { never: 0, backoff: 0, wait: 0, 'after-action': 0 };
}

/** The properties shared by errors that are counted together. */
export interface Kind {
  /** The entry id; null for an unknown error. */
  id: string | null;
  api: string | null;
  /** Status and code, unless the entry implies them. */
  status: number | null;
  code: string | null;
  /** The message without ids and numbers, if nothing else is known. */
  words: string | null;
  category: Category;
  title: string;
}
