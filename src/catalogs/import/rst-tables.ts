import { type Block, cellOf } from './blocks.ts';

/** Reads lines as blocks: what a cell holds. */
export type ReadLines = (lines: string[]) => Block[];

type Table = Extract<Block, { kind: 'table' }>;

const BORDER = /^\+[-=+]+\+$/;
/** Characters that take two columns. */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/g;
/** Stands beside such a character while columns are counted. */
const FILLER = '\u0000';

/** The table that begins at a line, drawn with `+---+` or underlined with `=== ===`, and the line after it. */
export function tableAt(lines: string[], at: number, read: ReadLines): { table: Table; to: number } | null {
  const line = lines[at]?.trimEnd() ?? '';
  if (BORDER.test(line)) return gridTable(lines, at, read);
  return /^=+(?: +=+)+$/.test(line) ? simpleTable(lines, at, read) : null;
}

const widened = (line: string): string => line.trimEnd().replaceAll(WIDE, `$&${FILLER}`);

const asCell = (lines: string[], read: ReadLines): string =>
  cellOf(read(dedented(lines.map((line) => line.replaceAll(FILLER, '').trimEnd()))));

/** Lines without the indentation that all of them have. */
export function dedented(lines: string[]): string[] {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const depth = depths.reduce((least, own) => Math.min(least, own), Number.POSITIVE_INFINITY);
  return depth === 0 || depth === Number.POSITIVE_INFINITY ? lines : lines.map((line) => line.slice(depth));
}

/** Lines between two rules: a part of a row in which no cell ends. */
interface Band {
  cells: string[][];
  /** The columns whose cell goes on in the next band. */
  open: boolean[];
  isHead: boolean;
}

function gridTable(lines: string[], at: number, read: ReadLines): { table: Table; to: number } {
  let to = at;
  while (/^[+|]/.test(lines[to] ?? '')) to++;
  const drawn = lines.slice(at, to).map(widened);
  const bounds = boundsOf(drawn);
  const bands: Band[] = [];
  let cells: string[][] = bounds.slice(1).map(() => []);
  for (const line of drawn.slice(1)) {
    const rules = bounds.slice(1).map((end, i) => /^[-=+]+$/.test(line.slice((bounds[i] ?? 0) + 1, end)));
    if (!rules.includes(true)) {
      addLine(cells, line, bounds);
      continue;
    }
    if (/^\+[=+]+\+$/.test(line)) for (const band of bands) band.isHead = true;
    const isHead = /^\+[=+]+\+$/.test(line);
    addLine(cells, line, bounds, rules);
    bands.push({ cells, open: rules.map((isRule) => !isRule), isHead });
    cells = bounds.slice(1).map(() => []);
  }
  return { table: tableOf(bands, read), to };
}

/** The columns of the signs between cells. */
function boundsOf(drawn: string[]): number[] {
  const found = new Set<number>();
  for (const line of drawn)
    if (line.includes('+-') || line.includes('+='))
      for (let i = line.indexOf('+'); i >= 0; i = line.indexOf('+', i + 1))
        if (/[-=]/.test(`${line[i - 1] ?? ''}${line[i + 1] ?? ''}`)) found.add(i);
  return [...found].sort((a, b) => a - b);
}

/** Adds a line to the cells of a band; a cell that spans columns belongs to the first of them. */
function addLine(cells: string[][], line: string, bounds: number[], rules: boolean[] = []): void {
  let first = 0;
  for (let i = 0; i < cells.length; i++) {
    const end = bounds[i + 1] ?? line.length;
    const isOpen = i + 1 < cells.length && !/[|+]/.test(line[end] ?? ' ');
    if (isOpen && rules.length === 0) continue;
    if (rules[i] !== true) cells[first]?.push(line.slice((bounds[first] ?? 0) + 1, end));
    first = i + 1;
  }
}

function tableOf(bands: Band[], read: ReadLines): Table {
  const rows: { cells: string[]; isHead: boolean }[] = [];
  const width = bands[0]?.cells.length ?? 0;
  for (const band of bands) rows.push({ cells: Array.from({ length: width }, () => ''), isHead: band.isHead });
  for (let column = 0; column < width; column++) {
    for (let from = 0; from < bands.length; ) {
      let end = from;
      const text: string[] = [];
      while (end < bands.length - 1 && bands[end]?.open[column] === true)
        text.push(...(bands[end++]?.cells[column] ?? []));
      text.push(...(bands[end]?.cells[column] ?? []));
      const cell = asCell(text, read);
      // A cell that spans rows belongs to each of them.
      for (const row of rows.slice(from, end + 1)) row.cells[column] = cell;
      from = end + 1;
    }
  }
  return {
    kind: 'table',
    header: rows.filter(({ isHead }) => isHead).at(-1)?.cells ?? [],
    rows: rows.filter(({ isHead }) => !isHead).map(({ cells }) => cells),
  };
}

function simpleTable(lines: string[], at: number, read: ReadLines): { table: Table; to: number } {
  const starts = [...(lines[at] ?? '').matchAll(/(?<![=])=/g)].map(({ index }) => index);
  const rows: string[][][] = [];
  let head = 0;
  let to = at + 1;
  let isNew = true;
  for (; to < lines.length; to++) {
    const line = widened(lines[to] ?? '');
    if (/^=+(?: +=+)*$/.test(line)) {
      if ((lines[to + 1] ?? '').trim() === '' && rows.length > 0 && (head > 0 || !hasBorder(lines, to + 1))) break;
      head = rows.length;
      isNew = true;
    } else if (line === '') isNew = true;
    else if (!/^-+(?: +-+)*$/.test(line)) {
      const cells = starts.map((start, i) => line.slice(start, starts[i + 1]));
      if (isNew || cells[0]?.trim() !== '') rows.push(starts.map(() => []));
      isNew = cells[0]?.trim() === '' && isNew;
      for (const [i, cell] of cells.entries()) rows.at(-1)?.[i]?.push(cell);
    }
  }
  const made = rows.map((row) => row.map((cell) => asCell(cell, read)));
  // The rows of a header are one.
  const header = made
    .slice(0, head)
    .reduce<string[]>((all, row) => row.map((cell, i) => `${all[i] ?? ''} ${cell}`.trim()), []);
  return { table: { kind: 'table', header, rows: made.slice(head) }, to: to + 1 };
}

/** Whether a border follows before the next paragraph ends: then the last one closed a header. */
function hasBorder(lines: string[], from: number): boolean {
  const next = lines.slice(from, from + 200).find((line) => line.trim() !== '');
  return next !== undefined && /^=+(?: +=+)*$/.test(next.trimEnd());
}

/** The table that a list of lists stands for. */
export function listTable(blocks: Block[], head: number): Table | null {
  const list = blocks.find((block) => block.kind === 'list');
  if (list?.kind !== 'list') return null;
  const rows = list.items.map((item) =>
    item.flatMap((block) => (block.kind === 'list' ? block.items.map((cell) => cellOf(cell)) : [])),
  );
  return { kind: 'table', header: rows.slice(0, head).at(-1) ?? [], rows: rows.slice(head) };
}
