import type { Finding, FindingCode, Findings, KeyFault, Where } from '../../model/finding.ts';
import { lookup } from '../../text/lookup.ts';

const theKey = (from: string | null): string => (from === null ? 'the key' : `the key from ${from}`);
const header = (name: string, from: string | null): string => (from === null ? name : `${name} (from ${from})`);
const but = (instead: string | null): string => (instead === null ? '' : `, but ${instead}`);
const place = ({ in: part, name }: Where): string => (part === 'query' ? `${name} in the query` : name);
const ofRequest = (where: Where): string => (where.in === 'body' ? `${where.name} of the request` : place(where));
const day = (iso: string): string => iso.slice(0, 10);
const aside = (ahead: boolean): string => (ahead ? 'ahead of' : 'behind');

const ENVIRONMENTS = { test: 'tests', live: 'production' };

const TYPES: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
  list: 'a list',
  object: 'an object',
};
const typeName = (type: string): string => lookup(TYPES, type) ?? type;

/** Why a fault is ruled out. It must not claim anything untrue about a value, harmless or not. */
const WITHOUT: Record<KeyFault, string> = {
  empty: 'it is not empty',
  json: 'it is no JSON',
  'header-line': 'the name of the header is not in it',
  assignment: 'there is no name before it',
  scheme: 'the key stands alone',
  placeholder: 'it does not look like a placeholder',
  mask: 'it is not masked',
  quoted: 'there are no quotes around it',
  'cut-short': 'nothing shows that it was cut short',
  encoded: 'it is not encoded',
  whitespace: 'there is no white space in it',
  'not-ascii': 'all of it is ASCII',
};

