import { execFile } from 'node:child_process';
import { UsageError } from '../model/errors.ts';
import { installed } from './installed.ts';

/** The tools that print the clipboard, by system; the first one that works is used. */
const TOOLS: [command: string, args: string[]][] = [
  ['pbpaste', []],
  ['wl-paste', ['--no-newline']],
  ['xclip', ['-selection', 'clipboard', '-out']],
  ['xsel', ['--clipboard', '--output']],
  ['powershell.exe', ['-NoProfile', '-Command', 'Get-Clipboard -Raw']],
];

/** The longest time that a tool may take, in milliseconds. */
const LONGEST = 5000;
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * The text of the clipboard, and the tool that printed it.
 *
 * @throws UsageError if no tool works, or the clipboard is empty
 */
export async function readClipboard(
  env: Record<string, string | undefined>,
  cwd: string,
  signal: AbortSignal,
): Promise<{ text: string; tool: string }> {
  for (const [tool, args] of TOOLS) {
    const path = installed(tool, env.PATH ?? '', cwd);
    const text = path === null ? null : await output(path, args, env, signal);
    if (text === null) continue;
    if (text.trim() === '') throw new UsageError(`the clipboard is empty, says ${tool}`);
    return { text, tool };
  }
  throw new UsageError(`--clipboard needs one of ${TOOLS.map(([tool]) => tool).join(', ')}; none of them works here`);
}

function output(
  tool: string,
  args: string[],
  env: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    execFile(
      tool,
      args,
      { env, signal, timeout: LONGEST, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES },
      (error, stdout) => {
        if (signal.aborted) reject(signal.reason as Error);
        else resolve(error === null ? stdout : null);
      },
    );
  });
}
