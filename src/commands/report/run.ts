import { platform, release } from 'node:os';
import { isSensitiveHeader } from '../../http/sensitive.ts';
import type { Report } from '../../model/report.ts';
import { renderJson } from '../../render/json.ts';
import { visibleLine } from '../../render/text.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { version } from '../../version.ts';
import { type ExplainArguments, explainArguments } from '../explain/run.ts';
import { outputsOn, sayProblem, withProblem } from '../outputs.ts';

/**
 * Runs `report`: writes a support ticket for the last call that failed, or for anything that `explain`
 * can read; returns the exit code. Standard input is read only if `-` names it, so that a CI job
 * without a terminal gets its ticket, too.
 */
export async function runReport(
  args: ExplainArguments & { output?: string | undefined },
  terminal: Terminal,
): Promise<number> {
  const nothing = args.input === undefined && args.last === undefined && args.status === undefined;
  const files = outputsOn(terminal);
  try {
    const file = await files.open(args.output ?? '-');
    const report = await explainArguments(nothing ? { ...args, last: true } : args, terminal);
    await files.write(file, () => (args.format === 'json' ? renderJson(report) : ticketOf(report)));
    if (files.problem !== null) await sayProblem(files.problem, terminal);
    else if (args.output !== undefined && args.output !== '-')
      await terminal.err.write(`Wrote ${visibleLine(args.output)}.\n`);
    return withProblem(report, files.problem).exit.code;
  } finally {
    await files.close();
  }
}

/** The ticket for a report, in Markdown; its renderer is loaded lazily. */
export async function ticketOf(report: Report): Promise<string> {
  const { renderTicket } = await import('../../render/error/ticket.ts');
  const client = `errprobe ${version}, ${platform()} ${release()}`;
  return renderTicket(report, client, isSensitiveHeader);
}
