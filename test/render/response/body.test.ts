import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indented } from '../../../src/json/print.ts';
import { binaryLine, dimensionsOf } from '../../../src/render/response/binary.ts';
import { flowOf } from '../../../src/render/response/flow.ts';
import { renderJsonBody, renderJsonLine } from '../../../src/render/response/json.ts';
import { type BodyKind, isBinary, kindOf } from '../../../src/render/response/kind.ts';
import { renderMarkup } from '../../../src/render/response/markup.ts';
import { markupTokens } from '../../../src/render/response/markup-tokens.ts';
import { styles } from '../../../src/render/style.ts';
import { growthOf, LINEAR } from '../../helpers/cpu-time.ts';

const PLAIN = styles(0);
const COLOR = styles(1);
const ESC = '\u001b';
const withoutColor = (text: string) => text.replaceAll(new RegExp(`${ESC}\\[\\d+m`, 'g'), '');

describe('JSON', () => {
  const ODD = '{"id":12345678901234567890,"e":1e400,"2":"b","1":1.10,"a":1,"a":"x\\u00e9\\/","l":[],"n":null}';

  it('keeps numbers, order, duplicates and escapes', () => {
    expect(renderJsonBody(ODD, PLAIN)).toBe(
      [
        '{',
        '  "id": 12345678901234567890,',
        '  "e": 1e400,',
        '  "2": "b",',
        '  "1": 1.10,',
        '  "a": 1,',
        '  "a": "x\\u00e9\\/",',
        '  "l": [],',
        '  "n": null',
        '}',
      ].join('\n'),
    );
  });

  it('tells names, strings, numbers and literals apart by colour', () => {
    const line = renderJsonLine('{"a": "b", "c": [1, true]}', COLOR);
    expect(line).toBe(
      `{${COLOR.name('"a"')}: ${COLOR.string('"b"')}, ${COLOR.name('"c"')}: [${COLOR.number('1')}, ${COLOR.literal('true')}]}`,
    );
  });

  it('is the same with and without colour', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(withoutColor(renderJsonBody(json, COLOR))).toBe(renderJsonBody(json, PLAIN));
        expect(JSON.parse(renderJsonBody(json, PLAIN))).toEqual(JSON.parse(json));
      }),
    );
  });

  it('cannot control the terminal', () => {
    expect(renderJsonBody('{"a\u202e":"\u009b31m\u200b"}', PLAIN)).toBe('{\n  "a\\u202e": "\\x9b31m\\u200b"\n}');
  });

  it('that is very long keeps its layout', () => {
    const long = `["${'x'.repeat(1024 * 1024)}"]`;
    expect(renderJsonBody(long, COLOR) === indented(long)).toBe(true);
  });
});

