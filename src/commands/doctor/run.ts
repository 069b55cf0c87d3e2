import { builtIn } from '../../catalogs/index.ts';
import { apisOf } from '../../config/apis.ts';
import { ConfigError } from '../../model/errors.ts';
import { exitOfInterrupt, type Report, type Result } from '../../model/report.ts';
import type { ApiSettings, EnvUse } from '../../model/settings.ts';
import { renderDoctor } from '../../render/check/doctor.ts';
import { renderJson } from '../../render/json.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findApi, harmlessPath } from '../find-api.ts';
import { type LoadedConfig, loadConfig } from '../loaded-config.ts';
import { permit } from '../permit.ts';
import { examine } from './doctor.ts';

/** The command line of `doctor`. */
export interface DoctorArguments {
  /** The id of a catalog; undefined for all in use. */
  api: string | undefined;
  /** The profile of the config. */
  profile?: string | undefined;
  format: 'pretty' | 'json';
  /** True to connect and send requests as well. */
  online: boolean;
  /** The GET path to request; by default the catalog's, if it has one. */
  path?: string | undefined;
  /** The time limit of each step, in milliseconds. */
  timeoutMs?: number | undefined;
  /** Variables that project files may send to any host. */
  allowEnv?: string[] | undefined;
}

/** The default time limit of a step, in milliseconds: the steps run one after the other. */
const PATIENCE = 10_000;

/** Runs `doctor`: examines config, keys and addresses, even if the config is broken. */
export async function runDoctor(args: DoctorArguments, terminal: Terminal): Promise<number> {
  const { effects, out, err, secrets } = terminal;
  let config: LoadedConfig = { layers: [], knowledge: builtIn, apis: apisOf(builtIn, []), profile: null };
  let broken: string | null = null;
  try {
    config = await loadConfig(effects, secrets, { profile: args.profile });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    broken = error.message;
  }
  const { layers, knowledge, apis } = config;
  const only = args.api === undefined ? null : findApi(args.api, config, 'doctor');
  const online = async (settings: ApiSettings): Promise<Result[]> => {
    const { examineOnline } = await import('./online.ts');
    const { uses = [] } = settings;
    const mayAsk = (what: EnvUse[]) => permit(what, args.allowEnv ?? [], layers, terminal);
    // Resolving a name sends it, too; the key is sent only after the connection has been examined.
    await mayAsk(uses.filter(({ isKey }) => !isKey));
    if (args.format === 'pretty')
      await err.write(`Asking ${settings.catalog?.name ?? settings.id} at ${settings.baseUrl} …\n`);
    const known = { ...settings, timeoutMs: args.timeoutMs ?? Math.min(settings.timeoutMs, PATIENCE) };
    const path = args.path ?? (settings.catalog === null ? null : harmlessPath(settings.catalog)) ?? '/';
    return examineOnline(known, path, knowledge, effects, () => mayAsk(uses));
  };
  const examined = { layers, broken, apis, only, env: effects.env, now: effects.now() };
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
