import { readFlat } from './flat.ts';
import { readHtml } from './html.ts';
import { readPage, type SourceRead } from './import.ts';
import { readMarkdown } from './markdown.ts';
import { isBotocore, isDiscovery, isSmithy, readBotocore, readSmithy } from './models.ts';
import { isOpenApi, readOpenApi } from './openapi.ts';
import { readProto } from './proto.ts';
import type { OpenDocument } from './refs.ts';
import { type RegistryMap, readRegistry, rowsOfCsv } from './registry.ts';

/** The kinds of documents that can be imported. */
export type SourceKind = 'Markdown' | 'HTML' | 'text' | 'OpenAPI' | 'Smithy' | 'botocore' | 'proto' | 'registry';

/** A file to import. */
export interface SourceFile {
  /** Its path as the user wrote it. */
  path: string;
  text: string;
  /** Its values, if it is JSON or YAML; several for several YAML documents. */
  values: unknown[] | null;
}

/** A file without anything to import, and why. */
export class NothingToImport extends Error {
  override readonly name = 'NothingToImport';
}

/**
 * Reads a document by what is in it; its name decides only where the content does not.
 *
 * @throws NothingToImport if there are no errors in it
 */
export function readSource(
  { path, text, values }: SourceFile,
  open: OpenDocument,
  map: RegistryMap,
): { kind: SourceKind; read: SourceRead } {
  if (values !== null) return readValues(path, values, open, map);
  if (/\.proto$/.test(path) || /^(?:\s|\/\/.*\n)*syntax\s*=\s*"proto/.test(text))
    return found('proto', readProto(text));
  if (/\.(?:csv|tsv)$/i.test(path)) {
    const read = readRegistry(rowsOfCsv(text), nameOf(path), map);
    if (read === null) throw new NothingToImport('no columns with codes or statuses were found; name them with --map');
    return found('registry', read);
  }
  if (/^\s*(?:<!doctype|<html|<\?xml|<head|<body)/i.test(text) || /\.html?$/i.test(path))
    return found('HTML', readPage(readHtml(text)));
  if (/\.(?:mdx?|markdown|mdoc)$/i.test(path) || isMarkdown(text))
    return found('Markdown', readPage(readMarkdown(text)));
  return found('text', readPage(readFlat(text)));
}

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** Headings with number signs and separators of tables: text without a name is Markdown if it has them. */
const isMarkdown = (text: string): boolean =>
  /^#{1,6} \S/m.test(text) && /^(?:#{2,6} \S|\|?[ :]{0,9}-{3}[ :|-]*\||```|[-*] )/m.test(text);

function found(kind: SourceKind, read: SourceRead): { kind: SourceKind; read: SourceRead } {
  if (read.claims.length > 0) return { kind, read };
  const why = read.left.slice(0, 3).map(({ what, why }) => `${what}: ${why}`);
  throw new NothingToImport(['no errors were found in it', ...why].join('; '));
}

function readValues(
  path: string,
  values: unknown[],
  open: OpenDocument,
  map: RegistryMap,
): { kind: SourceKind; read: SourceRead } {
  const [value] = values;
  if (isOpenApi(value)) return found('OpenAPI', readOpenApi(value, path, open));
  if (isSmithy(value)) return found('Smithy', readSmithy(value));
  if (isBotocore(value)) return found('botocore', readBotocore(value));
  if (isDiscovery(value)) throw new NothingToImport('discovery documents of Google say nothing about errors');
  const read = readRegistry(values.length > 1 ? values : value, nameOf(path), map);
  if (read === null) throw new NothingToImport('no list with codes or statuses was found; name the members with --map');
  return found('registry', read);
}
