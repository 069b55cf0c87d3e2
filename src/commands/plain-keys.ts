import { apiConfigs, keyVariable } from '../config/apis.ts';
import { placeOf } from '../config/key-source.ts';
import type { ConfigLayer } from '../config/layer.ts';
import { type KeyVariables, keySetting, variablesInWords } from '../model/key-variables.ts';
import type { Api } from '../model/settings.ts';

/** A key written in a project's config, where everybody who gets the project can read it. */
export interface PlainKey {
  /** The id of its API. */
  id: string;
  /** For people: `.errproberc.yaml:4`. */
  at: string;
  /** The variables to use instead. */
  variables: KeyVariables;
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
        const documented = apis.find((api) => api.id === id)?.catalog?.auth ?? { env: keyVariable(id) };
        const variables = profile === null ? documented : { env: keyVariable(`${id}-${profile}`) };
        return [{ id, at: placeOf(layer, [...path, 'key']).line, variables }];
      }),
    );
}

/** What to do about such a key, in words. */
export function plainKeyAdvice({ id, variables }: PlainKey): string {
  return `the key of ${id} is in a file of the project, for everybody to read: set ${variablesInWords(variables)} instead, and write key: ${keySetting(variables)}`;
}
