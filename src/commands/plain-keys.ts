import { apiConfigs, keyVariable } from '../config/apis.ts';
import { placeOf } from '../config/key-source.ts';
import type { ConfigLayer } from '../config/layer.ts';
import type { Api } from '../model/settings.ts';

/** A key written in a project's config, where everybody who gets the project can read it. */
export interface PlainKey {
  /** The id of its API. */
  id: string;
  /** For people: `.errproberc.yaml:4`. */
  at: string;
  /** The variable to use instead. */
  variable: string;
}

/** The keys that projects' configs contain themselves. */
export function plainKeys(layers: ConfigLayer[], apis: Api[]): PlainKey[] {
  return layers
    .filter(({ project, profile }) => project && profile === null)
    .flatMap((layer) =>
      apiConfigs(layer.value).flatMap(({ path, api: { key } }) => {
        if (typeof key !== 'string' || key === '' || key.includes('${')) return [];
        const id = String(path[path.lastIndexOf('apis') + 1]);
        const profile = path.includes('profiles') ? String(path[path.indexOf('profiles') + 1]) : null;
        const variable = apis.find((api) => api.id === id)?.catalog?.auth?.env ?? keyVariable(id);
        const own = profile === null ? variable : `${keyVariable(`${id}-${profile}`)}`;
        return [{ id, at: placeOf(layer, [...path, 'key']).line, variable: own }];
      }),
    );
}

/** What to do about such a key, in words. */
export function plainKeyAdvice({ id, variable }: PlainKey): string {
  return `the key of ${id} is in a file of the project, for everybody to read: set ${variable} instead, and write key: { env: ${variable} }`;
}
