import { valueAt } from '../../json/pointer.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { ErrorBody } from '../../model/diagnosis.ts';
import type { Response } from '../../model/exchange.ts';
import type { Content } from '../read/content.ts';
import { documentedIn } from '../read/documented.ts';
import { statusOfPhrase } from '../status.ts';
import { type EntryMatch, fitsStatus, matchEntry } from './entry.ts';

/** An API that documents errors of a body's shape, and its entry for this one. */
export interface ApiFit {
  catalog: Catalog;
  match: EntryMatch | null;
}

/** The API that a body comes from, or those that it may come from. */
export interface ApiChoice {
  catalog: Catalog | null;
  /** Where no API is chosen: those that fit equally well, or whose shape the body merely has. */
  fitting: ApiFit[];
}

/** From here on a body is taken to be an API's: a code or a text of its own, or a weak sign and the user's preference. */
const ENOUGH = 4;

/**
 * Tells from a saved body alone which API it comes from. Every catalog scores it; the best wins, and a tie is a tie.
 *
 * A shape that half the web shares (`{error, message}`) is not enough, nor is a text that a framework has by default:
 * naming the wrong API is worse than naming none.
 *
 * @param content the body, parsed
 * @param unaided reads the body without the shape of any API in mind
 * @param preferred the API that the user works with by default: for it the shape is enough
 */
export function chooseApi(
  catalogs: Catalog[],
  response: Response,
  { kind, value, insides }: Content,
  unaided: () => ErrorBody,
  preferred: string | null,
): ApiChoice {
  const values = kind === 'json' ? [value, ...insides] : [];
  const reads = catalogs.flatMap((catalog) => {
    const error = documentedIn(values, catalog);
    return error === null ? [] : [{ catalog, error, width: widthOf(error) }];
  });
  // A body with a member more than an API documents is not that API's, where another documents all of them.
  const widest = Math.max(0, ...reads.map(({ width }) => width));
  const fitting = reads
    .filter(({ catalog, width }) => width === widest || catalog.id === preferred)
    .map(({ catalog, error }) => {
      const match = matchEntry(catalog, response.status ?? error.status, error);
      const shared = isShared(catalogs, error.message);
      return { catalog, match, score: score({ catalog, match }, error, response, preferred, shared) };
    });
  const best = Math.max(0, ...fitting.map(({ score }) => score));
  const owners = best < ENOUGH ? ownersOf(catalogs, response, unaided()) : [];
  const winners = best < ENOUGH ? owners : fitting.filter(({ score }) => score === best);
  if (winners.length === 1) return { catalog: winners[0]?.catalog ?? null, fitting: [] };
  return { catalog: null, fitting: winners.length > 0 ? winners : fitting };
}

const texts = new WeakMap<Catalog[], Map<string, Set<string>>>();

/** Whether several APIs document a text: `Invalid API key` tells nothing of where it comes from. */
function isShared(catalogs: Catalog[], message: string | null): boolean {
  if (message === null) return false;
  let known = texts.get(catalogs);
  if (known === undefined) {
    known = new Map();
    for (const { id, envelope, entries } of catalogs) {
      for (const { example, sample, match } of entries) {
        const said = [example, sample].map((body) => valueAt(body, envelope.message ?? ''));
        for (const text of [...said, ...(match.message ?? [])]) {
          if (typeof text !== 'string') continue;
          const owners = known.get(plainly(text)) ?? new Set();
          known.set(plainly(text), owners.add(id));
        }
      }
    }
    texts.set(catalogs, known);
  }
  return (known.get(plainly(message))?.size ?? 0) > 1;
}

/** A text without what differs between writers of the same. */
const plainly = (text: string): string =>
  text
    .toLowerCase()
    .trimEnd()
    .replace(/[.!]{1,3}$/, '');

/** How many members beside code and message a documented shape finds in a body. */
function widthOf({ status, requestId }: ErrorBody): number {
  return [status, requestId].filter((member) => member !== null).length;
}

/** 1: only the shape; the rest by what the documentation and the body share. */
function score(
  { catalog, match }: ApiFit,
  error: ErrorBody,
  response: Response,
  preferred: string | null,
  shared: boolean,
): number {
  const own = catalog.envelope.framework === undefined && isComplete(catalog, error);
  // Other services have codes of the same name in small letters.
  const sameCode = match?.byCode === true && error.code !== null && match.entry.match.code?.includes(error.code);
  // One code is no proof where it comes with another status than its own.
  const distinctive = sameCode && fitsStatus(match.entry, response.status) && statusOfPhrase(error.code ?? '') === null;
  return (
    1 +
    (own && distinctive ? 4 : 0) +
    (own && !shared && match !== null && match.template !== null ? 4 : 0) +
    (own && match !== null ? 1 : 0) +
    (error.requestId === null ? 0 : 1) +
    (error.status === null ? 0 : 1) +
    (catalog.id === preferred ? 4 : 0)
  );
}

/**
 * The APIs whose documentation has the code or the text of an error, whatever shape it came in; none when any service
 * may send it: a failure of the server, the phrase of a status, a text that a framework has.
 */
function ownersOf(catalogs: Catalog[], response: Response, error: ErrorBody): ApiFit[] {
  return catalogs.flatMap((catalog) => {
    const match = matchEntry(catalog, response.status ?? error.status, error);
    return match !== null && isItsOwn(catalog, match, response.status, error) ? [{ catalog, match }] : [];
  });
}

function isItsOwn(catalog: Catalog, match: EntryMatch, status: number | null, error: ErrorBody): boolean {
  const { entry, byCode, template } = match;
  if (!fitsStatus(entry, status)) return false;
  const isServers = entry.match.status?.some((one) => typeof one === 'string' || one >= 500) !== false;
  const phrase = error.code?.replaceAll('_', ' ') ?? '';
  if (byCode && error.code !== null && entry.match.code?.includes(error.code) && statusOfPhrase(phrase) === null) {
    return !isServers;
  }
  // Only a line of text has no shape that could tell more.
  return error.envelope === 'text' && template !== null && catalog.envelope.framework === undefined;
}

/** Whether the body has every member that the API documents for all of its errors. */
function isComplete({ envelope }: Catalog, error: ErrorBody): boolean {
  return (
    (envelope.requestId === undefined || error.requestId !== null) &&
    (envelope.status === undefined || error.status !== null)
  );
}
