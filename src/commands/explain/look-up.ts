import { allKnown, knownNamed, plainOnes } from '../../catalogs/find.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import { explainEntry } from '../../diagnosis/explain-entry.ts';
import { fitsStatus } from '../../diagnosis/match/entry.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import { statusOfPhrase } from '../../diagnosis/status.ts';
import type { Catalog, Entry } from '../../model/catalog.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import { UsageError } from '../../model/errors.ts';
import { savedResponse } from '../../model/exchange.ts';
import type { Report } from '../../model/report.ts';
import { didYouMean, nearest } from '../../text/nearest.ts';
import { shellCommand } from '../../text/shell.ts';
import { entriesInWords } from './entries-in-words.ts';
import { candidatesFor, explained } from './plain-words.ts';
import { entriesReport, report, result } from './reports.ts';

/** A status, as people and npm write it: `429`, `E404`, `HTTP-502`. */
const STATUS = /^(?:E|HTTP[\s_/-]?)?(\d{3})$/i;

interface LookUpOptions {
  /** The API that the user named. */
  api: string | undefined;
  /** The API of the config. */
  preferred?: string | null;
  /** Exits with the class of the error instead of 0. */
  exitStatus: boolean;
}

/** Everything known about a status, a code or an entry id. */
export function lookUp(term: string, options: LookUpOptions, knowledge: Knowledge): Report {
  const apis = apisNamed(options.api, knowledge);
  const [, status] = STATUS.exec(term) ?? [];
  if (status !== undefined) return lookUpStatus(Number(status), apis, options, knowledge);
  if (/^[1-5]xx$/i.test(term)) throw new UsageError(`${term} is a class of statuses: name one, such as ${term[0]}00`);

  const own = search(apis, term);
  const phrased = options.api === undefined ? statusOfPhrase(term) : null;
  // A phrase that several APIs have as a code is explained once, and they are named beside it.
  if (phrased !== null && phrased >= 400 && (/\s/.test(term) || new Set(own.map(({ api }) => api)).size !== 1)) {
    return lookUpStatus(phrased, apis, options, knowledge);
  }
  const known = options.api === undefined ? knownNamed(term, knowledge.known) : [];
  const general = [knowledge.network, ...knowledge.codes, ...known, knowledge.gateways, knowledge.http];
  // A named API that has the code is enough.
  const coded = options.api !== undefined && own.length > 0 ? own : [...own, ...search(general, term)];
  const found = options.api === undefined ? withCandidates(term, coded, knowledge, options.preferred ?? null) : coded;
  if (found.length === 0) {
    const spelled = entriesInWords(term, [...apis, ...knowledge.codes, ...known]);
    if (spelled.length > 0)
      return entriesReport(
        spelled.map(({ catalog, entry }) => explainEntry(catalog, entry)),
        options,
      );
    throw new UsageError(
      unknownTerm(term, options.api, [
        ...apis,
        ...general,
        ...(options.api === undefined ? allKnown(knowledge.known) : []),
      ]),
    );
  }
  return entriesReport(found, options);
}

/** The APIs to look in: the one that is named, or all but the well-known ones. */
export function apisNamed(api: string | undefined, { apis, known }: Knowledge): Catalog[] {
  if (api === undefined) return apis;
  const own = apis.filter(({ id }) => id === api);
  return own.length > 0 ? own : [known.load(api) ?? []].flat();
}

/** Says that nothing is known by a name, and where to look further. */
function unknownTerm(term: string, api: string | undefined, catalogs: Catalog[]): string {
  if (/^https?:\/\//i.test(term)) {
    const call = shellCommand({ program: ['errprobe', 'call'], positionals: [term], options: [] });
    return `${term} is an address, and explain opens no connection. To send a request there: ${call}`;
  }
  if (/^\/[\w-]/.test(term)) {
    const call = shellCommand({ program: ['errprobe', 'call'], positionals: [term], options: [] });
    return `there is no file ${term}. If it is a path of an API: ${call}`;
  }
  if (/^\.{1,2}\/|\.(?:json|ya?ml|txt|log|har|xml|html?|md|out)$/i.test(term)) return `there is no file ${term}`;
  const near = nearest(term, knownNames(catalogs));
  const hint = near === null ? '. See errprobe explain --help' : didYouMean(near);
  return `"${term}" is not a file, nor a status or code known to ${api ?? 'any catalog'}${hint}`;
}

