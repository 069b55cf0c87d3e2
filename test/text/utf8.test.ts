import { describe, expect, it, vi } from 'vitest';
import { bytesOfBase64, utf8Length } from '../../src/text/utf8.ts';

describe('utf8Length', () => {
  it.each(['', 'abc', 'é', '€', '😀', '\ud800', 'a\ud800b'])(
    'counts %j as an encoder writes it, also in a browser',
    (text) => {
      const bytes = Buffer.from(text).length;
      expect(utf8Length(text)).toBe(bytes);
      vi.stubGlobal('Buffer', undefined);
      try {
        expect(utf8Length(text)).toBe(bytes);
      } finally {
        vi.unstubAllGlobals();
      }
    },
  );
});

describe('bytesOfBase64', () => {
  it.each(['', 'YTpi', 'YTpiYw==', 'YTpiYw', 'YTpi4', '_-8=', '/+8', 'A', 'AA='])(
    'reads %j as Node.js does',
    (text) => {
      expect(bytesOfBase64(text)).toBe(Buffer.from(text, 'base64').toString('latin1'));
    },
  );
});
