import { parseJson } from '../../json/read.ts';
import type { Field } from '../../model/diagnosis.ts';
import type { Finding } from '../../model/finding.ts';
import { utf8Length } from '../../text/utf8.ts';
import { fieldPath } from '../read/field-path.ts';
import { type Assessment, CANNOT_TELL, combined, confirmed, isConfirmed, ruledOut, suspected } from './assessment.ts';
import type { Facts } from './facts.ts';
import { hasNoBody, isReadAsJson, jsonOf, lookUp, nearField, WRITES, wrapperOf } from './field-lookup.ts';
import { ABSENT, isBlank, type Named, namedFields, saysMissing } from './names.ts';
import { speaksOf } from './response-words.ts';

const GIVE_BODY = { data: '@body.json' };
const AS_JSON: [string, string] = ['Content-Type', 'application/json'];

export function bodyMissing(facts: Facts): Assessment {
  const { method } = facts.request;
  if (!WRITES.has(method)) return CANNOT_TELL;
  return hasNoBody(facts)
    ? confirmed({ code: 'body-absent', method }, GIVE_BODY)
    : ruledOut({ code: 'body-present', method: null });
}

/** RFC 9110, section 9.3.1: the content of a GET has no meaning, and some servers refuse it. */
export function bodyOnGet({ request }: Facts): Assessment {
  const { method } = request;
  if (method !== 'GET' && method !== 'HEAD') return CANNOT_TELL;
  return request.body === null || request.body === ''
    ? ruledOut({ code: 'body-absent', method })
    : confirmed({ code: 'body-present', method });
}

export function bodyNotJson(facts: Facts): Assessment {
  if (hasNoBody(facts) || !isReadAsJson(facts)) return CANNOT_TELL;
  if (facts.request.body?.startsWith('\uFEFF')) return byteOrderMark(facts);
  return jsonOf(facts) === undefined ? confirmed({ code: 'body-not-json' }) : ruledOut({ code: 'body-json' });
}

/** RFC 8259, section 8.1: a byte order mark must not be sent, though a parser may pass over it. */
function byteOrderMark(facts: Facts): Assessment {
  const isSaid = /\b(?:json|pars\w+|syntax|unexpected|character|token|bom|byte order mark|decod\w+|u\+feff)\b/;
  return speaksOf(facts, isSaid) ? confirmed({ code: 'body-bom' }) : suspected({ code: 'body-bom' });
}

/** JSON that was encoded twice: a string that contains JSON. */
export function bodyInString(facts: Facts): Assessment {
  const body = jsonOf(facts);
  if (typeof body !== 'string') return body === undefined ? CANNOT_TELL : ruledOut({ code: 'body-not-string' });
  const inner = parseJson(body);
  return typeof inner === 'object' && inner !== null
    ? confirmed({ code: 'body-in-string' }, { data: body })
    : CANNOT_TELL;
}

export function contentType(facts: Facts): Assessment {
  const { request, response } = facts;
  if (hasNoBody(facts)) return CANNOT_TELL;
  const type = request.headers['content-type'];
  if (type === undefined) return confirmed({ code: 'content-type-absent' }, { header: AS_JSON });
  const boundary = boundaryFault(type, request.body ?? '');
  if (boundary !== null) return confirmed(boundary);
  const isJson = jsonOf(facts) !== undefined;
  if (isJson && !/json/i.test(type)) return confirmed({ code: 'content-type-not-json', type }, { header: AS_JSON });
  const told = typeInMessage(type, facts.message ?? '');
  if (told !== null) return confirmed(told);
  // RFC 9110, section 15.5.16. The response does not say which of several kinds of JSON is wanted.
  if (response.status === 415)
    return isJson || request.headers['content-encoding'] !== undefined || isNamed(type, facts.message ?? '')
      ? CANNOT_TELL
      : confirmed({ code: 'content-type-refused', type });
  return ruledOut({ code: 'content-type', type });
}

const mediaType = (type: string): string => (type.toLowerCase().split(';')[0] ?? '').trim();

/** Whether a message names a media type, possibly among the accepted ones. */
const isNamed = (type: string, message: string): boolean => message.toLowerCase().includes(mediaType(type));

