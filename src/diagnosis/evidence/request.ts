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
import { headerListedMissing } from './parameters.ts';
import { isUuid } from './path.ts';
import { speaksOf } from './said.ts';

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
  // RFC 9110, section 8.3: there is only one Content-Type; a comma in a quoted parameter does not
  // count.
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

/** draft-ietf-httpapi-idempotency-key-header: the server asks for one. */
export function idempotencyKeyMissing({ message, request }: Facts): Finding {
  if (!/idempotency[-_ ]?key/i.test(message ?? '')) return CANNOT_TELL;
  return request.headers['idempotency-key'] === undefined
    ? confirmed('the request has no Idempotency-Key header, and the answer speaks of it', { idempotencyKey: true })
    : ruledOut('the request has an Idempotency-Key header');
}

/** A header that the response names and the request lacks. */
export function headerNamedMissing(facts: Facts): Finding {
  const { auth, message, request, requiredHeaders } = facts;
  const listed = headerListedMissing(facts);
  if (listed.verdict !== 'possible') return listed;
  const name = '["\'`]?([A-Z]\\w*(?:-[A-Z]\\w*)+)["\'`]?';
  const said = [
    `^(?:the )?(?:required )?(?:header )?${name}(?: header)?(?: field)? (?:is|was) (?:required|missing|not)`,
    `^(?:[A-Za-z ]+[:.,] +)?[Mm]issing (?:required )?(?:request )?(?:header:? )?${name}`,
    `^[Rr]equired (?:request )?header ${name}.{0,120} (?:is|was) (?:not present|missing)`,
  ];
  const found = said.map((text) => new RegExp(text).exec(message ?? '')?.[1]).find((header) => header !== undefined);
  const known = ['Idempotency-Key', auth?.header, ...requiredHeaders.map((header) => header.name)];
  if (found === undefined || known.includes(found)) return CANNOT_TELL;
  return request.headers[found.toLowerCase()] === undefined
    ? confirmed(`the request has no ${found} header`, { header: [found, '<value>'] })
    : ruledOut(`the request has ${found}`);
}

/** RFC 6585, section 3: a change has to name the state that it applies to. */
export function preconditionMissing({ request, response }: Facts): Finding {
  if (response.status !== 428) return CANNOT_TELL;
  const given = ['if-match', 'if-none-match', 'if-unmodified-since'].find(
    (name) => request.headers[name] !== undefined,
  );
  return given === undefined ? confirmed('the request has no If-Match header') : ruledOut(`the request has ${given}`);
}

/**
 * The time of a signed request, in milliseconds: an HTTP-date, AWS's form, or seconds since 1970.
 */
function timeOfRequest({ headers }: Facts['request']): { name: string; at: number } | null {
  for (const name of ['x-amz-date', 'x-ms-date', 'x-timestamp', 'x-request-timestamp', 'date']) {
    const value = headers[name]?.trim() ?? '';
    const basic = value.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
    const at = /^\d{10}$/.test(value)
      ? Number(value) * 1000
      : /^\d{13}$/.test(value)
        ? Number(value)
        : Date.parse(basic);
    if (!Number.isNaN(at)) return { name, at };
  }
  return null;
}

/** A request whose time differs from the server's, if the response mentions time. */
export function requestTime(facts: Facts): Finding {
  const sent = timeOfRequest(facts.request);
  const server = Date.parse(facts.response.headers.date ?? '');
  const isSaid = /\b(?:times?|timestamps?|clock|skew(?:ed)?|date|requesttimetooskewed|expired)\b/;
  if (sent === null || Number.isNaN(server) || !speaksOf(facts, isSaid)) return CANNOT_TELL;
  const minutes = Math.round((sent.at - server) / 60_000);
  if (Math.abs(minutes) < 5) return ruledOut(`${sent.name} agrees with the clock of the server`);
  return confirmed(
    `${sent.name} is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'ahead of' : 'behind'} the clock of the server`,
  );
}

/** Methods that a request may be repeated with: those of RFC 9110, RFC 5789 and QUERY, but TRACE and CONNECT. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'];

/**
 * RFC 9110, section 10.2.1: Allow is a list of tokens (section 5.6.2). Anything else may be
 * hostile.
 */
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
