import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandLines } from '../../src/render/error/command-lines.ts';
import { shellCommand } from '../../src/text/shell.ts';

describe('the lines of a command', () => {
  it('break between words and go on with a backslash', () => {
    const command =
      "errprobe call POST https://api.example.com/orders -H 'Content-Type: application/json' -d '{\"a\": 1}'";
    expect(commandLines(command, 60)).toEqual([
      'errprobe call POST https://api.example.com/orders \\',
      "  -H 'Content-Type: application/json' -d '{\"a\": 1}'",
    ]);
    expect(commandLines(command, 200)).toEqual([command]);
  });

  it('are as wide as told, but for a word that is longer', () => {
    for (const width of [40, 80, 120])
      for (const line of commandLines(`curl ${'-H x:y '.repeat(50)}https://${'a'.repeat(90)}`, width))
        expect(line.length <= width || line.trim().startsWith('https:')).toBe(true);
  });

  it('are one command for a shell', () => {
    const words = fc.array(fc.string({ unit: 'grapheme-ascii' }), { minLength: 1, maxLength: 12 });
    const samples = fc.sample(words, 40);
    const plain = samples.map((all) => shellCommand({ program: ['show'], positionals: all, options: [] }));
    const script = (commands: string[]) => `show() { printf '<%s>' "$@"; echo; }\n${commands.join('\n')}`;
    const said = (commands: string[]) => execFileSync('sh', ['-c', script(commands)], { encoding: 'utf8' });
    expect(said(plain.map((command) => commandLines(command, 30).join('\n')))).toBe(said(plain));
  });
});
