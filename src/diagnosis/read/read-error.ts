import { parseJson } from '../../json/read.ts';
import { scalarText } from '../../json/scalar.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { ErrorBody, Field, Parts } from '../../model/diagnosis.ts';
import type { Category } from '../../model/words.ts';
import type { BodyContext } from '../envelopes/envelope.ts';
import { readEnvelope, readHeaders } from '../envelopes/read-envelope.ts';
import { SERVICE_SHAPES } from '../envelopes/services.ts';
import { type Content, contentOf } from './content.ts';
import { documentedIn, NOTHING } from './documented.ts';
import { withoutAttributes } from './elements.ts';
import { NAMES_A_FAULT } from './field-maps.ts';
import { fieldIn, fieldPath } from './field-path.ts';
import { isOnlyError, readBlocks } from './page.ts';
import { readPlain } from './plain.ts';
import { isError, type Reading, readByEvidence } from './reading.ts';
import { roughBlocks } from './rough-page.ts';
import { detailsIn, idIn } from './text-details.ts';
import { insidesOf, toldByBoto } from './unwrap.ts';
import { textOf } from './values.ts';

/**
 * Reads what an error body says, whatever its shape.
 *
 * @param body the text of the body, or the value that was parsed from it
 * @param catalog the API whose documented shape is tried first
 * @param context status and headers, which tell apart what has the same shape
 * @returns the parts that were found; a body that fits nothing gives its text as message and the envelope `unknown`
 */
export function readError(
  body: unknown,
  catalog?: Catalog,
  context: BodyContext = { headers: {}, status: null },
): ErrorBody {
  const text = typeof body === 'string' ? body : '';
  const isXml = context.parsed !== undefined;
  const content: Content =
    typeof body === 'string'
      ? contentOf({ body, page: context.page })
      : { kind: isXml ? 'xml' : 'json', value: body, whole: true, insides: isXml ? [] : insidesOf(body) };
  return readContent(content, { ...context, body: text }, catalog);
}

/**
 * Reads what the parsed body of a response says.
 *
 * @param context the text of the body, and what came with it
 */
export function readContent(
  { value, insides }: Content,
  context: BodyContext & { body: string },
  catalog?: Catalog,
): ErrorBody {
  if (value === undefined || value === null) return withHeaders(readText(context.body, context), context);
  if (catalog !== undefined) {
    const read = documentedIn([value, ...insides], catalog, context.status);
    if (read !== null) return read;
  }
  if (typeof value !== 'object' || value === null) return withHeaders(readText(scalarText(value), context), context);
  const enveloped = withBodyOfMessage(
    readEnvelope(context.parsed === undefined ? value : withoutAttributes(value), context) ??
      envelopeWithin(insides, context),
  );
  const whole = together(enveloped, readByEvidence(value, context.status), context.status);
  const read = toldIn(whole, context) ?? whole;
  const fault = faultIn(value);
  read.subcode ??= innerCode(read, insides);
  read.code ??= wrapperName(value) ?? fault?.code ?? null;
  read.message ??= fault?.message ?? null;
  return withHeaders(read, context);
}

/** The error of AWS that the message of a program's own error tells of; null where it tells of none. */
function toldIn(read: ErrorBody, context: BodyContext): ErrorBody | null {
  const told = read.message === null || isOfService(read) ? null : toldByBoto(read.message);
  const answered = told === null ? null : readEnvelope(told, context);
  return told === null || answered === null ? null : together(answered, readByEvidence(told, null), null);
}

/** An error of which the message is the body of another, as it passes on what a service behind it answered. */
function withBodyOfMessage(read: ErrorBody | null): ErrorBody | null {
  if (read?.message?.startsWith('{') !== true) return read;
  const inner = readByEvidence(parseJson(read.message), null);
  if (inner.code === null || inner.message === null) return read;
  return { ...read, code: inner.code, subcode: inner.subcode, message: inner.message };
}

/** The name of the exception that is all a body holds: `<AccessDeniedException><Message>…`. */
function wrapperName(value: object): string | null {
  const name = onlyMember(value);
  return name !== null && /^(?:[A-Z][a-z0-9]+){1,6}(?:Exception|Fault)$/.test(name) ? name : null;
}

/** The only error of a map that is one itself: `{"errors": {"wrong_token": "Please log in again"}}`. */
function faultIn(value: object): { code: string; message: string } | null {
  const { errors, error } = value as { errors?: unknown; error?: unknown };
  const map = errors ?? error;
  if (typeof map !== 'object' || map === null) return null;
  const code = onlyMember(map);
  const message = code === null ? null : (map as Record<string, unknown>)[code];
  return code !== null && typeof message === 'string' && NAMES_A_FAULT.test(code) ? { code, message } : null;
}

/** The name of the member of an object that has no other. */
function onlyMember(value: object): string | null {
  let only: string | null = null;
  for (const name in value) {
    if (only !== null) return null;
    only = name;
  }
  return only;
}

/** Words of a message that leave it to the lines below to say what is wrong. */
const POINTS_INSIDE =
  /\b(?:(?:see|check|inner) (?:the )?(?:inner )?(?:errors?|details|exceptions?|causes?)\b|(?:one or )?(?:more|multiple|several) (?:\w+ )?errors (?:occurred|were|have))/i;

