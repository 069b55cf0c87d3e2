import { once } from './once.ts';

/** Shell expressions that strip what does not belong to the key. All of them are POSIX. */
const REPAIRS = {
  scheme: (name: string) => `\${${name}##* }`,
  name: (name: string) => `\${${name}#*=}`,
  // A double quote, a single quote and a backtick.
  quotes: (name: string) => `$(printf %s "$${name}" | tr -d '\\042\\047\\140')`,
  spaces: (name: string) => `$(printf %s "$${name}" | tr -d '[:space:]')`,
  invisible: (name: string) => `$(printf %s "$${name}" | LC_ALL=C tr -cd '\\041-\\176')`,
  'line-breaks': (name: string) => `$(printf %s "$${name}" | tr -d '\\r\\n')`,
};

/** An environment variable, possibly with something stripped from it. */
export interface Variable {
  variable: string;
  strip?: keyof typeof REPAIRS;
}

/** One word of a command: a literal text, or a concatenation of texts and variables. */
export type Word = string | (string | Variable)[];

/** A command in typed words. */
export interface Command {
  /** Variables set for this command only. */
  assign?: [variable: string, value: Word][];
  /** The program and its subcommand. */
  program: readonly string[];
  positionals: Word[];
  /** Options, each with its value if it has one. */
  options: Word[][];
  /** The separator of the parts: a space, or a line continuation. */
  separator?: string;
}

/**
 * Renders a command as a line for a POSIX shell (POSIX.1-2024, XCU section 2) that is safe to
 * paste. No other code turns text into shell: each word reaches the program verbatim, and only
 * variables are expanded. The line contains no control characters, since a shell's line editor
 * obeys them before the shell sees a quote.
 */
export function shellCommand({ assign = [], program, positionals, options, separator = ' ' }: Command): string {
  const settings = assign.map(([name, value]) => shellAssignment(name, value)).filter((text) => text !== '');
  const operands = positionals.map(shellWord);
  const flags = options.map((words) => words.map(shellWord).join(' '));
  // An operand that looks like an option has to follow `--`.
  const guarded = operands.some((word) => /^['"]?-/.test(word));
  const rest = guarded ? [...flags, '--', ...operands] : [...operands, ...flags];
  return [[...settings, program.join(' ')].join(' '), ...rest].join(separator);
}

/** Sets a variable: `NAME=value`; empty if the name is not valid in a shell. */
export function shellAssignment(name: string, value: Word): string {
  return isVariable(name) ? `${name}=${shellWord(value)}` : '';
}

/** A word for a POSIX shell: bare if no character in it is special, else quoted. */
export function shellWord(word: Word): string {
  const parts = typeof word === 'string' ? [word] : joinTexts(word);
  if (parts.some((part) => typeof part === 'string' && cannotBeShown(part))) return "'<cannot be shown>'";
  if (parts.length > 1 && parts.every(isPlain))
    return `"${parts.map((part, i) => inQuotes(part, parts[i + 1])).join('')}"`;
  const words = parts.map((part) => (typeof part === 'string' ? literal(part) : `"${expansion(part)}"`));
  return words.length === 0 ? "''" : words.join('');
}

/** Joins adjacent texts in the parts of a word. */
function joinTexts(parts: (string | Variable)[]): (string | Variable)[] {
  const joined: (string | Variable)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
}

/** True for a valid name of a shell variable. */
function isVariable(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

function expansion({ variable, strip }: Variable): string {
  if (!isVariable(variable)) return '<value>';
  return strip === undefined ? `$${variable}` : REPAIRS[strip](variable);
}

/** True for a part that is literal between double quotes. */
const isPlain = (part: string | Variable): boolean =>
  typeof part === 'string' ? /^[\w %+=:,./@?&-]*$/.test(part) : part.strip === undefined && isVariable(part.variable);

/** A part between double quotes; braces separate a variable from the text after it. */
function inQuotes(part: string | Variable, next: string | Variable | undefined): string {
  if (typeof part === 'string') return part;
  return typeof next === 'string' && /^\w/.test(next) ? `\${${part.variable}}` : `$${part.variable}`;
}

/** No argument can contain a NUL, and a command substitution loses trailing line breaks. */
function cannotBeShown(text: string): boolean {
  return /\0|\n$/.test(text);
}

/** Characters that a terminal or a line editor obeys, or that are invisible. */
const unseen = once(() => /[\p{Cc}\p{Cf}\u2028\u2029\u2060-\u2069]/u);

function literal(text: string): string {
  // zsh expands a word that begins with an equals sign to the path of a program.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text)) return text;
  return unseen().test(text) ? `"$(printf '${format(text)}')"` : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A text as a printf(1) format, in which no character is special between single quotes. `!` is
 * written in octal because bash and zsh expand it between the surrounding double quotes, and a
 * leading hyphen because it would start an option.
 */
function format(text: string): string {
  return [...text]
    .map((character, i) => {
      if (character === '%') return '%%';
      if (character === '\\') return '\\\\';
      const hidden =
        unseen().test(character) || character === "'" || character === '!' || (i === 0 && character === '-');
      return hidden ? octal(character) : character;
    })
    .join('');
}

function octal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