function lookUpStatus(status: number, apis: Catalog[], options: LookUpOptions, knowledge: Knowledge): Report {
  const { http } = knowledge;
  const documented = apis.flatMap((catalog) =>
    catalog.entries
      .filter((entry) => entry.match.status !== undefined && fitsStatus(entry, status))
      // Entries that apply to every response with this status come before those that need a message
      // or a code.
      .toSorted((a, b) => specificity(a) - specificity(b))
      .map((entry) => ({ ...explainEntry(catalog, entry), status })),
  );
  if (options.api !== undefined && documented.length > 0) {
    return entriesReport(documented, options);
  }
  const fits = http.entries.filter((entry) => fitsStatus(entry, status));
  const entry = fits.find(({ match }) => match.status?.includes(status)) ?? fits[0];
  if (entry === undefined || status < 300) {
    const exchange = { request: null, response: savedResponse('', status), failure: null };
    return report([result(diagnose(exchange, knowledge, { now: 0 }), null)], options, false);
  }
  const ids = documented.map(({ id }) => id).join(', ');
  const notes = options.api === undefined ? [] : [`${options.api} does not document this status.`];
  const evidence = ids === '' ? [] : [`documented by ${ids}`];
  return report([result({ ...explainEntry(http, entry), status, notes, evidence }, null)], options, true);
}

/**
 * What plain words may stand for, besides the codes that read like them: `timeout` is a code of Kubernetes, and a
 * failure of any request. `internal_error` may be words or a code: those that are spelled like it come first, and those
 * of an API in other letters last, unless it is the API that the user works with.
 */
function withCandidates(term: string, coded: Diagnosis[], knowledge: Knowledge, preferred: string | null): Diagnosis[] {
  const isWord = /^(?:[a-z]{2,30}|\d{4,5}|[A-Z]{2,6})$/.test(term);
  // A mistyped code is none of a few words.
  if (!isWord && !/^[a-z]{2,20}(?:_[a-z]{2,20}){1,3}$/.test(term)) return coded;
  const isMeant = ({ code, api, id }: Diagnosis) =>
    (api !== null && api === preferred) || (!isWord && (code === term || id?.split('/').at(-1) === term));
  const all = [...coded.filter(isMeant), ...candidatesFor(term, knowledge), ...coded];
  return all.filter(({ id }, i) => all.findIndex((other) => other.id === id) === i);
}

/** The entries that have a term as ID, code or failure. */
function search(catalogs: Catalog[], term: string): Diagnosis[] {
  const wanted = term.toLowerCase();
  const found = catalogs.flatMap((catalog) => {
    const named = catalog.entries.filter((entry) => namesOf(catalog, entry).includes(wanted));
    const all = named.map((entry) => ({ catalog, entry }));
    return catalog.envelopes === undefined ? all : plainOnes(all);
  });
  return found.map(({ catalog, entry }) => explained(catalog, entry, found.length > 1 && catalog.general));
}

/** All that could have been meant by a mistyped word. */
function knownNames(catalogs: Catalog[]): string[] {
  return catalogs.flatMap((catalog) =>
    catalog.entries.flatMap((entry) => [
      ...(entry.match.code ?? []),
      ...(entry.match.failure ?? []),
      entry.id,
      `${catalog.id}/${entry.id}`,
    ]),
  );
}

function specificity({ match }: Entry): number {
  return (match.code === undefined ? 0 : 2) + (match.message === undefined ? 0 : 1);
}

function namesOf(catalog: Catalog, entry: Entry): string[] {
  const { code = [], failure = [] } = entry.match;
  const names = [entry.id, `${catalog.id}/${entry.id}`, ...(entry.aliases ?? []), ...code, ...failure];
  return names.map((name) => name.toLowerCase());
}
