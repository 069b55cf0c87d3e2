/** Words at the end of a name that mark its value as a credential, alone or with the word before. */
const CREDENTIALS = new Set(
  [
    'authorization cookie password passwd passphrase passcode pwd secret signature dpop otp token jwt',
    'accesstoken authtoken refreshtoken idtoken clienttoken apitoken sessiontoken bearertoken securitytoken clientsecret',
  ].flatMap((words) => words.split(' ')),
);
const PAIRS = new Set([
  'card number',
  ...['session id', 'sess id', 'sessionid', 'sessid'],
  ...[
    'api access secret private auth subscription app application service account client functions rapidapi fastly',
    'admin master encryption signing shared',
  ]
    .flatMap((words) => words.split(' '))
    .flatMap((word) => [`${word} key`, `${word}key`]),
]);

/** The word before "token" in the name of a position in a list, or of a count. */
const COUNTED = new Set('page next prev previous continuation sync cursor start delta skip max unexpected'.split(' '));

/**
 * True for the name of a header, a parameter or a member whose value is a credential, in any
 * notation: `X-Api-Key`, `client_secret`, `accessToken`; but not for `max_tokens` or
 * `Idempotency-Key`.
 */
export function isSensitiveName(name: string): boolean {
  const words = /^[a-z]*$/.test(name) ? [name] : wordsOf(name);
  const last = words.at(-1) ?? '';
  const before = words.at(-2);
  if (before !== undefined && last === 'token' && COUNTED.has(before)) return false;
  return CREDENTIALS.has(last) || PAIRS.has(last) || (before !== undefined && PAIRS.has(`${before} ${last}`));
}

function wordsOf(name: string): string[] {
  const spaced = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[^A-Za-z\d]+/g, ' ');
  return spaced.trim().toLowerCase().split(' ');
}

/**
 * True for a value that looks like a credential: sentences have spaces, and codes have neither
 * digits nor mixed case.
 */
export function looksLikeCredential(value: string): boolean {
  return value.length >= 8 && !/\s/.test(value) && (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)));
}
