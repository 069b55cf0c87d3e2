import type { Catalog, Entry } from '../model/catalog.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Exchange } from '../model/exchange.ts';
import { retryAdvice } from './advice/retry-advice.ts';
import { BLANK_DIAGNOSIS, sourceOf } from './blank-diagnosis.ts';
import { describe } from './evidence/causes.ts';

/** The diagnosis that an entry gives by itself, without any exchange: for a code or a status that somebody looks up. */
export function explainEntry(catalog: Catalog, entry: Entry): Diagnosis {
  const exact = entry.match.status?.find((status) => typeof status === 'number');
  const found = { entry, catalog };
  const nothing: Exchange = { request: null, response: null, failure: null };
  const described = describe(found, null);
  const source = { found, api: undefined, status: null, error: null, content: null, now: 0 };
  const { from, ...retry } = retryAdvice(nothing, source);
  return {
    ...BLANK_DIAGNOSIS,
    ...described,
    id: `${catalog.id}/${entry.id}`,
    api: catalog.general ? null : catalog.id,
    apiName: catalog.general ? null : catalog.name,
    documented: !catalog.general,
    confidence: catalog.general ? 'general' : 'exact',
    status: exact ?? null,
    code: entry.match.code?.[0] ?? entry.match.failure?.[0] ?? null,
    retry,
    from: { ...described.from, retry: from },
    see: entry.see,
    support: catalog.support ?? null,
    source: sourceOf(entry, catalog),
  };
}
