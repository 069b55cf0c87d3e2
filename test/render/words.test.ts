import { describe, expect, it } from 'vitest';
import { ADVICE } from '../../src/model/words.ts';
import { counted, listOf, retryVerdict, saysTheSame } from '../../src/render/words.ts';
import { run } from '../helpers/terminal.ts';

describe('the words that all outputs share', () => {
  it('give each retry advice a verdict of its own', () => {
    const verdicts = ADVICE.map((advice) => retryVerdict({ advice }));
    expect(new Set(verdicts).size).toBe(ADVICE.length);
  });

  it('say how long to wait, and who says so', () => {
    const verdict = retryVerdict({ advice: 'wait', afterMs: 30_000, afterFrom: 'Retry-After' });
    expect(verdict).toContain('30 s');
    expect(verdict).toContain('Retry-After');
  });

  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('list %j as %j', (items, text) => {
    expect(listOf(items)).toBe(text);
  });

  it.each([
    [0, '0 checks'],
    [1, '1 check'],
    [2, '2 checks'],
  ])('count %i as %j', (number, text) => {
    expect(counted(number, 'check')).toBe(text);
  });

  it.each([
    ['The key was not sent.', 'the key was not sent', true],
    ['The “key” was not sent!', 'The key  was not sent.', true],
    ['The key was sent.', 'The key was not sent.', false],
  ])('compare %j and %j without case and punctuation', (one, other, same) => {
    expect(saysTheSame(one, other)).toBe(same);
  });
});

it.each(['502', '504'])('does not repeat the cause of a bare %s below Maybe', async (status) => {
  const { stdout } = await run(['explain', status]);
  expect(stdout.match(/A gateway answered instead/g)).toHaveLength(1);
  expect(stdout).toContain('Maybe');
});
