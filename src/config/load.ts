import { homedir } from 'node:os';
import { join } from 'node:path';
import { cosmiconfigExplorer } from './cosmiconfig.ts';
import type { ConfigLayer } from './layer.ts';

const PROJECT_PLACES = [
  'package.json',
  '.errproberc',
  '.errproberc.json',
  '.errproberc.yaml',
  '.errproberc.yml',
  'errprobe.config.json',
  'errprobe.config.yaml',
  'errprobe.config.yml',
];

const USER_PLACES = ['config', 'config.json', 'config.yaml', 'config.yml', ...PROJECT_PLACES.slice(1)];

/**
 * Finds the project's config, from the working directory upwards to the folder with a package.json, and the user's in
 * `$XDG_CONFIG_HOME/errprobe/`. The first of the layers counts most.
 *
 * @throws ConfigError with file, line and column when a config is broken
 */
export async function loadLayers(cwd: string, env: Record<string, string | undefined>): Promise<ConfigLayer[]> {
  const userFolder = join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'errprobe');
  const found = [
    await cosmiconfigExplorer(PROJECT_PLACES, 'project').search(cwd),
    await cosmiconfigExplorer(USER_PLACES, 'none').search(userFolder),
  ];
  const files = found.filter((result) => result !== null);
  if (files.length === 0) return [];
  // YAML and the schema are worth loading only when there is something to read.
  const { readLayer } = await import('./layer.ts');
  return files.map(({ config, filepath }) => readLayer(config.text, filepath, cwd));
}
