import type { Finding } from '../../model/finding.ts';
import { type Assessment, CANNOT_TELL, confirmed, ruledOut } from './assessment.ts';
import { type Facts, isRepeatedKey, originOf, valuesOf } from './facts.ts';
import { nearHeader } from './key.ts';
import { headerListedMissing } from './parameters.ts';
import { isUuid } from './path.ts';
import { speaksOf } from './response-words.ts';

export function headerMissing(facts: Facts): Assessment {
  const { request, requiredHeaders } = facts;
  if (requiredHeaders.length === 0) return CANNOT_TELL;
  const missing = requiredHeaders.find(({ name }) => (request.headers[name.toLowerCase()] ?? '').trim() === '');
  if (missing === undefined)
    return ruledOut({ code: 'header-present', headers: requiredHeaders.map(({ name }) => name) });
  const header = missing.name;
  const code = request.headers[header.toLowerCase()] === undefined ? 'header-absent' : 'header-empty';
  return confirmed(
    { code, header, instead: nearHeader(header, facts) },
    { header: [header, `<${missing.format ?? 'value'}>`] },
  );
}

export function headerFormat(facts: Facts): Assessment {
  const { request, requiredHeaders } = facts;
  const given = requiredHeaders.flatMap(({ name, format }) => {
    const value = request.headers[name.toLowerCase()]?.trim() ?? '';
    return format === 'uuid' && value !== '' && valuesOf(value).length === 1 ? [{ name, value }] : [];
  });
  if (given.length === 0) return CANNOT_TELL;
  const wrong = given.find(({ value }) => !isUuid(value));
  if (wrong === undefined) return ruledOut({ code: 'header-uuid', headers: given.map(({ name }) => name) });
  const around = /^(["'`]).*\1$/.test(wrong.value) ? 'quotes' : /^\{.*\}$/.test(wrong.value) ? 'braces' : null;
  const header = wrong.name;
  return confirmed(
    { code: 'header-not-uuid', header, from: originOf(header, facts), around },
    { header: [header, '<uuid>'] },
  );
}

export function headerRepeated(facts: Facts): Assessment {
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
    ? ruledOut({ code: 'header-single' })
    : confirmed({
        code: 'header-repeated',
        header: repeated,
        from: originOf(repeated, facts),
        values: valuesOf(headers[repeated] ?? '').length,
      });
}

/** draft-ietf-httpapi-idempotency-key-header: the server asks for one. */
export function idempotencyKeyMissing({ message, request }: Facts): Assessment {
  if (!/idempotency[-_ ]?key/i.test(message ?? '')) return CANNOT_TELL;
  return request.headers['idempotency-key'] === undefined
    ? confirmed({ code: 'idempotency-key-absent' }, { idempotencyKey: true })
    : ruledOut({ code: 'idempotency-key-present' });
}

/** A header that the response names and the request lacks. */
export function headerNamedMissing(facts: Facts): Assessment {
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
    ? confirmed({ code: 'header-absent', header: found, instead: null }, { header: [found, '<value>'] })
    : ruledOut({ code: 'header-present', headers: [found] });
}

/** RFC 6585, section 3: a change has to name the state that it applies to. */
export function preconditionMissing({ request, response }: Facts): Assessment {
  if (response.status !== 428) return CANNOT_TELL;
  const given = ['if-match', 'if-none-match', 'if-unmodified-since'].find(
    (name) => request.headers[name] !== undefined,
  );
  return given === undefined
    ? confirmed({ code: 'header-absent', header: 'If-Match', instead: null })
    : ruledOut({ code: 'header-present', headers: [given] });
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
export function requestTime(facts: Facts): Assessment {
  const sent = timeOfRequest(facts.request);
  const server = Date.parse(facts.response.headers.date ?? '');
  const isSaid = /\b(?:times?|timestamps?|clock|skew(?:ed)?|date|requesttimetooskewed|expired)\b/;
  if (sent === null || Number.isNaN(server) || !speaksOf(facts, isSaid)) return CANNOT_TELL;
  const minutes = Math.round((sent.at - server) / 60_000);
  if (Math.abs(minutes) < 5) return ruledOut({ code: 'request-time-right', header: sent.name });
  return confirmed({ code: 'request-time-off', header: sent.name, minutes: Math.abs(minutes), ahead: minutes > 0 });
}

/** Methods that a request may be repeated with: those of RFC 9110, RFC 5789 and QUERY, but TRACE and CONNECT. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'];

/**
 * RFC 9110, section 10.2.1: Allow is a list of tokens (section 5.6.2). Anything else may be
 * hostile.
 */
export function methodNotAllowed({ request, response }: Facts): Assessment {
  const { allow } = response.headers;
  if (allow === undefined || allow.trim() === '') return CANNOT_TELL;
  const words = allow.split(',').map((method) => method.trim().toUpperCase());
  const allowed = words.filter((word) => /^[!#$%&'*+.^_`|~\w-]+$/.test(word));
  if (allowed.length === 0) return CANNOT_TELL;
  if (allowed.includes(request.method)) return ruledOut({ code: 'method-allowed', method: request.method });
  const method = allowed.find((word) => METHODS.includes(word));
  const finding: Finding = { code: 'method-refused', method: request.method, allowed };
  return confirmed(finding, method === undefined ? undefined : { method });
}
