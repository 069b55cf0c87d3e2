import { builtIn } from '../catalogs/index.ts';
import { ConfigError } from '../errors.ts';
import { renderDoctor } from '../render/doctor.ts';
import { renderJson } from '../render/json.ts';
import type { Surface } from '../surface.ts';
import { examine } from './doctor.ts';
import { findApi } from './find-api.ts';
import { loadSetting, type Setting } from './setting.ts';

/** Runs `doctor`: what is wrong with config, keys and addresses, also when the config is broken; opens no connection. */
export async function runDoctor(api: string | undefined, format: 'pretty' | 'json', surface: Surface): Promise<number> {
  const { effects, out, secrets } = surface;
  let setting: Setting = { layers: [], knowledge: builtIn };
  let broken: string | null = null;
  try {
    setting = await loadSetting(effects);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    broken = error.message;
  }
  const catalogs = setting.knowledge.apis;
  for (const { auth } of catalogs) {
    const key = effects.env[auth?.env ?? ''];
    if (key !== undefined && key !== '') secrets.add(key);
  }
  const only = api === undefined ? null : findApi(api, catalogs, 'doctor');
  const examined = { layers: setting.layers, broken, catalogs, only, env: effects.env, now: effects.now() };
  const report = secrets.redactAll(examine(examined));
  const look = { width: surface.width('stdout'), color: surface.color('stdout'), verbose: false };
  await out.write(format === 'json' ? renderJson(report) : renderDoctor(report, look));
  return report.exit.code;
}
