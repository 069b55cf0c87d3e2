import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { LineSplitter } from '../../input/split-lines.ts';
import { type Effects, whenAborted } from '../../model/effects.ts';
import { version } from '../../version.ts';
import type { Tool } from './tools.ts';

/** Runs a tool; null for one that does not exist. */
type Call = (
  name: string,
  given: Record<string, never>,
  signal: AbortSignal,
) => Promise<{ text: string; isError: boolean } | null>;

/** The most bytes of a message. The transport has a limit as well, at which it falls silent. */
const LONGEST_MESSAGE = 8 * 1024 * 1024;

/**
 * Speaks the protocol on the standard streams until the input ends, and what was asked until then is answered, or until
 * the signal aborts.
 *
 * @returns why standard output could not be written; null if it could, or if the assistant has gone
 */
export async function serve(
  tools: Omit<Tool, 'commandLine'>[],
  call: Call,
  { stdin, stdout, signal }: Pick<Effects, 'stdin' | 'stdout' | 'signal'>,
): Promise<{ problem: string | null }> {
  const broken = failureOf(stdout);
  const server = new Server({ name: 'errprobe', version }, { capabilities: { tools: {} } });
  // The schemas are our own: to check them against that of schemas takes longer than all the rest.
  const ajv = new Ajv2020({ meta: false, validateSchema: false });
  const checks = new Map(tools.map(({ name, inputSchema }) => [name, ajv.compile(inputSchema)]));
  const running = new Set<Promise<unknown>>();
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal: cancelled }) => {
    const given = params.arguments ?? {};
    const check = checks.get(params.name);
    if (check === undefined) throw new McpError(ErrorCode.InvalidParams, `there is no tool ${params.name}`);
    if (!check(given)) {
      const [problem] = check.errors ?? [];
      throw new McpError(ErrorCode.InvalidParams, `${problem?.instancePath || 'the arguments'}: ${problem?.message}`);
    }
    const answering = call(params.name, given as Record<string, never>, cancelled);
    running.add(answering);
    const answer = await answering.finally(() => running.delete(answering));
    const { text, isError } = answer ?? { text: '', isError: true };
    return { content: [{ type: 'text' as const, text }], isError };
  });
  const messages = messagesIn(stdin, stdout);
  const ended = once(messages, 'end');
  await server.connect(new StdioServerTransport(messages, stdout));
  await Promise.race([ended, aborted(signal), broken.happened]);
  // The last message is handled after the end of the input, and its answer written after it is there.
  await setImmediate();
  await Promise.allSettled(running);
  await setImmediate();
  await server.close();
  return { problem: broken.problem() };
}

/** Waits for the failure of a stream, which would end the process where nobody listens. */
function failureOf(stream: Effects['stdout']): { happened: Promise<void>; problem: () => string | null } {
  let problem: string | null = null;
  const happened = new Promise<void>((resolve) => {
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE' && code !== 'ERR_STREAM_DESTROYED') problem ??= code ?? message;
      resolve();
    });
  });
  return { happened, problem: () => problem };
}

/** The messages on standard input, a line each in one piece; one that is too long is answered here. */
function messagesIn(stdin: Effects['stdin'], stdout: Effects['stdout']): Readable {
  const messages = new PassThrough();
  const lines = new LineSplitter(
    {
      line: (bytes, from, to) => void messages.write(Buffer.concat([bytes.subarray(from, to), Buffer.from('\n')])),
      tooLong: (beginning) => void stdout.write(`${JSON.stringify(refused(beginning))}\n`),
    },
    LONGEST_MESSAGE,
  );
  stdin
    .on('data', (piece) => lines.push(Buffer.from(piece)))
    .on('error', () => messages.end())
    .on('close', () => messages.end())
    .on('end', () => messages.end());
  return messages;
}

/** The answer to a message of which only the beginning was read. */
function refused(beginning: string): object {
  const id = /"id"\s*:\s*(\d{1,15}|"[\w.-]{1,100}")/.exec(beginning)?.[1];
  const message = `the message is longer than ${LONGEST_MESSAGE / 1024 / 1024} MiB`;
  return {
    jsonrpc: '2.0',
    id: id === undefined ? null : JSON.parse(id),
    error: { code: ErrorCode.InvalidRequest, message },
  };
}

const aborted = (signal: AbortSignal) => new Promise<void>((resolve) => whenAborted(signal, resolve));
