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

/** Every command, in the order of the help. */
export const COMMANDS: ((start: Start) => Command)[] = [
  callCommand,
  explainCommand,
  checkCommand,
  auditCommand,
  initCommand,
  apisCommand,
  doctorCommand,
  historyCommand,
  reportCommand,
  triageCommand,
  catalogCommand,
  mockCommand,
  mcpCommand,
  completionCommand,
  exitCodesCommand,
];
