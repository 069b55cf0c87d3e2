import { LONGEST_INDENTED } from '../../json/print.ts';
import type { Styles } from '../style.ts';
import { visible } from '../text.ts';
import { type MarkupToken, markupTokens } from './markup-tokens.ts';

/** Deeper elements are not indented further: indentation alone would be many times as long as the text. */
const DEEPEST_INDENTED = 40;

/** A text with more tags per line than this was laid out by nobody, and is laid out anew. */
const MOST_TAGS = 4;

/**
 * XML or HTML, coloured, with line breaks and indentation where the text has none. Only white space
 * between elements is added, never within text.
 */
export function renderMarkup(text: string, style: Styles): string {
  if (text.length > LONGEST_INDENTED) return visible(text);
  const isHtml = /^\s*(?:<!doctype html|<html)/i.test(text);
  const tokens = markupTokens(text, isHtml);
  const lines = text.trim().split('\n').length;
  const tags = tokens.filter(({ kind }) => kind !== 'text').length;
  return lines === 1 || tags / lines > MOST_TAGS ? laidOut(tokens, style) : painted(tokens, style);
}

const painted = (tokens: MarkupToken[], style: Styles) => tokens.map((token) => paint(token, style)).join('');

function laidOut(tokens: MarkupToken[], style: Styles): string {
  const ends = endsOf(tokens);
  const lines: string[] = [];
  let depth = 0;
  const line = (content: string) => lines.push('  '.repeat(Math.min(depth, DEEPEST_INDENTED)) + content);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as MarkupToken;
    const end = ends.get(i);
    if (end?.inline) {
      line(painted(tokens.slice(i, end.at + 1), style));
      i = end.at;
    } else if (token.kind === 'text') {
      if (token.text.trim() !== '') line(paint({ ...token, text: token.text.trim() }, style));
    } else {
      if (token.kind === 'close') depth = Math.max(0, depth - 1);
      line(paint(token, style));
      if (token.kind === 'open' && end !== undefined) depth++;
    }
  }
  return lines.join('\n');
}

/**
 * Where each element ends, by the index of its start tag; none for one without an end tag. `inline`:
 * it contains text, so that no white space may be added, or nothing.
 */
function endsOf(tokens: MarkupToken[]): Map<number, { at: number; inline: boolean }> {
  const ends = new Map<number, { at: number; inline: boolean }>();
  const open: { index: number; name: string; inline: boolean }[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, change: number) => counts.set(name, (counts.get(name) ?? 0) + change);
  for (const [i, token] of tokens.entries()) {
    const parent = open.at(-1);
    if (token.kind === 'text' && parent !== undefined && token.text.trim() !== '') parent.inline = true;
    if (token.kind === 'open') {
      open.push({ index: i, name: token.name, inline: false });
      count(token.name, 1);
    }
    if (token.kind !== 'close' || (counts.get(token.name) ?? 0) === 0) continue;
    // Elements without an end tag, such as <p>, end with the one around them.
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      count(last.name, -1);
      if (last.name !== token.name) continue;
      ends.set(last.index, { at: i, inline: last.inline || last.index === i - 1 });
      break;
    }
  }
  return ends;
}

function paint({ kind, text }: MarkupToken, style: Styles): string {
  if (kind === 'text') return visible(text);
  // A style ends with its line.
  if (kind === 'other')
    return visible(text)
      .split('\n')
      .map((line) => style.quiet(line))
      .join('\n');
  const [, open = '', rest = ''] = /^(<\/?[^\s/>]+)([\s\S]*)$/.exec(visible(text)) ?? [];
  return style.name(open) + attributes(rest, style);
}

/** An attribute with its value, or the end of the tag. */
const PART = /([^\s=/>"']+)(?:(=)("[^"]*"|'[^']*'|[^\s>"']*))?|\/?>/g;

function attributes(text: string, style: Styles): string {
  return text.replaceAll(PART, (part, name?: string, equals = '', value = '') =>
    name === undefined ? style.name(part) : style.number(name) + equals + style.string(value),
  );
}
