import { Worker } from 'node:worker_threads';
import { apisOf } from '../../config/apis.ts';
import type { ConfigLayer } from '../../config/layer.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import type { RecordFields } from '../../input/log-record.ts';
import { type BigFile, bigFile, headOf, type Part, partsOf, readFile, readPart } from '../../input/read-pieces.ts';
import { modeOf, RecordSplitter, type Splitter } from '../../input/split-documents.ts';
import { whenAborted } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import { Secrets } from '../../secrets/secrets.ts';
import { LogReader } from '../../triage/log-reader.ts';
import { addPartial, emptyTally, type PartialTally, type Tally } from '../../triage/tally.ts';
import { diagnoseSaved } from '../explain/explain.ts';

/** The inputs for reading lines. Structured-cloneable, so that they can be sent to a worker. */
export interface TriageReading {
  /** The API that the user named. */
  api: string | undefined;
  /** The API of the config. */
  preferred: string | null;
  /** The configs, for the hosts of each API. */
  layers: Pick<ConfigLayer, 'value'>[];
  /** Known keys, which must not be shown. */
  keys: string[];
  fields: RecordFields;
  /** Milliseconds since 1970. */
  since: number | null;
  until: number | null;
  now: number;
}

/** Receives progress. */
export interface TriageWatcher {
  /** Bytes read since the last call. */
  read(bytes: number): void;
}

/** 1 MiB. Of a longer line or item only the beginning is kept. */
const LONGEST_LINE = 1024 * 1024;

/**
 * Creates a counter that adds errors to a tally. It learns from the lines it reads, so one serves
 * all files.
 */
export function counterInto(tally: Tally, reading: TriageReading, knowledge: Knowledge): Splitter {
  const layers = reading.layers as ConfigLayer[];
  const apis = apisOf(knowledge, layers);
  const secrets = new Secrets();
  for (const key of reading.keys) secrets.add(key);
  let words: Set<string> | undefined;
  const reader = new LogReader(tally, {
    diagnose: (exchange) => diagnoseSaved(exchange, { ...reading, layers, apis }, knowledge, reading.now),
    redact: (text) => secrets.redact(text),
    hideCut: (text) => secrets.hideCut(text),
    isKnownWord: (word) => {
      words ??= codesIn(knowledge);
      return words.has(word) || knowledge.known.namedBy(word).length > 0;
    },
    byPath: knowledge.apis.some(({ entries }) => entries.some(({ match }) => match.operation !== undefined)),
    fields: reading.fields,
    since: reading.since,
    until: reading.until,
  });
  return new RecordSplitter(reader, LONGEST_LINE);
}

/** Every code of every catalog, in lower case. */
function codesIn({ apis, http, network, gateways, codes }: Knowledge): Set<string> {
  const entries = [...apis, http, network, gateways, ...codes].flatMap((catalog) => catalog.entries);
  const words = entries.flatMap(({ match }) => [
    ...(match.code ?? []),
    ...(match.failure ?? []),
    ...(match.operation ?? []).flatMap((operation) => operation.split(/[ /]/)),
  ]);
  return new Set(words.filter((word) => word !== '').map((word) => word.toLowerCase()));
}

/**
 * Counts the errors in files. A file that cannot be read to its end is a problem in the tally.
 *
 * @param jobs how many threads read: parts of logs, and whole files where they are compressed or documents
 * @param signal ends the reading early; everything read until then counts
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
  for (const name of names) await recordingProblems(name, tally, async () => void files.push(await bigFile(name, cwd)));
  const known = files.every(({ size }) => size > 0);
  const { read } = watcher(known ? files.reduce((sum, { size }) => sum + size, 0) : 0);
  // A pipe can be opened only once, and is read by this thread.
  const own = files.filter((file) => jobs === 1 || file.isPipe === true);
  const parts = await partsForAll(
    files.filter((file) => !own.includes(file)),
    jobs * PARTS,
  );
  const workers = Array.from({ length: Math.min(jobs, parts.length) - 1 }, () =>
    inWorker(tally, parts, { reading, apis: knowledge.apis }, read, signal),
  );
  // This thread starts reading at once: workers take a moment to start.
  const lines = counterInto(tally, reading, knowledge);
  for (const file of own) {
    await recordingProblems(file.name, tally, () => readInto(lines, readFile(file, read, signal)));
  }
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const next = part;
    await recordingProblems(part.file.name, tally, () => readInto(lines, piecesOf(next, read, signal)));
  }
  await Promise.all(workers);
  return tally;
}

/** Files that cannot be divided, each as a whole, and the parts of the others. */
async function partsForAll(files: BigFile[], count: number): Promise<Part[]> {
  const divisible: BigFile[] = [];
  const whole: Part[] = [];
  for (const file of files) {
    if (await isDivisible(file)) divisible.push(file);
    else whole.push({ file, from: 0, to: Number.POSITIVE_INFINITY });
  }
  return [...whole, ...(await partsOf(divisible, count))];
}

/** The bytes of a part, or of a whole file, decompressed. */
export function piecesOf(part: Part, onRead: (bytes: number) => void, signal: AbortSignal): AsyncGenerator<Buffer> {
  return part.to === Number.POSITIVE_INFINITY ? readFile(part.file, onRead, signal) : readPart(part, onRead, signal);
}

/** Whether a file can be read in parts: lines can, a compressed file and a document cannot. */
async function isDivisible(file: BigFile): Promise<boolean> {
  if (file.compressed || file.size === 0) return false;
  return modeOf(await headOf(file, LONGEST_LINE + 1), LONGEST_LINE) !== 'document';
}

/** Parts per thread, so that a faster thread takes more of them. */
const PARTS = 4;

/** Counts all the bytes; their end also ends the last line. */
export async function readInto(lines: Splitter, pieces: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const piece of pieces) lines.push(piece);
  } finally {
    lines.end();
  }
}

/** The data that a worker is created with. */
export interface WorkerInput {
  reading: TriageReading;
  apis: Knowledge['apis'];
}

/** Messages to a worker: the next part, stop reading, or send the counts. */
export type WorkerOrder = Part | 'stop' | 'finish';

/** Messages from a worker: bytes read, a part done, or its counts. */
export type WorkerAnswer = { read: number } | 'done' | { partial: PartialTally };

/** Lets a worker read parts until none are left, and merges its counts. */
async function inWorker(
  tally: Tally,
  parts: Part[],
  input: WorkerInput,
  onRead: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const worker = new Worker(new URL(WORKER, import.meta.url), { workerData: input });
  const tell = (order: WorkerOrder) => worker.postMessage(order);
  const forget = whenAborted(signal, () => tell('stop'));
  try {
    await new Promise<void>((resolve, reject) => {
      const next = () => tell(parts.shift() ?? 'finish');
      worker.on('online', next).on('error', reject);
      worker.on('message', (said: WorkerAnswer) => {
        if (said === 'done') next();
        else if ('read' in said) onRead(said.read);
        else {
          addPartial(tally, said.partial);
          resolve();
        }
      });
    });
  } finally {
    forget();
    await worker.terminate();
  }
}

/** The bundled worker, relative to the chunk of this module. */
const WORKER = '../triage-worker.cjs';

/** Runs work on a file and records an error that the user can fix. */
export async function recordingProblems(source: string, { problems }: Tally, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    problems.push({ source, problem: error.message });
  }
}
