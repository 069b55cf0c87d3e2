import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { remark } from 'remark';
import remarkGemoji from 'remark-gemoji';
import remarkGfm from 'remark-gfm';
import remarkGithub from 'remark-github';
import { describe, expect, it } from 'vitest';
import { code, escapeMarkdown } from '../../src/render/markdown.ts';
import { runnerSafe, terminalSafe, visibleLine } from '../../src/render/text.ts';
import { csvCell } from '../../src/render/triage/csv.ts';
import { escapeAttribute, escapeXml } from '../../src/render/xml.ts';
import { run } from '../helpers/terminal.ts';

/**
 * Fragments with a meaning in one of the grammars; random characters alone would rarely form one.
 */
const PIECES = [
  ...[
    '::',
    '##[',
    '::add-mask::e',
    '::stop-commands::x',
    '##[error]',
    ' ',
    '\t',
    '\u00a0',
    '\u0085',
    '\n',
    '\r',
    '\r\n',
  ],
  ...['=HYPERLINK(1)', '=', '＝1', '＠x', '+1', '-1', '@SUM(A1)', '"', "'", ',', ';', '\u2028'],
  ...['www.evil.com', 'http://evil.com', 'a@evil.com', '@everyone', '#12', 'GH-123', 'gh-7', 'o/r#1', 'o/r@abc1234'],
  ...[
    '0123456789abcdef0123456789abcdef01234567',
    'deadbee',
    ':smile:',
    ':+1:',
    '![x](http://x)',
    '[x](y)',
    '[x]: http://y',
  ],
  ...[
    '<b>',
    '&lt;',
    '&#35;',
    '&',
    '`',
    '``',
    '|',
    '*',
    '**',
    '_',
    '~~',
    '$x$',
    '^',
    '\\',
    '- ',
    '+ ',
    '1. ',
    '1) ',
    '# ',
    '> ',
    '---',
  ],
  ...[
    ']]>',
    '<!--',
    '-->',
    '</a>',
    '\u001b[2J',
    '\u001b]0;x\u0007',
    '\u001b[8m',
    '\u009b31m',
    '\u202e',
    '\u200b',
    '\u0000',
    '\ufffe',
  ],
];
const hostile = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''));
const holds = (check: (text: string) => void) => fc.assert(fc.property(hostile, check), { numRuns: 1000 });

