import { JsonText } from '../../json/text.ts';
import type { Report, Result } from '../../model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { askedLine } from '../asked.ts';
import { attemptText } from '../check/details.ts';
import { code, escapeMarkdown } from '../markdown.ts';
import { visible } from '../text.ts';
import { markedCause } from './mark.ts';
import { fieldLines } from './pretty.ts';
import { renderCurl } from './request.ts';

/** Longer bodies are truncated, in characters. */
const MOST = 20_000;

/**
 * A support ticket in Markdown, ready to paste: endpoint, times, ids, the whole body, the attempts,
 * and the request as a curl command with variables instead of secrets.
 *
 * @param client the client: `errprobe 0.1.0, linux 6.1`
 * @param isSensitive true for a header whose value is a credential
 */
export function renderTicket(report: Report, client: string, isSensitive: (name: string) => boolean): string {
  const errors = report.results.filter(({ diagnosis }) => diagnosis !== null);
  if (errors.length === 0) return 'No error found.\n';
  return `${errors.map((result) => ticket(result, client, isSensitive)).join('\n---\n\n')}`;
}

function ticket(result: Result, client: string, isSensitive: (name: string) => boolean): string {
  const { diagnosis, request, response, failure, attempts, timings } = result;
  if (diagnosis === null) return '';
  const what = [diagnosis.status ?? failure?.code, diagnosis.message ?? diagnosis.title]
    .filter((part) => part != null)
    .join(' ');
  const facts: [string, string][] = [
    ['API', escapeMarkdown(diagnosis.apiName ?? 'unknown')],
    ['Endpoint', request === null ? 'unknown' : code(askedLine(result) ?? '')],
    [
      'Error',
      code([diagnosis.code, diagnosis.subcode, diagnosis.id].filter((part) => part !== null).join(', ') || 'unknown'),
    ],
    ['Rejected', fieldLines(diagnosis).map(code).join(', ')],
    ['Answered by', escapeMarkdown(diagnosis.answeredBy.name ?? diagnosis.answeredBy.kind)],
    ['Request IDs', idsOf(result).map(code).join(', ') || 'none'],
    ['Server time', escapeMarkdown(response?.headers.date ?? 'unknown')],
    ['Timings', timings === null ? '' : escapeMarkdown(timingText(timings))],
    ['Client', escapeMarkdown(client)],
  ];
  const parts = [
    `## ${escapeMarkdown(what)}\n`,
    facts.flatMap(([name, value]) => (value === '' ? [] : `- **${name}:** ${value}`)).join('\n'),
    attempts.length === 0
      ? ''
      : `\n**Attempts**\n\n${attempts.map((attempt) => `- ${escapeMarkdown(attemptText(attempt, attempts.length))}`).join('\n')}`,
    response === null
      ? ''
      : `\n**Response**\n\n${block(headersText(response.headers))}\n${block(bodyText(response.body))}`,
    request === null
      ? ''
      : `\n**The same request with curl**\n\n${block(renderCurl({ ...request, body: request.body ?? null }, null, isSensitive).trim())}`,
    `\n**Diagnosis:** ${escapeMarkdown(markedCause(diagnosis))}`,
    diagnosis.support?.contact == null ? '' : `\nFor ${escapeMarkdown(diagnosis.support.contact)}.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

/** Every id that support can search for: of the response, of each attempt, and of the request. */
function idsOf({ diagnosis, attempts, request }: Result): string[] {
  const ids = [diagnosis?.requestId, ...attempts.map(({ requestId }) => requestId), request?.headers['x-request-id']];
  return [...new Set(ids.filter((id): id is string => id != null))];
}

function timingText(timings: NonNullable<Result['timings']>): string {
  const parts = Object.entries(timings).flatMap(([name, ms]) => (ms === null ? [] : `${name} ${formatDuration(ms)}`));
  return parts.join(', ');
}

function headersText(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function bodyText(body: JsonText | string | null): string {
  const text = body instanceof JsonText ? body.indented() : (body ?? '');
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

/** Text as a code block whose fence is longer than any in it; "" for none. */
function block(text: string): string {
  if (text.trim() === '') return '';
  const shown = visible(text);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${shown}\n${fence}\n`;
}
