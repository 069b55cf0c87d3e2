import { expect, it } from 'vitest';
import { anyOf } from '../../src/text/any-of.ts';

it('finds any of some texts, as often as it is asked', () => {
  let made = 0;
  const found = anyOf(() => {
    made++;
    return ['a.b', 'c|d', '(e', '\\f'];
  });
  expect(made).toBe(0);
  for (let i = 0; i < 20; i++) {
    expect(['xa.by', 'c|d', '1(e', 'g\\f', 'axb', 'c', ''].map((text) => found.test(text))).toEqual([
      ...[true, true, true, true],
      ...[false, false, false],
    ]);
  }
  expect(made).toBe(1);
});
