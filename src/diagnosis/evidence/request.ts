import { valueAt } from '../../catalog/pointer.ts';
import { fieldPath } from '../field-path.ts';
import { parseJson } from '../json.ts';
import { readRateLimit } from '../rate-limit.ts';
import { clockOf } from '../retry-hint.ts';
import { CANNOT_TELL, confirmed, type Facts, type Finding, ruledOut } from './facts.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Methods that send something. */
const WRITES = new Set(['POST', 'PUT', 'PATCH']);

export function headerMissing({ request, requiredHeaders }: Facts): Finding {
  if (requiredHeaders.length === 0) return CANNOT_TELL;
  const missing = requiredHeaders.find(({ name }) => (request.headers[name.toLowerCase()] ?? '') === '');
  return missing === undefined
    ? ruledOut(`the request has ${requiredHeaders.map(({ name }) => name).join(' and ')}`)
    : confirmed(`the request has no ${missing.name} header`, {
        header: [missing.name, `<${missing.format ?? 'value'}>`],
      });
}

export function headerFormat({ request, requiredHeaders }: Facts): Finding {
  const given = requiredHeaders.filter(
    ({ name, format }) => format === 'uuid' && (request.headers[name.toLowerCase()] ?? '') !== '',
  );
  if (given.length === 0) return CANNOT_TELL;
  const wrong = given.find(({ name }) => !UUID.test(request.headers[name.toLowerCase()]?.trim() ?? ''));
  return wrong === undefined
    ? ruledOut(`${given.map(({ name }) => name).join(' and ')} has the form of a UUID`)
    : confirmed(`${wrong.name} is not a UUID`, { header: [wrong.name, '<uuid>'] });
}

export function contentType({ request }: Facts): Finding {
  if (request.body === null || request.body === '') return CANNOT_TELL;
  const type = request.headers['content-type'];
  if (type === undefined)
    return confirmed('the request has a body and no Content-Type', { header: ['Content-Type', 'application/json'] });
  const isJson = parseJson(request.body) !== undefined;
  if (isJson && !/json/i.test(type))
    return confirmed(`the body is JSON, and Content-Type says ${type}`, {
      header: ['Content-Type', 'application/json'],
    });
  return ruledOut(`Content-Type is ${type}`);
}

/** The path of a request, decoded as far as it can be. */
function pathOf({ request }: Facts): string {
  const path = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(request.url)?.[1] ?? request.url;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export function pathPlaceholder(facts: Facts): Finding {
  const found =
    /\{\{?\w+\}?\}|\$\{?\w+\}?|(?<=\/):[a-z_]\w*|<\w+>|(?<=\/)(?:undefined|null|NaN|\[object Object\])(?=\/|$)/i.exec(
      pathOf(facts),
    );
  return found === null ? ruledOut('the path has no placeholder') : confirmed(`the path has ${found[0]} in it`);
}

export function pathDoubleSlash(facts: Facts): Finding {
  return /\/\//.test(pathOf(facts))
    ? confirmed('the path has two slashes in a row', { path: 'single-slashes' })
    : ruledOut('the slashes are single');
}

export function pathVersionTwice(facts: Facts): Finding {
  const found = /\/((?:api\/)?v\d+)\/(?:[^/]+\/)?\1(?:\/|$)/i.exec(pathOf(facts));
  return found === null
    ? ruledOut('no prefix stands twice')
    : confirmed(`the path has ${found[1]} twice`, { path: 'no-repetition' });
}

/** RFC 9110, section 10.2.1. */
export function methodNotAllowed({ request, response }: Facts): Finding {
  const { allow } = response.headers;
  if (allow === undefined || allow.trim() === '') return CANNOT_TELL;
  const allowed = allow.split(',').map((method) => method.trim().toUpperCase());
  return allowed.includes(request.method)
    ? ruledOut(`Allow has ${request.method}`)
    : confirmed(`the request is ${request.method}, and Allow has ${allowed.join(', ')}`, {
        method: allowed[0] ?? 'GET',
      });
}

export function bodyMissing({ request }: Facts): Finding {
  if (!WRITES.has(request.method)) return CANNOT_TELL;
  return request.body === null || request.body.trim() === ''
    ? confirmed(`the ${request.method} has no body`, { data: '@body.json' })
    : ruledOut('the request has a body');
}

export function bodyNotJson({ request }: Facts): Finding {
  if (request.body === null || request.body === '' || !/json/i.test(request.headers['content-type'] ?? ''))
    return CANNOT_TELL;
  return parseJson(request.body) === undefined
    ? confirmed('the body of the request is not JSON')
    : ruledOut('the body is JSON');
}

/** The JSON body of a request, or undefined. */
const jsonOf = ({ request }: Facts): unknown => (request.body === null ? undefined : parseJson(request.body));

/** The pointer of the one field that the answer names, or null. */
function namedField({ values, fields }: Facts): string | null {
  if (values.field !== undefined) return fieldPath(values.field);
  return fields.length === 1 && fields[0] !== '' ? (fields[0] ?? null) : null;
}

export function fieldMissing(facts: Facts): Finding {
  const field = namedField(facts);
  const body = jsonOf(facts);
  if (field === null || body === undefined) return CANNOT_TELL;
  return valueAt(body, field) === undefined
    ? confirmed(`the body has no ${field}${nearField(field, body)}`)
    : ruledOut(`the body has ${field}`);
}

/** Another name at the same place, that is the wanted one but for case, underscores and hyphens. */
function nearField(field: string, body: unknown): string {
  const parts = field.split('/');
  const wanted = plain(parts.at(-1) ?? '');
  const parent = valueAt(body, parts.slice(0, -1).join('/'));
  if (typeof parent !== 'object' || parent === null) return '';
  const near = Object.keys(parent).find((name) => plain(name) === wanted);
  return near === undefined ? '' : `, but ${near}`;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[_\-\s]/g, '');

export function listTooLong(facts: Facts): Finding {
  const { values } = facts;
  const field = namedField(facts);
  const list = field === null ? undefined : valueAt(jsonOf(facts), field);
  if (!Array.isArray(list) || values.max === undefined) return CANNOT_TELL;
  return list.length > Number(values.max)
    ? confirmed(`${field} of the request has ${list.length} items`)
    : ruledOut(`${field} of the request has ${list.length} items`);
}

/** Neither of two fields, of which a message says that one is needed. */
export function neitherField(facts: Facts): Finding {
  const { a, b } = facts.values;
  const body = jsonOf(facts);
  if (a === undefined || b === undefined || body === undefined) return CANNOT_TELL;
  const there = [a, b].find((name) => valueAt(body, fieldPath(name)) !== undefined);
  return there === undefined ? confirmed(`the body has neither ${a} nor ${b}`) : ruledOut(`the body has ${there}`);
}

export function limitUsedUp({ response, now }: Facts): Finding {
  const limit = readRateLimit(response.headers, clockOf(response.headers, now ?? 0));
  if (limit?.remaining == null) return CANNOT_TELL;
  return limit.remaining === 0 ? confirmed(`${limit.from} is 0`) : ruledOut(`${limit.from} is ${limit.remaining}`);
}

export function acceptTooNarrow({ request, response }: Facts): Finding {
  const { accept } = request.headers;
  if (response.status !== 406 || accept === undefined) return CANNOT_TELL;
  return accept.includes('*/*')
    ? ruledOut('Accept takes anything')
    : confirmed(`Accept takes only ${accept}`, { header: ['Accept', '*/*'] });
}
