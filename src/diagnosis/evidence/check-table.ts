import type { Category } from '../../model/words.ts';
import type { Assessment } from './assessment.ts';
import * as body from './body.ts';
import type { Facts } from './facts.ts';
import * as formats from './formats.ts';
import * as key from './key.ts';
import { ABSENT } from './names.ts';
import * as network from './network.ts';
import * as parameters from './parameters.ts';
import * as path from './path.ts';
import * as query from './query.ts';
import * as request from './request.ts';
import * as response from './response.ts';
import type { Subject } from './response-words.ts';
import * as scopes from './scopes.ts';
import * as token from './token.ts';
import * as unknown from './unknown-value.ts';
import * as values from './values.ts';

/** A cause of errors that can be looked for in the exchange itself. */
export interface Check {
  /** The cause in words, unless a catalog has its own. */
  text: string;
  /** The categories of errors that it can cause, if no entry names it. */
  categories: Category[];
  run(facts: Facts): Assessment;
  /**
   * The part it finds fault with. If the response names something else, the finding is only a
   * suspicion.
   */
  subject?: Subject;
  /**
   * Set for a fault in every such request that does not cause every such error. For an entry that
   * does not mention it, it is confirmed only if the response says no more than its status, or
   * mentions it in these words.
   */
  broad?: RegExp;
}

const AUTH: Category[] = ['authentication'];
const BODY: Category[] = ['validation'];
const PATH: Category[] = ['not-found', 'validation'];

const LACKS_CREDENTIALS = /missing|required|provided|credentials|authenticat|authori[sz]|login|no key/;
const NAMES_THE_PATH = /\b(?:ids?|uuid|path|route|url|uri)\b/;
const NAMES_THE_BODY =
  /\b(?:body|payload|json|content|pars\w+|syntax|malformed|decod\w+|unexpected|dictionary|object)\b/;
const ABSENT_OR_EITHER = new RegExp(`${ABSENT.source}|\\beither\\b`);
const LACKS_OR_NAMES_THE_BODY = new RegExp(`${ABSENT_OR_EITHER.source}|media type|${NAMES_THE_BODY.source}`);

/** A check of the text of a key. */
const keyForm = (fault: Parameters<typeof key.keyForm>[0], text: string): Check => ({
  text,
  categories: AUTH,
  subject: 'key',
  run: key.keyForm(fault),
});

