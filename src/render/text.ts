import { once } from '../text/once.ts';

/**
 * Characters that control a terminal or deceive the reader: C0 and C1 controls, direction marks, the
 * two Unicode line separators, and all that nobody sees but the variation selectors of emoji.
 * Ordinary white space is left to the callers.
 */
const deceiving = once(
  () => /(?!\t|\n|\ufe0e|\ufe0f)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu,
);

/** Text in the scripts and signs of most output, none of them deceiving: to compile the whole rule takes 1 ms. */
const ORDINARY = /^[\t\n -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2bff]*$/;

/**
 * Makes text from a server safe for a terminal: invisible characters become escapes. Keeps \n and
 * \t; \r\n becomes \n.
 */
export function visible(text: string): string {
  if (ORDINARY.test(text)) return text;
  return text.replaceAll('\r\n', '\n').replaceAll(deceiving(), (character) => {
    const hex = character.charCodeAt(0).toString(16);
    return hex.length > 2 ? unicodeEscape(character) : `\\x${hex.padStart(2, '0')}`;
  });
}

/** Control sequences that errprobe's own output may contain: the colours and weights of chalk (SGR). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const STYLED = /\u001b\[(?:[0-2]|2[1-9]|39|49|3[0-7]|4[0-7]|9[0-7]|[34]8;5;\d{1,3}|[34]8;2;\d{1,3};\d{1,3};\d{1,3})m/y;

/** A link (OSC 8) that shows where it leads to, and so cannot deceive. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const LINK = /\u001b\]8;;(?:mailto:)?([!-~]{1,2000})\u001b\\\1\u001b\]8;;\u001b\\/y;

/**
 * Makes whole output safe for a terminal or a pipe: line breaks, tabs, errprobe's own colours and
 * links that show their target pass, other control characters become `\u001b` escapes. Inside JSON
 * strings these are valid and keep the value.
 */
export function terminalSafe(output: string): string {
  if (ORDINARY.test(output)) return output;
  let linkEnd = 0;
  return output.replaceAll(deceiving(), (character, at: number) => {
    if (at < linkEnd) return character;
    STYLED.lastIndex = at;
    LINK.lastIndex = at;
    if (character === '\u001b' && STYLED.test(output)) return character;
    if (character === '\u001b' && LINK.test(output)) {
      linkEnd = LINK.lastIndex;
      return character;
    }
    if (character === '\r' && output[at + 1] === '\n') return character;
    return unicodeEscape(character);
  });
}

/**
 * Like `terminalSafe`, for a GitHub Actions log: the runner executes lines that start with `::`
 * after optional white space, and `##[` anywhere.
 */
export function runnerSafe(output: string): string {
  return output
    .replaceAll(/(^|[\n\r\u0085\u2028\u2029])([^\S\n\r\u2028\u2029]*):(?=:)/g, `$1$2${unicodeEscape(':')}`)
    .replaceAll('##[', `#${unicodeEscape('#')}[`);
}

/** As in JSON: two escapes for what is two units of UTF-16. */
function unicodeEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** Like `visible`, on one line: line breaks and tabs become spaces. */
export function visibleLine(text: string): string {
  return visible(text.replaceAll(/\r\n|[\n\t]/g, ' ')).trim();
}

/**
 * Wraps text between words at `width` characters. A longer word gets a line of its own, so that a
 * URL can be copied whole.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
