import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/text/charset.ts';

const bytes = (text: string, encoding: BufferEncoding = 'latin1') => Buffer.from(text, encoding);
const swapped = (text: string) => bytes(text, 'utf16le').swap16();
const JSON_TYPE = 'application/json';

describe('the text of bytes', () => {
  it.each<[string, Buffer, string | undefined, string]>([
    ['a byte order mark', bytes('\ufeff{"a":"ü"}', 'utf16le'), JSON_TYPE, '{"a":"ü"}'],
    ['a mark of the other order', swapped('\ufeff{"a":"ü"}'), JSON_TYPE, '{"a":"ü"}'],
    ['a mark rather than the media type', bytes('\ufeffü', 'utf8'), 'text/plain; charset=iso-8859-1', 'ü'],
    ['the media type', bytes('Schlüssel ungültig'), 'text/plain; charset=ISO-8859-1', 'Schlüssel ungültig'],
    ['a label in quotes', bytes('ü'), 'text/plain;format=flowed; Charset="latin1"', 'ü'],
    ['a label of Windows', Buffer.from([0x80]), 'text/plain; charset=windows-1252', '€'],
    ['Shift_JIS', Buffer.from([0x83, 0x4c, 0x81, 0x5b]), 'text/plain; charset=Shift_JIS', 'キー'],
    ['UTF-16 by its label', bytes('über', 'utf16le'), 'text/plain; charset=utf-16', 'über'],
    ['UTF-16 without mark or label', bytes('{"a":1}', 'utf16le'), undefined, '{"a":1}'],
    ['UTF-16 of the other order without mark or label', swapped('{"a":1}'), undefined, '{"a":1}'],
    [
      'the declaration of XML',
      bytes('<?xml version="1.0" encoding="ISO-8859-1"?><e>ü</e>'),
      'application/xml',
      '<?xml version="1.0" encoding="ISO-8859-1"?><e>ü</e>',
    ],
    [
      'the declaration of HTML',
      bytes('<html><head><meta charset=latin1></head>ü'),
      'text/html',
      '<html><head><meta charset=latin1></head>ü',
    ],
    [
      'the old declaration of HTML',
      bytes('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">ü'),
      undefined,
      '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">ü',
    ],
    [
      'no declaration that JSON only quotes',
      bytes('{"a":"<meta charset=latin1> ü"}', 'utf8'),
      JSON_TYPE,
      '{"a":"<meta charset=latin1> ü"}',
    ],
    ['UTF-8 where the label is unknown', bytes('ü', 'utf8'), 'text/plain; charset=klingon', 'ü'],
    ['UTF-8 where nothing is said', bytes('ü', 'utf8'), undefined, 'ü'],
    ['nothing', Buffer.alloc(0), undefined, ''],
  ])('is read by %s', (_, given, type, expected) => {
    expect(textOf(given, type)).toBe(expected);
  });
});