/** The code of what a message refers to for details. */
function innerCode({ code, message }: ErrorBody, insides: unknown[]): string | null {
  if (message === null) return null;
  for (const inside of insides) {
    const inner = textOf((inside as { code?: unknown }).code);
    if (inner !== null && inner !== code) return POINTS_INSIDE.test(message) ? inner : null;
  }
  return null;
}

/** Merges the reading of a known envelope with the evidence in the body. */
function together(enveloped: ErrorBody | null, reading: Reading, status: number | null): ErrorBody {
  const base = enveloped ?? NOTHING;
  const fields = base.fields.length > 0 ? base.fields : reading.fields;
  const code = base.code ?? reading.code;
  const subcode = base.subcode ?? reading.subcode;
  const message = base.message ?? reading.message;
  return {
    envelope: enveloped?.envelope ?? (isError(reading, status) ? 'generic' : 'unknown'),
    ambiguous: base.ambiguous,
    code,
    subcode: subcode === code ? null : subcode,
    message,
    status: base.status ?? reading.status,
    requestId: base.requestId ?? reading.requestId ?? idIn(message ?? ''),
    fields,
    docs: base.docs.length > 0 ? base.docs : reading.docs,
    retryAfterMs: base.retryAfterMs ?? reading.retryAfterMs,
    parts: partsOf(base, reading),
  };
}

/** The parts that the envelope did not give in another way. */
function partsOf(base: ErrorBody, { parts }: Reading): Parts {
  const kept: Parts = {};
  for (const role of ['code', 'message', 'status', 'requestId'] as const) {
    const part = parts[role];
    if (part !== undefined && base[role] === null) kept[role] = part;
  }
  return kept;
}

/** The first of the values that a body wraps which has a known envelope and says what is wrong. */
function envelopeWithin(insides: unknown[], context: BodyContext): ErrorBody | null {
  for (const inside of insides) {
    const enveloped = readEnvelope(inside, context);
    const read = enveloped !== null && isOfService(enveloped) ? withEvidence(enveloped, inside, context) : enveloped;
    if (read === null) continue;
    if (read.code !== null || read.fields.length > 0 || (isOfService(read) && read.message !== null)) return read;
  }
  return null;
}

/** Whether a shape tells by itself whose error it is. */
const isOfService = ({ envelope, ambiguous }: ErrorBody): boolean =>
  ambiguous.length === 0 && SERVICE_SHAPES.has(envelope);

/** The parts of an error that its shape leaves to the usual names of members. */
const withEvidence = (read: ErrorBody, value: unknown, { status }: BodyContext): ErrorBody =>
  read.code === null || read.message === null ? together(read, readByEvidence(value, status), status) : read;

/** A code in a header counts where the body has none; what else the body says stays. */
function withHeaders(read: ErrorBody, context: BodyContext): ErrorBody {
  if (read.code !== null) return read;
  const header = readHeaders(context);
  if (header === null) {
    const said = codeInHeaders(context);
    return said === null
      ? read
      : { ...read, code: said, envelope: read.envelope === 'unknown' ? 'generic' : read.envelope };
  }
  const { envelope, code, message, requestId } = header;
  return { ...read, envelope, code, message: read.message ?? message, requestId: read.requestId ?? requestId };
}

/** Headers that are called after the code of an error: `X-Ms-Error-Code`, `Ngrok-Error-Code`. */
const CODED = /(?:^|-)error-?(?:code|type|name)$/;

/** The code in a header that is called after it; null where there is none. */
function codeInHeaders({ headers, status }: BodyContext): string | null {
  const name = Object.keys(headers).find((one) => CODED.test(one));
  const code = name === undefined ? undefined : headers[name];
  return code !== undefined && /^[\w.-]{2,80}$/.test(code) && code !== String(status) ? code : null;
}

/**
 * The field that a message blames, as a field of the diagnosis.
 *
 * @param values what the placeholders of the message's template stood for
 * @param category only where a request was rejected for its content is a name in the message to blame
 */
export function namedField(values: Record<string, string>, error: ErrorBody | null, category: Category): Field[] {
  const message = error?.message ?? null;
  if (message === null) return [];
  if (values.field !== undefined) return [{ path: fieldPath(values.field), message }];
  // A field of GraphQL is a part of the schema.
  const path = category === 'validation' && error?.envelope !== 'graphql' ? fieldIn(message) : null;
  return path === null ? [] : [{ path, message }];
}

/** A page, where it was not parsed. */
const PAGE = /^\s*<(?:!doctype html|html|head|body|h1|center|title)\b/i;

/** A body that is no JSON: a page, or a text. */
function readText(body: string, { page }: BodyContext): ErrorBody {
  if (page !== undefined) return { ...NOTHING, envelope: isOnlyError(page) ? 'text' : 'html', ...readBlocks(page) };
  if (PAGE.test(body.slice(0, 4096))) return { ...NOTHING, envelope: 'html', ...readBlocks(roughBlocks(body)) };
  const { code: headed, message } = readPlain(body);
  const details = detailsIn(body);
  const code = headed ?? details.code;
  return {
    ...NOTHING,
    envelope: code === null ? 'unknown' : 'text',
    code,
    message: headed === null ? (details.message ?? message) : message,
    requestId: details.requestId,
  };
}
