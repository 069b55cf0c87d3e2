import type { Catalog } from '../model/catalog.ts';
import type { ErrorBody } from '../model/diagnosis.ts';
import type { Exchange, Response } from '../model/exchange.ts';
import { type EntryMatch, fitsStatus } from './match-entry.ts';
import { ruleFor } from './retry-advice.ts';
import { readRetryHint } from './retry-hint.ts';

/**
 * Where a response and the API's document part: what is not documented, a code under another status than its own, a
 * promised header that is not there.
 *
 * @param match the entry of the API's catalog, or null
 */
export function documentNotes(
  api: Catalog,
  match: EntryMatch | null,
  status: number | null,
  error: ErrorBody,
  exchange: Exchange,
): string[] {
  const notes = match === null ? undocumented(api, status, error, exchange) : otherStatus(api, match, status, error);
  const header = ruleFor(api, exchange, status)?.header;
  const { response } = exchange;
  if (header === undefined || response === null || Object.keys(response.headers).length === 0) return notes;
  if (response.headers[header.toLowerCase()] !== undefined || readRetryHint(response.headers, error, 0) !== null) {
    return notes;
  }
  return [...notes, `${api.name} documents a ${header} header on every ${status}; this response has none.`];
}

/** That status line and body name different statuses. */
export function disagreement(response: Response, error: ErrorBody): string[] {
  return response.status !== null && error.status !== null && response.status !== error.status
    ? [`The status line says ${response.status}, the body says ${error.status}.`]
    : [];
}

function undocumented(api: Catalog, status: number | null, { code }: ErrorBody, exchange: Exchange): string[] {
  const ofStatus = status === null ? [] : api.entries.filter((entry) => fitsStatus(entry, status));
  const codes = ofStatus.flatMap(({ match }) => match.code ?? []);
  const unknown = code === null ? '' : `${api.name} does not document the code ${code}`;
  if (codes.length > 0) {
    const has = `for status ${status} it documents ${listOf(codes)}`;
    if (code !== null) return [`${unknown}; ${has}.`];
    return [`The response has no code; for status ${status} ${api.name} documents ${listOf(codes)}.`];
  }
  if (ofStatus.length > 0 && code !== null) return [`${unknown}, but it documents status ${status}.`];
  const rule = ruleFor(api, exchange, status);
  if (rule?.status !== undefined && status !== null && !rule.status.includes(status)) {
    const what = code === null ? '' : ` and the code ${code}`;
    const known = `${api.name} documents ${Math.floor(status / 100)}xx errors as a class`;
    return [`${known}, but not status ${status}${what} by itself.`];
  }
  const what = [status === null ? '' : `status ${status}`, code === null ? '' : `code ${code}`];
  return [`${api.name} does not document this error (${what.filter((part) => part !== '').join(', ') || 'no code'}).`];
}

/** A code that came with another status than it is documented with. */
function otherStatus(
  api: Catalog,
  { entry, byCode }: EntryMatch,
  status: number | null,
  { code }: ErrorBody,
): string[] {
  const { status: documented = [] } = entry.match;
  if (!byCode || code === null || status === null || documented.length === 0 || fitsStatus(entry, status)) return [];
  return [`${api.name} documents the code ${code} with status ${listOf(documented.map(String))}, not ${status}.`];
}

function listOf(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
