import { statusOfPhrase } from '../../diagnosis/status.ts';
import type { StatusPattern } from '../../model/catalog.ts';
import { withoutEnds } from '../../text/ends.ts';
import { adviceIn } from './advice.ts';
import { addText, type Claim, nameAsCause, newClaim, type TextRole } from './claims.ts';
import { best, type Column, codeWeight, columnOf, isOfTypes, statusWeight } from './columns.ts';
import { examplesIn } from './example.ts';
import { isCodeForm, isErrorStatus, isTellingCode, type Subject, subjectOf } from './subject.ts';
import { isAboutErrors, isAboutOther, type Role, roleOf, tellsOfFailure } from './vocabulary.ts';

/** A table of a page, and the headings above it. */
export interface TableAt {
  header: string[];
  rows: string[][];
  /** The text right above the table, as far as it is about it. */
  lead: string;
  /** From the page's title to the nearest heading. */
  path: string[];
  anchor: string | null;
}

/** What a table gives, or why it gives nothing. */
export type TableRead = { claims: Claim[]; left: string[]; roles: Role[] } | { claims: null; why: string };

/** Reads a table of errors: what its columns are is decided by their cells, and by the header where these leave it open. */
export function readTable(table: TableAt): TableRead {
  const { header, rows } = withHeader(table);
  if (rows.length === 0) return { claims: null, why: 'it has no rows' };
  const width = Math.max(header.length, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, i) => columnOf(i, header[i] ?? '', rows));
  const status = best(columns, (column) => statusWeight(column));
  const code = best(
    columns.filter((column) => column !== status),
    (column) => codeWeight(column, table.path, status !== null),
  );
  const why = objection(columns, status, code, table);
  if (why !== null) return sparse(rows, columns, table) ?? { claims: null, why };
  const texts = columns.filter((column) => column !== status && column !== code);
  const left: string[] = [];
  const claims: Claim[] = [];
  const retries = texts.some((column) => column.kind === 'retry');
  const isOnRetry =
    retries && /retr|back-?off|reintent|再試行|重试|повтор/i.test(table.path.at(-1) ?? '') && code === null;
  for (const row of rows) {
    const claim = claimOf(row, status, code, texts, table);
    if (claim === null) {
      if (row.some((cell) => cell.trim() !== ''))
        left.push(row.slice(0, 2).join(' ').replaceAll('\n', ' ').slice(0, 60));
    } else claims.push({ ...claim, applies: isOnRetry || (retries && /retr/i.test(table.path.at(-1) ?? '')) });
  }
  if (claims.length === 0) return { claims: null, why: 'no row names an error' };
  const roles = columns.map((column): Role => (column === status ? 'status' : column === code ? 'code' : column.kind));
  return { claims, left, roles };
}

/**
 * Reads a table of errors in words, of which only some have a status or a code: `404: No such crate`.
 * The others are left out.
 */
function sparse(rows: string[][], columns: Column[], table: TableAt): TableRead | null {
  const [first, ...texts] = columns;
  const explains = texts.some(({ role }) => role === 'cause' || role === 'resolution');
  if (first === undefined || !explains || !/\berrors?\b/i.test(first.header)) return null;
  const isNamed = (cell = '') => {
    const { statuses, codes, leads } = subjectOf(cell);
    return leads && (statuses.length > 0 || codes.some(isTellingCode));
  };
  const named = rows.filter(([cell]) => isNamed(cell));
  const claims = named.flatMap((row) => claimOf(row, first, null, texts, table) ?? []);
  const left = rows.filter((row) => !named.includes(row)).map(([cell = '']) => cell.replaceAll('\n', ' ').slice(0, 60));
  return claims.length === 0 ? null : { claims, left, roles: columns.map(({ kind }) => kind) };
}

/** The first row as the header where the table has none. */
function withHeader({ header, rows }: TableAt): { header: string[]; rows: string[][] } {
  if (header.some((cell) => cell.trim() !== '')) return { header, rows };
  const [first = [], ...rest] = rows;
  const named = first.filter((cell) => roleOf(cell) !== null && subjectOf(cell).statuses.length === 0);
  return named.length >= 2 || (named.length === 1 && first.length === 1)
    ? { header: first, rows: rest }
    : { header: [], rows };
}

/** Words over a list of codes. */
const LISTS_CODES = /\berror[\s-]*(?:codes?|names?|types?|values?|constants?|list|reference|catalog)/i;

