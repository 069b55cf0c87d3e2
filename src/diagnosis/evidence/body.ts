import { parseJson } from '../../json/read.ts';
import type { Field } from '../../model/diagnosis.ts';
import { fieldPath } from '../read/field-path.ts';
import { CANNOT_TELL, confirmed, type Facts, type Finding, ruledOut, suspected } from './facts.ts';
import { ABSENT, blankness, isBlank, type Named, namedFields, saysMissing } from './names.ts';
import { hasNoBody, isReadAsJson, jsonOf, lookUp, nearField, WRITES, wrapperOf } from './places.ts';
import { speaksOf } from './said.ts';

const GIVE_BODY = { data: '@body.json' };
const AS_JSON: [string, string] = ['Content-Type', 'application/json'];

export function bodyMissing(facts: Facts): Finding {
  const { method } = facts.request;
  if (!WRITES.has(method)) return CANNOT_TELL;
  return hasNoBody(facts) ? confirmed(`the ${method} has no body`, GIVE_BODY) : ruledOut('the request has a body');
}

/** RFC 9110, section 9.3.1: the content of a GET has no meaning, and some servers refuse it. */
export function bodyOnGet({ request }: Facts): Finding {
  if (request.method !== 'GET' && request.method !== 'HEAD') return CANNOT_TELL;
  return request.body === null || request.body === ''
    ? ruledOut(`the ${request.method} has no body`)
    : confirmed(`the ${request.method} has a body`);
}

export function bodyNotJson(facts: Facts): Finding {
  if (hasNoBody(facts) || !isReadAsJson(facts)) return CANNOT_TELL;
  if (facts.request.body?.startsWith('\uFEFF')) return byteOrderMark(facts);
  return jsonOf(facts) === undefined ? confirmed('the body of the request is not JSON') : ruledOut('the body is JSON');
}

/** RFC 8259, section 8.1: a byte order mark must not be sent, though a parser may pass over it. */
function byteOrderMark(facts: Facts): Finding {
  const seen = 'the body of the request begins with a byte order mark (BOM)';
  const isSaid = /\b(?:json|pars\w+|syntax|unexpected|character|token|bom|byte order mark|decod\w+|u\+feff)\b/;
  return speaksOf(facts, isSaid) ? confirmed(seen) : suspected(seen);
}

/** JSON that was encoded twice: a string that contains JSON. */
export function bodyInString(facts: Facts): Finding {
  const body = jsonOf(facts);
  if (typeof body !== 'string') return body === undefined ? CANNOT_TELL : ruledOut('the body is no string');
  const inner = parseJson(body);
  return typeof inner === 'object' && inner !== null
    ? confirmed('the body is JSON inside a string: it was encoded twice', { data: body })
    : CANNOT_TELL;
}

export function contentType(facts: Facts): Finding {
  const { request, response } = facts;
  if (hasNoBody(facts)) return CANNOT_TELL;
  const type = request.headers['content-type'];
  if (type === undefined) return confirmed('the request has a body and no Content-Type', { header: AS_JSON });
  const boundary = boundaryFault(type, request.body ?? '');
  if (boundary !== null) return confirmed(boundary);
  const isJson = jsonOf(facts) !== undefined;
  if (isJson && !/json/i.test(type))
    return confirmed(`the body is JSON, and Content-Type says ${type}`, { header: AS_JSON });
  const told = typeInMessage(type, facts.message ?? '');
  if (told !== null) return confirmed(told);
  // RFC 9110, section 15.5.16. The response does not say which of several kinds of JSON is wanted.
  if (response.status === 415)
    return isJson || request.headers['content-encoding'] !== undefined || isNamed(type, facts.message ?? '')
      ? CANNOT_TELL
      : confirmed(`Content-Type is ${type}, and the server does not take it`);
  return ruledOut(`Content-Type is ${type}`);
}

const mediaType = (type: string): string => (type.toLowerCase().split(';')[0] ?? '').trim();

