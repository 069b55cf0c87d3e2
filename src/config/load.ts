import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '../model/errors.ts';
import { baseFolder } from './base-folder.ts';
import type { ConfigLayer } from './layer.ts';
import { isRegularFile } from './regular-file.ts';

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
  const own = userFolder(env);
  const inProject = mayHaveProjectConfig(cwd);
  const ofUser = own !== null && hasAny(own, USER_PLACES);
  if (!inProject && !ofUser) return [];
  const { cosmiconfigExplorer } = await import('./cosmiconfig.ts');
  const found = [
    await cosmiconfigExplorer(PROJECT_PLACES, 'project').search(cwd),
    ofUser ? await cosmiconfigExplorer(USER_PLACES, 'none').search(own) : null,
  ];
  const files = found.flatMap((result, i) => (result === null ? [] : [{ ...result, project: i === 0 }]));
  if (files.length === 0) return [];
  // Most starts have no config, so YAML and the schema are loaded lazily.
  const { readLayer } = await import('./layer.ts');
  return files.map(({ config, filepath, project }) => readLayer(config.text, filepath, cwd, project));
}

/** The folder of the user's own config; null if the environment names none. */
export function userFolder(env: Record<string, string | undefined>): string | null {
  const base = baseFolder('config', env);
  return base === null ? null : join(base, 'errprobe');
}

/**
 * True if a search may find a project config: loading cosmiconfig takes longer than the rest of a
 * start, and most projects have no config. False positives only cost time; there must be no false
 * negatives.
 */
function mayHaveProjectConfig(folder: string): boolean {
  const isHere = hasAny(folder, PROJECT_PLACES.slice(1));
  const manifest = join(folder, 'package.json');
  // The search ends at the folder of a package.json, with or without the key.
  if (exists(manifest)) return isHere || hasKey(manifest);
  const parent = dirname(folder);
  // The search goes on above an empty config.
  return (parent !== folder && mayHaveProjectConfig(parent)) || isHere;
}

function hasKey(manifest: string): boolean {
  try {
    return readFileSync(manifest, 'utf8').includes('"errprobe"');
  } catch {
    return true;
  }
}

/** Looks at each of them: the search may read more than the first. */
const hasAny = (folder: string, names: string[]): boolean =>
  names.filter((name) => exists(join(folder, name))).length > 0;

/** @throws ConfigError for what is no file to read */
function exists(path: string): boolean {
  try {
    return isRegularFile(path);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    // What cannot be looked at cannot be read either.
    return false;
  }
}
