import { statusPhrase } from '../../diagnosis/status.ts';
import type { Candidate, Cause, Diagnosis, Field } from '../../model/diagnosis.ts';
import { TRUNCATED_NOTE } from '../../model/exchange.ts';
import type { Report, Result } from '../../model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { askedRequest, hopWords } from '../asked.ts';
import { successLine } from '../response/success.ts';
import { type ColorLevel, type Styles, styles } from '../style.ts';
import { visibleLine, wrap } from '../text.ts';
import { isRisky, retrySentence, saysTheSame } from '../words.ts';
import { renderEnd } from './end.ts';
import { marked, markedCause, markedSteps } from './mark.ts';
import { readingLines } from './reading-lines.ts';
import { cut, INDENT, renderRow } from './row.ts';
import { codeOf, docsOf, fromSentence, helpSentence, idLines, limitSentence } from './row-texts.ts';

/** The width of the output, its colours, and whether to show the evidence. */
export interface PrettyOptions {
  width: number;
  color: ColorLevel;
  verbose: boolean;
  /** Makes links of the addresses in Docs and Help. */
  links?: boolean;
  /** Shows type, size and time of a success. */
  facts?: boolean;
}

/**
 * The report for a person: the sentence that matters first, then why, what to do, and whether to try again.
 *
 *     ✖ 401 Unauthorized  API key has expired                  Raptor Comply
 *       raptor-comply/expired-api-key
 *
 *       Why    The key is past its expiry date and has not been rotated.
 *       Do     1. Ask an organization admin …
 *       Retry  No: the same request fails again until the key is replaced.
 */
export function renderPretty(report: Report, options: PrettyOptions): string {
  if (report.results.length === 0) return 'No error found.\n';
  const blocks = report.results.map((result) => renderOne(result, options));
  const end = renderEnd(report, options.width);
  return [...blocks, ...(end === '' ? [] : [end])].join('\n');
}

/** One result; a blank line separates it from the next. */
export function renderOne(result: Result, options: PrettyOptions): string {
  return renderResult(result, options, styles(options.color));
}

