import { SERVICES } from '../services/index.ts';
import { isSensitiveName, looksLikeCredential } from './names.ts';

/** Not preceded by a word character, so that a long run is scanned only once. */
const START = '(?<![\\w.-])';

/** The formats of well-known services' keys, which match nothing else. */
const FORMATS = new RegExp(
  [
    ...SERVICES.flatMap(({ keys = [] }) => keys).map((form) => `${START}${form}`),
    // JSON Web Tokens (RFC 7519)
    `${START}eyJ[\\w-]{10,}\\.eyJ[\\w-]{5,}\\.[\\w-]*`,
    '-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,10000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?',
  ].join('|'),
  'g',
);

/**
 * A member of JSON, possibly escaped within a text: the quotes, the name, the separator, and the
 * value.
 */
const MEMBER = /(\\{0,3}")([\w.-]{2,60})\1(\s{0,9}:\s{0,9}\1)((?:[^"\\]|\\[^"\\]){8,4000})(?=\1)/g;

/**
 * A parameter of a form or a query, and a header or variable as logs and settings files write them.
 */
const PARAMETER = /(?<![\w.-])([\w.-]{2,60})(=|: ?)([^\s&;,"'<>\\$[\]{}]{8,4000})/g;

/** Credentials after an authentication scheme (RFC 9110, section 11.6.2). */
const SCHEME = /(?<![\w.-])((?:Bearer|Basic|Api-?Key|Token) )([\w.~+/=-]{16,4000})/gi;

/** A password in a URL (RFC 3986, section 3.2.1). */
const USERINFO = /(:\/\/[^\s/:@"']{0,200}:)([^\s/@"'[\]]{1,200})(?=@)/g;

/** Words that prose uses in another sense: "Unexpected token: Abc12345". */
const PROSE = /^(?:token|secret|signature|cookie|jwt)$/i;

/** A name of two letters, a sign and a value of eight: nothing shorter is masked. */
const SHORTEST = 11;

/**
 * Masks secrets that errprobe was not given, by their form: keys of well-known services, tokens,
 * and values whose name marks them as secret. APIs echo keys in their messages.
 */
export function maskKnownSecrets(text: string, mask: string): string {
  if (text.length < SHORTEST) return text;
  return text
    .replaceAll(FORMATS, mask)
    .replaceAll(MEMBER, (whole, quote: string, name: string, between: string, value: string) =>
      isSensitiveName(name) && looksLikeCredential(value) ? `${quote}${name}${quote}${between}${mask}` : whole,
    )
    .replaceAll(PARAMETER, (whole, name: string, sign: string, value: string) =>
      isSensitiveName(name) && !(sign !== '=' && PROSE.test(name)) && looksLikeCredential(value)
        ? `${name}${sign}${mask}`
        : whole,
    )
    .replaceAll(SCHEME, (whole, scheme: string, value: string) =>
      looksLikeCredential(value) ? `${scheme}${mask}` : whole,
    )
    .replaceAll(USERINFO, `$1${mask}`);
}
