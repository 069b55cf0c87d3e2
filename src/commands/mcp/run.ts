import { resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { UsageError } from '../../model/errors.ts';
import { exitOf } from '../../model/report.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { loadConfig } from '../loaded-config.ts';
import { serve } from './server.ts';
import { type Allowed, type CommandLine, type Tool, toolsFor } from './tools.ts';

/** The command line of `mcp`. */
export interface McpArguments {
  allowCall?: boolean;
  allowFolder?: string;
}

/**
 * Serves tools to an assistant until it closes standard input; returns the exit code. Each tool runs a command of errprobe,
 * so that nothing comes out that the command would not show.
 */
export async function runMcp(args: McpArguments, terminal: Terminal): Promise<number> {
  const { effects } = terminal;
  const tools = toolsFor(await allowedBy(args, terminal));
  const { problem } = await serve(
    tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
    async (name, given, signal) => {
      const tool = tools.find((one) => one.name === name);
      return tool === undefined ? null : await answerOf(tool, given, signal, terminal);
    },
    effects,
  );
  if (problem !== null) throw new UsageError(`cannot write standard output: ${problem}`);
  return 0;
}

async function allowedBy({ allowCall, allowFolder }: McpArguments, terminal: Terminal): Promise<Allowed> {
  const { effects, secrets } = terminal;
  const { layers } = await loadConfig(effects, secrets);
  const configured = [...new Set(layers.flatMap(({ value }) => Object.keys(value.apis ?? {})))];
  if (allowCall === true && configured.length === 0) {
    throw new UsageError('--allow-call sends requests only to the APIs of a config, and there is none: errprobe init');
  }
  const folder = allowFolder === undefined ? null : resolve(effects.cwd, allowFolder);
  return { apis: allowCall === true ? configured : [], folder };
}

/** What the command of a tool prints. */
async function answerOf(tool: Tool, given: Record<string, never>, signal: AbortSignal, { run, effects }: Terminal) {
  let line: CommandLine;
  try {
    line = tool.commandLine(given);
  } catch (error) {
    if (error instanceof UsageError) return { text: error.message, isError: true };
    throw error;
  }
  const [stdout, stderr] = [new Kept(), new Kept()];
  const stdin = Object.assign(Readable.from(line.input === undefined ? [] : [Buffer.from(line.input)]), {
    isTTY: false,
  });
  const both = AbortSignal.any([signal, effects.signal]);
  const code = await run(line.argv, { stdin, stdout, stderr, signal: both });
  const isError = code === exitOf('usage').code || code === exitOf('bug').code;
  return { text: isError || stdout.text === '' ? stderr.text : stdout.text, isError };
}

/** A stream that keeps what is written to it. */
class Kept extends Writable {
  readonly isTTY = false;
  private readonly chunks: Buffer[] = [];

  override _write(chunk: Buffer | string, _: BufferEncoding, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    done();
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }
}