describe('markup', () => {
  const xml =
    '<?xml version="1.0"?><a x="1" y=\'>\'><b>text</b><c/><!-- <no> --><d><![CDATA[x<y]]></d><e>in <i>it</i> </e></a>';
  const html =
    '<!DOCTYPE html><html><head><meta charset=utf-8><script>if (a < b) {}</script></head><body><ul><li><a href="x">one</a><li>two</ul><br><pre>a\n  b</pre></body></html>';

  it('is broken between elements, never within text', () => {
    expect(renderMarkup(xml, PLAIN).split('\n')).toEqual([
      '<?xml version="1.0"?>',
      '<a x="1" y=\'>\'>',
      '  <b>text</b>',
      '  <c/>',
      '  <!-- <no> -->',
      '  <d><![CDATA[x<y]]></d>',
      '  <e>in <i>it</i> </e>',
      '</a>',
    ]);
  });

  it('of HTML knows what has no end tag, and what is no markup', () => {
    expect(renderMarkup(html, PLAIN).split('\n')).toEqual([
      '<!DOCTYPE html>',
      '<html>',
      '  <head>',
      '    <meta charset=utf-8>',
      '    <script>if (a < b) {}</script>',
      '  </head>',
      '  <body>',
      '    <ul>',
      '      <li>',
      '      <a href="x">one</a>',
      '      <li>',
      '      two',
      '    </ul>',
      '    <br>',
      '    <pre>a',
      '  b</pre>',
      '  </body>',
      '</html>',
    ]);
  });

  it('that is laid out already keeps its layout', () => {
    const page = '<html>\n<head><title>502</title></head>\n<body>\n</body>\n</html>\n';
    expect(renderMarkup(page, PLAIN)).toBe(page);
    expect(withoutColor(renderMarkup(page, COLOR))).toBe(page);
  });

  it('cannot control the terminal', () => {
    expect(renderMarkup(`<a b="${ESC}[2J">${ESC}]0;x\u0007</a>`, PLAIN)).toBe('<a b="\\x1b[2J">\\x1b]0;x\\x07</a>');
  });

  it('is split into parts that joined are the text, whatever it is', () => {
    const parts = ['<', '>', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '<?', '"', "'", '=', 'a', 'pre', ' ', '\n'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts)), fc.boolean(), (some, isHtml) => {
        const text = some.join('');
        const joined = markupTokens(text, isHtml).map((token) => token.text);
        expect(joined.join('')).toBe(text);
        const shown = withoutColor(renderMarkup(text, COLOR));
        expect(shown.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });

  it.each([
    ['open', '<a>'],
    ['unclosed', '<a '],
    ['void', '<p/>'],
    ['quoted', '<a b="'],
    ['text', '< '],
    ['raw', '<script>'],
  ])('takes linear time (%s)', async (_, unit) => {
    const render = (count: number) => {
      renderMarkup(unit.repeat(2 * count), PLAIN);
      renderMarkup(unit.repeat(count) + '</b>'.repeat(count), PLAIN);
    };
    expect(await growthOf(render, 7500)).toBeLessThan(LINEAR);
  });
});

describe('the kind of a body', () => {
  it.each<[string | undefined, string, BodyKind]>([
    ['application/json; charset=utf-8', '', 'json'],
    ['application/vnd.api+json', '', 'json'],
    ['application/problem+json', '', 'json'],
    ['application/x-ndjson', '', 'json-lines'],
    ['application/jsonl', '', 'json-lines'],
    ['text/event-stream; charset=utf-8', '', 'events'],
    ['text/html', '', 'markup'],
    ['application/xml', '', 'markup'],
    ['image/svg+xml', '', 'markup'],
    ['text/plain', ' {"a":1}', 'json'],
    [undefined, '<a/>', 'markup'],
    [undefined, 'hello', 'text'],
  ])('%s that begins with "%s" is %s', (type, start, kind) => {
    expect(kindOf(type, start)).toBe(kind);
  });

  it.each<[boolean, string, string]>([
    [true, 'a\0b', ''],
    [true, '%PDF-1.7\n', 'application/pdf'],
    [true, '\u0001\u0002\ufffd\ufffdabc', ''],
    [false, 'a\u001b[31mb\r\n\t', ''],
    [false, `${'a'.repeat(50)}\ufffd`, 'text/plain'],
  ])('is binary: %s for %j as "%s"', (expected, text, type) => {
    expect(isBinary(text, type)).toBe(expected);
  });
});

describe('a flow', () => {
  const shown = (kind: BodyKind, pieces: string[]) => {
    const flow = flowOf(kind, PLAIN);
    return [...pieces.map((piece) => flow.push(piece)), flow.end()];
  };

  it('of text shows all at once, but for half a line break', () => {
    expect(shown('text', ['one\r', '\ntwo', ' three\r\n'])).toEqual(['one', '\ntwo', ' three\n', '']);
  });

  it('of events shows each line once it is complete', () => {
    expect(shown('events', ['data: {"a"', ':1}\r\n', '\n: ping\nda', 'ta: x'])).toEqual([
      '',
      'data: {"a":1}\n',
      '\n: ping\n',
      '',
      'data: x',
    ]);
  });

  it('colours the data of events that is JSON', () => {
    const flow = flowOf('events', COLOR);
    expect(flow.push('event: a\ndata: {"b":1}\n')).toBe(
      `${COLOR.label('event')}: a\n${COLOR.label('data')}: {${COLOR.name('"b"')}:${COLOR.number('1')}}\n`,
    );
  });

  it('of JSON lines keeps a document on its line, and one of JSON indents it', () => {
    expect(shown('json-lines', ['{"a":1}\n[2]\nno'])).toEqual(['{"a":1}\n[2]\n', 'no']);
    expect(shown('json', ['{"a":1}\n', '{"b":2}'])).toEqual(['{\n  "a": 1\n}\n', '', '{\n  "b": 2\n}']);
  });

  it('shows the same however it is cut', () => {
    const text = 'event: a\r\ndata: {"x": [1, "é"]}\r\n\r\n{"no":\n plain \u001b[1m\r\n{"a":1}';
    fc.assert(
      fc.property(
        fc.constantFrom<BodyKind>('events', 'json-lines', 'json', 'text'),
        fc.array(fc.integer({ min: 0, max: text.length })),
        (kind, cuts) => {
          const places = [0, ...cuts.sort((a, b) => a - b), text.length];
          const pieces = places.slice(1).map((to, i) => text.slice(places[i], to));
          expect(shown(kind, pieces).join('')).toBe(shown(kind, [text]).join(''));
        },
      ),
    );
  });

  it('does not hold a line without an end', () => {
    const [first = '', second = ''] = shown('events', [`data: ${'x'.repeat(300_000)}`, 'y\u0007\nid: 1\n']);
    expect(first).toHaveLength(300_006);
    expect(second).toBe('y\\x07\nid: 1\n');
  });
});

describe('binary data', () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat([
      ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
    ]);
  const filled = (start: Buffer) => Buffer.concat([start, Buffer.alloc(40)]);
  const SIZE = { width: 640, height: 480 };

  it.each([
    ['PNG', filled(bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 2, 128, 0, 0, 1, 224]))],
    ['GIF', filled(bytes('GIF89a', [128, 2, 224, 1]))],
    ['JPEG', filled(bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc2, 0, 11, 8, 1, 224, 2, 128, 3]))],
    ['WebP', filled(bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 128, 2, 224, 1]))],
    ['WebP', filled(bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8L', [0, 0, 0, 0, 0x2f, 0x7f, 0xc2, 0x77, 0]))],
    ['WebP', filled(bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 127, 2, 0, 223, 1, 0]))],
  ])('of a %s image has its size', (name, image) => {
    expect(dimensionsOf(image)).toEqual(SIZE);
    expect(binaryLine(image, 'image/x', 12_345)).toBe(
      `${name} image, 640 × 480, 12.3 kB (not shown; -o <file> saves it)`,
    );
    for (let end = 0; end < image.length; end++) dimensionsOf(image.subarray(0, end));
  });

  it('is named by its first bytes, else by its type', () => {
    expect(binaryLine(Buffer.from('%PDF-1.7'), 'application/octet-stream', 8)).toMatch(/^PDF document, 8 bytes/);
    expect(binaryLine(Buffer.from([0]), 'application/x-thing; a=b', 1)).toMatch(
      /^binary data, application\/x-thing, 1 byte /,
    );
  });
});
