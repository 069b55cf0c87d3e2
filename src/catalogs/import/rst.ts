import { type Block, BOLD_LEVEL, type Page } from './blocks.ts';
import { blocksOfDirective } from './rst-directives.ts';
import { inlineOf, joinedLines } from './rst-inline.ts';
import { dedented, tableAt } from './rst-tables.ts';

/** The facts about a whole document that reading one of its parts depends on. */
interface Document {
  /** The styles of headings, from the outermost: the sign, and whether a line of it stands above, too. */
  styles: string[];
  /** Substitutions by name. */
  texts: Map<string, string>;
  depth: number;
}

/** The block that begins at a line, and the number of the line after it. */
interface Taken {
  blocks: Block[];
  to: number;
}

/** The deepest nesting; what lies deeper is read as one paragraph. */
const DEEPEST = 20;
/** The longest line, in characters. */
const LONGEST_LINE = 10_000;

/** Reads reStructuredText as docutils and Sphinx understand it, as far as documentation of errors has it. */
export function readRst(text: string): Page {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => withoutTabs(line.slice(0, LONGEST_LINE)).trimEnd());
  const texts = new Map<string, string>();
  for (const line of lines) {
    const found = /^\.\. \|([^|]{1,60})\| replace::\s(.*)$/.exec(line);
    if (found !== null) texts.set(found[1] ?? '', found[2]?.trim() ?? '');
  }
  return { title: null, front: {}, blocks: blocksOf(lines, { styles: [], texts, depth: 0 }) };
}

/** A line whose tabs reach to the next eighth column. */
function withoutTabs(line: string): string {
  const [first = '', ...rest] = line.split('\t');
  return rest.reduce((made, part) => `${made}${' '.repeat(8 - (made.length % 8))}${part}`, first);
}

function blocksOf(lines: string[], document: Document): Block[] {
  if (document.depth > DEEPEST) return [{ kind: 'paragraph', text: joinedLines(lines) }];
  const blocks: Block[] = [];
  let anchor: string | null = null;
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    if (line === '') {
      at++;
      continue;
    }
    const target = /^\.\. _`?([^:`]{1,100})`?:\s*$/.exec(line);
    const { blocks: found, to } = partAt(lines, at, document);
    if (target !== null) anchor = target[1] ?? null;
    const [first] = found;
    if (first?.kind === 'heading' && anchor !== null) first.anchor = anchor.toLowerCase().replaceAll(/[\s_]+/g, '-');
    if (found.length > 0) anchor = null;
    const last = blocks.at(-1);
    // Items with blank lines between them are one list.
    if (last?.kind === 'list' && first?.kind === 'list') last.items.push(...first.items);
    else blocks.push(...found);
    at = Math.max(to, at + 1);
  }
  return blocks;
}

function partAt(lines: string[], at: number, document: Document): Taken {
  const read = (inner: string[]) => blocksOf(inner, { ...document, depth: document.depth + 1 });
  const table = tableAt(lines, at, read);
  if (table !== null) return { blocks: [table.table], to: table.to };
  return (
    headingAt(lines, at, document) ??
    markupAt(lines, at, document, read) ??
    fieldsAt(lines, at, document, read) ??
    itemAt(lines, at, read) ??
    lineBlockAt(lines, at, document) ??
    quoteAt(lines, at, read) ??
    definitionAt(lines, at, document, read) ??
    paragraphAt(lines, at, document)
  );
}

const ADORNMENT = /^([!-/:-@[-`{-~])\1{2,}$/;

