import { parentPort, workerData } from 'node:worker_threads';
import { knowledgeOf } from '../../catalogs/index.ts';
import { emptyTally, toPartial } from '../../triage/tally.ts';
import {
  counterInto,
  piecesOf,
  readInto,
  recordingProblems,
  type WorkerAnswer,
  type WorkerInput,
  type WorkerOrder,
} from './triage.ts';

const { reading, apis } = workerData as WorkerInput;
const say = (answer: WorkerAnswer) => parentPort?.postMessage(answer);
const stop = new AbortController();
const tally = emptyTally();
const lines = counterInto(tally, reading, knowledgeOf(apis));

parentPort?.on('message', async (order: WorkerOrder) => {
  if (order === 'stop') stop.abort();
  else if (order === 'finish') say({ partial: toPartial(tally) });
  else {
    await recordingProblems(order.file.name, tally, () =>
      readInto(
        lines,
        piecesOf(order, (read) => say({ read }), stop.signal),
      ),
    );
    say('done');
  }
});
