/** A word of a command for a shell, with its quotes. */
const SHELL_WORD = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g;

/** How far the further lines of a command are indented. */
const FURTHER = '  ';

/**
 * A command as lines that can be copied and pasted as they are: each ends with a backslash, and the next goes on with
 * another word or an option with its value. What is too long for a line is not broken.
 */
export function commandLines(command: string, width: number): string[] {
  // A break within quotes belongs to a value.
  if (command.length <= width || command.includes('\n')) return [command];
  const lines: string[] = [];
  let line = '';
  for (const word of partsOf(command)) {
    const room = width - ' \\'.length - (lines.length === 0 ? 0 : FURTHER.length);
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, i) => `${i === 0 ? '' : FURTHER}${one}${i === lines.length ? '' : ' \\'}`);
}

/** The words of a command, each option with its value. */
function partsOf(command: string): string[] {
  const parts: string[] = [];
  let isOption = false;
  for (const [word] of command.matchAll(SHELL_WORD)) {
    const isValue: boolean = isOption && !word.startsWith('-');
    if (isValue) parts[parts.length - 1] += ` ${word}`;
    else parts.push(word);
    isOption = !isValue && /^--?[\w-]+$/.test(word);
  }
  return parts;
}
