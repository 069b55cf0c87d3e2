import { describe, expect, it } from 'vitest';
import { parseDocuments, parseSource } from '../../src/schema/yaml.ts';
import { growthOf, LINEAR } from '../helpers/cpu-time.ts';

/** What both readers of YAML say: the first error, and whether there are values. */
const read = (text: string) => ({
  error: parseSource(text).errors[0]?.message ?? null,
  hasValues: parseDocuments(text) !== null,
});

const nested = (inner: string) => `${'['.repeat(300)}${inner}${']'.repeat(300)}`;

describe('YAML that is a danger to whoever walks through it', () => {
  it.each([
    ['a list in itself', 'a: &a [*a]\n', /contains itself/],
    ['a map in itself', '&a { b: { c: *a } }\n', /contains itself/],
    ['lists in each other', 'a: &a [x, &b [*a, *b]]\n', /contains itself/],
    [
      'aliases that go deeper and deeper',
      `a0: &a0 x\n${Array.from({ length: 3 }, (_, i) => `a${i + 1}: &a${i + 1} ${nested(`*a${i}`)}\n`).join('')}`,
      /levels deep/,
    ],
    ['a key twice', 'a: 1\na: 2\n', /unique/],
  ])('is refused: %s', (_, text, message) => {
    expect(read(text)).toEqual({ error: expect.stringMatching(message), hasValues: false });
  });

  it('is read if nothing of this is the case', () => {
    const text = 'a: &a { x: [1, { y: &b [2] }] }\nb: *a\nc: [*b, *a, "*", 2 * 3]\n';
    expect(read(text)).toEqual({ error: null, hasValues: true });
    expect(parseDocuments('a: 1\n---\na: 2\n')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('reports some of its syntax errors, and leaves the stacks of other errors as they are', () => {
    const { stackTraceLimit } = Error;
    expect(parseSource(`a: ${'] '.repeat(1000)}`).errors).toHaveLength(20);
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });

  it.each([
    ['keys', (count: number) => Array.from({ length: count }, (_, i) => `k${i}: 1\n`).join('')],
    ['aliases', (count: number) => `a: &a x\nb:\n${'  - *a\n'.repeat(count)}`],
    ['syntax errors', (count: number) => `a: ${'] '.repeat(count)}`],
    ['anchors', (count: number) => Array.from({ length: count }, (_, i) => `- &a${i} x\n`).join('')],
  ])('takes linear time for many %s', async (_, text) => {
    expect(await growthOf((count) => parseDocuments(text(count)), 2000)).toBeLessThan(LINEAR);
  });
});
