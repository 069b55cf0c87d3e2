import { isSensitiveName, looksLikeCredential } from './names.ts';

/** Where no word or hyphen stands before: so a run of such characters is looked at once, however long it is. */
const START = '(?<![\\w.-])';

/** What keys of well-known services look like; nothing else does. */
const FORMATS = new RegExp(
  [
    // Stripe, and those that write keys like it
    `${START}(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}`,
    `${START}whsec_[A-Za-z0-9+/=]{16,}`,
    // Anthropic, OpenAI
    `${START}sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}`,
    // GitHub, GitLab
    `${START}gh[pousr]_[A-Za-z0-9]{20,}`,
    `${START}github_pat_\\w{22,}`,
    `${START}glpat-[\\w-]{20,}`,
    // Slack
    `${START}xox[abeoprs]-[\\w-]{10,}`,
    // AWS, Google
    `${START}A(?:KI|SI)A[0-9A-Z]{16}(?![0-9A-Z])`,
    `${START}AIza[\\w-]{35}`,
    // SendGrid, Shopify, npm, Hugging Face
    `${START}SG\\.[\\w-]{16,}\\.[\\w-]{16,}`,
    `${START}shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}`,
    `${START}npm_[A-Za-z0-9]{36}`,
    `${START}hf_[A-Za-z0-9]{30,}`,
    // JSON Web Tokens (RFC 7519)
    `${START}eyJ[\\w-]{10,}\\.eyJ[\\w-]{5,}\\.[\\w-]*`,
    '-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,10000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?',
  ].join('|'),
  'g',
);

/** A member of JSON, also of JSON that stands escaped in a text: the quotes, the name, what is between, and the value. */
const MEMBER = /(\\{0,3}")([\w.-]{2,60})\1(\s{0,9}:\s{0,9}\1)((?:[^"\\]|\\[^"\\]){8,4000})(?=\1)/g;

/** A parameter of a form or a query, and a header or a variable as logs and settings write them. */
const PARAMETER = /(?<![\w.-])([\w.-]{2,60})(=|: ?)([^\s&;,"'<>\\$[\]{}]{8,4000})/g;

/** Credentials behind the name of their scheme (RFC 9110, section 11.6.2). */
const SCHEME = /(?<![\w.-])((?:Bearer|Basic|Api-?Key|Token) )([\w.~+/=-]{16,4000})/gi;

/** A password in a URL (RFC 3986, section 3.2.1). */
const USERINFO = /(:\/\/[^\s/:@"']{0,200}:)([^\s/@"'[\]]{1,200})(?=@)/g;

/** Said of many things in prose: "Unexpected token: Abc12345". */
const PROSE = /^(?:token|secret|signature|cookie|jwt)$/i;

/**
 * Replaces what is a secret by its looks: keys of well-known services, tokens, and what stands under a name that says so.
 * APIs echo keys in their messages, and not every key is one that errprobe was given.
 */
export function maskKnownSecrets(text: string, mask: string): string {
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
