import { describe, expect, it } from 'vitest';
import { hasLinks, linked } from '../../src/render/link.ts';
import { terminalSafe } from '../../src/render/text.ts';
import { run } from '../helpers/terminal.ts';

const link = (to: string, text = to) => `\u001b]8;;${to}\u001b\\${text}\u001b]8;;\u001b\\`;

describe('links', () => {
  it.each<[boolean, boolean, Record<string, string>]>([
    [true, true, { TERM_PROGRAM: 'iTerm.app' }],
    [true, true, { TERM: 'xterm-kitty' }],
    [true, true, { TERM: 'xterm-256color', VTE_VERSION: '7600' }],
    [true, true, { WT_SESSION: 'a' }],
    [true, false, { FORCE_HYPERLINK: '1' }],
    [false, true, { TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' }],
    [false, false, { TERM: 'xterm-kitty' }],
    [false, true, { TERM: 'xterm-256color' }],
    [false, true, { TERM: 'xterm', VTE_VERSION: '5000' }],
    [false, true, { TERM: 'dumb', TERM_PROGRAM: 'vscode' }],
    [false, true, { TERM: 'xterm-kitty', CI: 'true' }],
  ])('are shown: %s on a terminal %s with %j', (expected, isTerminal, env) => {
    expect(hasLinks(isTerminal, env)).toBe(expected);
  });

  it('are made of URLs without the punctuation of the sentence, and of addresses', () => {
    expect(linked('See https://a.example/b?c=d#e, (http://f.example/) and x.y@g.example.')).toBe(
      `See ${link('https://a.example/b?c=d#e')}, (${link('http://f.example/')}) and ${link('mailto:x.y@g.example', 'x.y@g.example')}.`,
    );
    expect(linked('RFC 9110, section 5.1: a@b')).toBe('RFC 9110, section 5.1: a@b');
  });

  it('reach the terminal only if they show where they lead to', () => {
    for (const honest of [linked('https://a.example/x'), linked('mail a@b.example')]) {
      expect(terminalSafe(honest)).toBe(honest);
    }
    for (const other of [
      link('https://evil.example', 'https://good.example'),
      link('https://evil.example', 'here'),
      '\u001b]8;;https://a.example\u0007https://a.example\u001b]8;;\u0007',
      '\u001b]8;id=1;a\u001b\\a\u001b]8;;\u001b\\',
      '\u001b]0;title\u001b\\',
    ]) {
      expect(terminalSafe(other)).not.toContain('\u001b');
    }
  });

  it('are in Docs and Help, where the terminal has them', async () => {
    const input = 'HTTP/1.1 404 Not Found\r\n\r\n{"message":"no","documentation_url":"https://docs.example/rest"}';
    const env = { TERM: 'xterm-kitty', NO_COLOR: '1' };
    expect((await run(['explain'], { input, env, tty: true })).stdout).toContain(link('https://docs.example/rest'));
    expect((await run(['explain'], { input, env })).stdout).not.toContain('\u001b');
    expect((await run(['explain', '404'], { env, tty: true })).stdout).toContain(
      link('https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5'),
    );
    expect((await run(['explain', '404'])).stdout).not.toContain('rfc-editor');
    const { stdout } = await run(['explain', 'raptor-comply/expired-api-key'], { env, tty: true });
    expect(stdout).toContain(link('mailto:support@raptormaps.com', 'support@raptormaps.com'));
  });
});
