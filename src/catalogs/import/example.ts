import { readError } from '../../diagnosis/read/read-error.ts';
import { statusOfPhrase } from '../../diagnosis/status.ts';
import { endOfValue } from '../../json/extent.ts';
import type { ErrorBody } from '../../model/diagnosis.ts';

/** The body of an error that a document shows. */
export interface BodyExample {
  status: number | null;
  code: string | null;
  message: string | null;
  body: unknown;
  read: ErrorBody;
}

/** The error bodies in a block of code: JSON, several of them, or a whole response; empty for anything else. */
export function examplesIn(code: string): BodyExample[] {
  const text = code.slice(0, 20_000);
  const line = /^[ \t]*(?:<[ \t]*)?HTTP\/\d(?:\.\d)?[ \t]+(\d{3})/m.exec(text);
  const status = line === null ? null : Number(line[1]);
  return valuesIn(text).flatMap((body) => exampleOf(body, status));
}

/** A value as the body of an error; empty if it is none. */
export function exampleOf(body: unknown, status: number | null = null): BodyExample[] {
  if (typeof body !== 'object' || body === null) return [];
  const only = Array.isArray(body) && body.length === 1 ? body[0] : body;
  const read = readError(only, undefined, { headers: {}, status });
  if ((read.code === null && read.message === null) || read.envelope === 'unknown') return [];
  const isPlaceholder = (said: string | null) =>
    said !== null &&
    /^(?:string|<.*>|\{.*\}|\.\.\.|…|error[_ ]?code|code|message|error message|your .*|\[.*\])$/i.test(said.trim());
  if (isPlaceholder(read.code) || (read.code === null && isPlaceholder(read.message))) return [];
  const own = read.status ?? status;
  // A number that is the status is no code.
  const code =
    read.code !== null && /^[1-5]\d\d$/.test(read.code) && (own === null || own === Number(read.code))
      ? null
      : read.code;
  const told = own ?? (read.code !== null && code === null ? Number(read.code) : null);
  const isPhrase =
    code !== null &&
    statusOfPhrase(code) !== null &&
    told !== null &&
    statusOfPhrase(code) === told &&
    read.message === null;
  return [
    {
      status: told !== null && told >= 400 && told < 600 ? told : null,
      code: isPhrase ? null : code,
      message: isPlaceholder(read.message) ? null : read.message,
      body: only,
      read,
    },
  ];
}

/** The JSON values that begin a line of a text. Comments, ellipses and commas before a bracket are passed over. */
function valuesIn(text: string): unknown[] {
  const found: unknown[] = [];
  for (let at = nextStart(text, 0); at >= 0 && found.length < 20; ) {
    const end = endOfValue(text, at);
    if (end < 0) break;
    const value = parsed(text.slice(at, end));
    if (value !== undefined) found.push(value);
    at = nextStart(text, end);
  }
  return found;
}

function nextStart(text: string, from: number): number {
  const found = /(?:^|\n)[^\S\n]*([{[])/g;
  found.lastIndex = from;
  const match = found.exec(text);
  if (match !== null) return match.index + match[0].length - 1;
  return from === 0 && /^[^{\n]{0,40}\{/.test(text) ? text.indexOf('{') : -1;
}

/** A line of JSON without a comment. */
const withoutComment = (line: string): string =>
  /^(?:\/\/|#)/.test(line.trimStart()) ? '' : line.replace(/(?<=[,{[\]}"\d\s])\s\/\/.*$/, '');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(
        text
          .split('\n')
          .map(withoutComment)
          .filter((line) => !/^(?:\.\.\.|…)\s*,?$/.test(line.trim()))
          .join('\n')
          .replaceAll(/(?:\.\.\.|…)(?=\s*[\]}])/g, '')
          .replaceAll(/,(\s*[}\]])/g, '$1')
          .replaceAll(/([{,]\s*)([A-Za-z_]\w*)(\s*:)/g, '$1"$2"$3'),
      );
    } catch {
      return undefined;
    }
  }
}
