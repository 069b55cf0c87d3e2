import { matchEntry } from '../diagnosis/match/entry.ts';
import { sampleCall } from '../diagnosis/match/operation.ts';
import { readError } from '../diagnosis/read/read-error.ts';
import type { Catalog, Entry } from '../model/catalog.ts';
import { lowerCaseNames, type Response, savedResponse } from '../model/exchange.ts';
import type { Category } from '../model/words.ts';

/** A problem in a catalog that its schema cannot detect. */
export interface LintProblem {
  rule: 'unique-id' | 'example' | 'example-leads-elsewhere' | 'source' | 'match' | 'mock';
  /** The id of the entry, or null for the catalog as a whole. */
  entry: string | null;
  /** Its place in the list of entries. */
  index: number | null;
  message: string;
}

/**
 * Checks what a schema cannot: that ids are unique, references resolve, and every example matches
 * its own entry.
 *
 * @param strict true for a built-in catalog, in which every entry needs an example
 * @param read makes a response of a body that is not JSON, parsed if it is XML
 */
export function lint(
  catalog: Catalog,
  { strict = false, read = savedResponse }: { strict?: boolean; read?: (body: string) => Response } = {},
): LintProblem[] {
  const problems: LintProblem[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of catalog.entries.entries()) {
    const report = (rule: LintProblem['rule'], message: string) =>
      problems.push({ rule, entry: entry.id, index, message });
    if (seen.has(entry.id)) report('unique-id', 'another entry has the same ID; IDs must be unique');
    seen.add(entry.id);
    if (!Object.hasOwn(catalog.docs, entry.source.doc))
      report('source', `docs has no document "${entry.source.doc}"; add it or correct source`);
    const { status, code, subcode, failure, phase, envelope, answerer } = entry.match;
    // Codes of an API are its own; in a general catalog they need the envelope that they belong to.
    const ownCode = catalog.general ? undefined : (code ?? subcode);
    if ((status ?? ownCode ?? failure ?? phase ?? envelope ?? answerer) === undefined) {
      report(
        'match',
        catalog.general
          ? 'an entry needs a status, an envelope, an answerer or a network failure'
          : 'an entry needs a status, a code or a network failure',
      );
    }
    if (!catalog.general) lintExample(catalog, entry, strict, read, report);
  }
  const { mock } = catalog;
  const { missingKey, wrongKey, expiredKey, missingHeader, malformedId, invalidBody, cursor, notFound } = mock ?? {};
  const ofResources = mock?.resources.map((resource) => resource.notFound) ?? [];
  const ids = [missingKey, wrongKey, expiredKey, missingHeader, malformedId, invalidBody, cursor?.entry, notFound];
  for (const id of [...ids, ...ofResources]) {
    if (id !== undefined && !seen.has(id)) {
      problems.push({
        rule: 'mock',
        entry: null,
        index: null,
        message: `the mock names an entry that does not exist: ${id}`,
      });
    }
  }
  return problems;
}

function lintExample(
  catalog: Catalog,
  entry: Entry,
  strict: boolean,
  read: (body: string) => Response,
  report: (rule: LintProblem['rule'], message: string) => void,
): void {
  const body = exampleOf(entry);
  if (body === undefined) {
    if (strict) report('example', 'add an example from the documentation, or a sample if it shows none');
    return;
  }
  const { parsed, page } = typeof body === 'string' ? read(body) : { parsed: undefined, page: undefined };
  const error = readError(parsed ?? body, catalog, {
    headers: lowerCaseNames(entry.headers),
    status: null,
    parsed,
    page,
  });
  const found = matchEntry(catalog, exampleStatus(entry), error, sampleCall(entry));
  if (found?.entry.id !== entry.id) {
    report('example-leads-elsewhere', `the example is recognised as ${found?.entry.id ?? 'nothing'}`);
  }
}

/** The example body of an entry: the documented one, or our sample. */
export function exampleOf(entry: Entry): unknown {
  return entry.example ?? entry.sample;
}

/** The status that APIs mostly send for an error of a category. */
const USUAL: Partial<Record<Category, number>> = {
  authentication: 401,
  permission: 403,
  'not-found': 404,
  validation: 400,
  conflict: 409,
  'rate-limit': 429,
  quota: 429,
  maintenance: 503,
  gateway: 502,
  timeout: 504,
};

/** The status of an entry's example: the first documented one, the lowest of a class, or else the usual one. */
export function exampleStatus({ match, category }: Entry): number {
  const status = match.status?.[0] ?? USUAL[category] ?? 500;
  return typeof status === 'number' ? status : Number(status[0]) * 100;
}
