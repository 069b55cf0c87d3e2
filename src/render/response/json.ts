import { indented, LONGEST_INDENTED, type Paint, painted } from '../../json/print.ts';
import type { Styles } from '../style.ts';
import { visible } from '../text.ts';

/**
 * JSON on several lines, coloured. It is made from its own text: numbers, the order of members,
 * duplicates and escapes stay as they are.
 *
 * @param json valid JSON
 */
export function renderJsonBody(json: string, style: Styles): string {
  return json.length > LONGEST_INDENTED ? visible(json) : indented(json, 0, painterOf(style));
}

/** JSON coloured on the line that it came on. */
export function renderJsonLine(json: string, style: Styles): string {
  return painted(json, painterOf(style));
}

function painterOf(style: Styles): Paint {
  return (token, kind) => (kind === 'punctuation' ? token : style[kind](visible(token)));
}
