import { Marked } from 'marked';
import { parseSource } from '../../schema/yaml.ts';
import { withoutSpans } from '../../text/spans.ts';
import type { Page } from './blocks.ts';
import { readHtml } from './html.ts';

const marked = new Marked({ gfm: true, async: false });

/**
 * Reads Markdown as GitHub, MkDocs, Hugo, Slate and Mintlify write it: as the HTML that it stands
 * for, so that a page gives the same blocks in both formats.
 */
export function readMarkdown(text: string): Page {
  const { front, body } = withoutFrontMatter(text.replaceAll('\r\n', '\n'));
  const html = marked.parse(prepared(body)) as string;
  return { ...readHtml(html), title: front.title ?? null, front };
}

/** The front matter of a page, and the rest. */
function withoutFrontMatter(text: string): { front: Record<string, string>; body: string } {
  const found = /^\uFEFF?---\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(text);
  if (found === null) return { front: {}, body: text };
  const value = parseSource(found[1] ?? '').value;
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return {
    front: Object.fromEntries(
      members.flatMap(([name, one]) =>
        typeof one === 'string' || typeof one === 'number' ? [[name, String(one)]] : [],
      ),
    ),
    body: text.slice(found[0].length),
  };
}

/** Rewrites what CommonMark does not have to what it has. Code blocks stay as they are. */
function prepared(page: string): string {
  const lines: string[] = [];
  let fence: string | null = null;
  /** The indentation of the components around a line, which is no code. */
  const indents: number[] = [];
  const source = parted(withoutSpans(withoutSpans(page, '<!--', '-->'), '{/*', '*/}').split('\n'));
  for (const [i, text] of source.entries()) {
    const written = shallow(text);
    const line = dedented(written, Math.min(indentOf(written), indents.at(-1) ?? 0));
    const mark = /^\s*(?:[-*+] |\d+\. )?(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) && /^\s*[`~]+\s*$/.test(line)) fence = null;
      lines.push(line);
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      lines.push(line);
      continue;
    }
    if (/^(?:import|export)\s.*(?:from\s|['"]|=)/.test(line) && indents.length === 0) continue;
    const tag = componentTag(line);
    if (tag === 'open') indents.push(Math.max(indents.at(-1) ?? 0, indentWithin(source, i)));
    if (tag === 'close') indents.pop();
    if (tag !== null) {
      lines.push('', line.trim(), '');
      continue;
    }
    lines.push(...ofSyntax(isRow(line) && isSeparator(source[i + 1] ?? '') ? withoutTags(line) : line, lines));
  }
  return definitionLists(lines).join('\n');
}

/** Quotes and lists within each other at the beginning of a line. */
const NESTED = /^[ \t]*(?:(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])[ \t]*){20,}/;

/** The most columns by which a line is indented, which is a list in a list forty times. */
const DEEPEST = 80;

/** The longest line, in characters. */
const LONGEST_LINE = 10_000;

/** A line without nesting and length that no page has, which cost the parser their square. */
function shallow(line: string): string {
  const text = line.slice(0, LONGEST_LINE).replace(NESTED, '> ');
  const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
  return indent.length <= DEEPEST ? text : `${' '.repeat(DEEPEST)}${text.slice(indent.length)}`;
}

/** The longest paragraph, in characters, and the most definitions of links; no page has more. */
const LONGEST_PARAGRAPH = 20_000;
const MOST_LINKS = 1000;

/** A definition of a link, which may stand in a quote or a list. */
const LINK = /^(?:[ \t]|>|[-*+] |\d{1,9}[.)] ){0,20}\[[^\]]{1,999}\]:/;

/** Lines without paragraphs and definitions that no page has, which cost the parser their square. Tables stay whole. */
function parted(lines: string[]): string[] {
  const made: string[] = [];
  let [length, links, isTable] = [0, 0, false];
  for (const line of lines) {
    if (LINK.test(line) && ++links > MOST_LINKS) continue;
    isTable = line.trim() !== '' && (isTable || isSeparator(line));
    length = line.trim() === '' || isTable ? 0 : length + line.length + 1;
    if (length > LONGEST_PARAGRAPH) {
      made.push('');
      length = line.length;
    }
    made.push(line);
  }
  return made;
}

/** A row of a table, and the line below its header. */
const isRow = (line: string): boolean => line.includes('|');
const isSeparator = (line: string): boolean => /^[\s|:-]+$/.test(line) && line.includes('|') && line.includes('-');

/** A header of a table without tags: a line that begins with one would be HTML and no table. */
const withoutTags = (line: string): string => line.replaceAll(/<\/?[a-z][^<>]*>/gi, '');

/** The indentation of what a component holds, from the first line in it; 0 if that is no deeper. */
function indentWithin(source: string[], at: number): number {
  const inner = indentOf(source.slice(at + 1).find((line) => line.trim() !== '') ?? '');
  return inner > indentOf(source[at] ?? '') ? inner : 0;
}

const indentOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '    ').length ?? 0;

function dedented(line: string, by: number): string {
  return by === 0 ? line : line.replaceAll('\t', '    ').slice(by);
}

/** A line that is only a tag of a component or of a block element, which Markdown may stand in. */
function componentTag(line: string): 'open' | 'close' | 'alone' | null {
  const text = line.trim();
  if (/^<\/[A-Z][\w.]*>$/.test(text) || /^<\/(?:details|div|section|aside)>$/.test(text)) return 'close';
  if (/^<[A-Z][\w.]*(?:\s[^>]*)?\/>$/.test(text)) return 'alone';
  if (
    /^<[A-Z][\w.]*(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?>$/.test(text) ||
    /^<(?:details|div|section|aside)(?:\s[^>]*)?>$/.test(text)
  )
    return 'open';
  return null;
}

/** Shortcodes, directives, attributes of headings, captions of snippets. */
function ofSyntax(line: string, before: string[]): string[] {
  const plain = withoutAttributes(line)
    .replaceAll(/\{\{[%<]\s*(\/?)([\w/-]+)(?![\w/-])([^{}]*)[%>]\}\}/g, (_, close, _name, rest) =>
      shortcode(close, rest.trimEnd()),
    )
    .replaceAll(/\{%-?\s*(?:end)?(?:raw|tabs?|tab|hint|note|callout|include|code)\b[^%]*%\}/g, '')
    .replace(/^\s*\[\/?block:[\w-]+\]\s*$/, '');
  if (/^\s*:::+/.test(plain)) return [''];
  if (/^!!!|^\?\?\?/.test(plain)) {
    const title = /"([^"]+)"/.exec(plain)?.[1];
    return title === undefined ? [''] : ['', `**${title}**`, ''];
  }
  // A heading without the space that CommonMark asks for.
  const heading = /^(#{1,6})([^#\s!].*)$/.exec(plain);
  if (heading !== null && (before.at(-1) ?? '').trim() === '') return [`${heading[1]} ${heading[2]}`];
  return [plain];
}

/** A heading without the attributes at its end: `## Errors {#errors}`. */
function withoutAttributes(line: string): string {
  const plain = line.trimEnd();
  const at = plain.lastIndexOf('{');
  return /^#{1,6}\s/.test(plain) && plain.indexOf('}', at) === plain.length - 1 && /^\{[#.:]/.test(plain.slice(at))
    ? plain.slice(0, at).trimEnd()
    : line;
}

/** A shortcode of Hugo that stands for a heading or holds a text; others say nothing. */
function shortcode(close: string, rest: string): string {
  if (close !== '') return '';
  const attributes = Object.fromEntries(
    [...rest.matchAll(/(?<![\w-])([\w-]+)=(?:"([^"]*)"|(\S+))/g)].map(([, key, quoted, bare]) => [key, quoted ?? bare]),
  );
  const title = attributes.title ?? attributes.name ?? attributes.code;
  if (title === undefined) return '';
  const said = Object.entries(attributes).filter(([key]) =>
    /^(?:status|description|message|cause|solution|resolution)$/.test(key),
  );
  return [`\n\n**${title}**\n`, ...said.map(([key, value]) => `${key}: ${value}\n`), ''].join('\n');
}

/** Definition lists (`term`, then `: text`) as HTML; Markdown is allowed between its tags. */
function definitionLists(lines: string[]): string[] {
  const made: string[] = [];
  let fence: string | null = null;
  let isOpen = false;
  for (const [i, line] of lines.entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    const wasCode = fence !== null;
    if (mark !== null) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    const isDefinition = !wasCode && /^:[ \t]+\S/.test(line);
    if (isDefinition) {
      if (!isOpen) {
        while (made.at(-1)?.trim() === '') made.pop();
        const term = made.pop() ?? '';
        made.push('', '<dl><dt>', '', term, '', '</dt><dd>', '');
      } else made.push('', '</dd><dd>', '');
      made.push(line.replace(/^:[ \t]+/, ''));
      isOpen = true;
      continue;
    }
    if (!isOpen) {
      made.push(line);
      continue;
    }
    const next = lines.slice(i + 1, i + 3).find((one) => one.trim() !== '') ?? '';
    const isTerm = !wasCode && line.trim() !== '' && !/^\s/.test(line) && (lines[i - 1] ?? '').trim() === '';
    if (isTerm || (line.startsWith('#') && !wasCode)) {
      made.push('', '</dd></dl>', '');
      isOpen = false;
      made.push(line);
    } else made.push(wasCode || mark !== null || /^\s/.test(line) ? dedented(line, Math.min(indentOf(line), 2)) : line);
    if (next === '' && i === lines.length - 1) made.push('');
  }
  if (isOpen) made.push('', '</dd></dl>');
  return made;
}
