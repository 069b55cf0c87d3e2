/** Words at the end of a name that mark its value as a credential. */
const CREDENTIAL = new RegExp(
  `(?:^| )(?:${[
    'authorization|cookie|passw(?:or)?d|passphrase|passcode|pwd|secret|signature|dpop|otp|token|jwt',
    'card number|(?:session|sess) ?id',
    '(?:api|access|secret|private|auth|subscription|app|application|service|account|client|functions|rapidapi|fastly|admin|master|encryption|signing|shared) ?key',
    '(?:access|auth|refresh|id|client|api|session|bearer|security)token',
    'clientsecret',
  ].join('|')})$`,
);

/** Tokens that are positions in a list, and counts of tokens. */
const NO_CREDENTIAL =
  /(?:^| )(?:page|next|prev|previous|continuation|sync|cursor|start|delta|skip|max|unexpected) ?token$/;

/**
 * True for the name of a header, a parameter or a member whose value is a credential, in any
 * notation: `X-Api-Key`, `client_secret`, `accessToken`; but not for `max_tokens` or
 * `Idempotency-Key`.
 */
export function isSensitiveName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z\d]+/g, ' ')
    .trim()
    .toLowerCase();
  return CREDENTIAL.test(words) && !NO_CREDENTIAL.test(words);
}

/**
 * True for a value that looks like a credential: sentences have spaces, and codes have neither
 * digits nor mixed case.
 */
export function looksLikeCredential(value: string): boolean {
  return value.length >= 8 && !/\s/.test(value) && (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)));
}
