import { isRecord, type JsonRecord } from '../../json/record.ts';
import type { SourceRead } from './import.ts';
import { readTable } from './table.ts';

/** Which member of a record is what, as the user names them: `code` to `errorCode`. */
export type RegistryMap = Record<string, string>;

/** Headers that stand for the roles which a user can name. */
const HEADERS: Record<string, string> = {
  ...{ code: 'Error code', status: 'HTTP status', title: 'Title', cause: 'Cause', description: 'Description' },
  ...{ message: 'Message', resolution: 'Resolution', retry: 'Retryable' },
};

type Row = JsonRecord;

/**
 * Reads a registry of errors: a list of records, or a map from codes to records or texts, at any
 * place of a document. What its members are is decided as for a table; the guess is among the notes.
 *
 * @returns null if there is no such list
 */
export function readRegistry(value: unknown, name: string, map: RegistryMap = {}): SourceRead | null {
  const found = listsIn(value, '', 0)
    .map((list) => ({ ...list, read: readList(list.rows, list.pointer, name, map) }))
    .filter(({ read }) => read.claims.length > 0)
    .sort((a, b) => b.read.claims.length - a.read.claims.length);
  const [largest] = found;
  if (largest === undefined) return null;
  // Lists of the same kind beside it, as one for each category.
  return {
    claims: found.filter(({ keys }) => keys === largest.keys).flatMap(({ read }) => read.claims),
    ...{ rules: [], facts: {}, title: null },
    bodies: largest.read.claims.flatMap(({ examples }) => examples),
    left: largest.read.left,
    notes: [largest.read.guess],
  };
}

interface RowList {
  rows: Row[];
  pointer: string;
  /** The names of the members of its first row. */
  keys: string;
}

/** The lists of records in a value, with the places where they stand. */
function listsIn(value: unknown, pointer: string, depth: number): RowList[] {
  if (typeof value !== 'object' || value === null || depth > 5) return [];
  const asRows = rowsOf(value, pointer);
  const own =
    asRows.length > 0
      ? [
          {
            rows: asRows,
            pointer,
            keys: Object.keys(asRows[0] ?? {})
              .sort()
              .join(),
          },
        ]
      : [];
  const inner = Array.isArray(value) ? value.slice(0, 50) : value;
  return [
    ...own,
    ...Object.entries(inner)
      .slice(0, 500)
      .flatMap(([key, one]) => listsIn(one, `${pointer}/${key}`, depth + 1)),
  ];
}

function rowsOf(value: object, pointer: string): Row[] {
  if (Array.isArray(value)) {
    const rows = value.filter(isRecord).map(flattened);
    return rows.length > 0 && rows.length >= value.length * 0.8 ? rows : [];
  }
  const entries = Object.entries(value);
  if (entries.every(([, one]) => isRecord(one)))
    return entries.length === 0 ? [] : entries.map(([code, one]) => ({ code, ...flattened(one as Row) }));
  const isOfErrors =
    /err|code|reason|fault|exception/i.test(pointer.split('/').at(-1) ?? '') || (pointer === '' && entries.length > 2);
  return isOfErrors && entries.every(([key, one]) => typeof one === 'string' && !/\s/.test(key))
    ? entries.map(([code, description]) => ({ code, description }))
    : [];
}

/** The scalars of a record, and of records in it. */
function flattened(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) =>
      isRecord(value) ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one]) : [[key, value]],
    ),
  );
}

function readList(rows: Row[], pointer: string, name: string, map: RegistryMap) {
  const keys = [...new Set(rows.slice(0, 200).flatMap((row) => Object.keys(row)))].slice(0, 40);
  const chosen = Object.entries(map);
  const isMapped = chosen.length > 0;
  const header = keys.map((key) => {
    const role = chosen.find(([, own]) => own === key)?.[0];
    if (role !== undefined) return HEADERS[role] ?? role;
    // What the user does not name is left out, but for texts of no other role.
    return isMapped ? '' : headerOf(key);
  });
  const used = keys.map((_, i) => i).filter((i) => header[i] !== '');
  const cells = rows.map((row) => used.map((i) => cellOf(row[keys[i] ?? ''])));
  const read = readTable({
    header: used.map((i) => header[i] ?? ''),
    rows: cells,
    lead: '',
    path: ['Error registry', `Errors in ${name}${pointer}`],
    anchor: null,
  });
  if (read.claims === null) return { claims: [], left: [{ what: `list ${pointer || '/'}`, why: read.why }], guess: '' };
  const guess = `${name}${pointer}: ${used.map((i, n) => `${keys[i]} as ${read.roles[n]}`).join(', ')}`;
  return {
    claims: read.claims.map((claim) => ({ ...claim, section: pointer || name })),
    left: read.left.map((row) => ({ what: `record "${row}"`, why: 'it names no error' })),
    guess,
  };
}

/** A name of a member in words; that of a status that goes by `http`, and of a retry by a form of the word. */
function headerOf(key: string): string {
  const words = key
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .replaceAll(/[_.-]+/g, ' ')
    .toLowerCase();
  if (/\bhttp\b/.test(words) && !/method/.test(words)) return 'HTTP status';
  if (
    /^(?:id|tags?|since|version|category|group|severity|level|anchor|url|href|link|see|docs?|exit code|client exit code|icon)$/.test(
      words,
    )
  )
    return words === 'id' ? 'id' : '';
  return words;
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(cellOf).join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}

/** The records of a CSV file (RFC 4180); the separator is the one that its first line has most of. */
export function rowsOfCsv(text: string): Row[] {
  const [first = ''] = text.split('\n', 1);
  const separator = [',', ';', '\t', '|'].reduce((best, sign) =>
    first.split(sign).length > first.split(best).length ? sign : best,
  );
  const [header = [], ...records] = csvCells(text, separator);
  return records.map((record) => Object.fromEntries(header.map((name, i) => [name.trim(), record[i] ?? ''])));
}

/** The cells of CSV, by lines that have any (RFC 4180). */
export function csvCells(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (sign === '"' && cell === '') isQuoted = true;
    else if (sign === separator) endCell();
    else if (sign === '\n') {
      endCell();
      rows.push([]);
    } else if (sign !== '\r') cell += sign;
  }
  endCell();
  return rows.filter((row) => row.some((one) => one.trim() !== ''));
}