/** Every finding in words: a clause without a full stop, which can follow a cause in parentheses. */
const SENTENCES: { [Code in FindingCode]: (finding: Findings[Code]) => string } = {
  'message-says': ({ message }) => `the message reads “${message}”`,

  'header-present': ({ headers }) => `the request has ${headers.join(' and ')}`,
  'header-absent': ({ header, instead }) => `the request has no ${header} header${but(instead)}`,
  'header-empty': ({ header, instead }) => `${header} is empty${but(instead)}`,
  'header-not-uuid': ({ header: name, from, around }) =>
    `${header(name, from)} is not a UUID${around === null ? '' : `: it has ${around} around it`}`,
  'header-uuid': ({ headers }) => `${headers.join(' and ')} has the form of a UUID`,
  'header-repeated': ({ header: name, from, values }) => `${header(name, from)} has ${values} values, and one is meant`,
  'header-single': () => 'no header has several values',
  'idempotency-key-absent': () => 'the request has no Idempotency-Key header, and the answer speaks of it',
  'idempotency-key-present': () => 'the request has an Idempotency-Key header',
  'cookie-present': ({ name }) => `the request has the cookie ${name}`,
  'cookie-absent': ({ name, instead }) => `the request has no cookie ${name}${but(instead)}`,
  'request-time-right': ({ header }) => `${header} agrees with the clock of the server`,
  'request-time-off': ({ header, minutes, ahead }) =>
    `${header} is ${minutes} minutes ${aside(ahead)} the clock of the server`,
  'accept-any': () => 'Accept takes anything',
  'accept-only': ({ accept }) => `Accept takes only ${accept}`,

  'key-absent': ({ header, instead }) => {
    const where = instead === null ? null : place(instead);
    const unread = instead?.in === 'header' ? ', which the API does not read' : '';
    return `the request has no ${header} header${but(where)}${unread}`;
  },
  'key-withheld': ({ header, why }) => `the request has no ${header} header: errprobe kept the key back, since ${why}`,
  'key-left-behind': ({ header, origin, redirectedTo }) =>
    `the request has no ${header} header any more: a redirect led from ${origin} to ${redirectedTo}, and a key does not follow`,
  'key-in-header': ({ header }) => `the key is in ${header}`,
  'key-in-other-header': ({ header, wanted }) => `the request has ${header}, and the API reads ${wanted}`,
  'credentials-absent': () => 'the request has no header with credentials',
  'no-other-credentials': () => 'no other header has credentials',
  'basic-not-base64': () => 'what follows Basic is not Base64',
  'basic-without-colon': () => 'what follows Basic has no colon in it once it is decoded',
  'basic-line-break': () => 'what follows Basic ends in a line break once it is decoded',
  'basic-well-formed': () => 'what follows Basic is a name and a password in Base64',
  'scheme-right': ({ header, scheme }) => `${header} begins with ${scheme}`,
  'scheme-unwanted': ({ header, scheme }) =>
    `${header} has the word ${scheme} before the key, and the API wants the key alone`,
  'scheme-twice': ({ header, wanted, scheme }) => `${header} has a scheme twice: ${wanted} ${scheme}`,
  'scheme-wrong': ({ header, wanted, scheme }) => `${header} begins with ${scheme}, and the API wants ${wanted}`,
  'scheme-without-space': ({ header, wanted }) => `${header} has no space between ${wanted} and the key`,
  'scheme-absent': ({ header, wanted }) => `${header} lacks the word ${wanted} before the key`,
  'key-without': ({ fault }) => WITHOUT[fault],
  'key-space-stripped': () => 'white space around a header value never reaches a server (RFC 9110, section 5.5)',
  'key-empty': ({ header }) => `${header} has nothing where the key should be`,
  'key-json': ({ from }) => `${theKey(from)} is a piece of JSON`,
  'key-header-line': ({ from }) => `${theKey(from)} has the name of a header before it`,
  'key-assignment': ({ from, name }) => `${theKey(from)} has a name before it: ${name}=`,
  'key-placeholder': ({ from }) => `${theKey(from)} is a placeholder that was not replaced`,
  'key-mask': ({ from }) => `${theKey(from)} is a mask, with stars where the key should be`,
  'key-quoted': ({ from }) => `${theKey(from)} has quotes around it`,
  'key-percent-encoded': ({ from }) => `${theKey(from)} is percent-encoded, as for a URL`,
  'key-html-entity': ({ from }) => `${theKey(from)} has an HTML entity in it`,
  'key-escape-sequence': ({ from }) => `${theKey(from)} has an escape sequence in it, such as \\n`,
  'key-space-inside': ({ from }) => `${theKey(from)} has white space in it`,
  'key-space-before': ({ from, scheme }) =>
    `${theKey(from)} has white space before it: there is more than one space after ${scheme}`,
  'key-not-ascii': ({ from }) => `${theKey(from)} has a character that is not ASCII, such as a typographic dash`,
  'key-beginning-only': ({ from, whole }) =>
    `${theKey(from)} is cut short: it is only the beginning of the one from ${whole}`,
  'key-end-only': ({ from, whole }) => `${theKey(from)} is cut short: it is only the end of the one from ${whole}`,
  'key-dots': ({ from }) => `${theKey(from)} is cut short: dots stand for the rest of it`,
  'key-parts-missing': ({ from }) => `${theKey(from)} is cut short: a signed token has three parts`,
  'key-signature-missing': ({ from }) => `${theKey(from)} is cut short: its signature is missing`,
  'key-of-other-api': ({ from, sameAs, api }) => `${theKey(from)} is the same as the one from ${sameAs} for ${api}`,
  'key-of-issuer': ({ from, issuer }) => `${theKey(from)} has the form of a key of ${issuer}`,
  'key-of-no-other-api': () => 'it is none of the keys of the other APIs',
  'key-environment': ({ from, environment }) => `${theKey(from)} says that it is for ${ENVIRONMENTS[environment]}`,
  'key-environment-differs': ({ from, environment, address }) =>
    `${theKey(from)} says that it is for ${ENVIRONMENTS[environment]}, and the address that it is for ${ENVIRONMENTS[address]}`,
  'key-environment-same': () => 'key and address name the same environment',
  'key-mode-differs': ({ from, mode }) => `${theKey(from)} is for ${mode} mode, and the answer speaks of the other one`,
  'key-mode-same': ({ mode }) => `the key is for ${mode} mode, as the answer asks`,
  'scope-absent': ({ accepted, held }) =>
    `the token has ${held.length === 0 ? 'no scope' : held.join(', ')}, and ${accepted.join(' or ')} is needed`,
  'scope-present': ({ scope }) => `the scopes of the token include ${scope}`,
  'token-audience': ({ host }) => `the token is meant for ${host}`,
  'token-other-audience': ({ audiences, isSaid }) =>
    `the token is meant for ${audiences.join(', ')}${isSaid ? ', and the answer speaks of its audience' : ''}`,
  'token-expired': ({ at }) => `the token expired at ${at}`,
  'token-valid-until': ({ at }) => `the token is valid until ${at}`,
  'token-valid-from': ({ at }) => `the token is valid only from ${at}`,
  'token-valid-since': ({ at }) => `it is valid since ${at}`,

  'method-refused': ({ method, allowed }) => `the request is ${method}, and Allow has ${allowed.join(', ')}`,
  'method-allowed': ({ method }) => `Allow has ${method}`,
  'path-placeholder': ({ text }) => `the path has ${text} in it`,
  'path-without-placeholder': () => 'the path has no placeholder',
  'path-double-slash': () => 'the path has two slashes in a row',
  'path-single-slashes': () => 'the slashes are single',
  'path-repetition': ({ prefix }) => `the path has ${prefix} twice`,
  'path-without-repetition': () => 'no prefix stands twice',
  'path-space': () => 'the path has white space at the end of a part',
  'path-quotes': () => 'the path has quotes around a part',
  'path-clean': () => 'no part of the path has quotes or white space around it',
  'path-part-empty': ({ parameter }) => `the path has an empty part, and ${parameter} is missing from it`,
  'path-part-format': ({ format }) => `no part of the path is ${format === 'uuid' ? 'a UUID' : 'an integer'}`,
  'path-percent': () => 'the path has a percent sign that encodes nothing; as a character it is %25',
  'path-encoded': () => 'what is encoded in the path is whole',
  'path-other-case': ({ part, documented }) =>
    `the path has ${part}, in another case; the documented path is ${documented}`,
  'path-other-version': ({ version, documented }) => `the path has ${version}; the documented path is ${documented}`,
  'path-without-version': ({ version, before, documented }) =>
    `the path has no /${version} before /${before}; the documented path is ${documented}`,
  'path-slash-at-end': ({ documented }) => `the path has a slash at its end; the documented path is ${documented}`,
  'path-id-not-uuid': ({ after }) => `what follows /${after}/ in the path is not a UUID`,
  'path-id-uuid': () => 'the id in the path has the form of a UUID',
  'parameter-repeated': ({ parameter, times }) => `the query has ${parameter} ${times} times`,
  'query-plus': ({ parameter }) =>
    `${parameter} in the query has a +, which a server reads as a space; as a character it is %2B`,

  'body-present': ({ method }) => `the ${method ?? 'request'} has a body`,
  'body-absent': ({ method }) => `the ${method} has no body`,
  'body-json': () => 'the body is JSON',
  'body-not-json': () => 'the body of the request is not JSON',
  'body-bom': () => 'the body of the request begins with a byte order mark (BOM)',
  'body-in-string': () => 'the body is JSON inside a string: it was encoded twice',
  'body-not-string': () => 'the body is no string',
  'body-too-large': ({ bytes, limit }) => `the body has ${bytes} bytes, and the limit is ${limit}`,
  'body-size': ({ bytes }) => `the body has ${bytes} bytes`,
  'body-in-list': ({ field }) => `the body is a list, and ${field} is in its items`,
  'body-wrapped': ({ field, wrapper }) => `the body has ${field} only inside ${wrapper}, which is all that it has`,
  'content-type': ({ type }) => `Content-Type is ${type}`,
  'content-type-absent': () => 'the request has a body and no Content-Type',
  'content-type-not-json': ({ type }) => `the body is JSON, and Content-Type says ${type}`,
  'content-type-refused': ({ type }) => `Content-Type is ${type}, and the server does not take it`,
  'content-type-refused-by-name': ({ type }) => `Content-Type is ${type}, which the answer refuses by name`,
  'content-type-unwanted': ({ type, wanted }) =>
    `Content-Type is ${type}, and the answer asks for ${wanted.join(' or ')}`,
  'boundary-undeclared': ({ type }) => `Content-Type is ${type}, without the boundary between the parts`,
  'boundary-absent': () => 'the boundary that Content-Type names is not in the body',

  'field-present': ({ field }) => `the request has ${field}`,
  'field-absent': ({ where, instead }) => `the ${where.in} has no ${where.name}${but(instead)}`,
  'field-blank': ({ where, isNull }) =>
    where.in === 'body'
      ? `the body has ${where.name}, but it is ${isNull ? 'null' : 'empty'}`
      : `${place(where)} is empty`,
  'fields-both-absent': ({ in: part, fields, blank, instead }) => {
    const there = blank.map((name) => `${name} is there, but empty`).join(', ');
    return `the ${part} has neither ${fields.join(' nor ')}${there === '' ? but(instead) : `: ${there}`}`;
  },
  'field-unknown': ({ field }) => `the request has ${field}, which the API does not know`,
  'value-type-right': ({ where, type }) => `${place(where)} is ${typeName(type)}`,
  'value-type-wrong': ({ where, type, given }) =>
    given === null
      ? `${ofRequest(where)} is not ${typeName(type)}`
      : `${ofRequest(where)} is ${typeName(given)}, and ${typeName(type)} is wanted`,
  'value-refused': ({ where }) => `${ofRequest(where)} is the value that the answer names`,
  'value-not-named': ({ where }) => `${ofRequest(where)} is not the value that the answer names`,
  'value-allowed': ({ where }) => `${place(where)} is one of the allowed values`,
  'value-not-allowed': ({ where, allowed, nearest, isCase }) => {
    const near = isCase ? `; only the case of ${nearest} differs` : `; ${nearest} comes nearest`;
    return `${ofRequest(where)} is none of ${allowed.slice(0, 10).join(', ')}${nearest === null ? '' : near}`;
  },
  'value-length-wrong': ({ where, characters }) => `${ofRequest(where)} has ${characters} characters`,
  'value-length-right': ({ where, characters }) => `${place(where)} has ${characters} characters`,
  'value-below': ({ where, bound }) => `${ofRequest(where)} is below ${bound}`,
  'value-above': ({ where, bound }) => `${ofRequest(where)} is above ${bound}`,
  'value-not-above': ({ where, bound }) => `${ofRequest(where)} is not above ${bound}`,
  'value-not-below': ({ where, bound }) => `${ofRequest(where)} is not below ${bound}`,
  'value-in-range': ({ where }) => `${place(where)} is in the range`,
  'value-placeholder': ({ where }) => `${ofRequest(where)} is a placeholder that was not replaced`,
  'value-encoded-twice': ({ where }) => `${place(where)} was percent-encoded twice`,
  'value-well-formed': ({ where }) => `${place(where)} has the form that is wanted`,
  'value-space-around': ({ where }) => `${ofRequest(where)} has white space around it`,
  'value-without-at': ({ where }) => `${ofRequest(where)} has no @`,
  'value-not-email': ({ where }) => `${ofRequest(where)} is no email address`,
  'value-not-url': ({ where }) => `${ofRequest(where)} is no URL with a scheme and a host`,
  'value-not-uuid': ({ where }) => `${ofRequest(where)} is not a UUID`,
  'value-is-date': ({ where }) => `${place(where)} is a date`,
  'value-not-iso-date': ({ where, text }) =>
    `${ofRequest(where)} is ${text}, and not an ISO 8601 date such as 2026-03-01`,
  'value-local-date': ({ where, text }) => `${ofRequest(where)} is ${text}, a date in local form`,
  'value-impossible-time': ({ where, text }) => `${ofRequest(where)} is ${text}, a time that does not exist`,
  'list-length': ({ where, items }) => `${ofRequest(where)} has ${items} ${items === 1 ? 'item' : 'items'}`,

  'clock-off': ({ minutes, ahead }) => `the clock here is ${minutes} minutes ${aside(ahead)} that of the server`,
  'clocks-agree': () => 'the clocks agree',
  'limit-remaining': ({ header, remaining }) => `${header} is ${remaining}`,
  'retry-after': ({ seconds }) => `Retry-After asks to come back in ${seconds} s`,
  'gateway-header': ({ header, value }) => `the answer has the header ${header}: ${value}`,
  'answer-truncated': ({ bytes }) => `only the first ${bytes} bytes of the body were read`,
  'answer-shorter': ({ declared, bytes }) => `Content-Length is ${declared}, and ${bytes} bytes came`,
  'answer-breaks-off': () => 'the body begins as JSON and breaks off',
  'answer-whole': () => 'the body is whole',
  'redirect-crossed-origin': ({ origin, redirectedTo }) => `a redirect led from ${origin} to ${redirectedTo}`,
  'redirect-same-origin': () => 'the redirects stayed with the same origin',
  'redirect-adds-slash': () => 'the server redirects to the path with a slash at its end',
  'redirect-removes-slash': () => 'the server redirects to the path without the slash at its end',
  'redirect-not-slash': () => 'the redirect is not about a slash at the end',
  'redirect-to-https': () => 'the server redirects from http to https',
  'redirect-not-https': () => 'the redirect is not about https',
  'redirect-to-login': ({ url }) => `the redirect leads to ${url}`,

  'proxy-unreachable': ({ proxy, from }) =>
    `the request goes through the proxy ${proxy}, which ${from} names, and the proxy was not reached`,
  'proxy-used': ({ proxy, from }) => `the request goes through the proxy ${proxy}, which ${from} names`,
  'proxy-none': () => 'no proxy is used',
  'localhost-one-family': ({ address }) => `localhost stands for ${address} only, and nothing listens there`,
  'localhost-both-families': () => 'nothing listens on 127.0.0.1 nor on ::1',
  'localhost-not': () => 'the host is not localhost',
  'certificate-expired': ({ validTo, issuer }) =>
    `the certificate was valid until ${day(validTo)}; it was issued by ${issuer}`,
  'certificate-valid-until': ({ validTo }) => `the certificate is valid until ${day(validTo)}`,
  'certificate-not-yet-valid': ({ validFrom, now }) =>
    `the certificate is valid from ${validFrom}, and the clock here says ${now}`,
  'certificate-valid-since': ({ validFrom }) => `the certificate is valid since ${day(validFrom)}`,
  'certificate-other-names': ({ names, host }) =>
    `the certificate is for ${names.length === 0 ? 'no name' : names.slice(0, 5).join(', ')}, and the host is ${host}`,
  'certificate-names-host': ({ host }) => `the certificate is for ${host}`,
  'certificate-self-signed': ({ names }) => `the certificate for ${names.join(', ')} was issued by itself`,
  'certificate-issuer': ({ issuer }) => `the certificate was issued by ${issuer}`,
};

