import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from './terminal.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url));

/** The output of the built errprobe, run as a separate process. */
export interface CliRun {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs the built errprobe as a child process, isolated from this machine's configs and keys. */
export function cli(
  argv: string[],
  options: {
    env?: Record<string, string>;
    cwd?: string;
    input?: string | Buffer;
    /** Called with all of stderr so far, for example to interrupt. */
    onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<CliRun> {
  const cwd = options.cwd ?? emptyFolder();
  const child = spawn(process.execPath, [LAUNCHER, ...argv], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    options.onStderr?.(stderr, (signal) => child.kill(signal));
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
