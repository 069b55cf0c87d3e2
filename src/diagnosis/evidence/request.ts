import { parseJson } from '../../json/read.ts';
import { CANNOT_TELL, confirmed, type Facts, type Finding, headerFrom, ruledOut, valuesOf } from './facts.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function headerMissing({ request, requiredHeaders }: Facts): Finding {
  if (requiredHeaders.length === 0) return CANNOT_TELL;
  const missing = requiredHeaders.find(({ name }) => (request.headers[name.toLowerCase()] ?? '') === '');
  return missing === undefined
    ? ruledOut(`the request has ${requiredHeaders.map(({ name }) => name).join(' and ')}`)
    : confirmed(`the request has no ${missing.name} header`, {
        header: [missing.name, `<${missing.format ?? 'value'}>`],
      });
}

export function headerFormat(facts: Facts): Finding {
  const { request, requiredHeaders } = facts;
  const given = requiredHeaders.flatMap(({ name, format }) => {
    const value = request.headers[name.toLowerCase()]?.trim() ?? '';
    return format === 'uuid' && value !== '' && valuesOf(value).length === 1 ? [{ name, value }] : [];
  });
  if (given.length === 0) return CANNOT_TELL;
  const wrong = given.find(({ value }) => !UUID.test(value));
  if (wrong === undefined) return ruledOut(`${given.map(({ name }) => name).join(' and ')} has the form of a UUID`);
  const quoted = /^(["'`]).*\1$/.test(wrong.value) ? ': it has quotes around it' : '';
  return confirmed(`${headerFrom(wrong.name, facts)} is not a UUID${quoted}`, { header: [wrong.name, '<uuid>'] });
}

/** Headers of which a request has one (RFC 9110, sections 8.3 and 11.6.2). */
const SINGLE = ['authorization', 'content-type'];

export function headerRepeated(facts: Facts): Finding {
  const { auth, request, requiredHeaders } = facts;
  const single = new Set([
    ...SINGLE,
    auth?.header.toLowerCase(),
    ...requiredHeaders.map(({ name }) => name.toLowerCase()),
  ]);
  const given = Object.keys(request.headers).filter((name) => single.has(name));
  if (given.length === 0) return CANNOT_TELL;
  // Schemes such as Digest have parameters, which are separated by commas as well.
  const isRepeated = (value: string) => valuesOf(value).length > 1 && !/=/.test(value);
  const repeated = given.find((name) => isRepeated(request.headers[name] ?? ''));
  return repeated === undefined
    ? ruledOut('no header has several values')
    : confirmed(
        `${headerFrom(repeated, facts)} has ${valuesOf(request.headers[repeated] ?? '').length} values, and one is meant`,
      );
}

/** draft-ietf-httpapi-idempotency-key-header: the server says that it wants one. */
export function idempotencyKeyMissing({ message, request }: Facts): Finding {
  if (!/idempotency[-_ ]?key/i.test(message ?? '')) return CANNOT_TELL;
  return request.headers['idempotency-key'] === undefined
    ? confirmed('the request has no Idempotency-Key header, and the answer speaks of it', { idempotencyKey: true })
    : ruledOut('the request has an Idempotency-Key header');
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

/** Methods that a request may be repeated with: those of RFC 9110, RFC 5789 and QUERY, but TRACE and CONNECT. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'];

/** RFC 9110, section 10.2.1: Allow is a list of tokens (section 5.6.2). What is none comes from nobody who means well. */
export function methodNotAllowed({ request, response }: Facts): Finding {
  const { allow } = response.headers;
  if (allow === undefined || allow.trim() === '') return CANNOT_TELL;
  const words = allow.split(',').map((method) => method.trim().toUpperCase());
  const allowed = words.filter((word) => /^[!#$%&'*+.^_`|~\w-]+$/.test(word));
  if (allowed.length === 0) return CANNOT_TELL;
  if (allowed.includes(request.method)) return ruledOut(`Allow has ${request.method}`);
  const method = allowed.find((word) => METHODS.includes(word));
  const evidence = `the request is ${request.method}, and Allow has ${allowed.join(', ')}`;
  return method === undefined ? confirmed(evidence) : confirmed(evidence, { method });
}

/** An id in the path that does not have its documented format. */
export function pathIdFormat(facts: Facts): Finding {
  const parts = pathOf(facts).split('/');
  const given = facts.pathIds.flatMap(({ after, format }) => {
    const id = parts[parts.indexOf(after) + 1] ?? '';
    return parts.includes(after) && id !== '' && format === 'uuid' ? [{ after, fits: UUID.test(id) }] : [];
  });
  if (given.length === 0) return CANNOT_TELL;
  const wrong = given.find(({ fits }) => !fits);
  return wrong === undefined
    ? ruledOut('the id in the path has the form of a UUID')
    : confirmed(`what follows /${wrong.after}/ in the path is not a UUID`);
}

export function acceptTooNarrow({ request, response }: Facts): Finding {
  const { accept } = request.headers;
  if (response.status !== 406 || accept === undefined) return CANNOT_TELL;
  return accept.includes('*/*')
    ? ruledOut('Accept takes anything')
    : confirmed(`Accept takes only ${accept}`, { header: ['Accept', '*/*'] });
}
