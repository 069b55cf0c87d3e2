import { type FSWatcher, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DEFAULT_FILES } from '../../checks/load.ts';
import { filesOf } from '../../input/files.ts';
import { whenAborted } from '../../model/effects.ts';
import { ConfigError, UsageError } from '../../model/errors.ts';
import { exitOfInterrupt } from '../../model/report.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** Editors write a file in several steps. */
const SETTLED = 100;

/**
 * Runs something now and whenever a file of checks changes, until the user interrupts.
 *
 * @returns the exit code of the interrupt
 */
export async function watched(run: () => Promise<number>, patterns: string[], terminal: Terminal): Promise<number> {
  const { effects, err } = terminal;
  const { signal, cwd } = effects;
  while (!signal.aborted) {
    const changed = changeOf(await filesOf(patterns.length > 0 ? patterns : DEFAULT_FILES, cwd), cwd, signal);
    try {
      await run();
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
      // A file that is being edited may be wrong for a moment.
      await err.write(`error: ${error.message}\n`);
    }
    if (signal.aborted) break;
    await err.write('Waiting for a change; Ctrl-C ends it.\n');
    await changed;
    if (!signal.aborted) await effects.sleep(SETTLED, signal).catch(() => {});
  }
  return exitOfInterrupt(signal.reason).code;
}

/** Configs and files of checks; not reports, which each run writes anew. */
const OF_ERRPROBE = /^(?:\.errproberc|errprobe\.(?:config|checks)\.)/;

/** Resolves when one of the files changes, or when the signal aborts. */
function changeOf(files: string[], cwd: string, signal: AbortSignal): Promise<void> {
  const paths = new Set(files.map((file) => resolve(cwd, file)));
  return new Promise((done, fail) => {
    // A file that is replaced is a new file, so its folder is watched.
    const watchers: FSWatcher[] = [];
    const end = () => {
      forget();
      for (const watcher of watchers) watcher.close();
      done();
    };
    const forget = whenAborted(signal, () => void setImmediate(end));
    for (const folder of new Set([cwd, ...[...paths].map((path) => dirname(path))])) {
      try {
        const watcher = watch(folder, (_, name) => {
          if (name === null || paths.has(resolve(folder, name)) || OF_ERRPROBE.test(name)) end();
        });
        watchers.push(watcher.on('error', end));
      } catch (error) {
        fail(new UsageError(`cannot watch ${folder}: ${(error as NodeJS.ErrnoException).code}`));
        end();
      }
    }
  });
}
