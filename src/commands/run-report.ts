import { platform, release } from 'node:os';
import { isSensitiveHeader } from '../http/sensitive.ts';
import { renderJson } from '../render/json.ts';
import type { Report } from '../report.ts';
import type { Surface } from '../surface.ts';
import { version } from '../version.ts';
import { type ExplainArguments, explainArguments } from './run-explain.ts';

/**
 * Runs `report`: a ticket for the API's support from the last call, or from whatever `explain` can read; returns the exit
 * code.
 */
export async function runReport(args: ExplainArguments, surface: Surface): Promise<number> {
  const nothing = args.input === undefined && args.last === undefined && surface.effects.stdin.isTTY === true;
  const report = await explainArguments(nothing ? { ...args, last: true } : args, surface);
  await surface.out.write(args.format === 'json' ? renderJson(report) : await ticketOf(report));
  return report.exit.code;
}

/** The ticket for a report, in Markdown; its renderer is loaded only here. */
export async function ticketOf(report: Report): Promise<string> {
  const { renderTicket } = await import('../render/ticket.ts');
  const client = `errprobe ${version}, ${platform()} ${release()}`;
  return renderTicket(report, client, isSensitiveHeader);
}
