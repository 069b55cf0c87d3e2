import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { main } from '../../src/cli.ts';
import type { Effects, Output } from '../../src/model/effects.ts';

/** The outcome of a run of errprobe. */
export interface Run {
  code: number;
  stdout: string;
  stderr: string;
  /** Each wait in milliseconds; no real time passes. */
  waits: number[];
}

/** An empty folder, so that none of the machine's configs is found. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'errprobe-test-'));
}

/**
 * Runs errprobe in this process. Time advances only by its waits, random numbers are 0.5, and ids
 * are consecutive.
 */
export async function run(
  argv: string[],
  given: Partial<Effects> & {
    input?: string | Buffer;
    columns?: number | undefined;
    rows?: number;
    tty?: boolean;
  } = {},
): Promise<Run> {
  const waits: number[] = [];
  let now = Date.parse('2026-03-01T12:00:00Z');
  let ids = 0;
  const folder = given.cwd ?? emptyFolder();
  const { input, rows, tty = false, ...effects } = given;
  const columns = 'columns' in given ? given.columns : 80;
  const stdout = capture(columns, tty, rows);
  const stderr = capture(columns, tty);
  const stdin = Object.assign(input === undefined ? new PassThrough() : Readable.from([Buffer.from(input)]), {
    isTTY: input === undefined,
  });
  const code = await main(argv, {
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { HOME: folder, ...given.env },
    cwd: folder,
    now: () => now,
    random: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
    },
    ...effects,
    ...(given.env === undefined ? {} : { env: { HOME: folder, ...given.env } }),
  });
  return { code, stdout: stdout.text(), stderr: stderr.text(), waits };
}

function capture(columns: number | undefined, isTTY: boolean, rows?: number): { stream: Output; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const cursor = { cursorTo: () => true, clearLine: () => true, moveCursor: () => true };
  return {
    stream: Object.assign(stream, {
      ...(columns === undefined ? {} : { columns }),
      ...(rows === undefined ? {} : { rows }),
      isTTY,
      ...cursor,
    }),
    text: () => Buffer.concat(chunks).toString(),
  };
}
