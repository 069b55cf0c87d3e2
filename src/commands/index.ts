import type { Command } from 'commander';
import { apisCommand } from './apis/command.ts';
import { auditCommand } from './audit/command.ts';
import { callCommand } from './call/command.ts';
import { catalogCommand } from './catalog/command.ts';
import { checkCommand } from './check/command.ts';
import type { Start } from './command.ts';
import { completionCommand } from './completion/command.ts';
import { doctorCommand } from './doctor/command.ts';
import { exitCodesCommand } from './exit-codes/command.ts';
import { explainCommand } from './explain/command.ts';
import { historyCommand } from './history/command.ts';
import { initCommand } from './init/command.ts';
import { mcpCommand } from './mcp/command.ts';
import { mockCommand } from './mock/command.ts';
import { reportCommand } from './report/command.ts';
import { triageCommand } from './triage/command.ts';

/** Every command by its name, in the order of the help. */
export const COMMANDS: Record<string, (start: Start) => Command> = {
  call: callCommand,
  explain: explainCommand,
  check: checkCommand,
  audit: auditCommand,
  init: initCommand,
  apis: apisCommand,
  doctor: doctorCommand,
  history: historyCommand,
  report: reportCommand,
  triage: triageCommand,
  catalog: catalogCommand,
  mock: mockCommand,
  mcp: mcpCommand,
  completion: completionCommand,
  'exit-codes': exitCodesCommand,
};
