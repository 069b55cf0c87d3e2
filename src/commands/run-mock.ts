import { exitOfInterrupt } from '../report.ts';
import type { Surface } from '../surface.ts';
import { findApi } from './find-api.ts';
import { serveMock } from './mock.ts';
import { loadSetting } from './setting.ts';

/** Runs `mock` until it is interrupted; returns the exit code. */
export async function runMock(
  api: string,
  options: { port: number; script: string },
  surface: Surface,
): Promise<number> {
  const { knowledge } = await loadSetting(surface.effects, surface.secrets);
  await serveMock(findApi(api, knowledge.apis, 'mock'), options, surface.effects, surface.out);
  return exitOfInterrupt(surface.effects.signal.reason).code;
}
