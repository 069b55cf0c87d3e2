import type { Category, Cause } from '../diagnosis.ts';
import type { Facts, Finding } from './facts.ts';
import * as key from './key.ts';
import * as request from './request.ts';

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
  'method-not-allowed': {
    text: 'The method is not one that this path has.',
    categories: BODY,
    run: request.methodNotAllowed,
  },
  'body-missing': { text: 'The request has no body.', categories: BODY, broad: true, run: request.bodyMissing },
  'body-not-json': { text: 'The body is not JSON.', categories: BODY, broad: true, run: request.bodyNotJson },
  'content-type': {
    text: 'Content-Type does not say what the body is.',
    categories: BODY,
    broad: true,
    run: request.contentType,
  },
  'field-missing': {
    text: 'The field that the answer names is not in the body.',
    categories: BODY,
    run: request.fieldMissing,
  },
  'list-too-long': { text: 'The list has more items than are allowed.', categories: BODY, run: request.listTooLong },
  'neither-field': { text: 'Neither of the two fields was sent.', categories: BODY, run: request.neitherField },
  'accept-too-narrow': {
    text: 'Accept does not take what the API has.',
    categories: BODY,
    run: request.acceptTooNarrow,
  },
  'limit-used-up': { text: 'The limit is used up.', categories: ['rate-limit'], run: request.limitUsedUp },
  'clock-skew': { text: 'The clock of this machine is off.', categories: [], run: key.clockSkew },
} satisfies Record<string, Check>;

export type CheckName = keyof typeof CHECKS;
export const CHECK_NAMES = Object.keys(CHECKS) as [CheckName, ...CheckName[]];

/** What the checks say of one cause: one that confirms it is enough, and all have to rule it out. */
export function verdictOf(names: CheckName[], facts: Facts): Finding {
  const findings = names.map((name) => CHECKS[name].run(facts));
  const yes = findings.find(({ verdict }) => verdict === 'confirmed');
  if (yes !== undefined) return yes;
  const all = findings.length > 0 && findings.every(({ verdict }) => verdict === 'ruled-out');
  const evidence = findings.flatMap((finding) => finding.evidence ?? []).join('; ');
  return all ? { verdict: 'ruled-out', evidence } : { verdict: 'possible', evidence: null };
}

/**
 * What is wrong with this very request although no cause of the entry speaks of it.
 *
 * @param told the checks that the entry's causes have used
 */
export function furtherCauses(facts: Facts, told: CheckName[]): Cause[] {
  const found: Cause[] = [];
  for (const name of CHECK_NAMES) {
    const { broad, categories, run, text }: Check = CHECKS[name];
    if (told.includes(name) || !categories.includes(facts.category) || (broad && !facts.vague)) continue;
    const finding = run(facts);
    if (finding.verdict === 'confirmed') found.push({ text, ...finding });
  }
  return found;
}
