import { statusPhrase } from '../../diagnosis/status.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Result } from '../../model/report.ts';
import { inTime } from '../../text/duration.ts';
import { listOf, saysTheSame } from '../words.ts';

/** The code, unless the headline has the same words, or it is a page. */
export function codeOf({ code, status, phrase }: Diagnosis): string[] {
  if (code === null || status === null || isPage(code)) return [];
  return saysTheSame(code, phrase ?? statusPhrase(status)) ? [] : [code];
}

/** True for a code that is the page of a type of problem (RFC 9457, section 3.1.1). */
const isPage = (code: string): boolean => /^https?:\/\//i.test(code) && URL.canParse(code);

/** The address of `RFC 9110, section 15.5.5`; undefined for any other section. */
function rfcAddress(section: string): string | undefined {
  const [, number, part] = /^RFC (\d{1,5})(?:, section ([\d.]{1,20}))?/.exec(section) ?? [];
  return number && `https://www.rfc-editor.org/rfc/rfc${number}${part === undefined ? '' : `#section-${part}`}`;
}

/**
 * The pages that document the error, related pages, and the links in the body.
 *
 * @param withLinks also gives the address of an RFC, which only a terminal with links makes short to follow
 */
export function docsOf({ source, see, docs, code }: Diagnosis, withLinks: boolean): string[] {
  const address = source?.address ?? (withLinks && source !== null ? rfcAddress(source.section) : undefined);
  return [
    ...(source === null ? [] : [`${source.doc}, ${source.section}`]),
    ...(address === undefined ? [] : [address]),
    ...see.map((page) => `See also: ${page}`),
    ...(code !== null && isPage(code) && !docs.includes(code) ? [code] : []),
    ...docs,
  ];
}

/** Who answered, unless it was the API: it changes who has to act. */
export function fromSentence({ answeredBy: { kind, name } }: Diagnosis): string[] {
  const what = {
    gateway: 'a gateway in front of the API',
    proxy: 'a proxy on the way',
    'captive-portal': 'a captive portal',
    challenge: 'a browser challenge',
    api: null,
    nobody: null,
    unknown: null,
  }[kind];
  return what === null ? [] : [`${name}, ${what}: the API itself did not answer.`];
}

/** The remaining rate limit, and when it resets. */
export function limitSentence({ rateLimit }: Diagnosis): string[] {
  if (rateLimit === null) return [];
  const { limit, remaining, resetMs } = rateLimit;
  const left =
    remaining === null
      ? limit === null
        ? ''
        : `${limit} requests`
      : `${remaining}${limit === null ? '' : ` of ${limit}`} left`;
  const reset = resetMs === null ? '' : `reset ${inTime(resetMs)}`;
  return [[left, reset].filter((part) => part !== '').join(', ')];
}

/** The ID that support asks for: the server's, else the one that was sent. */
export function idLines(result: Result, { requestId }: Diagnosis): string[] {
  const sent = result.request?.headers['x-request-id'];
  if (requestId !== null)
    return sent === undefined || sent === requestId ? [requestId] : [`${requestId} (sent: ${sent})`];
  return sent === undefined ? [] : [`${sent} (sent as X-Request-Id)`];
}

/** Whom to ask, and what to send them. */
export function helpSentence(contact: string | null, include: string[]): string {
  const send = include.length === 0 ? '' : `send ${listOf(include)}`;
  if (contact === null) return `the API's support${send === '' ? '' : ` (${send})`}`;
  return send === '' ? contact : `${contact} (${send})`;
}