function headingAt(lines: string[], at: number, document: Document): Taken | null {
  const [line = '', next = '', third = ''] = lines.slice(at, at + 3);
  const isOver = ADORNMENT.test(line) && ADORNMENT.test(third) && line[0] === third[0] && next.trim() !== '';
  const text = isOver ? next.trim() : line;
  // A line shorter than the text is tolerated if it is no mark within a text.
  if (
    !isOver &&
    (!ADORNMENT.test(next) || /^\s/.test(line) || ADORNMENT.test(line) || next.length < Math.min(4, line.length))
  )
    return ADORNMENT.test(line) && next === '' ? { blocks: [], to: at + 1 } : null;
  const style = `${isOver ? line[0] : ''}${isOver ? third[0] : next[0]}`;
  if (!document.styles.includes(style)) document.styles.push(style);
  const level = Math.min(document.styles.indexOf(style) + 1, BOLD_LEVEL - 1);
  return {
    blocks: [{ kind: 'heading', level, text: inlineOf(text, document.texts), anchor: null }],
    to: at + (isOver ? 3 : 2),
  };
}

/** The lines from one on that are indented or blank, without the blank ones at the end. */
function indentedFrom(lines: string[], from: number): { body: string[]; to: number } {
  let to = from;
  let end = from;
  while (to < lines.length && (lines[to] === '' || /^\s/.test(lines[to] ?? ''))) {
    if (lines[to] !== '') end = to + 1;
    to++;
  }
  return { body: lines.slice(from, end), to: end };
}

/** Directives, targets, footnotes and comments. */
function markupAt(lines: string[], at: number, document: Document, read: (lines: string[]) => Block[]): Taken | null {
  const line = lines[at] ?? '';
  if (line !== '..' && !line.startsWith('.. ')) return null;
  const { body, to } = indentedFrom(lines, at + 1);
  const found = /^\.\. ([\w.+-]{1,40}(?::[\w.+-]{1,40})?)\s?::(?:\s(.*))?$/.exec(line);
  if (found === null) return { blocks: [], to };
  const inner = dedented(body);
  const options: Record<string, string> = {};
  let from = 0;
  // The argument may go on, until a blank line or the first option.
  for (let option = optionOf(inner[from]); option !== null; option = optionOf(inner[from])) {
    options[option.name] = option.value;
    from++;
  }
  const name = (found[1] ?? '').toLowerCase();
  const argument = (found[2] ?? '').trim();
  const directive = { name, argument, options, body: withoutBlankStart(inner.slice(from)) };
  return { blocks: blocksOfDirective(directive, read, (text) => inlineOf(text, document.texts)), to };
}

function optionOf(line: string | undefined): { name: string; value: string } | null {
  const found = /^:([\w-]{1,40}):(?:\s+(.*))?$/.exec(line ?? '');
  return found === null ? null : { name: found[1] ?? '', value: found[2] ?? '' };
}

function withoutBlankStart(lines: string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first);
}

/** Fields that describe a request or a response and are no errors. */
const OF_REQUEST =
  /^(?:param|parameter|type|query|reqjson|resjson|json|form|reqheader|resheader|header|>|<|return|rtype|raise)/i;

