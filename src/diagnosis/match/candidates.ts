import type { Catalog, Entry } from '../../model/catalog.ts';
import type { Candidate } from '../../model/diagnosis.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Reading } from '../reading.ts';
import type { ApiFit } from './choose-api.ts';
import { equalEntries } from './entry.ts';
import { entriesOfCode, type Knowledge } from './general.ts';
import type { Match } from './reading.ts';

/** More would be a search and no answer. */
const MOST = 3;

/**
 * The other explanations that fit an error as well as the one that is given, each with what speaks for it. Empty where
 * one clearly wins: the API is known and its entry is unique, a service's own code decides, or a gateway answered.
 */
export function candidatesOf(reading: Reading, match: Match, knowledge: Knowledge, exchange: Exchange): Candidate[] {
  const { documented, found } = match;
  const { choice, status, error, answerer } = reading;
  const { catalog, fitting } = choice;
  if (found?.catalog === knowledge.gateways || answerer !== null) return [];
  const others = (): Candidate[] => {
    if (catalog !== null) {
      const equal = equalEntries(catalog, status, error, exchange.request).filter(
        (entry) => entry !== documented?.entry,
      );
      return equal.map((entry) => ofSameApi(catalog, entry, status));
    }
    // The code of a known service, in its own shape, is no question.
    if (found?.byCode === true) return [];
    const ofApis = isFromElsewhere(exchange, match) ? [] : fitting.flatMap(ofApi);
    if (ofApis.length > 0 || found?.confidence === 'exact') return ofApis;
    const ofServices = entriesOfCode(knowledge.codes, status, error);
    return ofServices.length > 1 ? ofServices.map(({ catalog: of, entry }) => ofService(of, entry)) : [];
  };
  return others().slice(0, MOST);
}

/** True if the shape of a body does not suggest an API: the host or the entry already tells otherwise. */
export function isFromElsewhere({ request, response }: Exchange, { found }: Match): boolean {
  return request !== null || response?.url !== undefined || found?.catalog.id === 'services';
}

/** The entry of an API whose document has an error of the same shape. */
function ofApi({ catalog, match }: ApiFit): Candidate[] {
  if (match === null) return [];
  const { entry, byCode, template } = match;
  const same = [...(byCode ? ['code'] : []), ...(template === null ? [] : ['message'])];
  const why = `same ${same.length === 0 ? 'shape and status' : same.join(' and ')}`;
  return [{ ...named(catalog, entry), why, choose: `--api ${catalog.id}` }];
}

/** One of several entries of an API that the error does not tell apart. */
function ofSameApi(catalog: Catalog, entry: Entry, status: number | null): Candidate {
  const { code, message, operation, status: statuses = [] } = entry.match;
  const exact = statuses.find((one) => typeof one === 'number');
  const choose = status === null && exact !== undefined ? `--status ${exact}` : null;
  const other = [
    operation && `if ${operation[0]} was called`,
    code && `if ${code[0]}`,
    message && `if it says “${message[0]}”`,
  ].find((condition) => condition !== undefined);
  return { ...named(catalog, entry), why: choose === null && other !== undefined ? other : 'same code', choose };
}

/** A service that has the code; its address would tell. */
const ofService = (catalog: Catalog, entry: Entry): Candidate => ({
  ...named(catalog, entry),
  why: 'same code',
  choose: null,
});

const named = (catalog: Catalog, { id, title }: Entry): Pick<Candidate, 'id' | 'api' | 'title'> => ({
  id: `${catalog.id}/${id}`,
  api: catalog.general ? null : catalog.id,
  title,
});