/**
 * The response's statement about media types: it rejects the one sent by name, or wants another one.
 */
function typeInMessage(type: string, message: string): Finding | null {
  if (!/\b(?:content[- ]?type|media type|mime)\b/i.test(message)) return null;
  const types = /\b(?:application|multipart|text|image|audio|video)\/[\w.+-]*\w/g;
  const named = [...message.toLowerCase().matchAll(types)].map(([media]) => media);
  if (named.length === 0) return null;
  const refused = /\bnot (?:supported|allowed|accepted|acceptable)\b|\bunsupported\b|\binvalid\b/i.test(message);
  if (named.includes(mediaType(type)))
    return refused && named.length === 1 ? { code: 'content-type-refused-by-name', type } : null;
  return { code: 'content-type-unwanted', type, wanted: named };
}

/**
 * RFC 2046, section 5.1.1: the boundary between parts, which has to be in the header and in the
 * body.
 */
function boundaryFault(type: string, body: string): Finding | null {
  if (!/^multipart\//i.test(type)) return null;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return { code: 'boundary-undeclared', type };
  return body.startsWith('--') && !body.includes(`--${boundary}`) ? { code: 'boundary-absent' } : null;
}

/** The limit stated by a 413, in bytes. */
function statedLimit(facts: Facts): number | null {
  const [, figure, unit = ''] =
    /\b(?:limit|max(?:imum)?|exceeds?|larger than|at most|up to|allowed)\b[^\d]{0,40}(\d{1,12}(?:\.\d{1,3})?) ?(bytes?|b|k?i?b|m?i?b)?\b/i.exec(
      facts.message ?? '',
    ) ?? [];
  if (figure !== undefined) return Number(figure) * ({ k: 1024, m: 1024 ** 2 }[unit.charAt(0).toLowerCase()] ?? 1);
  const { value: body } = facts.content;
  const limit = typeof body === 'object' && body !== null ? (body as Record<string, unknown>).limit : undefined;
  return typeof limit === 'number' ? limit : null;
}

/** RFC 9110, section 15.5.14: larger than the server accepts, if it states the limit, or the document does. */
export function bodyTooLarge(facts: Facts): Assessment {
  const { request, response } = facts;
  const limit = facts.limit ?? (response.status === 413 ? statedLimit(facts) : null);
  if (limit === null || request.body === null) return CANNOT_TELL;
  const bytes = utf8Length(request.body ?? '');
  return bytes > limit ? confirmed({ code: 'body-too-large', bytes, limit }) : ruledOut({ code: 'body-size', bytes });
}

/** Whether Accept includes a media type, ignoring weights. */
function takes(accept: string, type: string): boolean {
  const [own = ''] = type.toLowerCase().split(';');
  return accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';')[0]?.trim())
    .some((range) => range === own.trim() || range === `${own.split('/')[0]}/*`);
}

export function acceptTooNarrow({ request, response }: Facts): Assessment {
  const { accept } = request.headers;
  if (response.status !== 406 || accept === undefined) return CANNOT_TELL;
  if (accept.includes('*/*')) return ruledOut({ code: 'accept-any' });
  // The response itself has an accepted type.
  return takes(accept, response.headers['content-type'] ?? '')
    ? suspected({ code: 'accept-only', accept })
    : confirmed({ code: 'accept-only', accept }, { header: ['Accept', '*/*'] });
}

/**
 * Whether the request lacks a field that the response reports as missing; null if it has the field.
 */
function lacks(field: Pick<Field, 'path' | 'in'>, facts: Facts): Assessment | null {
  const { path } = field;
  const place = lookUp(field, facts);
  if (place.kind === 'elsewhere') return CANNOT_TELL;
  if (place.kind === 'value')
    return isBlank(place.value)
      ? confirmed({ code: 'field-blank', where: place.where, isNull: place.value === null })
      : null;
  if (place.from === 'body' && hasNoBody(facts))
    return confirmed({ code: 'body-absent', method: facts.request.method }, GIVE_BODY);
  const where = { in: place.from, name: place.from === 'query' ? path.slice(1) : path };
  return confirmed({ code: 'field-absent', where, instead: nearField(path, facts, place.from) });
}

