import type { Form } from './retold-form.ts';

/** The canonical codes of Google's APIs, in the spelling of its libraries' exceptions. */
const CANONICAL =
  'Aborted|AlreadyExists|Cancelled|DataLoss|DeadlineExceeded|FailedPrecondition|InternalServerError|InvalidArgument|NotFound|OutOfRange|PermissionDenied|ResourceExhausted|ServiceUnavailable|Unauthenticated|Unavailable|Unimplemented';

const googleBody = (name: string, status: string | undefined, message: string | undefined): object => ({
  error: {
    ...(status !== undefined && { code: Number(status) }),
    message,
    status: name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
  },
});

/** BigQuery's sentences, each with the reason that it sends (cloud.google.com/bigquery/docs/troubleshoot-quotas). */
const OF_BIGQUERY: [sentence: string, status: number, reason: string][] = [
  ['Exceeded rate limits: ', 403, 'rateLimitExceeded'],
  ['Job exceeded rate limits: ', 400, 'jobRateLimitExceeded'],
  ['Quota exceeded: Your ', 403, 'quotaExceeded'],
];

/** The page that these sentences name, and the service. */
const BIGQUERY = /\bbigquery\b/i;

/** How Google's libraries print the errors of its APIs. */
export const GOOGLE_FORMS: Form[] = [
  ...OF_BIGQUERY.map(
    ([sentence, code, reason]): Form => ({
      pattern: new RegExp(`(?<!\\w )(${sentence}[^\\n]{2,500})`),
      about: BIGQUERY,
      body: ([said = '']) => {
        const message = said.replace(/(?:"; Reason: "\w{1,40}"\}.*|, [a-zA-Z]{5,30})$/, '').trim();
        return { error: { code, message, errors: [{ message, domain: 'usageLimits', reason }] } };
      },
    }),
  ),
  // Google's libraries print the details of an error in the text format of Protocol Buffers.
  {
    pattern:
      /\b([45]\d\d) ([A-Z][^\n[\]]{5,800}?) \[(?:links \{[^{}]{0,1000}\}\s{0,5}, )?reason: "([A-Z][A-Z_]{2,60})"\s{0,5}domain: "googleapis\.com"/,
    body: ([code, message, reason]) => ({
      error: {
        code: Number(code),
        message,
        status: 'UNKNOWN',
        details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }],
      },
    }),
  },
  // Google's libraries for Python name the exception as the canonical code, in another spelling.
  {
    pattern: /\bgoogle\.api_core\.exceptions\.([A-Z]\w{2,40}): ([1-5]\d\d) (\S[^\n]{2,500})/,
    body: ([name = '', status, message]) => googleBody(name, status, message),
  },
  {
    pattern: new RegExp(`\\braised (${CANONICAL}): ([45]\\d\\d) (\\S[^\\n]{2,500})`),
    body: ([name = '', status, message]) => googleBody(name, status, message),
  },
  // The libraries for Ruby add the number of the code in gRPC.
  {
    pattern: new RegExp(`\\bGoogle::Cloud::(${CANONICAL})Error: \\d{1,2}:(\\S[^\\n]{2,500})`),
    body: ([name = '', message]) => googleBody(name, undefined, message),
  },
  {
    pattern: new RegExp(
      `\\bGax::(${CANONICAL})Error: GaxError [^\\n]{0,60}?caused by \\d{1,2}:(\\S[^\\n]{2,500}?)(?:\\. debug_error_string:|\\n|$)`,
    ),
    body: ([name = '', message]) => googleBody(name, undefined, message),
  },
  // The one for PHP adds the reason at the end of the sentence.
  {
    pattern: /\bError ([1-5]\d\d) (\S[^\n]{5,800}?) ?: ([a-z]{2,20}(?:[A-Z][a-z]{1,20}){1,5})$/m,
    about:
      /\b(?:googleapis|console\.(?:developers|cloud)\.google|developers\.google)\.com\b|\bGoogle\w{0,5}[_\\]Service/,
    body: ([status, message, reason]) => ({
      error: { code: Number(status), message, errors: [{ message, reason, domain: 'global' }] },
    }),
  },
  // The library for .NET prints the members of the body in brackets.
  {
    pattern:
      /\bGoogle\.(?:GoogleApi\w{0,20}|Apis\.Requests)\.?(?:Exception|RequestError)\b[^\n]{0,300}\n(\S[^\n]{1,1000}?) \[([1-5]\d\d)\]\r?\n\s{0,20}Errors \[\r?\n\s{0,20}Message\[[^\n]{0,1000}? Reason\[(\w{2,60})\] Domain\[([\w.]{2,60})\]/,
    body: ([message, status, reason, domain]) => ({
      error: { code: Number(status), message, errors: [{ message, reason, domain }] },
    }),
  },
  // Google's sentence for a quota of any API, from clients of gRPC in any language.
  {
    pattern: /\b(Resource has been exhausted \(e\.g\.\s{1,3}check quota\)\.)/,
    body: ([message]) => googleBody('ResourceExhausted', '429', message),
  },
  // The libraries of Firebase name the service of Google Cloud and the canonical code.
  {
    pattern: /\[(?:cloud_)?(?:firestore|functions)\/([a-z]{5,12}(?:-[a-z]{3,12}){0,2})\] (\S[^\n]{2,500})/,
    body: ([name = '', message]) => googleBody(name.replaceAll('-', '_'), undefined, message),
  },
  // The packages for R list the members of the first error, the older library for PHP prints the request and the sentence.
  {
    pattern: /^\* domain: ([\w.]{3,60})\n\* reason: (\w{3,60})\n\* message: (\S[^\n]{2,800})/m,
    about: /\bgoogle|\bgargle/i,
    body: ([domain, reason, message]) => ({ error: { message, errors: [{ message, reason, domain }] } }),
  },
  {
    pattern: /\bError calling [A-Z]{3,7} https?:\S{1,1000}: \(([45]\d\d)\) (\S[^\n"\\]{2,500})/,
    about: /\bgoogleapis\.com\b/,
    body: ([status, message]) => ({ error: { code: Number(status), message } }),
  },
];