/** Why a table is none of errors; null if it is one. */
function objection(
  columns: Column[],
  status: Column | null,
  code: Column | null,
  { path, lead }: TableAt,
): string | null {
  const [first] = columns;
  if (first === undefined || (status === null && code === null)) return 'no column has statuses or codes';
  const near = path.at(-1) ?? '';
  if (status !== null && (code !== null || first === status || columns.length <= 4 || isAboutErrors(path.join(' ')))) {
    const errors = status.cells.flatMap((cell) => subjectOf(cell).statuses);
    if (errors.length === 0) return 'it lists no statuses of errors';
    if (columns.length < 2 && code === null) return 'it says nothing about its statuses';
    return null;
  }
  if (first.role === 'field' && first === code) return 'it describes fields';
  if (columns.some(isOfTypes)) return 'it describes fields';
  if (isAboutOther(near)) return `its heading is about something else: ${near}`;
  const header = columns.map((column) => column.header).join(' ');
  const isNear = isAboutErrors(`${near} ${lead} ${header}`);
  const failing = columns
    .filter((column) => column !== code)
    .some(({ cells }) => cells.length > 0 && cells.filter(tellsOfFailure).length / cells.length >= 0.4);
  const named =
    code !== null &&
    code.cells.filter((cell) =>
      /error|invalid|fail|denied|exception|missing|not_?found|unauthorized|exceeded/i.test(cell),
    ).length /
      code.cells.length >=
      0.25;
  const areTelling = (code?.telling ?? 0) >= 0.8;
  if (
    isNear
      ? !(failing || named || code?.role === 'code' || (areTelling && LISTS_CODES.test(`${lead} ${path.join(' ')}`)))
      : !(isAboutErrors(path.join(' ')) && (failing || named) && (code?.role === 'code' || named || areTelling))
  ) {
    return 'nothing says that it is about errors';
  }
  return null;
}

function claimOf(
  row: string[],
  status: Column | null,
  code: Column | null,
  texts: Column[],
  { path, anchor }: TableAt,
): Claim | null {
  const claim = newClaim(path.at(-1) ?? '', anchor);
  const subject = (column: Column | null, known: boolean): Subject | null =>
    column === null ? null : subjectOf(row[column.index] ?? '', known);
  const byStatus = subject(status, false);
  const isRedirect =
    /^`?3\d\d/.test((row[status?.index ?? 0] ?? '').trim()) &&
    code !== null &&
    isTellingCode((row[code.index] ?? '').trim().split('\n').at(-1)?.replaceAll('`', '') ?? '');
  if (byStatus?.isSuccess === true && !isRedirect) return null;
  const said = row.join(' ');
  if (byStatus === null && row.some(isOnSuccess) && !tellsOfFailure(said)) return null;
  const inCode = code === null ? '' : (row[code.index] ?? '').trim();
  // A remark in brackets is no code.
  const codeCell = /^\([^)]*\)$/.test(inCode) ? '' : inCode;
  const byCode = codeCell === '' ? null : subject(code, true);
  claim.statuses = [
    ...new Set([...(byStatus?.statuses ?? []), ...(status === null ? (byCode?.statuses ?? []) : [])]),
  ].filter(isErrorStatus);
  claim.codes = byCode?.codes ?? [];
  // Among numbers of which some are no statuses, one that is no status of an error is a code.
  if (
    byCode?.isSuccess === true &&
    code !== null &&
    code.cells.some((cell) => /^`?[6-9]\d\d`?$|^`?\d{4,7}`?$/.test(cell))
  )
    claim.codes = /^`?(\d{1,7})`?$/.exec(codeCell)?.slice(1) ?? [];
  // A range of codes is a class of errors, and no error.
  if (/^`?-?\d{3,}`?\s*(?:[-–—~]|to)\s*`?-?\d{3,}`?$/.test(codeCell)) claim.codes = [];
  else if (
    code !== null &&
    claim.codes.length === 0 &&
    /[A-Za-z]/.test(codeCell) &&
    codeCell.split(/\s+/).length <= 5
  ) {
    const plain = codeCell.replaceAll('`', '');
    if (isCodeForm(plain) || byCode?.statuses.length === 0) claim.codes = [plain];
  }
  if (status !== null && claim.codes.length === 0) claim.codes = (byStatus?.codes ?? []).filter(isTellingCode);
  if (claim.statuses.length === 0 && claim.codes.length === 0) return null;
  for (const rest of [
    status === null && claim.codes.length === 0 ? undefined : byStatus?.rest,
    claim.codes.length > 0 ? byCode?.rest : undefined,
  ]) {
    if (rest === undefined || rest === '') continue;
    if (claim.title === null && rest.split(/\s+/).length <= 8) claim.title = rest;
    else addText(claim, rest);
  }
  addColumns(claim, row, texts);
  return claim;
}

