/** A row of a table in Markdown or as a database's client draws it, and the line below its heading. */
const DRAWN = /^\s*\|.*\|\s*$/;
const RULE = /^[\s|:+=-]+$/;
const BORDER = /^\s*\+[-+=]+\+\s*$/;

const MOST_ROWS = 100;

/**
 * The first row of a table of errors, as a sentence: `404 NOT_FOUND: The order does not exist`. Rows copied from a page
 * have tabs between their cells. Null for any other text.
 */
export function firstRowOf(text: string): string | null {
  if (!/^\s*[|+]/.test(text) && !text.includes('\t')) return null;
  const lines = text.split('\n', MOST_ROWS).filter((line) => line.trim() !== '' && !BORDER.test(line));
  const rule = lines.findIndex((line) => line.includes('|') && RULE.test(line));
  const rows = lines.slice(rule + 1).map(cellsOf);
  const [first = []] = rows;
  if (first.length < 2 || rows.some((cells) => cells.length !== first.length)) return null;
  // A single line with tabs is a record of a log as often as not.
  if (rows.length < 2 && !DRAWN.test(lines[0] ?? '')) return null;
  return sentenceOf(first);
}

function cellsOf(line: string): string[] {
  const cells = DRAWN.test(line) ? line.trim().slice(1, -1).split('|') : line.split('\t');
  return cells.map((cell) => cell.trim().replace(/^[`"*]{1,2}([^`"*]+)[`"*]{1,2}$/, '$1'));
}

/** The cells with the status first, then the code, then what they mean; null where no cell is a sentence beside another. */
function sentenceOf(cells: string[]): string | null {
  const status = cells.find((cell) => /^[45]\d\d$/.test(cell));
  const phrase = cells.find((cell) => /^(?:[A-Z][a-z]+ ?){1,4}$/.test(cell));
  const code = cells.find((cell) => cell !== status && /^[A-Za-z\d][\w.-]{1,60}$/.test(cell) && /\D|\d{4}/.test(cell));
  const said = cells.find((cell) => cell !== phrase && /\S\s+\S/.test(cell)) ?? phrase;
  if (said === undefined || (status ?? code) === undefined) return null;
  return `${[status, code].filter((part) => part !== undefined && part !== said).join(' ')}: ${said}`;
}
