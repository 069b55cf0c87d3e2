import { diagnose } from '../../diagnosis/diagnose.ts';
import { matchEntry } from '../../diagnosis/match/entry.ts';
import { sampleCall } from '../../diagnosis/match/operation.ts';
import { NOTHING } from '../../diagnosis/read/documented.ts';
import { statusPhrase } from '../../diagnosis/status.ts';
import type { Catalog, Entry, StatusPattern } from '../../model/catalog.ts';
import type { ErrorBody } from '../../model/diagnosis.ts';
import { lowerCaseNames, savedResponse } from '../../model/exchange.ts';
import { exampleOf, exampleStatus } from '../lint.ts';
import type { Linted, RuleFinding } from './finding.ts';

/** Entries that ask for the very same as an earlier one. */
export function duplicates({ catalog }: Linted): RuleFinding[] {
  const first = new Map<string, Entry>();
  return catalog.entries.flatMap((entry, i) => {
    const key = matchKey(entry);
    const other = first.get(key);
    first.set(key, other ?? entry);
    if (other === undefined || other.id === entry.id) return [];
    const message = `matches the same errors as ${other.id}; join them, or tell them apart by code, subcode or message`;
    return [{ entry: entry.id, path: ['entries', i, 'match'], message }];
  });
}

/** A key for an entry's match, which ignores the order of alternatives and the case of codes. */
function matchKey({ match }: Entry): string {
  const parts = Object.entries(match).map(([name, value]) => {
    const texts = (value as unknown[]).map(String);
    return `${name}=${(name === 'code' || name === 'subcode' ? texts.map((text) => text.toLowerCase()) : texts).sort().join('|')}`;
  });
  return parts.sort().join('&');
}

/** Entries, and codes of entries, that never match, since another entry always wins. */
export function shadowed({ catalog }: Linted): RuleFinding[] {
  // A general catalog is matched together with others.
  if (catalog.general) return [];
  const twins = new Set(duplicates({ catalog } as Linted).map(({ entry }) => entry));
  return catalog.entries.flatMap((entry, i): RuleFinding[] => {
    if (twins.has(entry.id)) return [];
    const codes = entry.match.code ?? [null];
    const winners = codes.map((code) => winnersOver(entry, code, catalog));
    if (winners.every((one) => one !== null)) {
      const message = `can never match: ${inWords(winners.flatMap((one) => one ?? []))}`;
      return [{ entry: entry.id, path: ['entries', i, 'match'], message }];
    }
    return winners.flatMap((one, at) =>
      one === null
        ? []
        : [
            {
              entry: entry.id,
              path: ['entries', i, 'match', 'code', at],
              message: `its code ${codes[at]} can never match: ${inWords(one)}`,
            },
          ],
    );
  });
}

function inWords(winners: string[]): string {
  const ids = [...new Set(winners)];
  return ids.length === 0
    ? 'other entries of its status have codes, so that an error without one could be any of them'
    : `${ids.join(', ')} always wins`;
}

/** The entries that win all errors of a code that the entry asks for; null if the entry wins one itself. */
function winnersOver(entry: Entry, code: string | null, catalog: Catalog): string[] | null {
  const winners: string[] = [];
  for (const { status, error } of errorsOf(entry, code, catalog)) {
    const found = matchEntry(catalog, status, error, sampleCall(entry));
    if (found?.entry === entry) return null;
    if (found !== null) winners.push(found.entry.id);
  }
  return winners;
}

/** Errors that an entry asks for: each status with each subcode and each wording. */
function errorsOf(
  { match }: Entry,
  code: string | null,
  catalog: Catalog,
): { status: number | null; error: ErrorBody }[] {
  const statuses = match.status?.map((pattern) => statusIn(pattern, catalog)) ?? [null];
  const messages = match.message?.map((template) => template.replaceAll(/\{\w*\}/g, 'x')) ?? [null];
  return statuses.flatMap((status) => {
    // A body whose code repeats the phrase of its status has no code of its own.
    const phrase = status === null ? '' : statusPhrase(status);
    const codes = code === null && phrase !== '' ? [null, phrase] : [code];
    return codes.flatMap((said) =>
      (match.subcode ?? [null]).flatMap((subcode) =>
        messages.map((message) => ({
          status,
          error: { ...NOTHING, envelope: catalog.id, code: said, subcode, message, status },
        })),
      ),
    );
  });
}

/** A status of a class that no entry has by itself. */
function statusIn(pattern: StatusPattern, { entries }: Catalog): number {
  if (typeof pattern === 'number') return pattern;
  const first = Number(pattern[0]) * 100;
  for (let status = first + 99; status > first; status--) {
    if (!entries.some(({ match }) => match.status?.includes(status))) return status;
  }
  return first;
}

/** Examples that are diagnosed as another error than the entry's. */
export function strayExamples({ catalog, knowledge, read = (response) => response }: Linted): RuleFinding[] {
  if (catalog.general) return [];
  return catalog.entries.flatMap((entry, i): RuleFinding[] => {
    const body = exampleOf(entry);
    if (body === undefined) return [];
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = savedResponse(text, entry.match.status === undefined ? undefined : exampleStatus(entry));
    const call = sampleCall(entry);
    const request = call === null ? null : { ...call, headers: {}, body: null };
    const exchange = {
      request,
      failure: null,
      response: read({ ...response, headers: lowerCaseNames(entry.headers) }),
    };
    const { id } = diagnose(exchange, knowledge, { now: 0, api: catalog.id });
    if (id === `${catalog.id}/${entry.id}`) return [];
    const member = entry.example === undefined ? 'sample' : 'example';
    const message = `its ${member} is recognised as ${id?.replace(`${catalog.id}/`, '') ?? 'nothing'}; correct match, envelope or ${member}`;
    return [{ entry: entry.id, path: ['entries', i, member], message }];
  });
}
