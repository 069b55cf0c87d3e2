import { type Block, BOLD_LEVEL } from './blocks.ts';
import { csvCells } from './registry.ts';
import { listTable, type ReadLines } from './rst-tables.ts';

/** A directive: `.. name:: argument`, its options, and the lines that are indented below it. */
export interface Directive {
  name: string;
  argument: string;
  options: Record<string, string>;
  body: string[];
}

const CODE =
  /^(?:code|code-block|sourcecode|parsed-literal|http:example|example-code|prompt|console|doctest|testcode|literalinclude)$/;
/** Directives that say nothing about errors, or whose text is not in the document. */
const SILENT =
  /^(?:image|figure|toctree|contents|include|raw|role|default-role|index|meta|highlight|currentmodule|module|py:module|automodule|autoclass|autofunction|autoexception|sectnum|section-numbering|rst-class|tabularcolumns|title|math|graphviz|mermaid|uml|plantuml|youtube|sectionauthor|codeauthor|replace|date|unicode|bibliography|only-pdf|jinja|deprecated)$/;
/** Directives whose argument is the title of what they hold. */
const TITLED = /^(?:topic|admonition|dropdown|collapse|tab-item|tab|group-tab|card|grid-item-card|sidebar|details)$/;
/** Directives that describe what their argument names, such as an exception or an operation. */
const DESCRIBES =
  /^(?:[\w-]+:)?(?:exception|error|errorcode|describe|object|confval|glossary-term|code-item|cfunction|data|envvar)$/;

/** The blocks that a directive stands for. */
export function blocksOfDirective(
  { name, argument, options, body }: Directive,
  read: ReadLines,
  inline: (text: string) => string,
): Block[] {
  if (SILENT.test(name)) return [];
  if (CODE.test(name)) return body.length === 0 ? [] : [{ kind: 'code', text: body.join('\n').trimEnd() }];
  if (name === 'rubric') return [{ kind: 'heading', level: BOLD_LEVEL, text: inline(argument), anchor: null }];
  if (name === 'list-table' || name === 'flat-table') {
    const table = listTable(read(body), Number(options['header-rows'] ?? 0) || 0);
    return table === null ? [] : [table];
  }
  if (name === 'csv-table') return [csvTable(options, body, inline)];
  if (DESCRIBES.test(name) && argument !== '')
    return [{ kind: 'definition', term: inline(argument), body: read(body) }];
  if (TITLED.test(name) && argument !== '') return [{ kind: 'component', title: inline(argument), body: read(body) }];
  const text = /^(?:note|warning|tip|important|hint|caution|danger|attention|error|seealso)$/.test(name)
    ? argument
    : '';
  return text === '' ? read(body) : read([text, '', ...body]);
}

function csvTable(options: Record<string, string>, body: string[], inline: (text: string) => string): Block {
  const delimiter = options.delim === undefined ? ',' : options.delim === 'tab' ? '\t' : options.delim;
  const cells = (text: string) => csvCells(text, delimiter).map((row) => row.map((cell) => inline(cell.trim())));
  const rows = cells(body.map((line) => line.replaceAll(/(?<=,)\s+(?=")/g, '')).join('\n'));
  const head = Number(options['header-rows'] ?? 0) || 0;
  const [header = rows.slice(0, head).at(-1) ?? []] =
    options.header === undefined ? [] : cells(options.header.replaceAll(/(?<=,)\s+(?=")/g, ''));
  return { kind: 'table', header, rows: rows.slice(head) };
}
