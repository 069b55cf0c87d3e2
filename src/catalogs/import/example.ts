import { readError } from '../../diagnosis/read/read-error.ts';
import { statusOfPhrase } from '../../diagnosis/status.ts';
import { endOfValue } from '../../json/extent.ts';
import type { ErrorBody } from '../../model/diagnosis.ts';
import { withoutEnds } from '../../text/ends.ts';
import { subjectOf } from './subject.ts';

/** The body of an error that a document shows. */
export interface BodyExample {
  status: number | null;
  code: string | null;
  message: string | null;
  /** The comment above the body, or nothing. */
  note: string | null;
  body: unknown;
  read: ErrorBody;
}

/** The error bodies in a block of code: JSON, several of them, or a whole response; empty for anything else. */
export function examplesIn(code: string): BodyExample[] {
  const text = code.slice(0, 20_000);
  let status: number | null = null;
  return valuesIn(text).flatMap(({ value, before }) => {
    const said = saidBefore(before);
    status = said.status ?? status;
    return exampleOf(value, status, said.note);
  });
}

/** The status and the words in comments and status lines above a body. */
function saidBefore(text: string): { status: number | null; note: string | null } {
  let status: number | null = null;
  let note: string | null = null;
  for (const line of text.split('\n').map((one) => one.trim())) {
    const comment = /^(?:\/\/+|#+|--+|\/?\*+|;+)\s*(\S.*)$/.exec(line)?.[1] ?? null;
    const of = /^(?:<\s*)?HTTP\/\d(?:\.\d)?\s+(\d{3})/.exec(line)?.[1];
    const { statuses, rest } = subjectOf(
      comment ?? (/^(?:[a-z]{1,12} )?(?:status|code)?:? ?[45]\d\d\b/i.test(line) ? line : ''),
    );
    const [own] = of === undefined ? statuses : [Number(of)];
    if (typeof own === 'number') status = own;
    const words = withoutEnds(rest, /[*/\s]/);
    const isNote = comment !== null && /\s/.test(words) && !/^(?:GET|POST|PUT|PATCH|DELETE|HTTP)\b/.test(words);
    if (isNote && statusOfPhrase(words) === null) note = words;
  }
  return { status, note };
}

/** A value as the body of an error; empty if it is none. */
export function exampleOf(body: unknown, status: number | null = null, note: string | null = null): BodyExample[] {
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
      : (read.code ?? phraseIn(only, read.message));
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
      note,
      body: only,
      read,
    },
  ];
}

/** The name of an error in words beside its message: `{ "error": "Lid Missing", "message": "…" }`. */
function phraseIn(body: unknown, message: string | null): string | null {
  const { error } = body as Record<string, unknown>;
  if (typeof error !== 'string' || message === null || error === message || statusOfPhrase(error) !== null) return null;
  return /^[A-Z][\w-]{1,30}(?: [\w-]{1,30}){1,3}$/.test(error) ? error : null;
}

/** The JSON values that begin a line of a text. Comments, ellipses and commas before a bracket are passed over. */
function valuesIn(text: string): { value: unknown; before: string }[] {
  const found: { value: unknown; before: string }[] = [];
  let last = 0;
  for (let at = nextStart(text, 0); at >= 0 && found.length < 20; ) {
    const end = endOfValue(text, at);
    if (end < 0) break;
    const value = parsed(text.slice(at, end));
    if (value !== undefined) found.push({ value, before: text.slice(last, at) });
    last = end;
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

/** Whether a line of JSON ends a member, and the next one begins another without a comma between them. */
const lacksComma = (line: string, next: string): boolean =>
  /["\d\]}]$|(?:true|false|null)$/.test(line.trimEnd()) && /^\s*"/.test(next);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(
        text
          .split('\n')
          .map(withoutComment)
          .filter((line) => line.trim() !== '' && !/^(?:\.\.\.|…)\s*,?$/.test(line.trim()))
          .map((line, i, all) => (lacksComma(line, all[i + 1] ?? '') ? `${line},` : line))
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
