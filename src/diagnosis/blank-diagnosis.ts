import type { Catalog, Entry } from '../model/catalog.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { lookup } from '../text/lookup.ts';
import type { Described } from './evidence/causes.ts';

/** A diagnosis of which nothing is known yet. */
export const BLANK_DIAGNOSIS: Omit<Diagnosis, keyof Described | 'retry' | 'from'> = {
  id: null,
  api: null,
  apiName: null,
  documented: false,
  confidence: 'unrecognized',
  envelope: 'unknown',
  status: null,
  phrase: null,
  code: null,
  subcode: null,
  message: null,
  requestId: null,
  fields: [],
  values: {},
  answeredBy: { kind: 'unknown', name: null },
  tool: null,
  rateLimit: null,
  support: null,
  docs: [],
  see: [],
  source: null,
  evidence: [],
  reading: {},
  candidates: [],
  notes: [],
};

/** The source of an entry: the title and the section of the document. */
export function sourceOf(entry: Entry | undefined, catalog: Catalog | undefined): Diagnosis['source'] {
  if (entry === undefined || catalog === undefined) return null;
  const { doc, section, address } = entry.source;
  const cited = lookup(catalog.docs, doc);
  const url = address ?? cited?.address;
  return { doc: cited?.title ?? doc, section, ...(url === undefined ? {} : { address: url }) };
}
