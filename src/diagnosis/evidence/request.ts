import {
  CANNOT_TELL,
  confirmed,
  type Facts,
  type Finding,
  headerFrom,
  isRepeatedKey,
  ruledOut,
  valuesOf,
} from './facts.ts';
import { nearHeader } from './key.ts';
import { isUuid } from './path.ts';

export function headerMissing(facts: Facts): Finding {
  const { request, requiredHeaders } = facts;
  if (requiredHeaders.length === 0) return CANNOT_TELL;
  const missing = requiredHeaders.find(({ name }) => (request.headers[name.toLowerCase()] ?? '').trim() === '');
  if (missing === undefined)
    return ruledOut(`the request has ${requiredHeaders.map(({ name }) => name).join(' and ')}`);
  const other = nearHeader(missing.name, facts);
  const what =
    request.headers[missing.name.toLowerCase()] === undefined
      ? `the request has no ${missing.name} header`
      : `${missing.name} is empty`;
  return confirmed(other === undefined ? what : `${what}, but ${other}`, {
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
  const wrong = given.find(({ value }) => !isUuid(value));
  if (wrong === undefined) return ruledOut(`${given.map(({ name }) => name).join(' and ')} has the form of a UUID`);
  const around = /^(["'`]).*\1$/.test(wrong.value) ? 'quotes' : /^\{.*\}$/.test(wrong.value) ? 'braces' : null;
  const why = around === null ? '' : `: it has ${around} around it`;
  return confirmed(`${headerFrom(wrong.name, facts)} is not a UUID${why}`, { header: [wrong.name, '<uuid>'] });
}

export function headerRepeated(facts: Facts): Finding {
  const { auth, request, requiredHeaders } = facts;
  const { headers } = request;
  const key = auth?.header.toLowerCase() ?? 'authorization';
  const [prefix = ''] = auth?.value.split('{key}') ?? [];
  // RFC 9110, section 8.3: Content-Type is one; a comma in a quoted parameter does not count.
  const single = ['content-type', ...requiredHeaders.map(({ name }) => name.toLowerCase())];
  const given = [key, ...single].filter((name) => headers[name] !== undefined);
  if (given.length === 0) return CANNOT_TELL;
  const repeated = given.find((name) => {
    const value = headers[name] ?? '';
    return name === key ? isRepeatedKey(value, prefix) : valuesOf(value).length > 1 && !/=/.test(value);
  });
  return repeated === undefined
    ? ruledOut('no header has several values')
    : confirmed(
        `${headerFrom(repeated, facts)} has ${valuesOf(headers[repeated] ?? '').length} values, and one is meant`,
      );
}

/** draft-ietf-httpapi-idempotency-key-header: the server says that it wants one. */
export function idempotencyKeyMissing({ message, request }: Facts): Finding {
  if (!/idempotency[-_ ]?key/i.test(message ?? '')) return CANNOT_TELL;
  return request.headers['idempotency-key'] === undefined
    ? confirmed('the request has no Idempotency-Key header, and the answer speaks of it', { idempotencyKey: true })
    : ruledOut('the request has an Idempotency-Key header');
}

/** A header that the answer names, and that the request does not have. */
export function headerNamedMissing({ auth, message, request, requiredHeaders }: Facts): Finding {
  const name = '["\'`]?([A-Z]\\w*(?:-[A-Z]\\w*)+)["\'`]?';
  const said = [
    `^(?:the )?(?:required )?(?:header )?${name}(?: header)?(?: field)? (?:is|was) (?:required|missing|not)`,
    `[Mm]issing (?:required )?(?:header:? )?${name}`,
  ];
  const found = said.map((text) => new RegExp(text).exec(message ?? '')?.[1]).find((header) => header !== undefined);
  const known = ['Idempotency-Key', auth?.header, ...requiredHeaders.map((header) => header.name)];
  if (found === undefined || known.includes(found)) return CANNOT_TELL;
  return request.headers[found.toLowerCase()] === undefined
    ? confirmed(`the request has no ${found} header`, { header: [found, '<value>'] })
    : ruledOut(`the request has ${found}`);
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
