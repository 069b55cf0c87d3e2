import { statusOfPhrase, statusPhrase } from '../../diagnosis/status.ts';
import { isTellingCode, subjectOf } from './subject.ts';
import { isAboutErrors, type Role, roleOf } from './vocabulary.ts';

/** A column of a table, and what its cells look like. */
export interface Column {
  index: number;
  header: string;
  role: Role | null;
  cells: string[];
  /** Shares of the cells, from 0 to 1. */
  statuses: number;
  codes: number;
  telling: number;
  verdicts: number;
  /** The average number of words. */
  words: number;
  /** The role of a column that does not name the error. */
  kind: Role;
}

const TYPE =
  /^`?(?:string|integer|int(?:32|64)?|number|boolean|bool|object|array|float|double|date(?:time)?|uuid|timestamp|null|enum|string\[\]|array of \w+|\w+\[\]|optional|required)`?$/i;
const VERDICT =
  /^[\s*`]*(?:yes|no|true|false|sí|si|non?|oui|ja|nein|да|нет|是|否|はい|いいえ|sometimes|depends|maybe|never|always|✅|❌|✓|✗|✔|✘|y|n)\b/i;

/** A column with the shares of its cells that look like statuses, codes and verdicts. */
export function columnOf(index: number, header: string, rows: string[][]): Column {
  const cells = rows.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '' && !/^[-–—]$/.test(cell));
  const share = (holds: (cell: string) => boolean) =>
    cells.length === 0 ? 0 : cells.filter(holds).length / cells.length;
  const subjects = new Map(cells.map((cell) => [cell, subjectOf(cell, true)]));
  const role = roleOf(header);
  const verdicts = share((cell) => VERDICT.test(cell));
  return {
    index,
    header,
    role,
    cells,
    statuses: share((cell) => isStatusCell(cell)),
    codes: share((cell) => (subjects.get(cell)?.codes.length ?? 0) > 0 && (subjects.get(cell)?.leads ?? false)),
    telling: share(
      (cell) =>
        subjects
          .get(cell)
          ?.codes.some((code) => isTellingCode(code) || /^-?\d{4,}$/.test(code) || cell.startsWith('`')) === true,
    ),
    verdicts,
    words: cells.reduce((sum, cell) => sum + cell.split(/\s+/).length, 0) / Math.max(1, cells.length),
    kind: kindOf({ role, verdicts, cells, header }),
  };
}

/** Whether a cell begins with statuses that are registered, or with a class of them. */
function isStatusCell(cell: string): boolean {
  const plain = cell.replaceAll(/[`*]/g, '');
  const list = /^(?:HTTP\s*(?:status\s*)?(?:code\s*)?|error\s+|status\s+)?([1-5](?:\d\d|xx)(?!\d))/i.exec(plain)?.[1];
  if (list === undefined) return false;
  return (
    /x/i.test(list) ||
    statusPhrase(Number(list)) !== '' ||
    [
      100, 101, 206, 300, 301, 302, 303, 304, 307, 308, 419, 420, 440, 444, 450, 460, 463, 494, 495, 496, 497, 498, 499,
      520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598, 599,
    ].includes(Number(list))
  );
}

/** The column of the largest weight; null if none has any. */
export function best(columns: Column[], weigh: (column: Column) => number): Column | null {
  let found: Column | null = null;
  let most = 0;
  for (const column of columns) {
    const weight = weigh(column);
    if (weight > most) {
      found = column;
      most = weight;
    }
  }
  return found;
}

/** How surely a column holds statuses; 0 if it does not. */
export function statusWeight({ statuses, role, words, header }: Column): number {
  if (statuses < 0.6 || role === 'field' || /grpc|exit/i.test(header)) return 0;
  return statuses + (role === 'status' ? 2 : role === 'code' ? 0.5 : 0) + (words < 4 ? 0.3 : 0);
}

/** How surely a column holds codes; 0 if it does not. */
export function codeWeight(column: Column, path: string[], hasStatus: boolean): number {
  const { codes, telling, role, cells, words, header } = column;
  const isNamed = role === 'code' || role === 'subcode';
  if (isOfTypes(column)) return 0;
  if (role !== null && !isNamed && role !== 'title' && role !== 'status' && role !== 'message') return 0;
  if (cells.length === 0 || (!isNamed && role !== null && telling < 0.6)) return 0;
  const distinct = new Set(cells).size / cells.length;
  if (isNamed && words <= 5 && (codes >= 0.5 || isAboutErrors(`${header} ${path.join(' ')}`))) {
    // A phrase with spaces is a code only where a column of codes says so.
    const isPhrases = codes < 0.5;
    if (
      isPhrases &&
      (!/\b(?:error|code)\b/i.test(header) ||
        cells.every((cell) => subjectOf(cell).rest.split(/\s+/).length > 4) ||
        // Error messages are not codes, but status phrases may be.
        !(/code|value/i.test(header) || areStatusPhrases(cells)))
    )
      return 0;
    return (isPhrases ? 0.4 : 1) + telling + distinct + (/code|código|コード|码|код/i.test(header) ? 0.6 : 0);
  }
  const mayBe = column.index === 0 || role !== null || telling >= 0.9;
  if (mayBe && codes >= 0.6 && telling >= 0.5 && words <= 4)
    return 0.5 + telling + distinct + (column.index === 0 ? 0.2 : 0) - (hasStatus ? 0.2 : 0);
  return 0;
}

/** Whether many of the cells are phrases of statuses, such as `Not Found`. */
const areStatusPhrases = (cells: string[]): boolean =>
  cells.filter((cell) => statusOfPhrase(cell.replaceAll('`', '')) !== null).length / cells.length >= 0.3;

/** Whether a column holds the types of fields. */
export const isOfTypes = ({ cells }: Column): boolean =>
  cells.length > 0 && cells.filter((cell) => TYPE.test(cell)).length / cells.length >= 0.5;

function kindOf({ role, verdicts, cells, header }: Pick<Column, 'role' | 'verdicts' | 'cells' | 'header'>): Role {
  if (
    role === 'retry' ||
    (verdicts >= 0.6 && cells.length > 1 && /retr|reintent|再|重|повтор|safe|transient/i.test(header))
  )
    return 'retry';
  if (cells.length > 0 && cells.filter((cell) => /^\s*`?[{[]\s*"/.test(cell)).length / cells.length >= 0.5)
    return 'example';
  // A column called "response" without JSON in it holds messages.
  if (role === 'example' && cells.length > 0 && cells.every((cell) => !/[{[<]/.test(cell))) return 'message';
  // Numbers beside a code, such as exit codes, say nothing about an error.
  if (role === null && cells.length > 0 && cells.every((cell) => /^[(`]?-?\d+[)`]?$/.test(cell))) return 'other';
  return role ?? 'meaning';
}
