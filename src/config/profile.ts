import { ConfigError, UsageError } from '../model/errors.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import type { ConfigLayer } from './layer.ts';

/** A chosen profile. */
export interface Profile {
  name: string;
  /** Who chose it, for people: `--profile`, `ERRPROBE_PROFILE`, `.errproberc.yaml`. */
  from: string;
}

/** The profile that applies: that of the option, else of the environment, else of the config. */
export function chosenProfile(
  option: string | undefined,
  env: Record<string, string | undefined>,
  layers: ConfigLayer[],
): Profile | null {
  if (option !== undefined) return { name: option, from: '--profile' };
  if (env.ERRPROBE_PROFILE) return { name: env.ERRPROBE_PROFILE, from: 'ERRPROBE_PROFILE' };
  const layer = layers.find(({ value }) => value.profile !== undefined);
  return layer?.value.profile === undefined ? null : { name: layer.value.profile, from: layer.file };
}

/**
 * The layers with the settings of a profile on top. A profile of the user's comes before the rest of
 * a project's config: whoever asks for `staging` must not get an address of production.
 *
 * @throws UsageError for a profile that no config has
 */
export function withProfile(layers: ConfigLayer[], profile: Profile | null): ConfigLayer[] {
  if (profile === null) return layers;
  const { name, from } = profile;
  const known = profileNames(layers);
  if (!known.includes(name)) {
    const list = known.length === 0 ? 'No config has profiles.' : `Profiles: ${known.join(', ')}.`;
    throw new UsageError(`${from}: there is no profile "${name}"${didYouMean(nearest(name, known)) || '.'} ${list}`);
  }
  return [...layers.flatMap((layer) => layersOf(layer, name)), ...layers];
}

/**
 * Ensures that the chosen profile says something about an API that has profiles: silently using its
 * other settings might reach production.
 *
 * @throws ConfigError if it does not
 */
export function checkProfile(id: string, layers: ConfigLayer[]): void {
  const chosen = layers.filter(({ profile }) => profile !== null);
  if (chosen.length === 0 || chosen.some(({ value }) => value.apis?.[id] !== undefined)) return;
  const known = profilesOf(id, layers);
  if (known.length === 0) return;
  throw new ConfigError(`${id} has no profile "${chosen[0]?.profile}". Its profiles: ${known.join(', ')}.`);
}

/** The profiles of an API. */
export function profilesOf(id: string, layers: ConfigLayer[]): string[] {
  const own = layers.flatMap(({ value }) => [
    ...Object.keys(value.apis?.[id]?.profiles ?? {}),
    ...Object.entries(value.profiles ?? {}).flatMap(([name, { apis }]) => (apis?.[id] === undefined ? [] : [name])),
  ]);
  return [...new Set(own)];
}

/** The names of all profiles. */
export function profileNames(layers: Pick<ConfigLayer, 'value'>[]): string[] {
  const names = layers.flatMap(({ value }) => [
    ...Object.keys(value.profiles ?? {}),
    ...Object.values(value.apis ?? {}).flatMap(({ profiles = {} }) => Object.keys(profiles)),
  ]);
  return [...new Set(names)];
}

/** What a file says about a profile, as layers of their own; what is set for one API comes first. */
function layersOf(layer: ConfigLayer, name: string): ConfigLayer[] {
  const { value, locate } = layer;
  const own = Object.entries(value.apis ?? {}).flatMap(([id, { profiles }]) => {
    const profile = profiles?.[name];
    return profile === undefined ? [] : [[id, profile] as const];
  });
  const shared = value.profiles?.[name];
  return [
    ...(own.length === 0
      ? []
      : [
          {
            ...layer,
            profile: name,
            value: { apis: Object.fromEntries(own) },
            locate: ([apis, id, ...rest]: PropertyKey[]) =>
              locate([apis, id, 'profiles', name, ...rest].filter((key) => key !== undefined)),
          },
        ]),
    ...(shared === undefined
      ? []
      : [
          {
            ...layer,
            profile: name,
            value: shared,
            locate: (path: PropertyKey[]) => locate(['profiles', name, ...path]),
          },
        ]),
  ];
}
