import type { Catalog, Entry, StatusPattern } from '../../model/catalog.ts';
import type { ErrorBody } from '../../model/diagnosis.ts';
import type { Confidence } from '../../model/words.ts';
import { literalLength, matchTemplate, type Values } from '../../text/template.ts';
import { statusPhrases } from '../status.ts';
import { entriesOfCode, entriesOfSubcode, inSmallLetters } from './code.ts';
import { type Called, callsOperation } from './operation.ts';

/** An entry that fits, how surely, and what spoke for it. */
export interface EntryMatch {
  entry: Entry;
  confidence: Confidence;
  /** True when the body's code is the entry's. */
  byCode: boolean;
  /** The template that the message fits, or null. */
  template: string | null;
  /** The values of the template's placeholders. */
  values: Values;
}

/** An entry that fits, and its catalog. */
export type Found = EntryMatch & { catalog: Catalog };

/**
 * Finds the most specific entry of a catalog: code and message, then code and status, then status. The order of the
 * file never matters.
 *
 * A code in the body decides, and before it a subcode for which an entry asks alone; a message only chooses among the entries of one code or one status. What is not known
 * (no status given, no code in the body) contradicts nothing. A code that the catalog does not have matches no entry,
 * unless it only repeats the status or its phrase. An entry for the operation that the request calls counts before one
 * for any operation.
 */
export function matchEntry(
  catalog: Catalog,
  status: number | null,
  error: ErrorBody,
  request: Called | null = null,
): EntryMatch | null {
  const pooled = poolOf(catalog, status, error, request);
  const { pool, byCode } = pooled;
  const only = pool.length === 1;

  const worded = byWording(pooled, error.message);
  if (worded !== null) return { ...worded, byCode, confidence: byCode && only ? 'exact' : 'wording' };
  if (pooled.isElsewhere || (!byCode && status === null)) return null;

  const plain = plainOf(pooled);
  if (!byCode && isUndecided(pooled)) return null;
  const entry = status === null ? withoutStatus(plain) : plain.find(({ match }) => match.status?.includes(status));
  const chosen = entry ?? plain[0];
  if (chosen === undefined) return null;
  return { entry: chosen, byCode, template: null, values: {}, confidence: byCode && only ? 'exact' : 'status' };
}

/** The entry for any status; without one, that for a 400, which stands for all faults of a request (RFC 9110, 15). */
const withoutStatus = (entries: Entry[]): Entry | undefined =>
  entries.find(({ match }) => match.status === undefined) ??
  entries.find(({ match }) => match.status?.includes(BAD_REQUEST));

const BAD_REQUEST = 400;

/** The entries of a catalog that fit equally well: nothing in the body tells which; none where one of them wins. */
export function equalEntries(
  catalog: Catalog,
  status: number | null,
  error: ErrorBody,
  request: Called | null = null,
): Entry[] {
  const pooled = poolOf(catalog, status, error, request);
  const { byCode } = pooled;
  if (pooled.isElsewhere || (!byCode && status === null) || byWording(pooled, error.message) !== null) return [];
  const equal = byCode || !isUndecided(pooled) ? plainOf(pooled) : candidatesIn(pooled);
  return equal.length > 1 ? equal : [];
}

/** The entries that code and status leave, and whether it was the code. */
interface Pool {
  pool: Entry[];
  byCode: boolean;
  /** The entries of the code under this status, else under any; without a code, those whose codes have none. */
  beside: Entry[];
  /** Whether the error has a message, so that an entry that asks for another is not meant. */
  isWorded: boolean;
  /** Whether the code says no more than the status. */
  isStatus: boolean;
  /** Whether the code means different things under other statuses, and none of them is this one. */
  isElsewhere: boolean;
}

