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

/** Members whose text is a credential whatever it looks like, as JSON writes them. */
const MEMBERS =
  /("(?:access_?token|refresh_?token|id_?token|auth_?token|client_?secret|api_?key|secret_?key|private_?key|password|passwd)"\s*:\s*")((?:[^"\\]|\\.){8,4000})"/gi;

/** A name has no spaces, and a message does; a code such as `expired` has neither digits nor both cases. */
const isCredential = (value: string): boolean =>
  !/\s/.test(value) && (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)));

/**
 * Replaces what is a secret by its looks: keys of well-known services, tokens, and members of JSON that hold credentials.
 * APIs echo keys in their messages, and not every key is one that errprobe was given.
 */
export function maskKnownSecrets(text: string, mask: string): string {
  return text
    .replaceAll(FORMATS, mask)
    .replaceAll(MEMBERS, (whole, head: string, value: string) => (isCredential(value) ? `${head}${mask}"` : whole));
}
