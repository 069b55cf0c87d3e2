/** Expressions that strip from a variable what is no part of a key. All of them are POSIX. */
const REPAIRS = {
  scheme: (name: string) => `\${${name}##* }`,
  name: (name: string) => `\${${name}#*=}`,
  // A double quote, a single one and a backtick.
  quotes: (name: string) => `$(printf %s "$${name}" | tr -d '\\042\\047\\140')`,
  spaces: (name: string) => `$(printf %s "$${name}" | tr -d '[:space:]')`,
  invisible: (name: string) => `$(printf %s "$${name}" | LC_ALL=C tr -cd '\\041-\\176')`,
  'line-breaks': (name: string) => `$(printf %s "$${name}" | tr -d '\\r\\n')`,
};

/** An environment variable, as it is or with something stripped from it. */
export interface Variable {
  variable: string;
  strip?: keyof typeof REPAIRS;
}

/** One word of a command: a text that arrives to the letter, or texts and variables that make up one word. */
export type Word = string | (string | Variable)[];

/** A command in typed words. */
export interface Command {
  /** Variables that are set for this command only. */
  assign?: [variable: string, value: Word][];
  /** The program, and its subcommand. */
  program: readonly string[];
  positionals: Word[];
  /** Options, each with its value if it takes one. */
  options: Word[][];
  /** What stands between the parts: a space, or a continued line. */
  separator?: string;
}

/**
 * A command as a line for a POSIX shell (POSIX.1-2024, XCU section 2), safe to be pasted into one. This is the only place
 * that turns text into shell: each word reaches the program to the letter, whatever stands in it, and nothing but a
 * variable is expanded. No control character is in the line, since the editor of a shell obeys those before the shell has
 * seen a quote.
 */
export function shellCommand({ assign = [], program, positionals, options, separator = ' ' }: Command): string {
  const settings = assign.map(([name, value]) => shellAssignment(name, value)).filter((text) => text !== '');
  const operands = positionals.map(shellWord);
  const flags = options.map((words) => words.map(shellWord).join(' '));
  // An operand that looks like an option has to stand behind the end of the options.
  const guarded = operands.some((word) => /^['"]?-/.test(word));
  const rest = guarded ? [...flags, '--', ...operands] : [...operands, ...flags];
  return [[...settings, program.join(' ')].join(' '), ...rest].join(separator);
}

/** A variable that is set: `NAME=value`; nothing where a shell has no variable of that name. */
export function shellAssignment(name: string, value: Word): string {
  return isVariable(name) ? `${name}=${shellWord(value)}` : '';
}

/** A word for a POSIX shell: bare where nothing in it is special, else quoted. */
export function shellWord(word: Word): string {
  const parts = typeof word === 'string' ? [word] : joinTexts(word);
  if (parts.some((part) => typeof part === 'string' && cannotBeShown(part))) return "'<cannot be shown>'";
  if (parts.length > 1 && parts.every(isPlain))
    return `"${parts.map((part, i) => inQuotes(part, parts[i + 1])).join('')}"`;
  const words = parts.map((part) => (typeof part === 'string' ? literal(part) : `"${expansion(part)}"`));
  return words.length === 0 ? "''" : words.join('');
}

/** The parts of a word with the texts that follow each other put together. */
function joinTexts(parts: (string | Variable)[]): (string | Variable)[] {
  const joined: (string | Variable)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
}

/** A name that a shell takes for that of a variable. */
function isVariable(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

function expansion({ variable, strip }: Variable): string {
  if (!isVariable(variable)) return '<value>';
  return strip === undefined ? `$${variable}` : REPAIRS[strip](variable);
}

/** True for what means itself between double quotes. */
const isPlain = (part: string | Variable): boolean =>
  typeof part === 'string' ? /^[\w %+=:,./@-]*$/.test(part) : part.strip === undefined && isVariable(part.variable);

/** A part between double quotes; braces keep a variable apart from what follows. */
function inQuotes(part: string | Variable, next: string | Variable | undefined): string {
  if (typeof part === 'string') return part;
  return typeof next === 'string' && /^\w/.test(next) ? `\${${part.variable}}` : `$${part.variable}`;
}

/** No argument can hold a NUL, and a substitution loses the line breaks at its end. */
function cannotBeShown(text: string): boolean {
  return /\0|\n$/.test(text);
}

/** Characters that a terminal or the editor of a shell obeys, or that nobody sees. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029\u2060-\u2069]/u;

function literal(text: string): string {
  // zsh takes a word that begins with an equals sign for the name of a program.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text)) return text;
  return UNSEEN.test(text) ? `"$(printf '${format(text)}')"` : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A text as a format of printf(1), in which no character is special between single quotes. `!` is written in octal since
 * bash and zsh expand it between the double quotes around, and a hyphen at the start since it would be an option.
 */
function format(text: string): string {
  return [...text]
    .map((character, i) => {
      if (character === '%') return '%%';
      if (character === '\\') return '\\\\';
      const hidden = UNSEEN.test(character) || character === "'" || character === '!' || (i === 0 && character === '-');
      return hidden ? octal(character) : character;
    })
    .join('');
}

function octal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