/** The entries that code, status and operation leave, before the message is looked at. */
function poolOf(catalog: Catalog, status: number | null, error: ErrorBody, request: Called | null): Pool {
  const { code } = error;
  const ofCode = codedOf(catalog.entries, error);
  const byCode = ofCode.length > 0;
  if (!byCode && code !== null && !repeatsStatus(code, status))
    return { pool: [], byCode, beside: [], isWorded: false, isStatus: false, isElsewhere: false };

  const agreeing = (byCode ? ofCode : catalog.entries.filter((entry) => entry.match.status !== undefined)).filter(
    (entry) => fitsStatus(entry, status),
  );
  // An entry of the very status counts before one of its class.
  const exact = agreeing.filter(({ match }) => match.status?.some((pattern) => pattern === status));
  // A code under another status than documented is still that code, unless its meaning depends on the status.
  const fitting = byCode && agreeing.length === 0 ? ofCode : exact.length > 0 ? exact : agreeing;
  const isElsewhere =
    byCode &&
    exact.length === 0 &&
    (agreeing.length === 0 ? isByStatus(ofCode) : isOfOthers(agreeing, catalog, status));
  return {
    pool: ofOperation(fitting, request, catalog),
    byCode,
    beside: byCode ? besideOf(ofCode, agreeing) : statuslessOf(catalog.entries),
    isWorded: error.message !== null,
    isStatus: code === `E${status}` || (isPhrase(code, status) && statuslessOf(catalog.entries).length > 0),
    isElsewhere,
  };
}

/** Those of a code that ask for no message: none of another status where one fits this status. */
function besideOf(ofCode: Entry[], agreeing: Entry[]): Entry[] {
  const plain = agreeing.filter(({ match }) => match.message === undefined);
  return plain.length > 0 ? plain : ofCode;
}

/** Whether a code has several meanings, told apart by the status: `invalid_request_error` with 400, 401 and 404. */
function isByStatus(ofCode: Entry[]): boolean {
  const plain = ofCode.filter(({ match }) => match.message === undefined && match.operation === undefined);
  return (
    plain.every(({ match }) => match.status !== undefined) && new Set(plain.map(({ category }) => category)).size > 1
  );
}

/** Whether entries for all of 4xx meet a status for which the API has other codes, with other meanings. */
function isOfOthers(agreeing: Entry[], { entries }: Catalog, status: number | null): boolean {
  if (status === null || !agreeing.every(({ match }) => match.status?.includes('4xx'))) return false;
  const own = entries.filter(({ match }) => match.status?.[0] === status && match.message === undefined);
  return own.length > 0 && own.every(({ category }) => agreeing.every((one) => one.category !== category));
}

/** The codes for which a catalog names no status, where those are most of its codes: in it, a status stands for none. */
function statuslessOf(entries: Entry[]): Entry[] {
  const coded = entries.filter(({ match }) => match.code !== undefined || match.subcode !== undefined);
  const statusless = coded.filter(({ match }) => match.status === undefined);
  return statusless.length > coded.length / 2 ? statusless : [];
}

/**
 * The entries of a subcode, whatever the code it came with, else those of the code. Older versions of an API name the
 * subdivision in place of the code.
 */
function codedOf(entries: Entry[], { code, subcode }: ErrorBody): Entry[] {
  const own = entriesOfSubcode(entries, subcode);
  if (own.length > 0 || code === null) return own;
  const ofCode = entriesOfCode(entries, code);
  return ofCode.length > 0 ? ofSubcode(exactOnes(ofCode, code), subcode) : entriesOfSubcode(entries, code);
}

/** Whether a code says no more than the status: its number or its phrase. */
const repeatsStatus = (code: string, status: number | null): boolean =>
  code === String(status) || isPhrase(code, status) || OF_CLIENT.test(code);

/** Whether a code is the phrase of its status: `Unauthorized` with 401. */
const isPhrase = (code: string | null, status: number | null): boolean =>
  code !== null && statusPhrases(status).includes(code.toLowerCase());

/** The codes of axios and got for an answer with any status of an error. */
const OF_CLIENT = /^ERR_(?:BAD_REQUEST|BAD_RESPONSE|NON_2XX_3XX_RESPONSE)$/;

/**
 * The entries that ask for no message, unless there is only one. What is documented for a status as a whole is also meant
 * by an error without a code.
 */
function plainOf({ pool, byCode, beside, isWorded, isStatus }: Pool): Entry[] {
  const plainly = (entries: Entry[]) => entries.filter(({ match }) => match.message === undefined);
  // The only one of its status is not meant where it asks for other words, and the code has a meaning without any.
  const isOther = byCode && isWorded && plainly(pool).length === 0;
  const others = isOther ? plainly(beside) : [];
  const plain = others.length > 0 ? others : pool.length === 1 && !(isOther && isStatus) ? pool : plainly(pool);
  const uncoded = byCode ? [] : plain.filter(({ match }) => match.code === undefined);
  return uncoded.length > 0 ? uncoded : plain;
}

