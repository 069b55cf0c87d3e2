import { type Actor, actorOf } from '../diagnosis/advice/actors.ts';
import type { Knowledge } from '../diagnosis/match/general.ts';
import type { Catalog, Entry } from '../model/catalog.ts';
import { wordsOf } from '../model/catalog-text.ts';
import type { Exit } from '../model/report.ts';
import { ADVICE, type Advice, type Category } from '../model/words.ts';
import { isoTime } from '../text/duration.ts';
import type { Kind } from './table.ts';
import { type Cell, counts, keepSample, readSample, type Sample } from './table.ts';
import type { LineCounts, Tally, Unreadable } from './tally.ts';

/** A group of errors. */
export interface Group {
  /**
   * The properties in common: the entry id with its details, an endpoint, an API, or a category.
   */
  key: string;
  count: number;
  /** The share of all errors, from 0 to 1. */
  share: number;
  /** This and the members up to `fix` are from the most frequent diagnosis in the group. */
  id: string | null;
  api: string | null;
  status: number | null;
  code: string | null;
  category: Category;
  title: string;
  actor: Actor;
  fix: string | null;
  /** The most frequent advice, and its reason. */
  retry: { advice: Advice; reason: string };
  /** The number of errors with each advice. */
  advice: Record<Advice, number>;
  /** ISO 8601. */
  first: string | null;
  last: string | null;
  /** Counts by interval of the report, the first one first. */
  histogram: number[];
  endpoints: { distinct: number; most: { endpoint: string; count: number }[] };
  diagnoses: { id: string | null; count: number }[];
  samples: { at: string | null; requestId: string | null; message: string | null }[];
}

/** The document that `triage --format json` prints. Version 1; fields are only added within it. */
export interface TriageReport {
  schema: 'errprobe/triage@1';
  command: 'triage';
  ok: boolean;
  exit: Exit;
  by: Grouping;
  lines: LineCounts;
  unreadable: ({ reason: string } & Unreadable)[];
  /** Files that could not be read to their end. */
  problems: { source: string; problem: string }[];
  errors: number;
  first: string | null;
  last: string | null;
  /** The length of the histograms' intervals, and the start of the first one. */
  interval: { ms: number; from: string } | null;
  /** Distinctions given up to stay within the memory limit. */
  givenUp: string[];
  /** The number of all groups, including those that are not among the top. */
  groupsInAll: number;
  groups: Group[];
  totals: {
    category: Partial<Record<Category, number>>;
    actor: Partial<Record<Actor, number>>;
    advice: Record<Advice, number>;
  };
}

const MOST_ENDPOINTS = 5;

/**
 * The report on a tally.
 *
 * @param top the number of groups to include, largest first
 */
export function triageReport(
  tally: Tally,
  knowledge: Knowledge,
  by: Grouping,
  exit: Exit,
  top = Number.POSITIVE_INFINITY,
): TriageReport {
  const { table } = tally;
  const cells = [...table.cells.values()];
  const errors = sum(cells.map(({ count }) => count));
  const entries = entriesOf(knowledge);
  const groups = [...grouped(cells, (cell) => keyOf(cell, by))]
    .map(([key, own]) => ({ key, own, count: sum(own.map(({ count }) => count)) }))
    .toSorted((a, b) => b.count - a.count || compare(a.key, b.key));
  const total = <K extends string>(nameOf: (cell: Cell) => K) =>
    Object.fromEntries(
      [...grouped(cells, nameOf)]
        .map(([name, own]): [K, number] => [name, sum(own.map(({ count }) => count))])
        .toSorted(([a, x], [b, y]) => y - x || compare(a, b)),
    ) as Partial<Record<K, number>>;
  const advice = counts();
  for (const cell of cells) for (const name of ADVICE) advice[name] += cell.advice[name];
  return {
    schema: 'errprobe/triage@1',
    command: 'triage',
    ok: exit.code === 0,
    exit,
    by,
    lines: tally.counts,
    unreadable: [...tally.unreadable].map(([reason, those]) => ({ reason, ...those })),
    problems: tally.problems,
    errors,
    first: iso(table.first),
    last: iso(table.last),
    interval:
      table.first === null
        ? null
        : { ms: table.interval, from: new Date(beginOf(table.first, table.interval)).toISOString() },
    givenUp: table.givenUp(),
    groupsInAll: groups.length,
    groups: groups.slice(0, top).map(({ key, own }) => groupOf(key, own, errors, tally, entries)),
    totals: {
      category: total(({ kind }) => kind.category),
      actor: total(({ kind }) => actorOf(kind.category)),
      advice,
    },
  };
}

