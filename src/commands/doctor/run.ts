import { builtIn } from '../../catalogs/index.ts';
import { ConfigError } from '../../model/errors.ts';
import { exitOfInterrupt, type Report, type Result } from '../../model/report.ts';
import type { ApiSettings, EnvUse } from '../../model/settings.ts';
import { renderDoctor } from '../../render/check/doctor.ts';
import { renderJson } from '../../render/json.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findApi, harmlessPath } from '../find-api.ts';
import { permit } from '../permit.ts';
import { loadSetting, type Setting } from '../setting.ts';
import { examine } from './doctor.ts';

/** The command line of `doctor`. */
export interface DoctorArguments {
  /** The id of a catalog, or undefined for all that are in use. */
  api: string | undefined;
  format: 'pretty' | 'json';
  /** True to look at the network and ask the API, too. */
  online: boolean;
  /** A GET path to ask for; one of the catalog's, where it knows one. */
  path?: string | undefined;
  /** The time limit of each step, in milliseconds. */
  timeoutMs?: number | undefined;
  /** Variables that files of the project may send anywhere. */
  allowEnv?: string[] | undefined;
}

/** The time limit of a step that nobody set, in milliseconds: there are several, one after the other. */
const PATIENCE = 10_000;

/** Runs `doctor`: what is wrong with config, keys and addresses, also when the config is broken. */
export async function runDoctor(args: DoctorArguments, terminal: Terminal): Promise<number> {
  const { effects, out, err, secrets } = terminal;
  let setting: Setting = { layers: [], knowledge: builtIn };
  let broken: string | null = null;
  try {
    setting = await loadSetting(effects, secrets);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    broken = error.message;
  }
  const { layers, knowledge } = setting;
  const catalogs = knowledge.apis;
  const only = args.api === undefined ? null : findApi(args.api, catalogs, 'doctor');
  const online = async (settings: ApiSettings): Promise<Result[]> => {
    const { examineOnline } = await import('./online.ts');
    const { uses = [] } = settings;
    const mayAsk = (what: EnvUse[]) => permit(what, args.allowEnv ?? [], layers, terminal);
    // To look a name up sends it, too; a key goes out only after the connection has been looked at.
    await mayAsk(uses.filter(({ isKey }) => !isKey));
    if (args.format === 'pretty') await err.write(`Asking ${settings.catalog?.name} at ${settings.baseUrl} …\n`);
    const known = { ...settings, timeoutMs: args.timeoutMs ?? Math.min(settings.timeoutMs, PATIENCE) };
    const path = args.path ?? (settings.catalog === null ? null : harmlessPath(settings.catalog)) ?? '/';
    return examineOnline(known, path, knowledge, effects, () => mayAsk(uses));
  };
  const examined = { layers, broken, catalogs, only, env: effects.env, now: effects.now() };
  let found: Report;
  try {
    found = await examine({ ...examined, online: args.online ? online : null });
  } catch (error) {
    if (effects.signal.aborted) return exitOfInterrupt(effects.signal.reason).code;
    throw error;
  }
  const report = secrets.redactAll(found);
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout'), verbose: false };
  await out.write(args.format === 'json' ? renderJson(report) : renderDoctor(report, look));
  return report.exit.code;
}
