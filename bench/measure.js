import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** A program to measure: its command, and the file for its standard input. */
// { command: string[], cwd?: string, input?: string, env?: object }

/**
 * The environment of whatever is measured. With `NODE_EXTRA_CA_CERTS`, Node.js 20 reads all certificates at its start,
 * which takes longer than the rest of it; other variables change what a program does.
 */
export const emptyEnvironment = () => ({
  PATH: process.env.PATH,
  HOME: mkdtempSync(join(tmpdir(), 'errprobe-bench-home-')),
});
const EMPTY = emptyEnvironment();

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
    const child = spawn(program, argv, { cwd, stdio: [stdin, 'ignore', 'pipe'], env: env ?? EMPTY });
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

/**
 * Runs a program once, with the clock of bash beside it: seconds, and seconds of processor time, which a busy machine
 * distorts less.
 */
export function timeInBash({ command, cwd, env }) {
  return new Promise((resolve, reject) => {
    const argv = ['-c', 'TIMEFORMAT="%R %U %S"; time "$@" 2>&3', 'bash', ...command];
    const child = spawn('bash', argv, { cwd, stdio: ['ignore', 'ignore', 'pipe', 'pipe'], env: env ?? EMPTY });
    const said = { 2: '', 3: '' };
    for (const fd of [2, 3]) {
      child.stdio[fd].on('data', (chunk) => {
        said[fd] += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      const [seconds, user, system] = said[2].trim().split('\n').at(-1).split(' ').map(Number);
      if (code === 0) resolve({ seconds, processor: user + system });
      else reject(new Error(`${command.join(' ')} ended with ${code}: ${(said[2] + said[3]).slice(0, 500)}`));
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
 *
 * @param one runs a program once
 */
export async function measure(programs, runs, one = time) {
  const names = Object.keys(programs);
  const taken = Object.fromEntries(names.map((name) => [name, []]));
  for (let i = 0; i <= runs; i++) {
    for (const name of names) {
      const run = await one(programs[name]);
      if (i > 0) taken[name].push(run);
    }
  }
  const medians = (all) =>
    Object.fromEntries(Object.keys(all[0] ?? {}).map((key) => [key, median(all.map((run) => run[key]))]));
  return Object.fromEntries(names.map((name) => [name, medians(taken[name])]));
}

/** A Markdown table; the first row is its header. */
export function table([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const ratio = (value, reference) => `${(value / reference).toFixed(2)}×`;

/** The machine that the measurements were made on. */
export const machine = () => `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`;
