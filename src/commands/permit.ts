import { allowedNames, isGranted } from '../config/env-use.ts';
import type { ConfigLayer } from '../config/layer.ts';
import { UsageError } from '../model/errors.ts';
import type { EnvUse } from '../model/settings.ts';
import { visibleLine } from '../render/text.ts';
import { fitted } from '../terminal/fitted.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { askForTrust, hostsOf, isTrusted } from '../terminal/trust.ts';
import type { LoadedConfig } from './loaded-config.ts';
import { plainKeyAdvice, plainKeys } from './plain-keys.ts';

/** Warns of keys that projects' configs contain themselves, before anything is sent. */
export async function warnOfPlainKeys(
  { layers, apis }: Pick<LoadedConfig, 'layers' | 'apis'>,
  { effects, err, quiet }: Pick<Terminal, 'effects' | 'err' | 'quiet'>,
): Promise<void> {
  if (quiet) return;
  for (const plain of plainKeys(layers, apis)) {
    await err.write(fitted(`warning: ${plain.at}: ${plainKeyAdvice(plain)}\n`, effects.stderr));
  }
}

/**
 * Ensures, before anything is sent, that project files send only what they may (see `isGranted`).
 * For anything else the user is asked, once per file and version of it; without a terminal it is
 * refused.
 *
 * @param names the variables that options allow
 * @throws UsageError with the line that would allow what was refused
 */
export async function permit(
  uses: EnvUse[],
  names: string[],
  layers: ConfigLayer[],
  { effects, err }: Pick<Terminal, 'effects' | 'err'>,
): Promise<void> {
  const allowed = allowedNames(names, effects.env, layers);
  const open = uses.filter((use) => !isGranted(use, allowed));
  for (const file of new Set(open.map((use) => use.file))) {
    const own = open.filter((use) => use.file === file);
    if (await isTrusted(file, own, effects)) continue;
    const canAsk = effects.stdin.isTTY === true && effects.stderr.isTTY === true;
    if (canAsk && (await askForTrust(file, own, effects, err))) continue;
    throw new UsageError(refusal(own));
  }
}

function refusal(uses: EnvUse[]): string {
  const lines = uses.map((use) => {
    const what = use.isKey ? `the key of ${use.variable}` : `the variable ${use.variable}`;
    return `${visibleLine(use.at)}: this would send ${what} to ${hostsOf(use)}, which only the project asks for`;
  });
  const names = [...new Set(uses.map(({ variable }) => variable))].join(',');
  return `${[...new Set(lines)].join('\n')}\nIf you trust this folder, add --allow-env ${names}, or set ERRPROBE_ALLOW_ENV=${names}.`;
}
