import { UsageError } from '../../model/errors.ts';
import { readFlat } from './flat.ts';
import { readHtml } from './html.ts';
import { readPage, type SourceRead } from './import.ts';
import { readMarkdown } from './markdown.ts';
import { isBotocore, isDiscovery, isSmithy, readBotocore, readSmithy } from './models.ts';
import { isOpenApi, readOpenApi } from './openapi.ts';
import { readProto } from './proto.ts';
import type { OpenDocument } from './refs.ts';
import { type RegistryMap, readRegistry, rowsOfCsv } from './registry.ts';
import { readRst } from './rst.ts';

/** The kinds of documents that can be imported. */
export type SourceKind =
  | 'Markdown'
  | 'reStructuredText'
  | 'HTML'
  | 'text'
  | 'OpenAPI'
  | 'Smithy'
  | 'botocore'
  | 'proto'
  | 'registry';

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

/** The longest page, in characters; that of a service with 1,500 errors has half as many. */
const LONGEST_PAGE = 2 * 1024 * 1024;

/** The most errors in a document; the largest list that is known has 2,500. */
const MOST_CLAIMS = 10_000;

interface SourceFound {
  kind: SourceKind;
  read: SourceRead;
}

/**
 * Reads a document by what is in it; its name decides only where the content does not.
 *
 * @throws NothingToImport if there are no errors in it
 * @throws UsageError if it is too large or nested too deeply to be documentation of errors
 */
export function readSource(source: SourceFile, open: OpenDocument, map: RegistryMap): SourceFound {
  const { path, text, values } = source;
  if (values === null && text.length > LONGEST_PAGE)
    throw new UsageError(`${path}: a page must be no longer than 2 MiB; import the part about errors`);
  try {
    const found = readAny(source, open, map);
    if (found.read.claims.length <= MOST_CLAIMS) return found;
  } catch (error) {
    // The stack of a reader is full.
    if (error instanceof RangeError) throw new UsageError(`${path}: it is nested too deeply to be read`);
    throw error;
  }
  throw new UsageError(`${path}: it has more than ${MOST_CLAIMS} errors; import it in parts`);
}

function readAny({ path, text, values }: SourceFile, open: OpenDocument, map: RegistryMap): SourceFound {
  if (values !== null) return readValues(path, values, open, map);
  if (/\.proto$/.test(path) || /^(?:\s|\/\/.*\n)*syntax\s*=\s*"proto/.test(text))
    return found('proto', readProto(text));
  if (/\.(?:csv|tsv)$/i.test(path)) {
    const read = readRegistry(rowsOfCsv(text), nameOf(path), map);
    if (read === null) throw new NothingToImport('no columns with codes or statuses were found; name them with --map');
    return found('registry', read);
  }
  if (/^\s*(?:<!doctype|<html|<\?xml|<head|<body)/i.test(text) || /\.html?$/i.test(path))
    return found('HTML', readPage(readHtml(text), nameOf(path)));
  if (/\.(?:rst|rest)(?:\.txt)?$/i.test(path) || isRst(text))
    return found('reStructuredText', readPage(readRst(text), nameOf(path)));
  if (/\.(?:mdx?|markdown|mdoc)$/i.test(path) || isMarkdown(text))
    return found('Markdown', readPage(readMarkdown(text), nameOf(path)));
  return found('text', readPage(readFlat(text), nameOf(path)));
}

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** Headings with number signs and separators of tables: text without a name is Markdown if it has them. */
const isMarkdown = (text: string): boolean =>
  /^#{1,6} \S/m.test(text) && /^(?:#{2,6} \S|\|?[ :]{0,9}-{3}[ :|-]*\||```|[-*] )/m.test(text);

/** A directive, and a heading with a line below it: text without a name is reStructuredText if it has them. */
const isRst = (text: string): boolean =>
  /^\.\. (?:[\w-]+::|_[^:\n]+:$)/m.test(text) && /^([=~^"#*-])\1{3,}$/m.test(text);

function found(kind: SourceKind, read: SourceRead): SourceFound {
  if (read.claims.length > 0) return { kind, read };
  const why = read.left.slice(0, 3).map(({ what, why }) => `${what}: ${why}`);
  throw new NothingToImport(['no errors were found in it', ...why].join('; '));
}

function readValues(path: string, values: unknown[], open: OpenDocument, map: RegistryMap): SourceFound {
  const [value] = values;
  if (isOpenApi(value)) return found('OpenAPI', readOpenApi(value, path, open));
  if (isSmithy(value)) return found('Smithy', readSmithy(value));
  if (isBotocore(value)) return found('botocore', readBotocore(value));
  if (isDiscovery(value)) throw new NothingToImport('discovery documents of Google say nothing about errors');
  const read = readRegistry(values.length > 1 ? values : value, nameOf(path), map);
  if (read === null) throw new NothingToImport('no list with codes or statuses was found; name the members with --map');
  return found('registry', read);
}
