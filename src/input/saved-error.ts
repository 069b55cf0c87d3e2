import { parseJson, readBounded } from '../json/read.ts';
import { UsageError } from '../model/errors.ts';
import type { SavedError } from '../model/saved-error.ts';
import { parseLogfmt } from '../text/logfmt.ts';
import { carriedFrom, carriedLines } from './carried.ts';
import { bodyOnly, readJsonErrors } from './json-errors.ts';
import { jsonProblem } from './json-problem.ts';
import { readLiteral } from './literal.ts';
import { isLogged, readRecord, timePointer } from './log-record.ts';
import { readLogText, readPaste } from './log-text.ts';
import { asJson } from './pasted/body.ts';
import { readQuotedHttp, readRawHttp, readVerboseCurl } from './raw-http.ts';

/** A log line that reports no problem: a time, thread names and the like, and its level. */
const CALM =
  /^\[?\d{2,4}[-/]\d\d[^\n]{0,60}?\b(?:INFO|DEBUG|TRACE|NOTICE)\b[^\n]*$|^\W?(?:INFO|DEBUG|TRACE|NOTICE)\b[^\n]*$/i;

/** The command that a response was the answer to, as it was typed at a prompt, also over several lines. */
const TYPED =
  /^(?:(?:[$#%>❯]|PS [^>\n]{0,200}>) ?)?(?:curl|https?|xh|curlie)\b(?:[^\n\\]|\\[^\n])*(?:\\\n[^\n]*)*\n+(?=HTTP\/\d)/;

/** The lines that the SDKs of Go draw around a request or a response in their logs, and what stands before them. */
const FRAMED =
  /^[\s\S]{0,2000}?-{3,20}\[ RESPONSE \]-{3,80}\n(HTTP\/\d[\s\S]*?)(?:\n-{20,80}(?::? [^\n]{0,200})?(?:\n[\s\S]*)?)?$/;

/** The beginning of a text that was meant to be JSON, unlike `[error] …` and `[App\\Exception]`. */
const LIKE_JSON =
  /^(?:\{(?!:|\w{1,30},\s{0,80}#?\{)|\[\s*(?:[[{"\]]|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s*(?:[,\]]|$)|(?:true|false|null)\b))/i;

/** An object as Python prints it, which is no markup: `<HttpError 403 when requesting …>`. */
const PRINTED = /^<[A-Za-z][\w.]{0,60} (?:\d|\[)/;

/** The name of who says it: `<bot> Error: …`. */
const SPOKEN = /^<[A-Za-z][\w.-]{0,30}> (?![\s\S]*<\/)/;

/**
 * Reads saved errors in any form: a response printed by curl or HTTPie, JSON (a body, a HAR, an
 * errprobe report, a client's dump), JSON lines, the text of an exception or a log, a page. Lines are read
 * one by one as the result is iterated: a file may have a million.
 *
 * @param name what the input is called in messages
 * @param isBody true where status or header fields are given apart: then the text is the body of that response
 * @throws UsageError for text that begins like JSON and is not
 */
export function readSavedErrors(text: string, name: string, isBody = false): Iterable<SavedError> {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const shown = FRAMED.exec(trimmed)?.[1] ?? trimmed.replace(TYPED, '');
  const printed = readRawHttp(shown) ?? readVerboseCurl(trimmed) ?? readQuotedHttp(trimmed);
  if (printed !== null) return [{ name: null, exchange: printed }];
  if (isBody) return [{ name: null, exchange: bodyOnly(trimmed) }];
  if (/^[{[]/.test(trimmed)) return readJson(trimmed, name);
  const carried = carriedFrom(trimmed);
  const record = carried < 0 ? undefined : parseJson(trimmed.slice(carried));
  if (isLogged(record)) return readValue(record, trimmed.slice(carried), name);
  const records = recordsOfLogfmt(trimmed);
  if (records !== null) return records;
  // A page is a body, whatever text it contains.
  if (/^<[A-Za-z!?/]/.test(trimmed) && !PRINTED.test(trimmed) && !SPOKEN.test(trimmed))
    return [{ name: null, exchange: bodyOnly(trimmed) }];
  const logged = readLogText(trimmed);
  if (logged === null && CALM.test(trimmed)) return [];
  return [{ name: null, exchange: logged ?? readPaste(trimmed) }];
}

/** The errors in records of logfmt, each on a line that begins with the same name; null where a text is none. */
function recordsOfLogfmt(text: string): SavedError[] | null {
  const members = parseLogfmt(text);
  if (members === undefined) return null;
  const [start = ''] = /^\w{1,40}=/.exec(text) ?? [];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const each =
    lines.length > 1 && lines.every((line) => start !== '' && line.startsWith(start)) ? lines.map(parseLogfmt) : [];
  const all = each.includes(undefined) || each.length === 0 ? [members] : each;
  const found = all.map((one) => readRecord(one));
  return found.every((one) => one === null) ? null : found.flatMap((one) => one ?? []);
}

/** The most values of a file to search for several errors; a larger file is one body. */
const MOST_SEARCHED = 300_000;

function readWhole(text: string, name: string): Iterable<SavedError> {
  const read = readBounded(text, MOST_SEARCHED);
  return read?.whole === false ? [{ name: null, exchange: bodyOnly(text) }] : readValue(read?.value, text, name);
}

/**
 * The errors in a value: those of the lines that it carries, else its own.
 *
 * @param isOfMany true if the value is one of many in a log
 */
function readValue(value: unknown, text: string, name: string, isOfMany = false): Iterable<SavedError> {
  if (isListOfErrors(value)) return value.flatMap((item) => readJsonErrors(item, () => JSON.stringify(item)));
  const lines = typeof value === 'object' && value !== null ? carriedLines(value) : null;
  if (lines === null) return readJsonErrors(value, () => text);
  return lines.flatMap((line) =>
    isOfMany || lines.length > 1 ? readLine(line, name) : [...readSavedErrors(line, name)],
  );
}

/** Whether a list has errors with their times, such as the last ones that a program attaches to a report. */
function isListOfErrors(value: unknown): value is object[] {
  const isOne = (item: unknown) =>
    timePointer(item) !== null && typeof (item as { error?: unknown }).error === 'string';
  return Array.isArray(value) && value.length > 1 && value.every(isOne);
}

/** The errors in one line of a log: none where nothing says that something failed, or the line was cut. */
function readLine(line: string, name: string): SavedError[] {
  try {
    return [...readSavedErrors(line, name)].filter(({ exchange: { response, seen } }) => {
      const isSentence = response !== null && response.status === null && !/^\s*[{[<]/.test(response.body);
      return !isSentence || seen?.isError === true || readLogText(line) !== null;
    });
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

function readJson(text: string, name: string): Iterable<SavedError> {
  const problem = jsonProblem(text);
  if (problem === null) return readWhole(text, name);
  // The text is not JSON, so a line that is cannot be the only one.
  if (everyLine(text, (line) => jsonProblem(line) === null)) return { [Symbol.iterator]: () => readLines(text) };
  const literal = readLiteral(text, 0);
  if (literal?.end === text.length) {
    const body = asJson(text, literal.value);
    return readJsonErrors(parseJson(body), () => body);
  }
  // "[2026-03-01 12:00] Error: 429 {…}" starts like JSON, too, and JSON that was cut tells enough.
  const logged = readLogText(text);
  if (logged !== null) return [{ name: null, exchange: logged }];
  if (!LIKE_JSON.test(text)) return CALM.test(text) ? [] : [{ name: null, exchange: readPaste(text) }];
  throw new UsageError(`${name} is not valid JSON${problem}`);
}

function* readLines(text: string): Generator<SavedError> {
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    const name = `line ${number}`;
    for (const error of readValue(parseJson(line), line, name, true)) yield { ...error, name };
  }
}

function everyLine(text: string, test: (line: string) => boolean): boolean {
  for (const line of linesOf(text)) if (!test(line)) return false;
  return true;
}

/** The lines that are not blank. */
function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    const line = text.slice(from, end);
    if (line.trim() !== '') yield line;
    from = end + 1;
  }
}