/** Whether a message names a media type, possibly among the accepted ones. */
const isNamed = (type: string, message: string): boolean => message.toLowerCase().includes(mediaType(type));

/**
 * The response's statement about media types: it rejects the one sent by name, or wants another one.
 */
function typeInMessage(type: string, message: string): string | null {
  if (!/\b(?:content[- ]?type|media type|mime)\b/i.test(message)) return null;
  const types = /\b(?:application|multipart|text|image|audio|video)\/[\w.+-]*\w/g;
  const named = [...message.toLowerCase().matchAll(types)].map(([media]) => media);
  if (named.length === 0) return null;
  const refused = /\bnot (?:supported|allowed|accepted|acceptable)\b|\bunsupported\b|\binvalid\b/i.test(message);
  if (named.includes(mediaType(type)))
    return refused && named.length === 1 ? `Content-Type is ${type}, which the answer refuses by name` : null;
  return `Content-Type is ${type}, and the answer asks for ${named.join(' or ')}`;
}

/**
 * RFC 2046, section 5.1.1: the boundary between parts, which has to be in the header and in the
 * body.
 */
function boundaryFault(type: string, body: string): string | null {
  if (!/^multipart\//i.test(type)) return null;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return `Content-Type is ${type}, without the boundary between the parts`;
  return body.startsWith('--') && !body.includes(`--${boundary}`)
    ? 'the boundary that Content-Type names is not in the body'
    : null;
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

/** RFC 9110, section 15.5.14: larger than the server accepts, if it states the limit. */
export function bodyTooLarge(facts: Facts): Finding {
  const { request, response } = facts;
  const limit = response.status === 413 && request.body !== null ? statedLimit(facts) : null;
  if (limit === null) return CANNOT_TELL;
  const size = Buffer.byteLength(request.body ?? '');
  return size > limit
    ? confirmed(`the body has ${size} bytes, and the limit is ${limit}`)
    : ruledOut(`the body has ${size} bytes`);
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

export function acceptTooNarrow({ request, response }: Facts): Finding {
  const { accept } = request.headers;
  if (response.status !== 406 || accept === undefined) return CANNOT_TELL;
  if (accept.includes('*/*')) return ruledOut('Accept takes anything');
  // The response itself has an accepted type.
  return takes(accept, response.headers['content-type'] ?? '')
    ? suspected(`Accept takes only ${accept}`)
    : confirmed(`Accept takes only ${accept}`, { header: ['Accept', '*/*'] });
}

/**
 * Whether the request lacks a field that the response reports as missing; null if it has the field.
 */
function lacks(field: Pick<Field, 'path' | 'in'>, facts: Facts): Finding | null {
  const { path } = field;
  const place = lookUp(field, facts);
  if (place.kind === 'elsewhere') return CANNOT_TELL;
  if (place.kind === 'value')
    return isBlank(place.value)
      ? confirmed(
          place.where.startsWith('/')
            ? `the body has ${place.where}, but ${blankness(place.value)}`
            : `${place.where} is empty`,
        )
      : null;
  if (place.from === 'query') return confirmed(`the query has no ${path.slice(1)}${nearField(path, facts, 'query')}`);
  return hasNoBody(facts)
    ? confirmed(`the ${facts.request.method} has no body`, GIVE_BODY)
    : confirmed(`the body has no ${path}${nearField(path, facts)}`);
}

export function fieldMissing(facts: Facts): Finding {
  const named = namedFields(facts);
  if (named.length === 0) return wholeBodyMissing(facts);
  const findings = named.map((field) => {
    const finding = lacks(field, facts);
    if (finding === null) return ruledOut(`the request has ${field.path}`);
    // Some of several fields may be elsewhere, and a wrong type is not an absence.
    const strict = named.length > 1 || isAbsentFromQuery(field, facts);
    const told = strict ? ABSENT.test(field.message) : saysMissing(field);
    if (field.plain === true && finding.verdict === 'confirmed' && isAbsent(field, facts)) return doubted(finding);
    return finding.verdict === 'confirmed' && !told ? CANNOT_TELL : finding;
  });
  const yes = findings.find(({ verdict }) => verdict === 'confirmed');
  const no = findings.every(({ verdict }) => verdict === 'ruled-out');
  const maybe = findings.find(({ verdict, evidence }) => verdict === 'possible' && evidence !== null);
  return yes ?? (no ? findings[0] : maybe) ?? CANNOT_TELL;
}

/** An ordinary word may not be a member, unless there is one with a similar name. */
const doubted = (finding: Finding): Finding =>
  /, but /.test(finding.evidence ?? '') ? finding : suspected(finding.evidence ?? '');

const isAbsent = (field: Named, facts: Facts): boolean => lookUp(field, facts).kind === 'absent';

/** The query of a GET need not repeat what its path contains. */
function isAbsentFromQuery(field: Pick<Field, 'path' | 'in'>, facts: Facts): boolean {
  const place = lookUp(field, facts);
  return field.in === undefined && place.kind === 'absent' && place.from === 'query';
}

/** A response that reports the whole body as the missing field. */
function wholeBodyMissing(facts: Facts): Finding {
  const whole = facts.fields.some(({ path, message }) => path === '' && ABSENT.test(message));
  return whole && WRITES.has(facts.request.method) && hasNoBody(facts)
    ? confirmed(`the ${facts.request.method} has no body`, GIVE_BODY)
    : CANNOT_TELL;
}

/** A message says that one of two fields is needed, and neither is there. */
export function neitherField(facts: Facts): Finding {
  const { a, b } = facts.values;
  if (a === undefined || b === undefined) return CANNOT_TELL;
  const pair = [a, b].map((name) => ({ name, path: fieldPath(name) }));
  const found = pair.map((field) => lacks(field, facts));
  const there = pair.find((_, i) => found[i] === null);
  if (there !== undefined) return ruledOut(`the request has ${there.name}`);
  if (!found.every((finding) => finding?.verdict === 'confirmed')) return CANNOT_TELL;
  if (hasNoBody(facts) && WRITES.has(facts.request.method)) return found[0] ?? CANNOT_TELL;
  const blank = pair
    .filter((field) => lookUp(field, facts).kind === 'value')
    .map(({ name }) => `${name} is there, but empty`);
  const near = pair.map(({ path }) => nearField(path, facts)).find((name) => name !== '') ?? '';
  const where = hasNoBody(facts) ? 'query' : 'body';
  return confirmed(`the ${where} has neither ${a} nor ${b}${blank.length > 0 ? `: ${blank.join(', ')}` : near}`);
}

/**
 * The parent of the missing field is one level up: the body was wrapped once too often, or put into
 * a list.
 */
export function bodyWrapped(facts: Facts): Finding {
  const { a, b } = facts.values;
  // A wrong value was found, whatever is around it.
  const missing = namedFields(facts).filter(({ message }) => ABSENT.test(message));
  const paths = a === undefined || b === undefined ? missing.map(({ path }) => path) : [a, b].map(fieldPath);
  for (const path of paths) {
    const wrapper = wrapperOf(path, facts);
    if (wrapper === '') return confirmed(`the body is a list, and ${path} is in its items`);
    if (wrapper !== null)
      return confirmed(`the body has ${path.slice(1)} only inside ${wrapper}, which is all that it has`);
  }
  return CANNOT_TELL;
}

/** A member that the server does not know. */
export function unknownField(facts: Facts): Finding {
  const found = namedFields(facts).find(
    (field) =>
      /\b(?:unknown|unrecogni[sz]ed|unexpected|additional|extra)\b.{0,20}\b(?:fields?|propert(?:y|ies)|parameters?|members?|attributes?|keys?|inputs?)\b/i.test(
        field.message,
      ) && lookUp(field, facts).kind === 'value',
  );
  return found === undefined ? CANNOT_TELL : confirmed(`the request has ${found.path}, which the API does not know`);
}
