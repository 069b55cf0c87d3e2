import type { Chance } from './random.ts';

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');
const units = (text: string, write: (code: number) => string) =>
  text
    .split('')
    .map((unit) => write(unit.charCodeAt(0)))
    .join('');
const special = (text: string, write: (char: string) => string) => text.replaceAll(/[^A-Za-z0-9]/gu, write);
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const unit = (char: string) => units(char, (code) => `\\u${hex(code, 4)}`);
const bytes = (text: string) => Buffer.from(text);
const percent = (text: string) => Array.from(bytes(text), (byte) => `%${hex(byte, 2).toUpperCase()}`).join('');
const lines = (text: string, width: number) => (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\r\n');
const NAMES: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
const named = (text: string) => text.replaceAll(/[&<>"']/g, (char) => `&${NAMES[char]};`);
const printable = (text: string) =>
  Array.from(bytes(text), (byte) =>
    byte === 0x3d || byte < 0x21 || byte > 0x7e ? `=${hex(byte, 2).toUpperCase()}` : String.fromCharCode(byte),
  ).join('');
/** Inserts something at a random place. */
const split = (gap: string) => (text: string, chance: Chance) => {
  const characters = [...text];
  const at = 1 + chance.below(characters.length - 1);
  return characters.slice(0, at).join('') + gap + characters.slice(at).join('');
};

/** The ways in which encoders write a key. */
export const ENCODINGS: Record<string, (key: string, chance: Chance) => string> = {
  plain: (key) => key,
  'percent (component)': (key) => encodeURIComponent(key),
  'percent (lower case)': (key) => encodeURIComponent(key).replaceAll(/%../g, (code) => code.toLowerCase()),
  'percent (URI)': (key) => encodeURI(key),
  'percent (every byte)': percent,
  'percent (twice)': (key) => encodeURIComponent(encodeURIComponent(key)),
  form: (key) => new URLSearchParams({ a: key }).toString().slice(2),
  base64: (key) => bytes(key).toString('base64'),
  'base64 (no padding)': (key) => bytes(key).toString('base64').replace(/=+$/, ''),
  'base64 (URL)': (key) => bytes(key).toString('base64url'),
  'base64 (behind 1 byte)': (key) => bytes(`u${key}:tail`).toString('base64'),
  'base64 (behind 2 bytes)': (key) => bytes(`us${key}:tai`).toString('base64'),
  'base64 (URL, behind 1 byte)': (key) => bytes(`u${key}tail`).toString('base64url'),
  'base64 (in lines)': (key) => lines(bytes(`user:${key}`).toString('base64'), 19),
  'base64 (in JSON, escaped)': (key) => bytes(key).toString('base64').replaceAll('/', '\\/').replaceAll('+', '\\u002b'),
  Basic: (key) => `Basic ${bytes(`user:${key}`).toString('base64')}`,
  hex: (key) => bytes(key).toString('hex'),
  'hex (upper case)': (key) => bytes(key).toString('hex').toUpperCase(),
  'hex (spaced)': (key) => (bytes(key).toString('hex').match(/../g) ?? []).join(' '),
  'hex (colons)': (key) => (bytes(key).toString('hex').match(/../g) ?? []).join(':').toUpperCase(),
  JSON: json,
  'JSON (ASCII)': (key) => json(key).replaceAll(/[^\0-\x7f]/gu, unit),
  'JSON (\\/)': (key) => json(key).replaceAll('/', '\\/'),
  'JSON (upper case)': (key) => special(key, (char) => units(char, (code) => `\\u${hex(code, 4).toUpperCase()}`)),
  'JSON (every character)': (key) => units(key, (code) => `\\u${hex(code, 4)}`),
  'JSON in JSON': (key) => json(json(key)),
  'JSON in a URL': (key) => encodeURIComponent(JSON.stringify(key)),
  'JavaScript (\\x)': (key) => special(key, (char) => (char < '\x80' ? `\\x${hex(char.charCodeAt(0), 2)}` : char)),
  'HTML (named)': named,
  'HTML (decimal)': (key) => special(key, (char) => `&#${char.codePointAt(0)};`),
  'HTML (hex)': (key) => special(key, (char) => `&#x${hex(char.codePointAt(0) ?? 0, 4)};`),
  'HTML (every character)': (key) => [...key].map((char) => `&#X${hex(char.codePointAt(0) ?? 0, 2)};`).join(''),
  'XML in XML': (key) => named(named(key)),
  'shell (single quotes)': (key) => `'${key.replaceAll("'", "'\\''")}'`,
  'shell (double quotes)': (key) => `"${key.replaceAll(/["$`\\!]/g, '\\$&')}"`,
  'YAML (single quotes)': (key) => `'${key.replaceAll("'", "''")}'`,
  CSV: (key) => `"${key.replaceAll('"', '""')}"`,
  'quoted-printable': printable,
  'quoted-printable (in lines)': (key) => {
    const line = printable(key);
    const at = /^.{3}(?:=..)?/.exec(line)?.[0].length ?? 3;
    return `${line.slice(0, at)}=\r\n${line.slice(at)}`;
  },
  'over two lines': split('\n'),
  'over two lines (CRLF)': split('\r\n'),
  'over two lines (folded)': split('\r\n '),
  'over two lines (JSON)': (key, chance) => json(split('\n')(key, chance)),
  'in two colours': split('\u001b[0m\u001b[1;31m'),
  'with a soft hyphen': split('\u00ad'),
  'with a zero-width space': split('\u200b'),
  'with a direction mark': split('\u202a'),
  'with an invisible sign': split('\u2063'),
  'upper case': (key) => key.toUpperCase(),
  'lower case': (key) => key.toLowerCase(),
};
