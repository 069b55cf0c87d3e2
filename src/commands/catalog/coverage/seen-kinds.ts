import type { SeenKind } from '../../../catalogs/coverage.ts';
import { statusOf } from '../../../diagnosis/read/values.ts';
import { piecesOf } from '../../../input/read-pieces.ts';
import { readTextFile } from '../../../input/read-source.ts';
import { isRecord, recordOf } from '../../../json/record.ts';
import type { Catalog } from '../../../model/catalog.ts';
import { UsageError } from '../../../model/errors.ts';
import { exitOf } from '../../../model/report.ts';
import { CATEGORIES } from '../../../model/words.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import { triageReport } from '../../../triage/report.ts';
import { emptyTally, type Tally } from '../../../triage/tally.ts';
import { configuredSecrets } from '../../configured-secrets.ts';
import type { LoadedConfig } from '../../loaded-config.ts';
import { addPartials } from '../../triage/partials.ts';
import { counterInto, readInto, recordingProblems, type TriageReading, triageFiles } from '../../triage/triage.ts';

/** The errors in the inputs, by kind. */
interface SeenKinds {
  kinds: SeenKind[];
  problems: { source: string; problem: string }[];
}

/**
 * Counts the errors in logs, as `triage` does, and those in reports of `check`, `call` and `explain` and in counts of
 * `triage --partial`.
 *
 * @param files none for a log on standard input
 * @param isNamed true if everything in them is said to come from the API
 */
export async function readSeenKinds(
  files: string[],
  catalog: Catalog,
  isNamed: boolean,
  { layers, knowledge }: LoadedConfig,
  { effects }: Terminal,
): Promise<SeenKinds> {
  const { cwd, signal, env, stdin } = effects;
  const reading: TriageReading = {
    api: isNamed ? catalog.id : undefined,
    preferred: catalog.id,
    layers: layers.map(({ value }) => ({ value })),
    keys: configuredSecrets(layers, knowledge.apis, env),
    fields: {},
    since: null,
    until: null,
    now: effects.now(),
  };
  const kinds: SeenKind[] = [];
  const counts = emptyTally();
  const logs: string[] = [];
  for (const file of files) {
    await recordingProblems(file, counts, async () => {
      const text = await readStart(file, cwd, signal);
      if (!text.includes('"errprobe/')) logs.push(file);
      else if (text.includes('"errprobe/triage-partial@')) await addPartials(counts, [file], effects);
      else kinds.push(...kindsInReport(text));
    });
  }
  const tally = await triageFiles(logs, cwd, 1, reading, knowledge, () => ({ read: () => undefined }), signal);
  if (files.length === 0) await readInto(counterInto(tally, reading, knowledge), piecesOf(stdin));
  const problems = [...counts.problems, ...tally.problems];
  return { kinds: [...kinds, ...kindsIn(counts, knowledge), ...kindsIn(tally, knowledge)], problems };
}

/** A whole report of errprobe; of any other file nothing, since a log may be long. */
async function readStart(file: string, cwd: string, signal: AbortSignal): Promise<string> {
  if (!/\.json$/i.test(file)) return '';
  const text = await readTextFile(file, cwd, { signal });
  return /^\s*\{\s*"schema":\s*"errprobe\//.test(text) ? text : '';
}

function kindsIn(tally: Tally, knowledge: LoadedConfig['knowledge']): SeenKind[] {
  const { groups } = triageReport(tally, knowledge, 'diagnosis', exitOf('ok'));
  return groups.map(({ id, api, status, code, category, title, count, first, last, samples }) => ({
    ...{ id, api, status, code, category, title, count, first, last },
    message: samples.find(({ message }) => message !== null)?.message ?? null,
  }));
}

/**
 * The errors in the results of a report, each once per result; what another version left out is unknown.
 *
 * @throws UsageError if it is not valid JSON
 */
function kindsInReport(text: string): SeenKind[] {
  const { results } = recordOf(parsed(text));
  return (Array.isArray(results) ? results : []).map(recordOf).flatMap(({ diagnosis, attempts }) => {
    if (!isRecord(diagnosis)) return [];
    const { id, api, status, code, message, category, title } = diagnosis;
    const at = textOf(Array.isArray(attempts) ? recordOf(attempts.at(-1)).at : null);
    return [
      {
        ...{
          id: textOf(id),
          api: textOf(api),
          code: textOf(code),
          message: textOf(message),
          title: textOf(title) ?? '',
        },
        status: statusOf(status),
        category: CATEGORIES.find((one) => one === category) ?? 'unknown',
        ...{ count: 1, first: at, last: at },
      },
    ];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('it is not valid JSON');
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
