import { describe, expect, it } from 'vitest';
import { readSource } from '../../../src/catalogs/import/source.ts';

/** CPU milliseconds to read a page about an error. */
function cpuMs(body: string): number {
  const begun = process.cpuUsage();
  readSource({ path: 'a.md', text: `## 400 Bad\n\nIt is bad.\n\n${body}`, values: null }, () => undefined, {});
  return process.cpuUsage(begun).user / 1000;
}

describe('a page to import takes time that grows with its length', () => {
  it.each<[string, (count: number) => string]>([
    ['references in one paragraph', (count) => `${'[a][b] [c]\n'.repeat(count)}\n[b]: http://x\n`],
    ['references in one item of a list', (count) => `- a\n${'  [a][b]\n'.repeat(count)}\n[b]: x\n`],
    ['definitions of links', (count) => Array.from({ length: count }, (_, i) => `[a${i}]: /x\n[a${i}]\n`).join('')],
    ['paragraphs below one heading', (count) => Array.from({ length: count }, (_, i) => `word a${i}\n\n`).join('')],
  ])('with many %s', (_, page) => {
    cpuMs(page(1000));
    const short = Math.min(cpuMs(page(4000)), cpuMs(page(4000)));
    expect(cpuMs(page(16_000))).toBeLessThan(8 * Math.max(short, 50));
  });

  it('and keeps a table whole', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `| bad_field_${i} | The field ${i} is bad. |\n`).join('');
    const text = `## Errors\n\n| Code | Meaning |\n|--|--|\n${rows}`;
    const { read } = readSource({ path: 'a.md', text, values: null }, () => undefined, {});
    expect(read.claims).toHaveLength(2000);
  });
});