/** Whether a cell says that all went well. */
function isOnSuccess(cell: string): boolean {
  const words = cell.split(/\s+/).length;
  return words <= 10 && (words <= 4 ? /\bsucces/i : /\bsucces+ful+y\b|\bsucceeded\b/i).test(cell);
}

/** The texts of a row, each in the role of its column. */
function addColumns(claim: Claim, row: string[], texts: Column[]): void {
  const meanings = texts.filter((column) => column.kind === 'meaning');
  const describes = texts.some((column) => /^(?:meaning|cause)$/.test(column.kind));
  for (const column of texts) {
    const cell = (row[column.index] ?? '').trim();
    if (cell === '' || /^[-–—]$/.test(cell)) continue;
    const { kind } = column;
    if (kind === 'example') claim.examples.push(...examplesIn(cell.replaceAll('`', '')));
    else if (
      kind === 'title' ||
      (kind === 'meaning' &&
        claim.title === null &&
        meanings.length > 1 &&
        column === meanings[0] &&
        cell.split(/\s+/).length <= 6)
    )
      claim.title ??= cell;
    else if (kind === 'subcode') claim.subcodes.push(...subjectOf(cell, true).codes);
    else if (kind === 'status' || kind === 'field' || kind === 'other') continue;
    else if (kind === 'code') addText(claim, cell);
    else if (kind === 'message' && !describes) addText(claim, cell, 'meaning');
    else addText(claim, withoutPhrase(claim, cell), kind as TextRole, kind === 'resolution' || kind === 'retry');
  }
  const said = [...claim.resolution, ...claim.cause].join(' ');
  if (claim.retry === null && said !== '') {
    const advice = adviceIn(claim.resolution.join(' '), claim.statuses) ?? null;
    if (advice !== null)
      claim.retry = {
        advice,
        reason: claim.resolution.find((step) => adviceIn(step, claim.statuses) !== null) ?? claim.resolution.join(' '),
      };
  }
  nameAsCause(claim);
}

/** `Not Found -- There is no such crate`: a phrase of a status that heads a text becomes the title. */
function withoutPhrase(claim: Claim, text: string): string {
  const found = /^([A-Z][A-Za-z' -]{2,40}?)\s*(?:--+|[—–:])\s+(?=\S)/.exec(text);
  if (found === null || statusOfPhrase(found[1] ?? '') === null) return text;
  claim.title ??= found[1] ?? null;
  return text.slice(found[0].length);
}

/** Whether a column names errors in words: it comes first, and its header says so. */
const isOfWordings = ({ index, role, cells, words, header }: Column): boolean =>
  index === 0 &&
  cells.length > 0 &&
  words >= 2 &&
  (role === 'code' || role === 'title' || /\berror\b/i.test(header)) &&
  cells.every((cell) => subjectOf(cell).statuses.length === 0);

/** The rows of a table of wordings below a heading with a status: an entry for each wording. */
export function readWordings({ header, rows, path, anchor }: TableAt, statuses: StatusPattern[]): Claim[] {
  const columns = header.map((_, i) => columnOf(i, header[i] ?? '', rows));
  const message = columns.find(({ role }) => role === 'message') ?? columns.find(isOfWordings);
  if (message === undefined || statuses.length === 0 || columns.length < 2) return [];
  return rows.flatMap((row) => {
    const said = (row[message.index] ?? '')
      .split(/(?<=`)\s*[,/、]\s*(?=`)/)
      .map((one) => withoutEnds(one, /[`"“\s]/, /[`"”\s]/));
    if (said.every((one) => one === '')) return [];
    const claim = {
      ...newClaim(path.at(-1) ?? '', anchor),
      statuses: [...statuses],
      messages: said,
      title: said[0] ?? null,
    };
    addColumns(
      claim,
      row,
      columns.filter((column) => column !== message),
    );
    return [claim];
  });
}
