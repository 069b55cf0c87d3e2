import type { Fix } from '../../model/diagnosis.ts';
import { CREDENTIALS, type Facts, type SentKey } from './facts.ts';
import { asksForValue, isNameOfKey, isUnreplaced } from './placeholder.ts';
import { isCutShort } from './token.ts';

/** The problems that the text of a key can have. */
export type KeyFault =
  | 'empty'
  | 'json'
  | 'header-line'
  | 'assignment'
  | 'scheme'
  | 'placeholder'
  | 'mask'
  | 'quoted'
  | 'cut-short'
  | 'encoded'
  | 'whitespace'
  | 'not-ascii';

interface Form {
  fault: KeyFault;
  /** The evidence, as the end of a sentence that begins with the key; null if there is none. */
  sees(key: string, sent: SentKey, facts: Facts): string | null;
  fix?(key: string): Fix['key'];
}

/** The schemes that a key may be sent with. */
export const SCHEME = /^(Bearer|Basic|Token|Api-?Key|Digest|JWT)(?:\s*:\s*|\s+)(?=\S)/i;

const QUOTE = /^\\?["'`“”‘’«»]|["'`“”‘’«»][,;]?$/;

/** `NAME=`, as in a shell or a `.env` file; more than Base64 padding has to follow. */
const ASSIGNMENT = /^(?:export\s+|set\s+|\$env:)?([A-Za-z_][\w-]*)\s*=\s*(?=[^=\s])/i;
const isVariable = (name: string): boolean =>
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) || /key|token|secret|auth/i.test(name);

/** `Header: `, as in an HTTP example or a curl command. */
function isHeaderLine(key: string, { header }: SentKey): boolean {
  const [, name = '', gap = ''] = /^(?:-H\s*)?["']?([A-Za-z][\w-]*):(\s*)(?=\S)/.exec(key) ?? [];
  if ([header.toLowerCase(), ...CREDENTIALS].includes(name.toLowerCase())) return true;
  return gap !== '' && /-|key|token|auth/i.test(name);
}

/**
 * The characters in keys that `encodeURIComponent` most often changes, with none of them left
 * unencoded.
 */
const ENCODED = /%(?:2[02567BCF]|3[ADF]|40|0[AD])/;

/**
 * In this order: earlier problems explain later ones, as the space in `Bearer k` belongs to the
 * scheme.
 */
const FORMS: Form[] = [
  { fault: 'empty', sees: (key) => (key.trim() === '' ? 'is empty' : null) },
  { fault: 'json', sees: (key) => (/^\s*[{[]\s*"/.test(key) ? 'is a piece of JSON' : null) },
  {
    fault: 'header-line',
    sees: (key, sent) =>
      isHeaderLine(key.trim(), sent) && !SCHEME.test(key.trim()) ? 'has the name of a header before it' : null,
    fix: (key) => (/:\s+\S+$/.test(key) ? 'strip-scheme' : 'replace'),
  },
  {
    fault: 'assignment',
    sees: (key, { prefix }) => {
      const [, name = ''] = ASSIGNMENT.exec(key.trim()) ?? [];
      return isVariable(name) && prefix.trim().toLowerCase() !== name.toLowerCase()
        ? `has a name before it: ${name}=`
        : null;
    },
    fix: (key) => (QUOTE.test(key) ? 'replace' : 'strip-name'),
  },
  {
    fault: 'scheme',
    sees: (key) => (SCHEME.test(key.trim()) ? 'has a scheme before it' : null),
    fix: () => 'strip-scheme',
  },
  {
    fault: 'placeholder',
    sees: (key, _, { api }) => {
      const text = key.trim().replace(QUOTE, '').replace(QUOTE, '');
      const own = api.toLowerCase().split(/[^a-z]+/);
      return isUnreplaced(text) || asksForValue(text, own) || isNameOfKey(text) || /^none$/i.test(text)
        ? 'is a placeholder that was not replaced'
        : null;
    },
    fix: () => 'replace',
  },
  {
    fault: 'mask',
    sees: (key) =>
      /^\S{0,12}?(?:[*•●]{3,})\S{0,12}$|^\[?redacted\]?$/i.test(key.trim())
        ? 'is a mask, with stars where the key should be'
        : null,
    fix: () => 'replace',
  },
  {
    fault: 'quoted',
    sees: (key) => (QUOTE.test(key.trim()) ? 'has quotes around it' : null),
    fix: () => 'strip-quotes',
  },
  { fault: 'cut-short', sees: (key, _, facts) => isCutShort(key.trim(), facts.ownKey), fix: () => 'replace' },
  {
    fault: 'encoded',
    sees: (key) =>
      ENCODED.test(key) && !/[+/=]/.test(key)
        ? 'is percent-encoded, as for a URL'
        : /&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[\da-f]+);/i.test(key)
          ? 'has an HTML entity in it'
          : /\\(?:[nrt]|u[\da-f]{4})/i.test(key)
            ? 'has an escape sequence in it, such as \\n'
            : null,
    fix: () => 'replace',
  },
  {
    fault: 'whitespace',
    // A single space separates a scheme from its key (RFC 9110, section 11.4).
    sees: (key, { prefix }) =>
      /[ \t\r\n]/.test(key.trim())
        ? 'has white space in it'
        : /^[ \t]/.test(key) && prefix !== ''
          ? `has white space before it: there is more than one space after ${prefix.trim()}`
          : null,
    fix: () => 'strip-spaces',
  },
  {
    fault: 'not-ascii',
    sees: (key) =>
      /[^\x20-\x7e\t]/.test(key) ? 'has a character that is not ASCII, such as a typographic dash' : null,
    // Invisible characters can be stripped; for any other the right character is unknown.
    fix: (key) => (/[^\x20-\x7e\t\u200b-\u200f\u2060\ufeff\u00a0]/.test(key) ? undefined : 'strip-invisible'),
  },
];

/** The problem with the text of a key, its evidence and its fix; null if there is none. */
export function keyFault(
  key: string,
  sent: SentKey,
  facts: Facts,
): { fault: KeyFault; seen: string; fix: Fix['key'] } | null {
  for (const { fault, sees, fix } of FORMS) {
    const seen = sees(key, sent, facts);
    if (seen !== null) return { fault, seen, fix: fix?.(key) };
  }
  return null;
}
