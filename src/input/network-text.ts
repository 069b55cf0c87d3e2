import type { Failure, Phase } from '../model/exchange.ts';
import { anyOf } from '../text/any-of.ts';
import { once } from '../text/once.ts';
import { FAILURES, GAP } from './failure-phrases.ts';

/** Codes that tell by their beginning what they are about; the catalog says what each one means. */
const FAMILIES: [pattern: RegExp, phase: Phase][] = [
  [/\b(NGHTTP2_[A-Z_0-9]+)\b/, 'response'],
  [/\b(EAI_[A-Z]+|ESERVFAIL|EBADRESP|EFORMERR)\b/, 'dns'],
  [/\b((?:CERT|CRL|ERR_TLS|ERR_SSL)_[A-Z0-9_/]+|INVALID_CA|INVALID_PURPOSE)\b/, 'tls'],
  [/\b(ERR_OSSL_[A-Z0-9_]+)\b/, 'connect'],
  [/\b(ERR_INVALID_URL|ERR_INVALID_CHAR|ERR_INVALID_PROTOCOL|ERR_UNESCAPED_CHARACTERS)\b/, 'connect'],
  [/\b(EHOSTDOWN|ENETDOWN|EADDRINUSE|EADDRNOTAVAIL|EMFILE|ENFILE)\b/, 'connect'],
  [/\b(HPE_[A-Z_]+|ERR_HTTP2_[A-Z_]+|UND_ERR_[A-Z_0-9]+|Z_BUF_ERROR|ERR_CANCELED|ABORT_ERR)\b/, 'response'],
];

/** The codes by which Node.js's fetch tells the phase of a time limit. */
const OF_UNDICI = /\bUND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT\b/;

/** Only the beginning of a text has such a message. */
const SEARCHED = 64 * 1024;

/** How many places of a phrase's first part are looked at, and how far from it the next part may be. */
const TRIES = 20;
const REACH = 300;

/** A phrase in parts, with the row that it belongs to. */
const phrases = once(() =>
  FAILURES.flatMap(({ code, phase, says }) => says.map((phrase) => ({ code, phase, parts: phrase.split(GAP) }))),
);

const ANY_PHRASE = anyOf(() => phrases().map(({ parts }) => parts[0] ?? ''));

/** The failure that a client's message tells of, or null. */
export function readNetworkText(text: string): Failure | null {
  const start = `${text.slice(0, SEARCHED)}\n`;
  // Some letters grow in lower case; then all are left as they are, so that positions agree.
  const small = start.toLowerCase();
  const lower = small.length === start.length ? small : start;
  for (const { code, phase, parts } of ANY_PHRASE.test(lower) ? phrases() : []) {
    const at = findParts(lower, start, parts);
    if (at >= 0) return { phase, code: OF_UNDICI.exec(start)?.[0] ?? code, message: lineAt(start, at) };
  }
  for (const [pattern, phase] of FAMILIES) {
    const found = pattern.exec(start);
    if (found !== null) return { phase, code: found[1] ?? found[0], message: lineAt(start, found.index) };
  }
  return null;
}

/** Words before what may have happened: `you mistyped it, or it timed out`. */
const SUPPOSED = /\b(?:or|if) (?:it|this|that) $/;

/** The index at which the parts of a phrase follow each other on a line; -1 if they do not. */
function findParts(text: string, written: string, [first = '', ...more]: string[]): number {
  let from = text.indexOf(first);
  for (let tries = 0; from >= 0 && tries < TRIES; tries++, from = text.indexOf(first, from + 1)) {
    if (isInWord(written, from) || SUPPOSED.test(text.slice(Math.max(0, from - 20), from))) continue;
    let at = from + first.length;
    const line = text.slice(at, at + REACH).split('\n', 1)[0] ?? '';
    const end = at + line.length;
    const fits = more.every((part) => {
      const next = text.slice(at, end).indexOf(part);
      at += next + part.length;
      return next >= 0;
    });
    if (fits) return from;
  }
  return -1;
}

/** True in the middle of a word: `load failed` in `upload failed`, but not `timeouterror` in `ReadTimeoutError`. */
function isInWord(text: string, at: number): boolean {
  return /^[A-Za-z][a-z]/.test(text.slice(at - 1, at + 1));
}

function lineAt(text: string, at: number): string {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const to = text.indexOf('\n', at);
  return text.slice(from, to < 0 ? text.length : to).trim();
}
