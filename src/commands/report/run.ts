import { platform, release } from 'node:os';
import { isSensitiveHeader } from '../../http/sensitive.ts';
import type { Report } from '../../model/report.ts';
import { renderJson } from '../../render/json.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { version } from '../../version.ts';
import { type ExplainArguments, explainArguments } from '../explain/run.ts';

/**
 * Runs `report`: writes a support ticket for the last call, or for anything that `explain` can
 * read; returns the exit code.
 */
export async function runReport(args: ExplainArguments, terminal: Terminal): Promise<number> {
  const nothing = args.input === undefined && args.last === undefined && terminal.effects.stdin.isTTY === true;
  const report = await explainArguments(nothing ? { ...args, last: true } : args, terminal);
  await terminal.out.write(args.format === 'json' ? renderJson(report) : await ticketOf(report));
  return report.exit.code;
}

/** The ticket for a report, in Markdown; its renderer is loaded lazily. */
export async function ticketOf(report: Report): Promise<string> {
  const { renderTicket } = await import('../../render/error/ticket.ts');
  const client = `errprobe ${version}, ${platform()} ${release()}`;
  return renderTicket(report, client, isSensitiveHeader);
}
