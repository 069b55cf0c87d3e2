import { describe, expect, it } from 'vitest';
import { readPage } from '../../src/text/page.ts';
import { cpuTimer } from '../helpers/cpu-time.ts';

describe('a hostile page', () => {
  it.each([
    ['elements in elements', '<div>'],
    ['inline elements in each other', '<i>'],
    ['bold text in each other', '<b> '],
    ['inline elements behind blanks', `${' '.repeat(100_000)}<b></b>`],
    ['text between elements', 'x<i> '],
    ['closing tags', '</p>'],
    ['empty elements', '<p></p>'],
  ])('is read in bounded time: %s', (_, unit) => {
    const ms = cpuTimer();
    readPage(`<html>${unit.padEnd(2)}${unit.trimStart().repeat(300_000)}`);
    expect(ms()).toBeLessThan(4000);
  });

  it('keeps what stands before it is too deep', () => {
    const page = `<h1>Bad Gateway</h1>${'<div>'.repeat(100_000)}`;
    expect(readPage(page)).toEqual([{ tag: 'h1', label: null, text: 'Bad Gateway' }]);
  });
});
