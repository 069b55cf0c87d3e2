import { execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { isAbsolute } from 'node:path';

/** A program to measure: its command, and the file for its standard input. */
// { command: string[], cwd?: string, input?: string, env?: object }

/** True if a command's program exists. */
export function isThere({ command: [program] }) {
  if (isAbsolute(program)) return existsSync(program);
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a program once, as a separate process: seconds, and the peak memory in MB where the system
 * reports it (Linux).
 */
export function time({ command: [program, ...argv], cwd, input, env }) {
  return new Promise((resolve, reject) => {
    const begun = process.hrtime.bigint();
    const stdin = input === undefined ? 'ignore' : openSync(input);
    const child = spawn(program, argv, { cwd, stdio: [stdin, 'ignore', 'pipe'], env: { ...process.env, ...env } });
    let memory = 0;
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const watch = setInterval(() => {
      memory = Math.max(memory, peakOf(child.pid));
    }, 5);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
      if (code === 0) resolve({ seconds, memory });
      else reject(new Error(`${[program, ...argv].join(' ')} ended with ${code}: ${said.slice(0, 500)}`));
    });
  });
}

function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The median of some numbers. */
export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * The medians of programs by name. They take turns, so that a busy moment affects all of them; the
 * first run of each is discarded.
 */
export async function measure(programs, runs) {
  const names = Object.keys(programs);
  const taken = Object.fromEntries(names.map((name) => [name, []]));
  for (let i = 0; i <= runs; i++) {
    for (const name of names) {
      const run = await time(programs[name]);
      if (i > 0) taken[name].push(run);
    }
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      { seconds: median(taken[name].map((run) => run.seconds)), memory: median(taken[name].map((run) => run.memory)) },
    ]),
  );
}

/** A Markdown table; the first row is its header. */
export function table([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const ratio = (value, reference) => `${(value / reference).toFixed(2)}×`;

/** The machine that the measurements were made on. */
export const machine = () => `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`;
