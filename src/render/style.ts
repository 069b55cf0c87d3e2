import { Chalk, type ColorSupportLevel, supportsColor, supportsColorStderr } from 'chalk';

/** How much colour a terminal takes: 0 none, 1 basic, 2 256, 3 all. */
export type ColorLevel = ColorSupportLevel;

/** What the terminal behind a standard stream takes, by its type and the conventions NO_COLOR and FORCE_COLOR. */
export function colorLevelOf(stream: 'stdout' | 'stderr'): ColorLevel {
  const support = stream === 'stdout' ? supportsColor : supportsColorStderr;
  return support ? support.level : 0;
}

/** What the parts of a report look like. Colour never carries a meaning alone. */
export function styles(level: ColorLevel) {
  const chalk = new Chalk({ level });
  return {
    error: chalk.red.bold,
    success: chalk.green,
    strong: chalk.bold,
    label: chalk.cyan,
    quiet: chalk.dim,
    yes: chalk.green,
    no: chalk.yellow,
  };
}

export type Styles = ReturnType<typeof styles>;
