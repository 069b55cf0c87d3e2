import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, OPEN_LIST, OPEN_OBJECT, scan } from './scan.ts';

/** What is nested deeper stands on one line: indentation alone would be quadratic in the depth. */
const DEEPEST_INDENTED = 100;

/** A JSON text without white space between its tokens. */
export function compact(text: string): string {
  let result = '';
  scan(text, (_, start, end) => {
    result += text.slice(start, end);
  });
  return result;
}

/**
 * A JSON text over several lines, two spaces for each level, in the layout of `JSON.stringify`.
 *
 * @param level how far the lines after the first are indented, in levels
 */
export function indented(text: string, level = 0): string {
  let result = '';
  let depth = level;
  let opened = false;
  const lineBreak = () => (depth > DEEPEST_INDENTED ? '' : `\n${'  '.repeat(depth)}`);
  scan(text, (kind, start, end) => {
    const token = text.slice(start, end);
    if (kind === CLOSE_LIST || kind === CLOSE_OBJECT) {
      // What was laid out on one line is closed on it.
      const inner = depth > DEEPEST_INDENTED;
      depth--;
      result += opened || inner ? token : lineBreak() + token;
      opened = false;
      return;
    }
    if (opened) result += lineBreak();
    opened = kind === OPEN_LIST || kind === OPEN_OBJECT;
    if (opened) depth++;
    if (kind === COMMA) result += `,${lineBreak()}`;
    else if (kind === COLON) result += depth > DEEPEST_INDENTED ? ':' : ': ';
    else result += token;
  });
  return result;
}
