import { exitOfInterrupt } from '../../model/report.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findCatalog } from '../find-api.ts';
import { loadConfig } from '../loaded-config.ts';
import { serveMock } from './mock.ts';

/** Runs `mock` until it is interrupted; returns the exit code. */
export async function runMock(
  api: string,
  options: { port: number; script: string },
  terminal: Terminal,
): Promise<number> {
  const config = await loadConfig(terminal.effects, terminal.secrets);
  await serveMock(findCatalog(api, config, 'mock'), options, terminal.effects, terminal.out);
  return exitOfInterrupt(terminal.effects.signal.reason).code;
}
