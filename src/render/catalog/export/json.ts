import type { JsonDocument } from '../../../json/document.ts';
import type { Catalog, DocumentedRetry, Entry } from '../../../model/catalog.ts';
import { renderJson } from '../../json.ts';

/** A catalog as a file of the catalog format, in JSON: reading it gives the same catalog. */
export function renderCatalogJson(catalog: Catalog): JsonDocument {
  return renderJson(catalogFile(catalog));
}

function catalogFile({ project: _, file: __, general, retry, entries, ...rest }: Catalog): object {
  return filled({
    ...rest,
    ...(general ? { general } : {}),
    ...(retry === undefined ? {} : { retry: retryOf(retry) }),
    entries: entries.map(entryOf),
  });
}

function entryOf({ retry, example, sample, ...rest }: Entry): object {
  const { after, ...advice } = retry;
  return {
    ...filled(rest),
    retry: { ...advice, ...(after === undefined ? {} : { after: written(after) }) },
    ...(example === undefined ? {} : { example }),
    ...(sample === undefined ? {} : { sample }),
  };
}

function retryOf({ base, jitter, cap, ...rest }: DocumentedRetry): object {
  const durations = Object.entries({ base, jitter, cap }).flatMap(([name, ms]) =>
    ms === undefined ? [] : [[name, written(ms)]],
  );
  return filled({ ...Object.fromEntries(durations), ...rest });
}

/** A duration as a file has it. */
const written = (ms: number): string => `${ms}ms`;

/** Without the members that are empty, which reading adds again. */
function filled(object: object): object {
  const isEmpty = (value: unknown) =>
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(object).filter(([, value]) => !isEmpty(value)));
}
