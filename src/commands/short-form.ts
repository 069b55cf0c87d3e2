import { isAddress } from '../http/target.ts';
import { isFile } from '../input/read-source.ts';
import type { Effects } from '../model/effects.ts';
import { nearest } from '../text/nearest.ts';
import { inOwnSpelling, withCurl } from './call/spellings.ts';
import { isFolder } from './explain/inputs.ts';

/** Options of `explain` that may come first when an error is piped in. */
const OF_EXPLAIN =
  /^(?:--status|--api|--format|--header|-H|--brief|--last|--clipboard|--exit-status|-v|--verbose)(?:=|$)/;

/** A method, and what may follow it. */
const METHOD = /^(?:get|head|post|put|patch|delete|options|trace|query)$/i;

/** Ends of host names that no code ends in: `card.declined` is a code, `example.com` is not. */
const DOMAIN =
  /^(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|biz|io|dev|app|ai|cloud|local|test|example|invalid|internal|[a-z]{2})\.?(?=[/?#]|$)/;

/** Certainly no mistyped command: a status, a code, the ID of an entry, or the text of an error. */
const EXPLAINABLE = /^\d{3}$|[A-Z_/\s{}[\]"':]/;

/**
 * The arguments with the command that their short form means, in errprobe's own spelling: a URL
 * or a curl command is called; a file, a status, a code, a text or piped input is explained. A
 * command stays a command; a word that is close to one, too.
 */
export async function inLongForm(
  argv: string[],
  commands: string[],
  isPiped: boolean,
  effects: Effects,
): Promise<string[]> {
  const long = await withCommand(argv, commands, isPiped, effects.cwd);
  return long[0] === 'call' ? inOwnSpelling(await withCurl(long, effects)) : long;
}

async function withCommand(argv: string[], commands: string[], isPiped: boolean, cwd: string): Promise<string[]> {
  const [first] = argv;
  if (first === undefined) return isPiped ? ['explain'] : argv;
  if (commands.includes(first) || first === 'help') return argv;
  if (/^\s*(?:[$%>]\s+)?curl(?:\.exe)?\s/i.test(first)) return ['call', '--from-curl', ...argv];
  if (first === '-' || (first.startsWith('-') && isPiped && OF_EXPLAIN.test(first))) return ['explain', ...argv];
  if (first.startsWith('-')) {
    if (first === '--clipboard') return ['explain', ...argv];
    return argv.some((word) => /^https?:\/\//i.test(word)) ? ['call', ...argv] : argv;
  }
  const isPath = isFile(first, cwd) || isFolder(first, cwd);
  if (!isPath && isCalled(first, argv[1])) return ['call', ...argv];
  const isMistyped = !EXPLAINABLE.test(first) && !isPath && nearest(first, commands) !== null;
  return isMistyped ? argv : ['explain', ...argv];
}

/** True for an address, or a method before a target. A text that begins with an address is not sent there. */
function isCalled(first: string, second: string | undefined): boolean {
  if (METHOD.test(first) && second !== undefined) return second.startsWith('/') || isAddress(second);
  if (/\s/.test(first.trim())) return false;
  const isName = !/^[a-z]+:\/\/|^:|:\d|^localhost\b|^[\d.]+(?:[/?#]|$)|^\[/i.test(first);
  return isAddress(first) && (!isName || DOMAIN.test(first));
}
