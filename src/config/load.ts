import { dirname, join } from 'node:path';
import { baseFolder } from './base-folder.ts';
import type { Compiled } from './compiled.ts';
import { type CompiledConfig, compiledConfig, fromCompiled } from './compiled-config.ts';
import { type ConfigLayer, layerOf } from './layer.ts';
import { isRegularFile, readRegularFile, statsOf } from './regular-file.ts';

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

/** A config file that was found. */
interface Found {
  path: string;
  text: string;
}

/**
 * Finds the project's config, from the working directory up to the folder with a package.json, and
 * the user's in `$XDG_CONFIG_HOME/errprobe/`. The first layer has the highest precedence.
 *
 * @param compiled configs that were parsed earlier: YAML and the schema take 30 ms of processor time
 * @throws ConfigError with file, line and column when a config is broken
 */
export async function loadLayers(
  cwd: string,
  env: Record<string, string | undefined>,
  compiled: Compiled<CompiledConfig> | null = null,
): Promise<ConfigLayer[]> {
  const own = userFolder(env);
  const found = [
    { config: projectConfig(cwd), project: true },
    { config: own === null ? null : configIn(own, USER_PLACES), project: false },
  ];
  const layers: ConfigLayer[] = [];
  for (const { config, project } of found) {
    if (config !== null) layers.push(await layerIn(config, cwd, project, compiled));
  }
  return layers;
}

/** The folder of the user's own config; null if the environment names none. */
export function userFolder(env: Record<string, string | undefined>): string | null {
  const base = baseFolder('config', env);
  return base === null ? null : join(base, 'errprobe');
}

function projectConfig(folder: string): Found | null {
  const found = configIn(folder, PROJECT_PLACES);
  const isRoot = exists(join(folder, 'package.json')) || exists(join(folder, 'package.yaml'));
  if (found !== null || isRoot || dirname(folder) === folder) return found;
  return projectConfig(dirname(folder));
}

/**
 * The first config in a folder that is not empty.
 *
 * @throws ConfigError for what is no file to read
 */
function configIn(folder: string, places: string[]): Found | null {
  for (const place of places) {
    const path = join(folder, place);
    const text = isRegularFile(path) ? readRegularFile(path) : null;
    if (text === null || text.trim() === '' || (place === 'package.json' && !hasKey(text))) continue;
    return { path, text };
  }
  return null;
}

/** A package.json only counts if it has the key `errprobe`; one that is broken is no config. */
function hasKey(manifest: string): boolean {
  try {
    return manifest.includes('"errprobe"') && JSON.parse(manifest).errprobe !== undefined;
  } catch {
    return false;
  }
}

async function layerIn(
  { path, text }: Found,
  cwd: string,
  project: boolean,
  compiled: Compiled<CompiledConfig> | null,
): Promise<ConfigLayer> {
  const source = compiled === null ? '' : sourceOf(path, text);
  const kept = compiled?.read(source) ?? null;
  if (kept !== null) return layerOf(fromCompiled(kept), path, cwd, project);
  const { readLayer } = await import('./parse-config.ts');
  const layer = readLayer(text, path, cwd, project);
  const made = compiled === null ? null : compiledConfig(layer);
  if (made !== null) compiled?.keep(source, made);
  return layer;
}

/** Whatever tells one state of a file from another. */
function sourceOf(path: string, text: string): string {
  const stats = statsOf(path);
  return `${path}\n${stats?.size} ${stats?.mtimeMs}\n${text}`;
}

const exists = (path: string): boolean => statsOf(path) !== undefined;
