import { Worker } from 'node:worker_threads';
import type { ConfigLayer } from '../config/layer.ts';
import type { Knowledge } from '../diagnosis/match-general.ts';
import { UsageError } from '../errors.ts';
import type { RecordFields } from '../input/log-record.ts';
import { type BigFile, bigFile, type Part, partsOf, readFile, readPart } from '../input/read-pieces.ts';
import { LineSplitter } from '../input/split-lines.ts';
import { LogReader } from '../triage/log-reader.ts';
import { addPartial, emptyTally, type Partial, type Tally } from '../triage/tally.ts';
import { diagnoseSaved } from './explain.ts';

/** What the lines are read by. All of it can be sent to another thread. */
export interface TriageReading {
  /** The API, where the user named it. */
  api: string | undefined;
  /** The API of the config. */
  preferred: string | null;
  /** The configs, as far as they say which hosts belong to an API. */
  layers: Pick<ConfigLayer, 'value'>[];
  fields: RecordFields;
  /** Milliseconds since 1970. */
  since: number | null;
  until: number | null;
  now: number;
}

/** Is told how far the reading is. */
export interface TriageWatcher {
  /** How many more bytes of the files were read. */
  read(bytes: number): void;
}

/** No line is longer; of one that is, only the beginning is kept. 1 MiB. */
const LONGEST_LINE = 1024 * 1024;

/** What counts the errors of bytes into a tally. It remembers what it learnt, so one serves all files. */
export function counterInto(tally: Tally, reading: TriageReading, knowledge: Knowledge): LineSplitter {
  const layers = reading.layers as ConfigLayer[];
  const reader = new LogReader(tally, {
    diagnose: (exchange) => diagnoseSaved(exchange, { ...reading, layers }, knowledge, reading.now),
    fields: reading.fields,
    since: reading.since,
    until: reading.until,
  });
  return new LineSplitter(reader, LONGEST_LINE);
}

/**
 * Counts the errors in files. One that cannot be read, or not to its end, is a problem in the tally.
 *
 * @param jobs how many threads read the files that are not compressed
 * @param signal ends the reading early; what was read until then counts
 */
export async function triageFiles(
  names: string[],
  cwd: string,
  jobs: number,
  reading: TriageReading,
  knowledge: Knowledge,
  watcher: (total: number) => TriageWatcher,
  signal: AbortSignal,
): Promise<Tally> {
  const tally = emptyTally();
  const files: BigFile[] = [];
  for (const name of names) await noting(name, tally, async () => void files.push(await bigFile(name, cwd)));
  const { read } = watcher(files.every(({ size }) => size > 0) ? files.reduce((sum, { size }) => sum + size, 0) : 0);
  const isDivisible = (file: BigFile) => jobs > 1 && !file.compressed && file.size > 0;
  const lines = counterInto(tally, reading, knowledge);
  for (const file of files.filter((each) => !isDivisible(each))) {
    await noting(file.name, tally, async () => {
      try {
        for await (const piece of readFile(file, read, signal)) lines.push(piece);
      } finally {
        lines.end();
      }
    });
  }
  const parts = await partsOf(files.filter(isDivisible), jobs);
  if (parts.length === 1 && parts[0] !== undefined) {
    const [part] = parts;
    await noting(part.file.name, tally, () => readPartInto(tally, part, reading, knowledge, read, signal));
  } else {
    await Promise.all(
      parts.map((part) => noting(part.file.name, tally, () => inWorker(tally, part, reading, knowledge, read, signal))),
    );
  }
  return tally;
}

/** Counts the errors in one part of a file. */
export async function readPartInto(
  tally: Tally,
  part: Part,
  reading: TriageReading,
  knowledge: Knowledge,
  onRead: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const lines = counterInto(tally, reading, knowledge);
  try {
    for await (const piece of readPart(part, onRead, signal)) lines.push(piece);
  } finally {
    lines.end();
  }
}

/** What a worker is given, and what it says: how many bytes it read, and in the end what it counted. */
export interface WorkerInput {
  part: Part;
  reading: TriageReading;
  apis: Knowledge['apis'];
}
export type WorkerOutput = { read: number } | { partial: Partial };

async function inWorker(
  tally: Tally,
  part: Part,
  reading: TriageReading,
  knowledge: Knowledge,
  onRead: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const workerData: WorkerInput = { part, reading, apis: knowledge.apis };
  const worker = new Worker(new URL(WORKER, import.meta.url), { workerData });
  const stop = () => worker.postMessage('stop');
  signal.addEventListener('abort', stop, { once: true });
  try {
    const partial = await new Promise<Partial>((resolve, reject) => {
      worker.on('message', (said: WorkerOutput) => {
        if ('read' in said) onRead(said.read);
        else resolve(said.partial);
      });
      worker.on('error', reject);
    });
    addPartial(tally, partial);
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** Where the bundle has the worker, from the chunk of this module. */
const WORKER = '../triage-worker.js';

/** Does something with a file; what the user can do nothing about else is noted. */
async function noting(source: string, { problems }: Tally, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    problems.push({ source, problem: error.message });
  }
}
