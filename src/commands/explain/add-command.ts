import { builtIn } from '../../catalogs/index.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import type { Result } from '../../model/report.ts';
import { shellCommand } from '../../text/shell.ts';

/** How the error was given to `explain`. */
interface Given {
  input: string | undefined;
  /** True if the input is a text from elsewhere. */
  isText?: boolean;
  status?: number | undefined;
}

/** Longer texts are not repeated in a command. */
const LONGEST = 200;

/**
 * A result with the command that adds its error to the catalog of its API, if that is a catalog of the user's own which
 * does not have it.
 */
export function withAddCommand(result: Result, { input, isText, status }: Given, { apis }: Knowledge): Result {
  const { diagnosis, response, name } = result;
  if (diagnosis === null || response === null || name !== null) return result;
  if (diagnosis.documented || (diagnosis.status === null && diagnosis.code === null)) return result;
  const { kind } = diagnosis.answeredBy;
  const api = apis.find(({ id }) => id === diagnosis.api);
  if (api === undefined || builtIn.apis.includes(api) || (kind !== 'api' && kind !== 'unknown')) return result;
  const positionals = input === undefined || input === '-' || isText === true || input.length > LONGEST ? [] : [input];
  return {
    ...result,
    add: shellCommand({
      program: ['errprobe', 'catalog', 'add'],
      positionals,
      options: [['--api', api.id], ...(status === undefined ? [] : [['--status', String(status)]])],
    }),
  };
}
