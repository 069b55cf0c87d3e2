import * as internals from 'cosmiconfig/dist/Explorer.js';

/** A config file that was found. The schema parses its text, since it knows lines and columns. */
export interface FoundConfig {
  path: string;
  text: string;
}

interface Explorer {
  search(from: string): Promise<{ config: { text: string }; filepath: string } | null>;
}

type Loader = (file: string, text: string) => unknown;

const asText: Loader = (_file, text) => ({ text });

/**
 * A package.json only counts if it has the key `errprobe`; one that is broken or lacks the key is
 * no config.
 */
const asJson: Loader = (file, text) => {
  if (!file.endsWith('package.json')) return { text };
  try {
    return (JSON.parse(text) as Record<string, unknown>).errprobe === undefined ? {} : { errprobe: { text } };
  } catch {
    return {};
  }
};

/**
 * Searches for a config file, and runs no code.
 *
 * cosmiconfig's exported function first looks for a config of its own (`.config/config.js` in the
 * working directory) and runs it, whatever loaders it is given, and lets `$import` reach its
 * loaders for code. The underlying class does neither if all its options are given.
 */
export async function searchConfig(
  searchPlaces: string[],
  searchStrategy: 'project' | 'none',
  from: string,
): Promise<FoundConfig | null> {
  const { Explorer } = internals as unknown as { Explorer: new (options: object) => Explorer };
  const explorer = new Explorer({
    moduleName: 'errprobe',
    searchPlaces,
    searchStrategy,
    loaders: { '.json': asJson, '.yaml': asText, '.yml': asText, noExt: asText },
    ignoreEmptySearchPlaces: true,
    applyPackagePropertyPathToConfiguration: false,
    metaConfigFilePath: null,
    mergeImportArrays: true,
    cache: false,
    transform: <T>(result: T) => result,
  });
  const found = await explorer.search(from);
  return found === null ? null : { path: found.filepath, text: found.config.text };
}
