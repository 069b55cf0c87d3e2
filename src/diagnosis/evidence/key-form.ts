import type { Fix } from '../../model/diagnosis.ts';
import type { Finding, KeyFault } from '../../model/finding.ts';
import { CREDENTIALS, type Facts, type SentKey } from './facts.ts';
import { asksForValue, isNameOfKey, isUnreplaced } from './placeholder.ts';
import { cutShort } from './token.ts';

interface Form {
  fault: KeyFault;
  /** The evidence, or null if there is none. */
  sees(key: string, sent: SentKey, facts: Facts): Finding | null;
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
  {
    fault: 'empty',
    sees: (key, { header }) => (key.trim() === '' ? { code: 'key-empty', header } : null),
    fix: () => 'replace',
  },
  { fault: 'json', sees: (key, { from }) => (/^\s*[{[]\s*"/.test(key) ? { code: 'key-json', from } : null) },
  {
    fault: 'header-line',
    sees: (key, sent) =>
      isHeaderLine(key.trim(), sent) && !SCHEME.test(key.trim()) ? { code: 'key-header-line', from: sent.from } : null,
    fix: (key) => (/:\s+\S+$/.test(key) ? 'strip-scheme' : 'replace'),
  },
  {
    fault: 'assignment',
    sees: (key, { from, prefix }) => {
      const [, name = ''] = ASSIGNMENT.exec(key.trim()) ?? [];
      return isVariable(name) && prefix.trim().toLowerCase() !== name.toLowerCase()
        ? { code: 'key-assignment', from, name }
        : null;
    },
    fix: (key) => (QUOTE.test(key) ? 'replace' : 'strip-name'),
  },
  {
    fault: 'scheme',
    sees: (key, { header, prefix }) => {
      const [, scheme] = SCHEME.exec(key.trim()) ?? [];
      if (scheme === undefined) return null;
      const wanted = prefix.trim();
      return wanted === ''
        ? { code: 'scheme-unwanted', header, scheme }
        : { code: 'scheme-twice', header, wanted, scheme };
    },
    fix: () => 'strip-scheme',
  },
  {
    fault: 'placeholder',
    sees: (key, { from }, { api }) => {
      const text = key.trim().replace(QUOTE, '').replace(QUOTE, '');
      const own = api.toLowerCase().split(/[^a-z]+/);
      return isUnreplaced(text) || asksForValue(text, own) || isNameOfKey(text) || /^none$/i.test(text)
        ? { code: 'key-placeholder', from }
        : null;
    },
    fix: () => 'replace',
  },
  {
    fault: 'mask',
    sees: (key, { from }) =>
      /^\S{0,12}?(?:[*•●]{3,})\S{0,12}$|^\[?redacted\]?$/i.test(key.trim()) ? { code: 'key-mask', from } : null,
    fix: () => 'replace',
  },
  {
    fault: 'quoted',
    sees: (key, { from }) => (QUOTE.test(key.trim()) ? { code: 'key-quoted', from } : null),
    fix: () => 'strip-quotes',
  },
  { fault: 'cut-short', sees: (key, { from }, { ownKey }) => cutShort(key.trim(), from, ownKey), fix: () => 'replace' },
  {
    fault: 'encoded',
    sees: (key, { from }) =>
      ENCODED.test(key) && !/[+/=]/.test(key)
        ? { code: 'key-percent-encoded', from }
        : /&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[\da-f]+);/i.test(key)
          ? { code: 'key-html-entity', from }
          : /\\(?:[nrt]|u[\da-f]{4})/i.test(key)
            ? { code: 'key-escape-sequence', from }
            : null,
    fix: () => 'replace',
  },
  {
    fault: 'whitespace',
    // A single space separates a scheme from its key (RFC 9110, section 11.4).
    sees: (key, { from, prefix }) =>
      /[ \t\r\n]/.test(key.trim())
        ? { code: 'key-space-inside', from }
        : /^[ \t]/.test(key) && prefix !== ''
          ? { code: 'key-space-before', from, scheme: prefix.trim() }
          : null,
    fix: () => 'strip-spaces',
  },
  {
    fault: 'not-ascii',
    sees: (key, { from }) => (/[^\x20-\x7e\t]/.test(key) ? { code: 'key-not-ascii', from } : null),
    // Invisible characters can be stripped; for any other the right character is unknown.
    fix: (key) => (/[^\x20-\x7e\t\u200b-\u200f\u2060\ufeff\u00a0]/.test(key) ? undefined : 'strip-invisible'),
  },
];

/** The problem with the text of a key, its evidence and its fix; null if there is none. */
export function keyFault(
  key: string,
  sent: SentKey,
  facts: Facts,
): { fault: KeyFault; finding: Finding; fix: Fix['key'] } | null {
  for (const { fault, sees, fix } of FORMS) {
    const finding = sees(key, sent, facts);
    if (finding !== null) return { fault, finding, fix: fix?.(key) };
  }
  return null;
}
