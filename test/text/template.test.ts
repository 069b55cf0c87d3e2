import { describe, expect, it } from 'vitest';
import { fillTemplate, literalLength, matchTemplate } from '../../src/text/template.ts';

describe('a template', () => {
  it.each([
    ['profile not found', 'profile not found', {}],
    ['profile not found', '  Profile  not\nfound. ', {}],
    [
      'cannot transition from {from} to {to}',
      'cannot transition from DECEASED to ACTIVE',
      { from: 'DECEASED', to: 'ACTIVE' },
    ],
    ["Field '{field}' is required", "Field 'owner.name' is required", { field: 'owner.name' }],
    [
      '{field}: list has {count} items, max {max}',
      'domains: list has 120 items, max 100',
      { field: 'domains', count: '120', max: '100' },
    ],
    ['{}expired{}', 'Your key expired yesterday', {}],
    ['{}expired{}', 'expired', {}],
    ['{a} is {a}', 'x is y', { a: 'y' }],
    ['You may not.{}', 'You may not. Ask for it.', {}],
    ['You may not.{}', 'You may not', {}],
  ])('%j fits %j', (template, message, values) => {
    expect(matchTemplate(template, message)).toEqual(values);
  });

  it.each([
    ['profile not found', 'profile not found here'],
    ['profile not found', 'the profile not found'],
    ['You may not.{}', 'You may not pass. Ask for it.'],
    ['{field} is required', 'one of a or b is required'],
    ['{field} is required', ' is required'],
    ['cannot transition from {from} to {to}', 'cannot transition from  to ACTIVE'],
    ['{}expired{}', 'expires soon'],
    ['', 'anything'],
  ])('%j does not fit %j', (template, message) => {
    expect(matchTemplate(template, message)).toBeNull();
  });

  it('keeps the case of values although the message is compared without it', () => {
    expect(matchTemplate('STATUS {s}!', 'status AcTive!')).toEqual({ s: 'AcTive' });
  });

  it('stays aligned when a letter grows in lower case', () => {
    expect(matchTemplate('{a} x {b}', 'İİİ x Y')).toEqual({ a: 'İİİ', b: 'Y' });
  });

  it('is filled with values, and keeps the placeholders that have none', () => {
    expect(fillTemplate('{count} of {max}', { count: '3' })).toBe('3 of {max}');
    expect(fillTemplate('{constructor}', {})).toBe('{constructor}');
  });

  it('counts its literal characters', () => {
    expect(literalLength('{field} is required')).toBe(' is required'.length);
  });

  it('is matched in linear time, whatever the message', () => {
    // A backtracking matcher would not return within the test's lifetime.
    const message = 'a'.repeat(200_000);
    expect(matchTemplate('{}a{}a{}a{}a{}a{}a{}a{}b', message)).toBeNull();
  });
});
