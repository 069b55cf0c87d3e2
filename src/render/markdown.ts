import { visibleLine } from './text.ts';

/** A zero-width space: invisible, and prevents automatic links. */
const GAP = '&#8203;';

/**
 * Escapes text for Markdown: no markup, no HTML, no table cells, no mentions, no links. GitHub
 * looks for mentions, issues, commits and emoji after decoding entities, so these need a gap.
 */
export function escapeMarkdown(text: string): string {
  return visibleLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll(/:(?=\/\/|(?!\d\d:)[\w+-]+:)/g, `:${GAP}`)
    .replaceAll(/www(?=\.)|gh(?=-\d)|@/gi, `$&${GAP}`)
    .replaceAll(/(?<![\da-z])[\da-f]{7,40}(?![\da-z])/gi, (hash) => hash.replaceAll(/.{6}(?=.)/g, `$&${GAP}`))
    .replaceAll(/[\\`*_{}[\]<>|!~$^]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/(?<!&)#/g, `&#35;${GAP}`)
    .replace(/^(\d*)([-+=.)])/, (_, number: string, mark: string) => `${number}&#${mark.charCodeAt(0)};`);
}

/**
 * Text as inline code whose fence is longer than any in it. A table would split at a bar that follows a backslash, so
 * that code with bars is HTML.
 */
export function code(text: string): string {
  const line = visibleLine(text);
  if (line.includes('|')) return `<code>${escapeMarkdown(line)}</code>`;
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}
