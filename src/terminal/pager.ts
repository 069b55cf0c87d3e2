import { spawn } from 'node:child_process';
import type { Effects, Output } from '../model/effects.ts';
import { terminalSafe } from '../render/text.ts';
import type { Terminal } from './terminal.ts';

/** Default options of `less`, as in git: quit if everything fits on the screen, keep colours, do not clear the screen. */
const LESS = 'FRX';

/**
 * Writes a text to standard output, page by page if it is a terminal and the text is longer than the screen. PAGER is
 * the command that shows pages, `less` by default; if it is empty or `cat`, there are no pages.
 */
export async function writePaged(text: string, { effects, out, secrets }: Terminal): Promise<void> {
  const pager = pagerFor(text, effects);
  if (pager !== null && (await page(pager, terminalSafe(secrets.redact(text)), effects))) return;
  await out.write(text);
}

function pagerFor(text: string, { stdout, stdin, env }: Effects): string | null {
  if (stdout.isTTY !== true || stdin.isTTY !== true || env.TERM === 'dumb') return null;
  if (text.split('\n').length <= (stdout.rows ?? 24)) return null;
  const pager = env.PAGER?.trim() ?? 'less';
  return pager === '' || pager === 'cat' ? null : pager;
}

/** Lets a pager show a text; false if there is no such program. */
function page(pager: string, text: string, { stdout, env, cwd }: Effects): Promise<boolean> {
  const isProcess = (stdout as Output & { fd?: number }).fd !== undefined;
  const child = spawn(pager, {
    shell: true,
    cwd,
    env: { LESS, LV: '-c', ...env },
    stdio: ['pipe', isProcess ? 'inherit' : 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    // A shell exits with 126 or 127 if it cannot run the program (POSIX.1-2024, XCU 2.8.2).
    child.on('close', (code) => resolve(code !== 126 && code !== 127));
    child.stdout?.on('data', (piece) => stdout.write(piece));
    // Nobody has to read to the end.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(text);
  });
}
