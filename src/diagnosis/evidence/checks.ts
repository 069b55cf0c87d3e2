import type { Category, Cause } from '../diagnosis.ts';
import * as body from './body.ts';
import { CANNOT_TELL, type Facts, type Finding } from './facts.ts';
import * as key from './key.ts';
import * as network from './network.ts';
import * as request from './request.ts';
import * as response from './response.ts';

/** A reason for errors that can be looked for in the exchange itself. */
interface Check {
  /** The reason, for where no catalog has words of its own. */
  text: string;
  /** What errors must be about for it to be their reason. */
  categories: Category[];
  run(facts: Facts): Finding;
  /**
   * True for what is a fault of every such request but not the reason of every such error: it is told beside an entry that
   * does not speak of it only where the answer itself says no more than its status.
   */
  broad?: true;
}

const AUTH: Category[] = ['authentication'];
const BODY: Category[] = ['validation'];

/** By the names that catalogs use. The order is that in which several that are confirmed are told. */
export const CHECKS = {
  'key-missing': { text: 'No key was sent.', categories: AUTH, broad: true, run: key.keyMissing },
  'key-in-other-header': {
    text: 'The key was sent in another header than the API reads.',
    categories: AUTH,
    broad: true,
    run: key.keyInOtherHeader,
  },
  'no-credentials': { text: 'No credentials were sent.', categories: AUTH, broad: true, run: key.noCredentials },
  'key-empty': { text: 'The key is empty.', categories: AUTH, run: key.keyEmpty },
  'key-placeholder': {
    text: 'A placeholder was sent in the place of the key.',
    categories: AUTH,
    run: key.keyPlaceholder,
  },
  'key-scheme': {
    text: 'The word before the key is missing, doubled or another than the API wants.',
    categories: AUTH,
    run: key.keyScheme,
  },
  'key-quoted': { text: 'Quotes were sent with the key.', categories: AUTH, run: key.keyQuoted },
  'key-whitespace': { text: 'There is white space in the key.', categories: AUTH, run: key.keyWhitespace },
  'key-not-ascii': { text: 'The key has a character that no key has.', categories: AUTH, run: key.keyNotAscii },
  'token-expired': { text: 'The token has expired.', categories: AUTH, run: key.tokenExpired },
  'token-not-yet-valid': { text: 'The token is not valid yet.', categories: AUTH, run: key.tokenNotYetValid },
  'token-audience': { text: 'The token is meant for another audience.', categories: AUTH, run: key.tokenAudience },
  'key-of-other-api': { text: 'The key is that of another API.', categories: AUTH, run: key.keyOfOtherApi },
  'key-of-other-environment': {
    text: 'The key is for another environment than the address.',
    categories: ['authentication', 'permission'],
    run: key.keyOfOtherEnvironment,
  },
  'header-missing': {
    text: 'A header that every request needs was not sent.',
    categories: ['authentication', 'validation'],
    broad: true,
    run: request.headerMissing,
  },
  'header-format': {
    text: 'A header does not have its documented format.',
    categories: ['authentication', 'validation'],
    broad: true,
    run: request.headerFormat,
  },
  'header-repeated': {
    text: 'A header has several values where one is meant.',
    categories: ['authentication', 'validation'],
    run: request.headerRepeated,
  },
  'idempotency-key-missing': {
    text: 'The API wants an idempotency key.',
    categories: ['validation', 'conflict'],
    run: request.idempotencyKeyMissing,
  },
  'path-placeholder': {
    text: 'A placeholder in the path was not replaced.',
    categories: ['not-found', 'validation'],
    run: request.pathPlaceholder,
  },
  'path-double-slash': {
    text: 'The path has two slashes in a row.',
    categories: ['not-found'],
    run: request.pathDoubleSlash,
  },
  'path-version-twice': {
    text: 'The path has its prefix twice.',
    categories: ['not-found'],
    run: request.pathVersionTwice,
  },
  'path-id-format': { text: 'The id in the path is not a UUID.', categories: [], run: request.pathIdFormat },
  'redirected-slash': {
    text: 'The path lacks or has a slash at its end.',
    categories: ['redirect', 'not-found'],
    run: response.redirectedSlash,
  },
  'redirected-to-https': {
    text: 'http was asked for where https is served.',
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
    text: 'The method is not one that this path has.',
    categories: BODY,
    run: request.methodNotAllowed,
  },
  'body-missing': { text: 'The request has no body.', categories: BODY, broad: true, run: body.bodyMissing },
  'body-on-get': { text: 'A GET was sent with a body.', categories: BODY, broad: true, run: body.bodyOnGet },
  'body-not-json': { text: 'The body is not JSON.', categories: BODY, broad: true, run: body.bodyNotJson },
  'content-type': {
    text: 'Content-Type does not say what the body is.',
    categories: BODY,
    broad: true,
    run: request.contentType,
  },
  'field-missing': {
    text: 'The field that the answer names is not in the body.',
    categories: BODY,
    run: body.fieldMissing,
  },
  'field-type': { text: 'The field has another type than is wanted.', categories: BODY, run: body.fieldType },
  'value-not-allowed': {
    text: 'The value is not among those that are allowed.',
    categories: BODY,
    run: body.valueNotAllowed,
  },
  'value-out-of-range': { text: 'The value is out of range.', categories: BODY, run: body.valueOutOfRange },
  'list-too-long': { text: 'The list has more items than are allowed.', categories: BODY, run: body.listTooLong },
  'neither-field': { text: 'Neither of the two fields was sent.', categories: BODY, run: body.neitherField },
  'accept-too-narrow': {
    text: 'Accept does not take what the API has.',
    categories: BODY,
    run: request.acceptTooNarrow,
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

/** What the checks say of one cause: one that confirms it is enough, and all have to rule it out. */
export function verdictOf(names: CheckName[], facts: Facts): Finding {
  const findings = names.map((name) => CHECKS[name].run(facts));
  const yes = findings.find(({ verdict }) => verdict === 'confirmed');
  if (yes !== undefined) return yes;
  const all = findings.length > 0 && findings.every(({ verdict }) => verdict === 'ruled-out');
  if (all) return { verdict: 'ruled-out', evidence: findings.map(({ evidence }) => evidence).join('; ') };
  return findings.find(({ verdict, evidence }) => verdict === 'possible' && evidence !== null) ?? CANNOT_TELL;
}

/**
 * What is wrong, or seems to be, with this very request although no cause of the entry speaks of it.
 *
 * @param used the checks that the entry's causes have used
 */
export function furtherCauses(facts: Facts, used: CheckName[]): Cause[] {
  const found: Cause[] = [];
  for (const name of CHECK_NAMES) {
    const { broad, categories, run, text }: Check = CHECKS[name];
    if (used.includes(name) || !categories.includes(facts.category) || (broad && !facts.vague)) continue;
    const finding = run(facts);
    const told = finding.verdict === 'possible' && finding.evidence !== null;
    if (finding.verdict === 'confirmed' || told) found.push({ text, ...finding });
  }
  return found;
}
