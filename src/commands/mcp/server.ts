import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Effects } from '../../model/effects.ts';
import { version } from '../../version.ts';
import type { Tool } from './tools.ts';

/** Runs a tool; null for one that does not exist. */
type Call = (
  name: string,
  given: Record<string, never>,
  signal: AbortSignal,
) => Promise<{ text: string; isError: boolean } | null>;

/** Speaks the protocol on the standard streams; returns a function that stops it. */
export async function serve(
  tools: Omit<Tool, 'commandLine'>[],
  call: Call,
  { stdin, stdout }: Pick<Effects, 'stdin' | 'stdout'>,
): Promise<() => Promise<void>> {
  const server = new Server({ name: 'errprobe', version }, { capabilities: { tools: {} } });
  // The schemas are our own: to check them against that of schemas takes longer than all the rest.
  const ajv = new Ajv2020({ meta: false, validateSchema: false });
  const checks = new Map(tools.map(({ name, inputSchema }) => [name, ajv.compile(inputSchema)]));
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const given = params.arguments ?? {};
    const check = checks.get(params.name);
    if (check === undefined) throw new McpError(ErrorCode.InvalidParams, `there is no tool ${params.name}`);
    if (!check(given)) {
      const [problem] = check.errors ?? [];
      throw new McpError(ErrorCode.InvalidParams, `${problem?.instancePath || 'the arguments'}: ${problem?.message}`);
    }
    const answer = await call(params.name, given as Record<string, never>, signal);
    const { text, isError } = answer ?? { text: '', isError: true };
    return { content: [{ type: 'text' as const, text }], isError };
  });
  await server.connect(new StdioServerTransport(stdin, stdout));
  return () => server.close();
}
