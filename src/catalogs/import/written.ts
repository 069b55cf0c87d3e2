import type { CatalogText, Envelope, RequiredHeader } from '../../model/catalog.ts';
import type { ImportedEntry } from './entries.ts';
import type { ImportedCatalog } from './import.ts';

/** An entry as a file has it: a list of one stands as its only value. */
export type FileEntry = Record<string, unknown> & { id: string };

/** A catalog as a file has it, with its members in the order in which a reader needs them. */
export interface CatalogFile {
  id: string;
  name: string;
  version: 2;
  docs: Record<string, { title: string; address?: string; date?: string }>;
  hosts?: string[];
  baseUrl?: string;
  auth?: { header: string; value: string; env: string };
  requiredHeaders?: RequiredHeader[];
  envelope?: Envelope;
  entries: FileEntry[];
}

/** The members of an entry that an import writes, in their order. */
export const MEMBERS = [
  'match',
  'category',
  'title',
  'cause',
  'causes',
  'resolution',
  'retry',
  'source',
  'example',
] as const;

/**
 * A catalog as it is written to a file.
 *
 * @param docs the documents that its entries cite, by key
 */
export function fileOf(
  id: string,
  name: string | undefined,
  docs: CatalogFile['docs'],
  { entries, envelope, facts }: ImportedCatalog,
): CatalogFile {
  const { baseUrl, hosts, auth, requiredHeaders } = facts;
  return {
    id,
    name: name ?? (facts.name?.trim() || id),
    version: 2,
    docs,
    ...(hosts === undefined ? {} : { hosts }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(auth == null
      ? {}
      : {
          auth: {
            header: auth.header,
            value: auth.value,
            env: `${id
              .toUpperCase()
              .replaceAll('-', '_')
              .replace(/^(?=\d)/, '_')}_API_KEY`,
          },
        }),
    ...(requiredHeaders === undefined ? {} : { requiredHeaders }),
    ...(Object.keys(envelope).length === 0 ? {} : { envelope }),
    entries: entries.map((entry) => fileEntry(entry, docs)),
  };
}

function fileEntry(
  { id, match, category, title, cause, causes, resolution, retry, source, example }: ImportedEntry,
  docs: CatalogFile['docs'],
): FileEntry {
  const { doc, section, address } = source;
  const base = docs[doc]?.address;
  const link =
    address === undefined || base === undefined ? undefined : `${base}${address.startsWith('#') ? '' : '#'}${address}`;
  return {
    id,
    match: Object.fromEntries(
      Object.entries(match).map(([key, value]) => [key, Array.isArray(value) && value.length === 1 ? value[0] : value]),
    ),
    category,
    // Nothing but punctuation may be left of a title.
    title: title === '' ? id : title,
    ...(cause === undefined ? {} : { cause }),
    ...(causes === undefined ? {} : { causes }),
    ...(resolution === undefined ? {} : { resolution: resolution as CatalogText[] }),
    ...(retry === undefined ? {} : { retry }),
    source: { doc, section, ...(link === undefined ? {} : { address: link }) },
    ...(example === undefined ? {} : { example }),
  };
}
