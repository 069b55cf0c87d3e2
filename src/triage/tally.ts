import { MOST_INTERVALS, MOST_SAMPLES, readSample, type Sample, Table } from './table.ts';

/** Numbers of lines by outcome. */
export interface LineCounts {
  lines: number;
  /** Lines with one or more errors. */
  failed: number;
  /** Lines without an error. */
  clean: number;
  /** Lines outside the requested time span. */
  outside: number;
  unreadable: number;
  /** Lines with invalid UTF-8, which were read nevertheless. */
  notUtf8: number;
}

/** Lines that could not be read for one reason. */
export interface Unreadable {
  count: number;
  /** The beginnings of some of them. */
  samples: string[];
}

const MOST_UNREADABLE = 3;

/** All counts. */
export interface Tally {
  table: Table;
  counts: LineCounts;
  unreadable: Map<string, Unreadable>;
  problems: { source: string; problem: string }[];
}

/** A tally as JSON, for merging: the output of `triage --partial`. */
export interface PartialTally {
  schema: 'errprobe/triage-partial@1';
  lines: LineCounts;
  unreadable: Record<string, Unreadable>;
  problems: Tally['problems'];
  /** Steps taken to stay within the memory limit. */
  folded: number;
  /** The length of an interval, in milliseconds. */
  interval: number;
  first: number | null;
  last: number | null;
  cells: PartialCell[];
}

type CellOf<T> = T extends { cells: Map<string, infer C> } ? C : never;

/** The errors of one kind at one endpoint; `times` has pairs of interval number and count. */
export type PartialCell = Omit<CellOf<Table>, 'times' | 'samples'> & { times: [number, number][]; samples: Sample[] };

/** An empty tally. */
export function emptyTally(): Tally {
  return {
    table: new Table(),
    counts: { lines: 0, failed: 0, clean: 0, outside: 0, unreadable: 0, notUtf8: 0 },
    unreadable: new Map(),
    problems: [],
  };
}

/** Serialises a tally. Equal counts give the same text, in whatever order they were made. */
export function toPartial({ table, counts, unreadable, problems }: Tally): PartialTally {
  const cells = [...table.cells].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    schema: 'errprobe/triage-partial@1',
    lines: counts,
    unreadable: Object.fromEntries([...unreadable].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    problems,
    folded: table.folded,
    interval: table.interval,
    first: table.first,
    last: table.last,
    cells: cells.map(([, cell]) => ({
      ...cell,
      times: table.timesOf(cell),
      samples: cell.samples.map(readSample),
    })),
  };
}

/** Merges counts. However the lines were split, the sum equals that of the whole. */
export function addPartial(tally: Tally, partial: PartialTally): void {
  const { counts } = tally;
  for (const name of Object.keys(counts) as (keyof LineCounts)[]) counts[name] += partial.lines[name];
  for (const [reason, those] of Object.entries(partial.unreadable)) addUnreadable(tally.unreadable, reason, those);
  tally.problems.push(...partial.problems);
  const table = new Table();
  Object.assign(table, {
    folded: partial.folded,
    interval: partial.interval,
    first: partial.first,
    last: partial.last,
  });
  for (const { kind, endpoint, ...rest } of partial.cells) {
    const times = new Float64Array(MOST_INTERVALS);
    for (const [interval, count] of rest.times) times[interval % MOST_INTERVALS] = count;
    Object.assign(table.cell(kind, endpoint), { ...rest, times, samples: rest.samples.slice(0, MOST_SAMPLES) });
  }
  tally.table.add(table);
}

/**
 * Merges counts of unreadable lines; the alphabetically first samples are kept, so that order does
 * not matter.
 */
export function addUnreadable(all: Map<string, Unreadable>, reason: string, { count, samples }: Unreadable): void {
  const known = all.get(reason) ?? { count: 0, samples: [] };
  const sorted = [...new Set([...known.samples, ...samples])].sort();
  all.set(reason, { count: known.count + count, samples: sorted.slice(0, MOST_UNREADABLE) });
}