function renderResult(result: Result, options: PrettyOptions, style: Styles): string {
  const { diagnosis } = result;
  if (diagnosis === null) return renderSuccess(result, options, style);
  const lines = [
    ...headline(result, diagnosis, options.width, style),
    ...whereLines(result, diagnosis, options.width, style),
    '',
  ];
  for (const [label, blocks] of rows(result, diagnosis, options)) {
    lines.push(
      ...renderRow(label, blocks, options, style, label === 'Retry' ? retryStyle(result, diagnosis, style) : null),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** A success is mentioned only together with something worth saying; its body speaks for itself. */
function renderSuccess(result: Result, { width, facts }: PrettyOptions, style: Styles): string {
  const line = successLine(result, style, width, facts === true);
  if (line === '') return '';
  return `${line}\n${result.response?.truncated ? `  ${TRUNCATED_NOTE}\n` : ''}`;
}

function headline(result: Result, diagnosis: Diagnosis, width: number, style: Styles): string[] {
  const what =
    diagnosis.status === null
      ? (diagnosis.code ?? '')
      : `${diagnosis.status} ${visibleLine(diagnosis.phrase ?? statusPhrase(diagnosis.status))}`.trim();
  const sentence = visibleLine(cut(headSentence(result, diagnosis)));
  const who = diagnosis.apiName ?? '';
  if (what === '' && who === '' && sentence.length <= width - 2)
    return [`${style.error('✖')} ${style.strong(sentence)}`];
  const head = `✖ ${visibleLine(what)}`.trimEnd();
  const room = width - head.length - 2;
  const gap = room - sentence.length - who.length;
  if (gap >= 2 && who !== '') {
    return [`${style.error(head)}  ${style.strong(sentence)}${' '.repeat(gap)}${style.quiet(who)}`];
  }
  if (who === '' && sentence.length <= room) return [`${style.error(head)}  ${style.strong(sentence)}`];
  const beside = width - head.length - who.length;
  const first =
    who === ''
      ? [style.error(head)]
      : beside >= 2
        ? [`${style.error(head)}${' '.repeat(beside)}${style.quiet(who)}`]
        : [style.error(head), `  ${style.quiet(who)}`];
  return [...first, ...wrap(sentence, width - INDENT).map((line) => `  ${style.strong(line)}`)];
}

/**
 * The server's own message if it says more than the status, else the title of the entry. If a response had begun,
 * how far it came says most.
 */
function headSentence(result: Result, diagnosis: Diagnosis): string {
  const { message, status, title } = diagnosis;
  const { failure } = result;
  if (failure !== null && hasBegun(result)) return failure.message;
  if (message === null || diagnosis.answeredBy.kind === 'nobody') return title;
  if (status === null) return message;
  const phrase = statusPhrase(status).toLowerCase();
  return [phrase, `${status} ${phrase}`, `error ${status} ${phrase}`].includes(message.toLowerCase()) ? title : message;
}

/** True if a response had begun before the failure. */
const hasBegun = ({ failure }: Result): boolean => failure?.status !== undefined;

/** `GET https://example.com/a`, in two parts if only they fit. */
function requestWords({ method, url }: { method: string; url: string }, room: number): string[] {
  const all = visibleLine(`${method} ${url}`);
  return all.length > room && url.length <= room ? [method, url].map(visibleLine) : [all];
}

function whereLines(result: Result, diagnosis: Diagnosis, width: number, style: Styles): string[] {
  const parts: string[] = [];
  if (result.name !== null) parts.push(visibleLine(result.name));
  const asked = askedRequest(result);
  if (asked !== null) parts.push(...requestWords(asked, width - INDENT), ...hopWords(result).map(visibleLine));
  if (result.timings?.total != null) parts.push(formatDuration(result.timings.total));
  if (diagnosis.id !== null) parts.push(diagnosis.id);
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 2 + part.length <= width - INDENT)
      lines[lines.length - 1] = `${last}  ${part}`;
    else lines.push(part);
  }
  return lines.map((line) => `  ${style.quiet(line)}`);
}

/** Label and paragraphs of each row, in the order that a reader needs them. */
function rows(result: Result, diagnosis: Diagnosis, { verbose, links = false }: PrettyOptions): [string, string[]][] {
  const { causes, support } = diagnosis;
  const confirmed = causes.filter(({ verdict }) => verdict === 'confirmed');
  const perhaps = confirmed.length > 0 ? [] : causes.filter(({ verdict }) => verdict === 'possible');
  const ruledOut = verbose ? causes.filter(({ verdict }) => verdict === 'ruled-out') : [];
  const said = diagnosis.message;
  const steps = markedSteps(diagnosis);
  const all: [string, string[]][] = [
    ['Tool', diagnosis.tool === null ? [] : [diagnosis.tool.name]],
    ['From', fromSentence(diagnosis)],
    ['Code', codeOf(diagnosis)],
    ['Why', [markedCause(diagnosis)]],
    ['Since', evidenceOf(diagnosis)],
    ['Also', confirmed.slice(1).map((cause) => causeLine(cause, diagnosis))],
    ['Maybe', perhaps.filter((cause) => addsTo(diagnosis, cause)).map((cause) => causeLine(cause, diagnosis))],
    ['Not', ruledOut.map((cause) => causeLine(cause, diagnosis))],
    ['Field', fieldLines(diagnosis)],
    ['Do', steps.map((step, i) => (steps.length === 1 ? step : `${i + 1}. ${step}`))],
    ['Try', result.next === undefined ? [] : [result.next]],
    // Nothing can be said about a retry of what is not known to have failed.
    ['Retry', isUnknown(diagnosis) ? [] : [retrySentence(diagnosis, result.request)]],
    ['Limit', limitSentence(diagnosis)],
    ['Or', diagnosis.candidates.map(candidateLine)],
    ['Note', diagnosis.notes],
    ['Said', diagnosis.answeredBy.kind === 'nobody' && said !== null && !hasBegun(result) ? [said] : []],
    ['Docs', docsOf(diagnosis, links)],
    ['Id', idLines(result, diagnosis)],
    ['Help', support === null ? [] : [helpSentence(support.contact, support.include)]],
    ['Seen', verbose ? [...diagnosis.evidence, ...readingLines(diagnosis)] : []],
    ['Add', result.add === undefined ? [] : [result.add]],
  ];
  return all.filter(([, blocks]) => blocks.length > 0);
}

function causeLine({ text, evidence, from }: Cause, diagnosis: Diagnosis): string {
  return `- ${evidence === null ? marked(text, from, diagnosis) : `${text} (${evidence})`}`;
}

/** True unless a cause repeats the row Why without adding evidence. */
export function addsTo({ cause }: Diagnosis, { text, evidence }: Cause): boolean {
  return evidence !== null || !saysTheSame(text, cause);
}

/** True if nothing was recognized as an error. */
const isUnknown = ({ id, status, code }: Diagnosis): boolean => id === null && status === null && code === null;

/** Another explanation: `- victims (same code): --api victims`, or the entry itself if no option chooses it. */
function candidateLine({ id, api, why, choose }: Candidate): string {
  return choose === null ? `- ${id} (${why})` : `- ${api ?? id} (${why}): ${choose}`;
}

/**
 * The facts of this request that prove the cause. Evidence from the message is left out: the
 * headline has it already.
 */
export function evidenceOf({ causes }: Diagnosis): string[] {
  const [first] = causes;
  const said = first?.findings.some(({ code }) => code === 'message-says');
  return first?.verdict !== 'confirmed' || first.evidence === null || said ? [] : [sentence(first.evidence)];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The rejected fields and where each one is; why, unless the headline says so already. */
export function fieldLines({ fields, message }: Diagnosis): string[] {
  return fields.flatMap((field) => fieldLine(field, message));
}

function fieldLine({ path, message, in: part }: Field, said: string | null): string[] {
  const where = part === undefined || part === 'body' ? '' : ` (in the ${part})`;
  if (message !== said) return [`${path || '(whole body)'}${where}: ${message}`];
  return path === '' ? [] : [`${path}${where}`];
}

function retryStyle(result: Result, diagnosis: Diagnosis, style: Styles): (text: string) => string {
  const { advice } = diagnosis.retry;
  return (advice === 'backoff' || advice === 'wait') && !isRisky(diagnosis.retry, result.request)
    ? style.yes
    : style.no;
}
