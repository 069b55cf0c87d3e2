import { parentPort, workerData } from 'node:worker_threads';
import { knowledgeOf } from '../catalogs/index.ts';
import { emptyTally, toPartial } from '../triage/tally.ts';
import { readPartInto, type WorkerInput, type WorkerOutput } from './triage.ts';

const { part, reading, apis } = workerData as WorkerInput;
const say = (output: WorkerOutput) => parentPort?.postMessage(output);
const stop = new AbortController();
parentPort?.once('message', () => stop.abort());
const tally = emptyTally();
await readPartInto(tally, part, reading, knowledgeOf(apis), (read) => say({ read }), stop.signal);
say({ partial: toPartial(tally) });
parentPort?.close();
