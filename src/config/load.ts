import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
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
 * Finds the project's config, from the working directory up to the folder with a package.json, and
 * the user's in `$XDG_CONFIG_HOME/errprobe/`. The first layer has the highest precedence.
 *
 * @throws ConfigError with file, line and column when a config is broken
 */
export async function loadLayers(cwd: string, env: Record<string, string | undefined>): Promise<ConfigLayer[]> {
  const userFolder = join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'errprobe');
  if (!mayHaveProjectConfig(cwd) && !hasAny(userFolder, USER_PLACES)) return [];
  const { cosmiconfigExplorer } = await import('./cosmiconfig.ts');
  const found = [
    await cosmiconfigExplorer(PROJECT_PLACES, 'project').search(cwd),
    await cosmiconfigExplorer(USER_PLACES, 'none').search(userFolder),
  ];
  const files = found.flatMap((result, i) => (result === null ? [] : [{ ...result, project: i === 0 }]));
  if (files.length === 0) return [];
  // Most starts have no config, so YAML and the schema are loaded lazily.
  const { readLayer } = await import('./layer.ts');
  return files.map(({ config, filepath, project }) => readLayer(config.text, filepath, cwd, project));
}

/**
 * True if a search may find a project config: loading cosmiconfig takes longer than the rest of a
 * start, and most projects have no config. False positives only cost time; there must be no false
 * negatives.
 */
function mayHaveProjectConfig(folder: string): boolean {
  if (hasAny(folder, PROJECT_PLACES.slice(1))) return true;
  const manifest = join(folder, 'package.json');
  // The search ends at the folder of a package.json, with or without the key.
  if (existsSync(manifest)) return hasKey(manifest);
  const parent = dirname(folder);
  return parent !== folder && mayHaveProjectConfig(parent);
}

function hasKey(manifest: string): boolean {
  try {
    return readFileSync(manifest, 'utf8').includes('"errprobe"');
  } catch {
    return true;
  }
}

const hasAny = (folder: string, names: string[]): boolean => names.some((name) => existsSync(join(folder, name)));
