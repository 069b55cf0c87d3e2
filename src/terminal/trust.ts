import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../model/effects.ts';
import type { EnvUse } from '../model/settings.ts';
import { visibleLine } from '../render/text.ts';
import { ownFolder } from './own-folder.ts';
import type { Sink } from './sink.ts';

/** True if the user has already agreed to what this version of a file does with these variables. */
export async function isTrusted(file: string, uses: EnvUse[], effects: Effects): Promise<boolean> {
  const folder = ownFolder('state', ['trusted'], effects, false);
  return folder.problem === null && existsSync(join(folder.path, await digestOf(file, uses)));
}

/**
 * Asks whether a file may use these variables, and remembers a yes.
 *
 * @throws the signal's reason when it aborts
 */
export async function askForTrust(file: string, uses: EnvUse[], effects: Effects, err: Sink): Promise<boolean> {
  const lines = uses.map((use) => `  ${use.variable}${use.isKey ? ' as a key' : ''}, to ${hostsOf(use)}`);
  await err.write(`${visibleLine(file)} sends variables of your environment:\n${[...new Set(lines)].join('\n')}\n`);
  await err.write('Allow that for this file as it is now? [y/N] ');
  const { createInterface } = await import('node:readline/promises');
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
  await rememberTrust(file, uses, effects);
  return true;
}

/** Remembers that the user agrees to what this version of a file does with these variables. */
export async function rememberTrust(file: string, uses: EnvUse[], effects: Effects): Promise<void> {
  const folder = ownFolder('state', ['trusted'], effects, true);
  if (folder.problem !== null) return;
  writeFileSync(join(folder.path, await digestOf(file, uses)), `${file}\n`, { mode: 0o600 });
}

/** The hosts in words; a host from a response is not known in advance. */
export function hostsOf({ hosts, trusted, isKey }: EnvUse): string {
  const strange = isKey ? hosts.filter((host) => host === null || !trusted.includes(host)) : hosts;
  const names = [...new Set(strange.map((host) => host ?? 'a host that is not known beforehand'))];
  return names.join(', ');
}

/**
 * Identifies what was agreed to: the content of the file, and the hosts that get each variable,
 * since other files may decide on those.
 */
async function digestOf(file: string, uses: EnvUse[]): Promise<string> {
  const facts = uses.map(({ variable, isKey, hosts }) => JSON.stringify([variable, isKey, [...hosts].sort()]));
  const hash = createHash('sha256').update(JSON.stringify([file, [...new Set(facts)].sort()]));
  return hash.update(await readFile(file)).digest('hex');
}
