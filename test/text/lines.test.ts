import { describe, expect, it } from 'vitest';
import { parseLines } from '../../src/text/lines.ts';

describe('a text of one member a line', () => {
  it('is read', () => {
    expect(parseLines('Status: Declined\r\nErrorString: Field is empty\nERROR=1\n')).toEqual({
      Status: 'Declined',
      ErrorString: 'Field is empty',
      ERROR: '1',
    });
  });

  it.each(['one: 1', 'a: 1\nplain words', 'a: 1\na: 2', 'a b: 1\nc: 2', ''])('is not %j', (text) => {
    expect(parseLines(text)).toBeUndefined();
  });
});