/** By the names that catalogs use. Several confirmed causes are listed in this order. */
export const CHECKS = {
  'key-missing': {
    text: 'No key was sent.',
    categories: AUTH,
    subject: 'presence',
    broad: LACKS_CREDENTIALS,
    run: key.keyMissing,
  },
  // `key-missing` says where the key is instead.
  'key-in-other-header': {
    text: 'The key was sent in a header that the API does not read.',
    categories: [],
    run: key.keyInOtherHeader,
  },
  'no-credentials': {
    text: 'No credentials were sent.',
    categories: AUTH,
    subject: 'presence',
    broad: LACKS_CREDENTIALS,
    run: key.noCredentials,
  },
  'key-empty': { text: 'The key is empty.', categories: AUTH, run: key.keyForm('empty') },
  'key-placeholder': keyForm('placeholder', 'A placeholder was sent instead of the key.'),
  'key-masked': keyForm('mask', 'A mask was sent instead of the key.'),
  'key-scheme': {
    text: 'The scheme before the key is missing, repeated or not the one the API expects.',
    categories: AUTH,
    subject: 'key',
    run: key.keyScheme,
  },
  'key-header-line': keyForm('header-line', 'The name of the header was pasted with the key.'),
  'key-assignment': keyForm('assignment', 'The name of the variable was pasted with the key.'),
  'key-json': keyForm('json', 'JSON was sent instead of the key.'),
  'key-quoted': keyForm('quoted', 'Quotes were sent with the key.'),
  'key-cut-short': keyForm('cut-short', 'Only a part of the key was sent.'),
  'key-encoded': keyForm('encoded', 'The key was sent encoded.'),
  'key-whitespace': keyForm('whitespace', 'The key contains white space.'),
  'key-not-ascii': keyForm('not-ascii', 'The key has a non-ASCII character.'),
  'basic-malformed': {
    text: 'The credentials are not those of Basic authentication.',
    categories: AUTH,
    subject: 'key',
    run: key.basicMalformed,
  },
  'request-time': {
    text: 'The time of the request is not that of the server.',
    categories: ['authentication', 'permission', 'validation'],
    run: request.requestTime,
  },
  'token-expired': { text: 'The token has expired.', categories: AUTH, run: token.tokenExpired },
  'token-not-yet-valid': { text: 'The token is not valid yet.', categories: AUTH, run: token.tokenNotYetValid },
  'token-audience': { text: 'The token is meant for another audience.', categories: AUTH, run: token.tokenAudience },
  'key-of-other-api': {
    text: 'The key belongs to another API.',
    categories: AUTH,
    subject: 'key',
    run: key.keyOfOtherApi,
  },
  'key-of-other-environment': {
    text: 'The key is for another environment than the address.',
    categories: ['authentication', 'permission'],
    run: key.keyOfOtherEnvironment,
  },
  'key-of-other-mode': {
    text: 'The key is for the other one of test and live mode.',
    categories: ['authentication', 'permission', 'not-found', 'validation'],
    run: key.keyOfOtherMode,
  },
  'scope-missing': {
    text: 'The token lacks the scope.',
    categories: ['permission', 'not-found'],
    run: scopes.scopeMissing,
  },
  'header-missing': {
    text: 'A header that every request needs was not sent.',
    categories: ['authentication', 'validation'],
    subject: 'header',
    broad: /tenant|header/,
    run: request.headerMissing,
  },
  'header-named-missing': {
    text: 'The header that the answer names was not sent.',
    categories: ['authentication', 'validation'],
    run: request.headerNamedMissing,
  },
  'cookie-missing': {
    text: 'The cookie that the answer names was not sent.',
    categories: ['authentication', 'validation'],
    run: parameters.cookieMissing,
  },
  'path-part-missing': {
    text: 'A part of the path is empty.',
    categories: BODY,
    run: parameters.pathPartMissing,
  },
  'header-format': {
    text: 'A header does not have its documented format.',
    categories: ['authentication', 'validation'],
    subject: 'header',
    broad: /tenant|header/,
    run: request.headerFormat,
  },
  'header-repeated': {
    text: 'A header has several values where one is expected.',
    categories: ['authentication', 'validation'],
    broad: /header|tenant|key|token|credentials|content type|media type/,
    run: request.headerRepeated,
  },
  'idempotency-key-missing': {
    text: 'The API requires an idempotency key.',
    categories: ['validation', 'conflict'],
    run: request.idempotencyKeyMissing,
  },
  'precondition-missing': {
    text: 'The request does not say which state it is meant for.',
    categories: ['conflict', 'validation'],
    run: request.preconditionMissing,
  },
  'path-placeholder': {
    text: 'A placeholder in the path was not replaced.',
    categories: PATH,
    broad: NAMES_THE_PATH,
    run: path.pathPlaceholder,
  },
  'path-stray': {
    text: 'Quotes or white space got into the path.',
    categories: PATH,
    broad: NAMES_THE_PATH,
    run: path.pathStray,
  },
  'path-part-format': {
    text: 'A part of the path does not have the format that the answer asks for.',
    categories: BODY,
    run: path.pathPartFormat,
  },
  'path-encoding': {
    text: 'The path is not encoded correctly.',
    categories: PATH,
    broad: /decod|encod|param|path|ur[il]|malformed/,
    run: path.pathEncoding,
  },
  'path-double-slash': {
    text: 'The path has two slashes in a row.',
    categories: ['not-found'],
    run: path.pathDoubleSlash,
  },
  'path-version-twice': {
    text: 'The path has its prefix twice.',
    categories: ['not-found'],
    run: path.pathVersionTwice,
  },
  'path-not-documented': {
    text: 'The path is not the documented one.',
    categories: ['not-found'],
    run: path.pathNotDocumented,
  },
  'path-id-format': { text: 'The id in the path is not a UUID.', categories: [], run: path.pathIdFormat },
  'redirected-slash': {
    text: 'The path lacks or has a slash at its end.',
    categories: ['redirect', 'not-found'],
    run: response.redirectedSlash,
  },
  'redirected-to-https': {
    text: 'The request used http where the server offers https.',
    categories: ['redirect'],
    run: response.redirectedToHttps,
  },
  'redirected-to-login': {
    text: 'The redirect leads to a login page.',
    categories: ['redirect'],
    run: response.redirectedToLogin,
  },
  'redirect-crossed-origin': {
    text: 'A redirect led to another host, and that one answered.',
    categories: ['not-found', 'validation', 'permission'],
    run: response.redirectCrossedOrigin,
  },
  'method-not-allowed': {
    text: 'The path does not support this method.',
    categories: BODY,
    run: request.methodNotAllowed,
  },
  'body-missing': { text: 'The request has no body.', categories: BODY, broad: NAMES_THE_BODY, run: body.bodyMissing },
  'body-on-get': { text: 'A GET was sent with a body.', categories: BODY, broad: /\bbody\b/, run: body.bodyOnGet },
  'body-not-json': { text: 'The body is not JSON.', categories: BODY, broad: NAMES_THE_BODY, run: body.bodyNotJson },
  'body-in-string': {
    text: 'The body was encoded as JSON twice.',
    categories: BODY,
    broad: LACKS_OR_NAMES_THE_BODY,
    run: body.bodyInString,
  },
  'body-wrapped': {
    text: 'The body is wrapped once too often.',
    categories: BODY,
    broad: ABSENT_OR_EITHER,
    run: body.bodyWrapped,
  },
  'content-type': {
    text: 'Content-Type does not say what the body is.',
    categories: BODY,
    broad: LACKS_OR_NAMES_THE_BODY,
    run: body.contentType,
  },
  'field-missing': {
    text: 'The field that the answer names was not sent.',
    categories: BODY,
    run: body.fieldMissing,
  },
  'field-unknown': { text: 'The API does not know a field of the request.', categories: BODY, run: body.unknownField },
  'field-type': { text: 'The field has the wrong type.', categories: BODY, run: values.fieldType },
  'value-placeholder': {
    text: 'A placeholder was sent instead of a value.',
    categories: BODY,
    run: values.valuePlaceholder,
  },
  'parameter-repeated': {
    text: 'A parameter was sent several times.',
    categories: BODY,
    run: query.parameterRepeated,
  },
  'query-plus': { text: 'A plus in the query was not encoded.', categories: PATH, run: query.queryPlus },
  'value-format': { text: 'The value does not have the format.', categories: BODY, run: formats.valueFormat },
  'value-length': { text: 'The value is too long or too short.', categories: BODY, run: values.valueLength },
  'body-too-large': { text: 'The body is larger than the server takes.', categories: BODY, run: body.bodyTooLarge },
  'value-encoded-twice': { text: 'The value was encoded twice.', categories: BODY, run: values.valueEncodedTwice },
  'value-unknown': {
    text: 'The request names something that does not exist.',
    categories: ['not-found'],
    run: unknown.valueUnknown,
  },
  'value-not-allowed': {
    text: 'The value is not one of the allowed ones.',
    categories: BODY,
    run: values.valueNotAllowed,
  },
  'value-out-of-range': { text: 'The value is out of range.', categories: BODY, run: values.valueOutOfRange },
  'list-too-long': { text: 'The list has more items than allowed.', categories: BODY, run: values.listTooLong },
  'list-too-short': { text: 'The list has fewer items than needed.', categories: BODY, run: values.listTooShort },
  'neither-field': { text: 'Neither of the two fields was sent.', categories: BODY, run: body.neitherField },
  'accept-too-narrow': {
    text: 'Accept excludes every format that the API offers.',
    categories: BODY,
    run: body.acceptTooNarrow,
  },
  'limit-used-up': { text: 'The limit is used up.', categories: ['rate-limit'], run: response.limitUsedUp },
  'retry-after': { text: 'The server says when to come back.', categories: [], run: response.retryAfter },
  'gateway-between': { text: 'A gateway stands between client and API.', categories: [], run: response.gatewayBetween },
  'body-cut-short': { text: 'The body of the answer is cut short.', categories: [], run: response.bodyCutShort },
  'clock-skew': { text: 'The clock of this machine is off.', categories: [], run: response.clockSkew },
  'proxy-unreachable': {
    text: 'The proxy that a variable names cannot be reached.',
    categories: ['dns', 'connection', 'timeout', 'tls'],
    run: network.proxyUnreachable,
  },
  'localhost-family': {
    text: 'The server listens on the other address of localhost.',
    categories: [],
    run: network.localhostFamily,
  },
  'certificate-expired': {
    text: 'The certificate is past its date.',
    categories: ['tls'],
    run: network.certificateExpired,
  },
  'certificate-not-yet-valid': {
    text: 'The certificate is not valid yet.',
    categories: ['tls'],
    run: network.certificateNotYetValid,
  },
  'certificate-other-name': {
    text: 'The certificate is for another host.',
    categories: ['tls'],
    run: network.certificateOtherName,
  },
  'certificate-issuer': {
    text: 'This machine does not trust the issuer.',
    categories: [],
    run: network.certificateIssuer,
  },
  'tls-inspected': { text: 'TLS is opened on the way.', categories: ['tls'], run: network.tlsInspected },
} satisfies Record<string, Check>;

export type CheckName = keyof typeof CHECKS;
export const CHECK_NAMES = Object.keys(CHECKS) as [CheckName, ...CheckName[]];
