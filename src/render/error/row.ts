import { linked } from '../link.ts';
import type { Styles } from '../style.ts';
import { visible, visibleLine, wrap } from '../text.ts';
import { commandLines } from './command-lines.ts';
import { GENERAL } from './mark.ts';

/** How far a report is indented below its headline. */
export const INDENT = 2;

const LABEL_WIDTH = 7;

/** The most characters of one text to show: about a screen. JSON has all of it. */
const LONGEST_SHOWN = 2000;

/** Cuts a text that fills more than a screen, and says so. */
export function cut(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  return `${text.slice(0, LONGEST_SHOWN)}… (cut, ${text.length - LONGEST_SHOWN} more characters)`;
}

/**
 * A row: its label, and its paragraphs beside it.
 *
 * @param first styles the beginning of the row, up to a colon
 */
export function renderRow(
  label: string,
  blocks: string[],
  { width, links = false }: { width: number; links?: boolean },
  style: Styles,
  first: ((text: string) => string) | null,
): string[] {
  const indent = INDENT + LABEL_WIDTH;
  const lines = blocks.flatMap((block) => {
    const marker = /^(\d+\.|-) /.exec(block)?.[0].length ?? 0;
    const wrapped =
      label === 'Try' || label === 'Add'
        ? commandLines(visible(block), width - indent)
        : wrap(visibleLine(cut(block)), width - indent - marker);
    return wrapped.map((line, i) => (i === 0 ? line : ' '.repeat(marker) + line));
  });
  const leads = links && (label === 'Docs' || label === 'Help');
  return lines.flatMap((plain, i) => {
    const line = leads ? linked(plain) : plain;
    // A word that fits only below its label is not to be broken.
    if (plain.length > width - indent) {
      // Nor is one of a list that fits only without the indentation of its marker.
      const fitting = plain.length > width - INDENT ? line.trimStart() : line;
      const below = `  ${quietMark(fitting, style)}`;
      return i > 0 ? [below] : [`  ${style.label(label)}`, below];
    }
    if (i > 0) return [' '.repeat(indent) + quietMark(line, style)];
    // Only the verdict before the colon is coloured.
    const colon = first === null ? -1 : line.indexOf(':');
    const text = first === null || colon < 0 ? line : first(line.slice(0, colon)) + line.slice(colon);
    const labeled = label.length < LABEL_WIDTH ? label.padEnd(LABEL_WIDTH) : `${label}  `;
    return [`  ${style.label(labeled)}${quietMark(text, style)}`];
  });
}

/** Dims the word that marks a sentence as undocumented. */
function quietMark(line: string, style: Styles): string {
  return line.endsWith(GENERAL) ? line.slice(0, -GENERAL.length) + style.quiet(GENERAL) : line;
}
