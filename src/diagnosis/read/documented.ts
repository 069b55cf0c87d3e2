import { pointerToken, valueAt } from '../../json/pointer.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { ErrorBody } from '../../model/diagnosis.ts';
import { entriesOfCode } from '../match/code.ts';
import { matchEntry } from '../match/entry.ts';
import { statusOfPhrase } from '../status.ts';
import { fieldsOfMap, isFieldMap } from './field-maps.ts';
import { statusOf, textOf } from './values.ts';

/** A body that says nothing. */
export const NOTHING: ErrorBody = {
  envelope: 'unknown',
  status: null,
  code: null,
  subcode: null,
  message: null,
  requestId: null,
  fields: [],
  docs: [],
  retryAfterMs: null,
  ambiguous: [],
};

/**
 * The first value that has the documented shape: the body itself, or one that it wraps and that is a documented error.
 *
 * @param status the one that the response has, where it is known
 */
export function documentedIn(
  [body, ...insides]: unknown[],
  catalog: Catalog,
  status: number | null = null,
): ErrorBody | null {
  const own = readDocumented(body, catalog);
  if (own !== null) return own;
  for (const inside of insides) {
    const read = readDocumented(inside, catalog);
    if (read === null) continue;
    const stated = read.status ?? status ?? statusOfPhrase(read.code ?? '');
    if (isDocumentedCode(read.code, catalog) || matchEntry(catalog, stated, read) !== null) return read;
  }
  return null;
}

/** Reads a parsed body by the envelope that a catalog documents; null when the body does not have that shape. */
export function readDocumented(value: unknown, catalog: Catalog): ErrorBody | null {
  const { envelope } = catalog;
  if (catalog.envelopes !== undefined) return null;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const at = (pointer: string | undefined) => (pointer === undefined ? undefined : valueAt(value, pointer));

  const keyed = at(envelope.fields);
  const whole = pointerToken(envelope.formErrors ?? '');
  const fields = (isFieldMap(keyed) ? fieldsOfMap(keyed) : []).map((field) =>
    field.path === whole ? { ...field, path: '' } : field,
  );
  const single = textOf(at(envelope.message));
  const phrase = textOf(at(envelope.phrase));
  const code = textOf(at(envelope.code)) ?? (isDocumentedCode(phrase, catalog) ? phrase : null);

  const wanted = [envelope.message, envelope.phrase, envelope.phrase === undefined ? envelope.code : undefined];
  const complete = wanted.every((pointer) => pointer === undefined || textOf(at(pointer)) !== null);
  if (!complete && fields.length === 0) return null;

  return {
    ...NOTHING,
    envelope: catalog.id,
    code,
    subcode: textOf(at(envelope.subcode)),
    message: single ?? fields.find((field) => field.path === '')?.message ?? null,
    status: statusOf(at(envelope.status)),
    requestId: textOf(at(envelope.requestId)),
    fields: single === null ? fields : [],
  };
}

function isDocumentedCode(code: string | null, catalog: Catalog): boolean {
  return code !== null && entriesOfCode(catalog.entries, code).length > 0;
}
