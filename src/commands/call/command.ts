import { Command } from 'commander';
import type { OutputFlags, Start } from '../command.ts';
import {
  allowEnvOption,
  apiOption,
  collect,
  colorOption,
  duration,
  formatOption,
  headersOf,
  noColorOption,
  pairs,
  retryOption,
  timeoutOption,
} from '../options.ts';
import type { CallArguments } from './prepare.ts';

interface CallFlags extends OutputFlags {
  allowEnv?: string[];
  api?: string;
  data?: string;
  query?: string[];
  header?: string[];
  retry?: number | true;
  maxWait?: number;
  timeout?: number;
  idempotencyKey?: string | true;
  retryUnsafe?: boolean;
  format: 'pretty' | 'json';
  include?: boolean;
  dryRun?: boolean;
  curl?: boolean;
  har?: string;
  report?: string;
  history: boolean;
  mock?: string | true;
}

/** `call`: send a request, and explain the error that comes back. */
export function callCommand(start: Start): Command {
  return new Command('call')
    .description('send a request and, when an error comes back, explain it')
    .argument('<method>', 'GET, POST, …')
    .argument('<path-or-url>', 'a path relative to the base URL of the API, or a full URL')
    .addOption(apiOption())
    .option('-d, --data <json|@file|->', 'the request body; @ reads a file, - reads standard input')
    .option('-q, --query <name=value>', 'add a query parameter (repeatable)', collect)
    .option('-H, --header <name: value>', 'set a header, or remove it by giving no value (repeatable)', collect)
    .addOption(retryOption())
    .option('--max-wait <duration>', 'the longest single wait, such as 500ms, 2s or 1m (default: 1m)', duration)
    .addOption(timeoutOption())
    .option('--idempotency-key [value]', 'send an Idempotency-Key header (default: a random key)')
    .option('--retry-unsafe', 'also retry requests that might then be carried out twice')
    .addOption(formatOption())
    .option('-i, --include', 'print the status line and headers before the body')
    .option('-v, --verbose', 'show the request, the headers and the timings on stderr')
    .option('--quiet', 'hide the diagnosis; waits are still shown')
    .addOption(colorOption())
    .addOption(noColorOption())
    .option('--dry-run', 'show the request and the retry plan, and send nothing')
    .option('--curl', 'print the equivalent curl command, and send nothing')
    .option('--har <file>', 'write all attempts to a HAR 1.2 file, redacted')
    .option('--report <file>', 'write a support ticket: JSON if the name ends in .json, otherwise Markdown')
    .option('--no-history', 'do not save this call for explain --last and report')
    .addOption(allowEnvOption())
    .option('--mock [script]', 'use the built-in mock; a script lists its responses: 429,expired-api-key,200')
    .action((method: string, target: string, flags: CallFlags) => {
      const args = callArguments(method, target, flags);
      return start(flags, async (terminal) => {
        const { runCall } = await import('./run.ts');
        return runCall(args, flags, terminal);
      });
    });
}

/** @throws UsageError for a malformed header or query */
function callArguments(method: string, target: string, flags: CallFlags): CallArguments {
  return {
    ...flags,
    method,
    target,
    query: pairs(flags.query, '=', '--query'),
    headers: headersOf(flags.header),
    maxWaitMs: flags.maxWait,
    timeoutMs: flags.timeout,
  };
}
