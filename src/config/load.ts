import { dirname, join } from 'node:path';
import { baseFolder } from './base-folder.ts';
import type { Compiled } from './compiled.ts';
import { type CompiledConfig, compiledConfig, fromCompiled } from './compiled-config.ts';
import type { FoundConfig } from './cosmiconfig.ts';
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

/** A file that a search may take for the config, or that may end it. */
interface Candidate {
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
  const layers = [
    await found(projectCandidates(cwd), compiled, cwd, true, (search) => search(PROJECT_PLACES, 'project', cwd)),
    own === null
      ? null
      : await found(candidatesIn(own, USER_PLACES), compiled, cwd, false, (search) => search(USER_PLACES, 'none', own)),
  ];
  return layers.filter((layer) => layer !== null);
}

/** The folder of the user's own config; null if the environment names none. */
export function userFolder(env: Record<string, string | undefined>): string | null {
  const base = baseFolder('config', env);
  return base === null ? null : join(base, 'errprobe');
}

/**
 * Whatever a search of the project may find: it ends at the folder of a package.json or package.yaml. To look costs little;
 * to load cosmiconfig takes longer than the rest of a start, and most projects have no config.
 */
function projectCandidates(folder: string): Candidate[] {
  const here = candidatesIn(folder, PROJECT_PLACES);
  const isRoot = exists(join(folder, 'package.json')) || exists(join(folder, 'package.yaml'));
  if (isRoot || dirname(folder) === folder) return here;
  return [...here, ...projectCandidates(dirname(folder))];
}

/** @throws ConfigError for what is no file to read */
function candidatesIn(folder: string, places: string[]): Candidate[] {
  return places.flatMap((place) => {
    const path = join(folder, place);
    if (!isRegularFile(path)) return [];
    const text = readRegularFile(path) ?? '';
    return place === 'package.json' && !text.includes('"errprobe"') ? [] : { path, text };
  });
}

type Search = (places: string[], strategy: 'project' | 'none', from: string) => Promise<FoundConfig | null>;

/** The config that cosmiconfig finds, or found when all that it may find was the same; null if there is none. */
async function found(
  candidates: Candidate[],
  compiled: Compiled<CompiledConfig> | null,
  cwd: string,
  project: boolean,
  find: (search: Search) => Promise<FoundConfig | null>,
): Promise<ConfigLayer | null> {
  if (candidates.length === 0) return null;
  const source = compiled === null ? '' : candidates.map(stateOf).join('\0');
  const kept = compiled?.read(source) ?? null;
  if (kept !== null) return layerOf(fromCompiled(kept), kept.path, cwd, project);
  const { searchConfig } = await import('./cosmiconfig.ts');
  const config = await find(searchConfig);
  if (config === null) return null;
  const { readLayer } = await import('./parse-config.ts');
  const layer = readLayer(config.text, config.path, cwd, project);
  const made = compiled === null ? null : compiledConfig(config.path, layer);
  if (made !== null) compiled?.keep(source, made);
  return layer;
}

/** Whatever tells one state of a file from another. */
function stateOf({ path, text }: Candidate): string {
  const stats = statsOf(path);
  return `${path}\n${stats?.size} ${stats?.mtimeMs}\n${text}`;
}

const exists = (path: string): boolean => statsOf(path) !== undefined;