/** Fields: `:statuscode 404: there is no crate`. */
function fieldsAt(lines: string[], at: number, document: Document, read: (lines: string[]) => Block[]): Taken | null {
  const found = /^:((?![\s:])[^:`]{1,80}):(?:\s+(.*))?$/.exec(lines[at] ?? '');
  if (found === null) return null;
  const { body, to } = indentedFrom(lines, at + 1);
  const name = inlineOf(found[1] ?? '', document.texts);
  if (OF_REQUEST.test(name)) return { blocks: [], to };
  const text = [found[2] ?? '', ...dedented(body)];
  if (/^(?:http[- ]?)?status(?:[- ]?code)?\s+\d/i.test(name) || /^\d{3}\b/.test(name))
    return { blocks: [{ kind: 'definition', term: name, body: read(text) }], to };
  const [first, ...rest] = read(text);
  return first?.kind === 'paragraph'
    ? { blocks: [{ kind: 'paragraph', text: `${name}: ${first.text}` }, ...rest], to }
    : { blocks: [{ kind: 'paragraph', text: `${name}:` }, ...(first === undefined ? [] : [first]), ...rest], to };
}

function itemAt(lines: string[], at: number, read: (lines: string[]) => Block[]): Taken | null {
  const line = lines[at] ?? '';
  const mark = /^(?:[-*+•‣]|(?:\d{1,3}|#|[a-zA-Z])[.)]|\((?:\d{1,3}|[a-zA-Z])\))(?:\s+|$)/.exec(line)?.[0];
  if (mark === undefined) return null;
  const { body, to } = indentedFrom(lines, at + 1);
  const first = `${' '.repeat(mark.length)}${line.slice(mark.length)}`;
  const inner = [line.slice(mark.length), ...dedented(body)];
  const text = mark.length === line.length ? dedented(body) : inner;
  return first.trim() === '' && body.length === 0
    ? { blocks: [], to }
    : { blocks: [{ kind: 'list', items: [read(text)] }], to };
}

/** Lines that begin with `|` are broken where they are written. */
function lineBlockAt(lines: string[], at: number, document: Document): Taken | null {
  let to = at;
  const found: string[] = [];
  for (; /^\|(?:\s|$)/.test(lines[to] ?? '') || (to > at && /^\s+\S/.test(lines[to] ?? '')); to++) {
    const line = lines[to] ?? '';
    if (line.startsWith('|')) found.push(line.slice(1).trim());
    else found.push(`${found.pop() ?? ''} ${line.trim()}`);
  }
  if (to === at) return null;
  // A small letter goes on with the sentence of the line above.
  const text = found.reduce((all, line) => `${all}${/^[a-z(]/.test(line) ? ' ' : '\n'}${line}`);
  return { blocks: [{ kind: 'paragraph', text: inlineOf(text, document.texts) }], to };
}

function quoteAt(lines: string[], at: number, read: (lines: string[]) => Block[]): Taken | null {
  if (!/^\s/.test(lines[at] ?? '')) return null;
  const { body, to } = indentedFrom(lines, at);
  return { blocks: read(dedented(body)), to };
}

/** A line with indented lines below it: a term and its definition. */
function definitionAt(
  lines: string[],
  at: number,
  document: Document,
  read: (lines: string[]) => Block[],
): Taken | null {
  const line = lines[at] ?? '';
  if (!/^\s+\S/.test(lines[at + 1] ?? '') || line.endsWith('::')) return null;
  const { body, to } = indentedFrom(lines, at + 1);
  const [term = line] = line.split(' : ');
  return { blocks: [{ kind: 'definition', term: inlineOf(term, document.texts), body: read(dedented(body)) }], to };
}

function paragraphAt(lines: string[], at: number, document: Document): Taken {
  let to = at;
  while (to < lines.length && lines[to] !== '' && !(to > at && /^(?:\.\. |\+[-=+]+\+$)/.test(lines[to] ?? ''))) to++;
  const text = joinedLines(lines.slice(at, to));
  const blocks: Block[] = [];
  const bold = /^\*\*([^*]{1,99})\*\*:?$/.exec(text)?.[1];
  const plain = inlineOf(text.endsWith('::') ? text.slice(0, -1) : text, document.texts);
  if (bold !== undefined) {
    const heading = inlineOf(bold, document.texts).replace(/[:：]$/, '');
    blocks.push({ kind: 'heading', level: BOLD_LEVEL, text: heading.trimEnd(), anchor: null });
  } else if (plain !== '' && plain !== ':') blocks.push({ kind: 'paragraph', text: plain });
  if (!text.endsWith('::')) return { blocks, to };
  const { body, to: end } = literalFrom(lines, to);
  if (body.length > 0) blocks.push({ kind: 'code', text: dedented(withoutBlankStart(body)).join('\n') });
  return { blocks, to: end };
}

/** A literal block: indented, or each line after the same sign. */
function literalFrom(lines: string[], from: number): { body: string[]; to: number } {
  const found = indentedFrom(lines, from);
  if (found.body.length > 0) return found;
  let first = from;
  while (lines[first] === '') first++;
  const sign = /^[>|$#]/.exec(lines[first] ?? '')?.[0];
  if (sign === undefined) return found;
  let to = first;
  while (lines[to]?.startsWith(sign)) to++;
  return { body: lines.slice(first, to).map((line) => line.slice(1)), to };
}