export function fieldMissing(facts: Facts): Assessment {
  const named = namedFields(facts);
  if (named.length === 0) return wholeBodyMissing(facts);
  const assessments = named.map((field) => {
    const lack = lacks(field, facts);
    if (lack === null) return ruledOut({ code: 'field-present', field: field.path });
    // Some of several fields may be elsewhere, and a wrong type is not an absence.
    const strict = named.length > 1 || isAbsentFromQuery(field, facts);
    const told = strict ? ABSENT.test(field.message) : saysMissing(field);
    if (field.plain === true && isConfirmed(lack) && isAbsent(field, facts)) return doubted(lack);
    return isConfirmed(lack) && !told ? CANNOT_TELL : lack;
  });
  return combined(assessments);
}

/** An ordinary word may not be a member, unless there is one with a similar name. */
const doubted = (lack: Assessment): Assessment =>
  lack.findings.some((finding) => finding.code === 'field-absent' && finding.instead !== null)
    ? lack
    : { verdict: 'possible', findings: lack.findings };

const isAbsent = (field: Named, facts: Facts): boolean => lookUp(field, facts).kind === 'absent';

/** The query of a GET need not repeat what its path contains. */
function isAbsentFromQuery(field: Pick<Field, 'path' | 'in'>, facts: Facts): boolean {
  const place = lookUp(field, facts);
  return field.in === undefined && place.kind === 'absent' && place.from === 'query';
}

/** A response that reports the whole body as the missing field. */
function wholeBodyMissing(facts: Facts): Assessment {
  const whole = facts.fields.some(({ path, message }) => path === '' && ABSENT.test(message));
  return whole && WRITES.has(facts.request.method) && hasNoBody(facts)
    ? confirmed({ code: 'body-absent', method: facts.request.method }, GIVE_BODY)
    : CANNOT_TELL;
}

/** A message says that one of two fields is needed, and neither is there. */
export function neitherField(facts: Facts): Assessment {
  const { a, b } = facts.values;
  if (a === undefined || b === undefined) return CANNOT_TELL;
  const pair = [a, b].map((name) => ({ name, path: fieldPath(name) }));
  const found = pair.map((field) => lacks(field, facts));
  const there = pair.find((_, i) => found[i] === null);
  if (there !== undefined) return ruledOut({ code: 'field-present', field: there.name });
  if (!found.every((lack) => lack !== null && isConfirmed(lack))) return CANNOT_TELL;
  if (hasNoBody(facts) && WRITES.has(facts.request.method)) return found[0] ?? CANNOT_TELL;
  const blank = pair.filter((field) => lookUp(field, facts).kind === 'value').map(({ name }) => name);
  const instead = pair.map(({ path }) => nearField(path, facts)).find((name) => name !== null) ?? null;
  const part = hasNoBody(facts) ? 'query' : 'body';
  return confirmed({ code: 'fields-both-absent', in: part, fields: [a, b], blank, instead });
}

/**
 * The parent of the missing field is one level up: the body was wrapped once too often, or put into
 * a list.
 */
export function bodyWrapped(facts: Facts): Assessment {
  const { a, b } = facts.values;
  // A wrong value was found, whatever is around it.
  const missing = namedFields(facts).filter(({ message }) => ABSENT.test(message));
  const paths = a === undefined || b === undefined ? missing.map(({ path }) => path) : [a, b].map(fieldPath);
  for (const path of paths) {
    const wrapper = wrapperOf(path, facts);
    if (wrapper === '') return confirmed({ code: 'body-in-list', field: path });
    if (wrapper !== null) return confirmed({ code: 'body-wrapped', field: path.slice(1), wrapper });
  }
  return CANNOT_TELL;
}

/** A member that the server does not know. */
export function unknownField(facts: Facts): Assessment {
  const found = namedFields(facts).find(
    (field) =>
      /\b(?:unknown|unrecogni[sz]ed|unexpected|additional|extra)\b.{0,20}\b(?:fields?|propert(?:y|ies)|parameters?|members?|attributes?|keys?|inputs?)\b/i.test(
        field.message,
      ) && lookUp(field, facts).kind === 'value',
  );
  return found === undefined ? CANNOT_TELL : confirmed({ code: 'field-unknown', field: found.path });
}