describe('text of a server', () => {
  it('controls no terminal', () => {
    holds((text) => {
      // Signs around numbers and hieroglyphs are of the format category, too, and are seen.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
      const rest = terminalSafe(text).replaceAll(/\u001b\[\d+(;\d+)*m|\r\n/g, '');
      expect(rest).not.toMatch(
        /[^\P{C}\n\t\p{Cn}\p{Co}\p{Cs}\u00ad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{e0000}-\u{e007f}]/u,
      );
    });
  });

  it('stays valid JSON with the value that it had', () => {
    holds((text) => {
      expect(JSON.parse(runnerSafe(terminalSafe(JSON.stringify([text]))))).toEqual([text]);
    });
  });

  it('is no command of a CI runner', () => {
    holds((text) => {
      for (const line of runnerSafe(terminalSafe(`ok\n${text}`)).split(/\r\n|\r|\n/)) {
        expect(line.replace(/^[\s\u0085]+/, '').startsWith('::')).toBe(false);
        expect(line).not.toContain('##[');
      }
    });
  });

  it('is one field of CSV and no formula', () => {
    holds((text) => {
      const [[read] = []] = parse(`${csvCell(text)},2\n`, { relax_column_count: true }) as string[][];
      const line = visibleLine(text);
      expect([line, `'${line}`]).toContain(read);
      expect(read).not.toMatch(/^[\s\u0085]*[=+\-@＝＋－＠]/);
    });
  });

  it('is text of XML, as an element and as an attribute', () => {
    const reader = new XMLParser({
      ignoreAttributes: false,
      trimValues: false,
      parseTagValue: false,
      htmlEntities: true,
    });
    holds((text) => {
      const words = `x${text}x`;
      const read = reader.parse(`<a b="${escapeAttribute(words)}">${escapeXml(words)}</a>`) as {
        a: Record<string, string>;
      };
      expect(Object.keys(read.a)).toEqual(['#text', '@_b']);
      expect(read.a['#text']).toBe(words.replaceAll(IMPOSSIBLE, '\ufffd'));
      expect(read.a['@_b']).toBe(read.a['#text']);
    });
  });

  it('is plain text in Markdown: nothing is linked, mentioned, drawn or marked up', () => {
    const reader = remark().use(remarkGfm).use(remarkGithub, { repository: 'errprobe/errprobe' }).use(remarkGemoji);
    holds((text) => {
      for (const document of [
        escapeMarkdown(text),
        `| a |\n| --- |\n| ${escapeMarkdown(text)} |`,
        `- ${escapeMarkdown(text)}`,
      ]) {
        const nodes: Node[] = [];
        const walk = (node: Node) => {
          nodes.push(node);
          node.children?.forEach(walk);
        };
        walk(reader.runSync(reader.parse(document)) as Node);
        const kinds = nodes.map(({ type }) => type).filter((type) => !PLAIN.has(type));
        expect(kinds).toEqual([]);
        expect(nodes.filter(({ type }) => type === 'tableCell').length).toBe(document.startsWith('| a |') ? 2 : 0);
        const shown = nodes.flatMap(({ type, value }) => (type === 'text' ? (value ?? '') : [])).join('');
        expect(squeezed(shown)).toContain(squeezed(visibleLine(text)));
      }
    });
  });
});

describe('code of a server in Markdown', () => {
  it('is code and nothing else, also in a cell of a table', () => {
    const reader = remark().use(remarkGfm);
    const nodesOf = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(nodesOf)];
    holds((text) => {
      const nodes = nodesOf(reader.parse(`| a |\n| --- |\n| ${code(text)} |`) as Node);
      expect(nodes.filter(({ type }) => type === 'tableCell')).toHaveLength(2);
      const tags = nodes.flatMap(({ type, value }) => (type === 'html' ? [value] : []));
      expect([[], ['<code>', '</code>']]).toContainEqual(tags);
      const kinds = nodes.map(({ type }) => type).filter((type) => !PLAIN.has(type));
      expect([['inlineCode'], ['html', 'html']]).toContainEqual(kinds);
      const shown = nodes.flatMap(({ type, value }) => (/text|inlineCode/.test(type) ? (value ?? '') : [])).join('');
      expect(squeezed(shown)).toContain(squeezed(visibleLine(text)));
    });
  });
});

/** Characters that XML 1.0 cannot contain (section 2.2). */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

const PLAIN = new Set(['root', 'paragraph', 'text', 'list', 'listItem', 'table', 'tableRow', 'tableCell']);

/** Without white space, which Markdown may collapse, and without the gaps that prevent links. */
const squeezed = (text: string) => text.replaceAll(/[\s\u200b\u0085]/g, '');

describe('on a runner of GitHub Actions', () => {
  const env = { GITHUB_ACTIONS: 'true' };
  const commands = (text: string) =>
    text.split('\n').filter((line) => line.trim().startsWith('::') || line.includes('##['));

  it.each([
    ['call', 'pretty'],
    ['explain', 'pretty'],
    ['explain', 'json'],
    ['triage', 'pretty'],
    ['triage', 'json'],
    ['triage', 'csv'],
    ['triage', 'markdown'],
  ])('%s --format %s gives no commands of a server', async (command, format) => {
    // Messages are wrapped: at one of these widths the command would start a line.
    const message = `The request is not valid ${'::add-mask::e ##[error]x '.repeat(20)}`;
    const input = JSON.stringify({ error: message, message, request_id: '::add-mask::e' });
    const args = command === 'call' ? ['--mock', '401'] : ['--format', format];
    const words = command === 'call' ? ['call', 'GET', '/::add-mask::e'] : [command];
    const { stdout, stderr } = await run([...words, ...args], { input, env });
    expect(commands(stdout + stderr)).toEqual([]);
    if (format === 'json') expect(JSON.stringify(JSON.parse(stdout))).toContain('##[error]x ::add-mask::e');
  });
});
