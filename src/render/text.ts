/**
 * Characters that a terminal obeys or that deceive the eye: C0 and C1 controls, marks of direction, zero-width
 * characters, and the two line separators of Unicode. White space of text is left to the callers.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const DECEIVING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Text from a server, made harmless for a terminal: what is not visible is written as an escape. Keeps \n and \t; the line
 * break of HTTP and Windows, \r\n, becomes \n.
 */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(DECEIVING, (character) => {
    const hex = character.charCodeAt(0).toString(16);
    return hex.length > 2 ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`;
  });
}

/** The same on one line: line breaks and tabs become spaces. */
export function visibleLine(text: string): string {
  return visible(text.replaceAll(/\r\n|[\n\t]/g, ' ')).trim();
}

/**
 * Breaks text into lines of at most `width` characters, between words. A word that is longer keeps its line to itself,
 * so that a URL can be copied whole.
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