/** The codes of all findings, sorted as in the table. */
export const FINDING_CODES = Object.keys(SENTENCES) as [FindingCode, ...FindingCode[]];

/** A finding as a clause: `the request has no X-Tenant-ID header`. */
export function sentenceOf(finding: Finding): string {
  // The table has the right function for each code, which a call by a union of codes cannot show.
  return (SENTENCES[finding.code] as (finding: Finding) => string)(finding);
}

/** Findings as evidence in words; null without any. */
export const evidenceOf = (findings: Finding[]): string | null =>
  findings.length === 0 ? null : findings.map(sentenceOf).join('; ');

/**
 * Why a cause that the response claims is none, as sentences.
 *
 * @param isAbsence true if the response claims that something is missing
 * @param isOurs true if errprobe sent the request
 */
export function contradictionOf(finding: Finding, isAbsence: boolean, isOurs: boolean): string {
  const seen = sentenceOf(finding);
  const after = isAbsence
    ? `. ${isOurs ? 'errprobe sent it' : 'It was sent'}; something on the way removed it, or the value was not accepted.`
    : `; the request as ${isOurs ? 'errprobe sent it' : 'it was sent'} does not have this fault.`;
  return `${seen.charAt(0).toUpperCase()}${seen.slice(1)}${after}`;
}