function groupOf(
  key: string,
  cells: Cell[],
  errors: number,
  { table }: Tally,
  entries: ReturnType<typeof entriesOf>,
): Group {
  const count = sum(cells.map((cell) => cell.count));
  const endpoints = tallied(cells, ({ endpoint }) => endpoint);
  const diagnoses = tallied(cells, ({ kind }) => keyOf({ kind, endpoint: null }, 'diagnosis'));
  const [most] = diagnoses;
  const { kind } = cells.find((cell) => keyOf(cell, 'diagnosis') === most?.[0]) as Cell;
  const { id, api, status, code, category } = kind;
  const entry = entries.get(id ?? '');
  const advice = counts();
  for (const cell of cells) for (const name of ADVICE) advice[name] += cell.advice[name];
  const samples: (Sample & { read?: never })[] = [];
  for (const cell of cells) for (const sample of cell.samples) keepSample(samples, readSample(sample));
  const times = cells.flatMap(({ first, last }) => [first, last]).filter((time) => time !== null);
  return {
    key,
    count,
    share: count / errors,
    id,
    api,
    status: status ?? onlyStatus(entry),
    code: code ?? entry?.match.code?.[0] ?? null,
    category,
    title: entry?.title ?? kind.words ?? kind.title,
    actor: actorOf(category),
    fix: entry?.resolution[0] === undefined ? null : wordsOf(entry.resolution[0]),
    retry: {
      advice: ADVICE.toSorted((a, b) => advice[b] - advice[a])[0] ?? 'never',
      reason: entry === undefined ? 'nothing is known about this error' : wordsOf(entry.retry.reason),
    },
    advice,
    first: iso(times.length === 0 ? null : Math.min(...times)),
    last: iso(times.length === 0 ? null : Math.max(...times)),
    histogram: histogramOf(cells, table),
    endpoints: {
      distinct: endpoints.length,
      most: endpoints.slice(0, MOST_ENDPOINTS).map(([endpoint, own]) => ({ endpoint, count: own })),
    },
    diagnoses: diagnoses.map(([name, own]) => ({ id: name, count: own })),
    samples: samples.map(({ at, requestId, message }) => ({ at: iso(at), requestId, message })),
  };
}

/** Counts by interval, from the first of all to the last. */
function histogramOf(cells: Cell[], table: Tally['table']): number[] {
  const { first, last, interval } = table;
  if (first === null || last === null) return [];
  const begin = Math.floor(first / interval);
  const bars = new Array<number>(Math.floor(last / interval) - begin + 1).fill(0);
  for (const cell of cells) {
    for (const [at, count] of table.timesOf(cell)) bars[at - begin] = (bars[at - begin] ?? 0) + count;
  }
  return bars;
}

/** Counts by name, largest first. */
function tallied(cells: Cell[], nameOf: (cell: Cell) => string | null): [string, number][] {
  const named = cells.filter((cell) => nameOf(cell) !== null);
  return [...grouped(named, (cell) => nameOf(cell) as string)]
    .map(([name, own]): [string, number] => [name, sum(own.map(({ count }) => count))])
    .toSorted(([a, x], [b, y]) => y - x || compare(a, b));
}

function keyOf({ kind, endpoint }: Pick<Cell, 'kind' | 'endpoint'>, by: Grouping): string {
  switch (by) {
    case 'endpoint':
      return endpoint ?? 'not known';
    case 'api':
      return kind.api ?? 'not known';
    case 'category':
      return kind.category;
    case 'diagnosis':
      return nameOf(kind);
  }
}

function nameOf({ id, api, status, code, words }: Kind): string {
  const more = [status, code, words].filter((part) => part !== null).map(String);
  // If the API documents the error, its id names the API.
  const from = id === null || (api !== null && !id.startsWith(`${api}/`)) ? [api ?? ''] : [];
  return [id ?? 'unrecognized', ...from, ...more].filter((part) => part !== '').join(' ');
}

/** Finds the entry of an id; the catalog of a well-known API is read only for an error of it. */
function entriesOf(knowledge: Knowledge): { get(id: string): Entry | undefined } {
  const { apis, http, network, gateways, codes, known } = knowledge;
  const entries = new Map<string, Entry>();
  const add = ({ id, entries: own }: Catalog) => {
    for (const entry of own) entries.set(`${id}/${entry.id}`, entry);
  };
  for (const catalog of [...apis, http, network, gateways, ...codes]) add(catalog);
  return {
    get: (id) => {
      const catalog = entries.has(id) ? null : known.load(id.split('/')[0] ?? '');
      if (catalog !== null) add(catalog);
      return entries.get(id);
    },
  };
}

function onlyStatus(entry: Entry | undefined): number | null {
  const [status, ...others] = entry?.match.status ?? [];
  return typeof status === 'number' && others.length === 0 ? status : null;
}

function beginOf(first: number, interval: number): number {
  return Math.floor(first / interval) * interval;
}

function iso(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms);
}

function grouped<T, K>(items: T[], nameOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The properties that `triage` can group errors by. */
export const GROUPINGS = ['diagnosis', 'endpoint', 'api', 'category'] as const;

export type Grouping = (typeof GROUPINGS)[number];
