import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Effects } from '../model/effects.ts';
import type { EnvUse } from '../model/settings.ts';
import { visibleLine } from '../render/text.ts';
import { ownFolder } from './own-folder.ts';
import type { Sink } from './sink.ts';

/** True when the user agreed before to what a file, as it is now, does with these variables. */
export async function isTrusted(file: string, uses: EnvUse[], effects: Effects): Promise<boolean> {
  const folder = ownFolder('state', ['trusted'], effects, false);
  return folder.problem === null && existsSync(join(folder.path, await digestOf(file, uses)));
}

/**
 * Asks whether a file may do what it does with these variables, and remembers that it may.
 *
 * @throws the signal's reason when it aborts
 */
export async function askForTrust(file: string, uses: EnvUse[], effects: Effects, err: Sink): Promise<boolean> {
  const lines = uses.map((use) => `  ${use.variable}${use.isKey ? ' as a key' : ''}, to ${hostsOf(use)}`);
  await err.write(`${visibleLine(file)} sends variables of your environment:\n${[...new Set(lines)].join('\n')}\n`);
  await err.write('Allow that for this file as it is now? [y/N] ');
  const reader = createInterface({ input: effects.stdin });
  try {
    const ended = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
    const answer = await Promise.race([reader.question('', { signal: effects.signal }), ended]);
    if (!/^y(?:es)?$/i.test(answer.trim())) return false;
  } catch {
    effects.signal.throwIfAborted();
    return false;
  } finally {
    reader.close();
  }
  const folder = ownFolder('state', ['trusted'], effects, true);
  if (folder.problem === null) {
    writeFileSync(join(folder.path, await digestOf(file, uses)), `${file}\n`, { mode: 0o600 });
  }
  return true;
}

/** Hosts for people; a host that comes from a response is not known beforehand. */
export function hostsOf({ hosts, trusted, isKey }: EnvUse): string {
  const strange = isKey ? hosts.filter((host) => host === null || !trusted.includes(host)) : hosts;
  const names = [...new Set(strange.map((host) => host ?? 'a host that is not known beforehand'))];
  return names.join(', ');
}

/** What was agreed to: the file with all that is in it, and where each variable goes, which other files may decide. */
async function digestOf(file: string, uses: EnvUse[]): Promise<string> {
  const facts = uses.map(({ variable, isKey, hosts }) => JSON.stringify([variable, isKey, [...hosts].sort()]));
  const hash = createHash('sha256').update(JSON.stringify([file, [...new Set(facts)].sort()]));
  return hash.update(await readFile(file)).digest('hex');
}
