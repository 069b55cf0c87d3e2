import { Chalk } from 'chalk';

/** No colour, or the basic ones. */
export type ColorLevel = 0 | 1;

/**
 * The colour level of a stream: set by the option, else FORCE_COLOR, NO_COLOR (no-color.org) or
 * NODE_DISABLE_COLORS, CLICOLOR_FORCE, CLICOLOR (bixense.com/clicolors), the first of these that is
 * set; else colour if the stream is a known terminal that is not dumb. FORCE_COLOR overrides
 * NO_COLOR, as in Node.js.
 *
 * @param option true for --color, false for --no-color
 */
export function colorLevelOf(
  option: boolean | undefined,
  isTerminal: boolean,
  env: Record<string, string | undefined>,
): ColorLevel {
  const { FORCE_COLOR: force, NO_COLOR: no = '', NODE_DISABLE_COLORS: disabled = '' } = env;
  const { CLICOLOR_FORCE: always = '', CLICOLOR: wanted } = env;
  if (option !== undefined) return option ? 1 : 0;
  if (force !== undefined) return ['', '1', '2', '3', 'true'].includes(force) ? 1 : 0;
  if (no !== '' || disabled !== '') return 0;
  if (always !== '' && always !== '0') return 1;
  return wanted !== '0' && isTerminal && isCapable(env) ? 1 : 0;
}

/** True for a terminal that understands control sequences. Windows does not set TERM. */
function isCapable({ TERM: term = '', OS: os }: Record<string, string | undefined>): boolean {
  return term !== 'dumb' && (term !== '' || os === 'Windows_NT');
}

/** The styles of the parts of a report. Colour is never the only carrier of meaning. */
export function styles(level: ColorLevel): Styles {
  if (level === 0) return PLAIN;
  const chalk = new Chalk({ level });
  return {
    error: chalk.red.bold,
    success: chalk.green,
    strong: chalk.bold,
    label: chalk.cyan,
    quiet: chalk.dim,
    yes: chalk.green,
    no: chalk.yellow,
    name: chalk.cyan,
    string: chalk.green,
    number: chalk.yellow,
    literal: chalk.magenta,
  };
}

/** Styles by the parts of a report. */
export type Styles = Record<
  'error' | 'success' | 'strong' | 'label' | 'quiet' | 'yes' | 'no' | 'name' | 'string' | 'number' | 'literal',
  (text: string) => string
>;

const plain = (text: string) => text;

/** Without colour, chalk is not even loaded. */
const PLAIN: Styles = {
  error: plain,
  success: plain,
  strong: plain,
  label: plain,
  quiet: plain,
  yes: plain,
  no: plain,
  name: plain,
  string: plain,
  number: plain,
  literal: plain,
};
