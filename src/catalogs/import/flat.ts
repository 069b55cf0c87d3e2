import { endOfValue } from '../../json/extent.ts';
import type { Block, Page } from './blocks.ts';
import { splitHeader, splitRow } from './glued.ts';
import { roleOf } from './vocabulary.ts';

/** Lines that a page has around its text. */
const AROUND =
  /^(?:skip to (?:main )?content|appearance|on this page|table of contents|menu|copy(?: page)?|json|http|bash|python|javascript)$/i;

const CODE_LINE =
  /^(?:import|from|const|let|var|async|await|if|for|while|def|return|try|except|raise|throw|print|console|class|function|curl|export|\/\/|#!?\s?\w+ ?=|[}\])]|"|-H |-d )/;

/**
 * Reads text copied from a browser or flattened by a tool: short lines are headings, bullets are
 * items, bare JSON is a body, and rows whose cells were joined are split again.
 */
export function readFlat(text: string): Page {
  const lines = text
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF/, '')
    .split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = (lines[at] ?? '').trim();
    const taken =
      line === '' || AROUND.test(line) ? 1 : (jsonAt(lines, at, blocks) ?? tableAt(lines, at, blocks) ?? null);
    if (taken !== null) {
      at += taken;
      continue;
    }
    const bullet = /^(?:[•·▪‣◦]|[-*+](?=\s)|\d+[.)](?=\s))\s*(.*)/.exec(line);
    const last = blocks.at(-1);
    if (bullet !== null) {
      const item: Block[] = [{ kind: 'paragraph', text: bullet[1] ?? '' }];
      if (last?.kind === 'list') last.items.push(item);
      else blocks.push({ kind: 'list', items: [item] });
    } else if (isHeading(line))
      blocks.push({ kind: 'heading', level: levelOf(line), text: line.replace(/^#+\s*/, ''), anchor: null });
    else if (isCodeLine(lines[at] ?? '')) blocks.push({ kind: 'code', text: line });
    else blocks.push({ kind: 'paragraph', text: line });
    at++;
  }
  const title = blocks.find((block) => block.kind === 'heading');
  return { title: title?.kind === 'heading' ? title.text : null, front: {}, blocks };
}

/** A line of a program, which tells nothing about an error. */
const isCodeLine = (line: string): boolean =>
  /^\s{2,}\S/.test(line) || CODE_LINE.test(line) || /[;{]$|=>|\)\s*:$/.test(line);

function isHeading(line: string): boolean {
  if (/^#{1,6}\s/.test(line)) return true;
  if (line.length > 70 || line.split(/\s+/).length > 9 || isCodeLine(line)) return false;
  return /^[A-Z\d`¿\u0400-\u04FF\u3040-\u9FFF]/.test(line) && !/[.,;:!?。：]$/.test(line) && !/[={}]/.test(line);
}

/** Text has no levels: a status or a code is below any other heading. */
function levelOf(line: string): number {
  const hashes = /^(#{1,6})\s/.exec(line)?.[1];
  if (hashes !== undefined) return hashes.length;
  if (/^(?:HTTP )?[45](?:\d\d)\b|^[A-Z]+_[A-Z_]+$|^[a-z]+_[a-z_]+$/.test(line)) return 3;
  return roleOf(line) !== null && !/code|status/i.test(line) ? 4 : 2;
}

/** The most lines of a body. */
const LONGEST_BODY = 400;

/** JSON that begins on a line: how many lines it takes, with what follows on the last one. */
function jsonAt(lines: string[], at: number, blocks: Block[]): number | null {
  const [first = ''] = lines.slice(at, at + 1);
  if (!/^\s*[{[]\s*(?:$|["{[])/.test(first)) return null;
  const begin = first.search(/[{[]/);
  const text = endOfValue(first, begin) < 0 ? lines.slice(at, at + LONGEST_BODY).join('\n') : first;
  const end = endOfValue(text, begin);
  if (end < 0) return null;
  const body = text.slice(0, end).split('\n');
  blocks.push({ kind: 'code', text: body.join('\n') });
  const last = at + body.length - 1;
  lines[last] = (lines[last] ?? '').slice(body.at(-1)?.length);
  return body.length - 1;
}

/** A table that begins on a line, with pipes, tabs, or cells joined without anything between them. */
function tableAt(lines: string[], at: number, blocks: Block[]): number | null {
  const cellsOf = /\t/.test(lines[at] ?? '') ? tabbed : (lines[at] ?? '').split('|').length > 2 ? piped : null;
  if (cellsOf !== null) {
    const rows: string[][] = [];
    let end = at;
    for (let cells = cellsOf(lines[end] ?? ''); cells !== null; cells = cellsOf(lines[end] ?? '')) {
      rows.push(cells);
      end++;
    }
    if (rows.length < 2) return null;
    const [header = [], ...rest] = rows.filter((cells) => !cells.every((cell) => /^:?-*:?$/.test(cell)));
    blocks.push({ kind: 'table', header, rows: rest });
    return end - at;
  }
  const header = splitHeader((lines[at] ?? '').trim());
  if (header === null) return null;
  const rows: string[][] = [];
  let end = at + 1;
  for (; end < lines.length; end++) {
    const row = splitRow((lines[end] ?? '').trim(), header);
    if (row === null) break;
    rows.push(row);
  }
  if (rows.length === 0) return null;
  blocks.push({ kind: 'table', header, rows });
  return end - at;
}

const tabbed = (line: string): string[] | null =>
  line.includes('\t') ? line.split('\t').map((cell) => cell.trim()) : null;

function piped(line: string): string[] | null {
  if (line.split('|').length < 3) return null;
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => cell.trim());
}