function candidatesIn(pooled: Pool): Entry[] {
  const plain = plainOf(pooled);
  return plain.every(({ match }) => match.code !== undefined) ? pooled.pool : plain;
}

/** Whether several codes fit one status, those under any status among them: without one in the body, nothing tells which. */
function isUndecided(pooled: Pool): boolean {
  const candidates = candidatesIn(pooled);
  const isCoded = candidates.length > 0 && candidates.every(({ match }) => match.code !== undefined);
  const codes = new Set([...candidates, ...(isCoded ? pooled.beside : [])].map(({ match }) => match.code?.join()));
  return codes.size > 1;
}

/** The status that a client writes before a message: `HTTP 403: API rate limit exceeded`. */
const HEADING = /^(?:HTTP )?[1-5]\d\d(?: [A-Z][A-Za-z -]{1,40})?: /;

/** The entry whose template fits the message with the most literal text. */
function byWording(
  { pool, byCode }: Pool,
  message: string | null,
): Pick<EntryMatch, 'entry' | 'template' | 'values'> | null {
  if (message === null) return null;
  const said = message.replace(HEADING, '');
  const fits = pool.flatMap((entry) =>
    [...(entry.match.message ?? []), ...(byCode ? [] : codeWords(entry))].flatMap((template) => {
      const values = matchTemplate(template, message) ?? (said === message ? null : matchTemplate(template, said));
      return values === null ? [] : [{ entry, template, values }];
    }),
  );
  // The words of a code are said of the entry that asks for no message, rather than of its special cases.
  fits.sort(
    (a, b) =>
      literalLength(b.template) - literalLength(a.template) || Number(asksForMessage(a)) - Number(asksForMessage(b)),
  );
  return fits[0] ?? null;
}

const asksForMessage = ({ entry }: Pick<EntryMatch, 'entry'>): boolean => entry.match.message !== undefined;

/** The entries that have a code letter by letter; all where none has, since notations differ. */
function exactOnes(entries: Entry[], code: string): Entry[] {
  const exact = entries.filter(({ match }) => match.code?.includes(code));
  return exact.length > 0 ? exact : entries;
}

/** `TENANT_NOT_FOUND` as servers write it in a message: `tenant not found`. */
function codeWords({ match }: Entry): string[] {
  return (match.code ?? []).filter((code) => code.includes('_')).map((code) => code.replaceAll('_', ' '));
}

/**
 * The entries for the operation that a request calls, else those for any operation. Where all are for some operations,
 * an unknown request contradicts none of them, and a code means the same with another.
 */
function ofOperation(entries: Entry[], request: Called | null, catalog: Catalog): Entry[] {
  if (entries.every(({ match }) => match.operation === undefined)) return entries;
  const called = (operation: string) => request !== null && callsOperation(request, operation, catalog);
  const exact = entries.filter(({ match }) => match.operation?.some(called));
  if (exact.length > 0) return exact;
  const ofAny = entries.filter(({ match }) => match.operation === undefined);
  if (ofAny.length > 0) return ofAny;
  return request === null ? entries : entries.filter(({ match }) => match.code !== undefined);
}

/** The entries of a code that its subdivision selects; those without one where it selects none. */
function ofSubcode(entries: Entry[], subcode: string | null): Entry[] {
  if (entries.every(({ match }) => match.subcode === undefined)) return entries;
  const wanted = subcode === null ? null : inSmallLetters(subcode);
  const exact = entries.filter(({ match }) => match.subcode?.some((own) => inSmallLetters(own) === wanted));
  return exact.length > 0 ? exact : entries.filter(({ match }) => match.subcode === undefined);
}

/** Whether an entry is documented for a status; an unknown status, and an entry without one, contradict nothing. */
export function fitsStatus(entry: Entry, status: number | null): boolean {
  const patterns = entry.match.status;
  return status === null || patterns === undefined || patterns.some((pattern) => isStatus(pattern, status));
}

/** Whether a status is the one of a pattern, or of its class. */
export function isStatus(pattern: StatusPattern, status: number): boolean {
  return typeof pattern === 'number' ? pattern === status : Number(pattern[0]) === Math.floor(status / 100);
}
