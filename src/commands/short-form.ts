import { isFile } from '../input/read-source.ts';
import { isFolder } from './explain/inputs.ts';

/** Options of `explain` that may stand first when an error is piped in. */
const OF_EXPLAIN =
  /^(?:--status|--api|--format|--header|-H|--brief|--last|--clipboard|--exit-status|-v|--verbose)(?:=|$)/;

/** Options of `call` that send a body. */
const SENDS = /^(?:-d|--data|--json)(?:=|$)/;

/** Words that are no mistyped command: a status, a code, the ID of an entry, or the text of an error. */
const EXPLAINABLE = /^\d{3}$|[A-Z_/\s{}[\]"':]/;

/**
 * The arguments with the command that their short form stands for: a URL is called; a file, a status,
 * a code, a text or piped input is explained. A command stays a command; an unknown word that could
 * be a mistyped one, too.
 */
export async function inLongForm(argv: string[], commands: string[], isPiped: boolean, cwd: string): Promise<string[]> {
  const [first] = argv;
  if (first === undefined) return isPiped ? ['explain'] : argv;
  if (commands.includes(first) || first === 'help') return argv;
  if (/^https?:\/\//i.test(first)) return ['call', argv.some((word) => SENDS.test(word)) ? 'POST' : 'GET', ...argv];
  if (first === '-' || (first.startsWith('-') && isPiped && OF_EXPLAIN.test(first))) return ['explain', ...argv];
  if (first.startsWith('-')) return first === '--clipboard' ? ['explain', ...argv] : argv;
  const isPath = (await isFile(first, cwd)) || (await isFolder(first, cwd));
  return EXPLAINABLE.test(first) || isPath ? ['explain', ...argv] : argv;
}
