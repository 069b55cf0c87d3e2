import type { ErrorBody } from '../../model/diagnosis.ts';
import { RETRYING_MAY_HELP } from '../advice/retry-hint.ts';
import { statusOfPhrase } from '../status.ts';
import { TOPICS, type Topic } from './vocabulary.ts';
import { topicOf } from './words.ts';

/** The entry of the general catalog that explains each topic, where no status leads to one. */
export const ENTRIES: Record<Topic, string> = {
  authentication: 'unauthorized',
  permission: 'forbidden',
  'not-found': 'not-found',
  validation: 'bad-request',
  conflict: 'conflict',
  duplicate: 'already-exists',
  'rate-limit': 'too-many-requests',
  quota: 'quota-used-up',
  limit: 'quota-used-up',
  maintenance: 'maintenance',
  timeout: 'gateway-timeout',
  server: 'internal-server-error',
};

/** The topics by which words may overrule each status; any other status outweighs words. */
const OVERRULED: Record<number, Topic[]> = {
  400: [
    'authentication',
    'permission',
    'not-found',
    'conflict',
    'duplicate',
    'rate-limit',
    'quota',
    'limit',
    'maintenance',
  ],
  401: ['rate-limit', 'quota'],
  402: ['rate-limit'],
  403: ['authentication', 'rate-limit', 'quota', 'limit', 'maintenance'],
  418: ['rate-limit', 'quota', 'authentication'],
  424: ['authentication', 'permission', 'not-found', 'validation', 'duplicate', 'rate-limit', 'quota', 'limit'],
  409: ['rate-limit', 'quota'],
  422: ['authentication', 'permission', 'not-found', 'conflict', 'duplicate', 'rate-limit', 'quota', 'limit'],
  426: ['quota', 'permission'],
  429: ['quota'],
  500: ['maintenance', 'duplicate'],
  503: ['maintenance', 'rate-limit', 'quota', 'timeout'],
};

/** The topics that other statuses of 4xx leave open, for they have no meaning of their own. */
const OF_UNKNOWN: Topic[] = TOPICS.filter((topic) => topic !== 'server' && topic !== 'timeout');

/** Topics that a sentence about the fields of a request does not tell: "user does not exist" blames the field. */
const OF_FIELDS = new Set<Topic>([
  'authentication',
  'permission',
  'not-found',
  'duplicate',
  'conflict',
  'server',
  'timeout',
]);

/**
 * The topic of an error by its words: those of its code, then those of its message. Null where they do not
 * tell, or where the status says it with more certainty.
 *
 * @param known false where the status is one that no standard defines
 */
export function topicByWords(error: ErrorBody, status: number | null, known: boolean): Topic | null {
  const { code, subcode, message, fields } = error;
  // SOAP 1.1, section 6.2, gives every fault the status 500.
  const byStatus = openTo(status === 500 && error.envelope.startsWith('soap') ? null : status, known);
  // Filters answer with a page, whatever the status.
  const isFilter =
    error.envelope === 'html' &&
    (status === 405 || status === 503) &&
    /\b(?:blocked|limited|denied)\b/i.test(message ?? '');
  const open = (topic: Topic) => byStatus(topic) || (isFilter && topic === 'permission');
  const blames = fields.some(({ path }) => path !== '');
  let weak: Topic | null = null;
  for (const text of [code, subcode]) {
    if (
      text === null ||
      !/[A-Za-z]/.test(text) ||
      /^https?:/.test(text) ||
      (status !== null && statusOfPhrase(text.slice(text.lastIndexOf(':') + 1)) === status)
    )
      continue;
    const topic = topicOf(text);
    if (topic === null || (blames && topic !== 'duplicate' && OF_FIELDS.has(topic))) continue;
    // "INVALID_REQUEST" says no more than the status, "NOT_AUTHORIZED" not of what; the sentence beside it may.
    if (VAGUE.has(topic) || topic === 'permission' || (topic === 'rate-limit' && status === 429)) weak ??= topic;
    else return open(topic) || (status === 500 && isOfCallers(topic, text)) ? topic : null;
  }
  // Some servers answer 401 to those whom they know; few call that a permission.
  if (weak === 'permission' && status === 401 && /permission/i.test(code ?? '') && LACKS.test(message ?? ''))
    return weak;
  const said = message ?? fields[0]?.message ?? null;
  const reason = status === 403 ? said?.replace(FETCHING, ' ') : said;
  const topic = reason == null ? null : NO_ROUTE.test(reason) ? 'not-found' : topicOf(reason);
  const isOfField = topic !== null && blames && OF_FIELDS.has(topic);
  const isOfCaller = topic === 'authentication' && !/permission|authori[sz]|access|scope|role/i.test(said ?? '');
  if (weak === 'permission' && !isOfCaller) return open(weak) ? weak : null;
  const order = [isOfField || topic === 'validation' ? null : topic, weak, topic === 'validation' ? topic : null];
  for (const one of order) if (one !== null && open(one)) return one;
  if (status === 400 && topic === 'server' && said !== null && (OF_SERVER.test(said) || RETRYING_MAY_HELP.test(said)))
    return topic;
  if (status === 500 && topic === 'authentication' && OF_CREDENTIAL.test(said ?? '')) return topic;
  return blames && open('validation') ? 'validation' : null;
}

/** True for a code that blames the caller in spite of the status 500; the name of an exception may be about anything. */
const isOfCallers = (topic: Topic, code: string): boolean =>
  (topic === 'authentication' || topic === 'rate-limit' || topic === 'quota') && !/Exception$/.test(code);

/** A sentence that begins with a credential that was rejected, which is no failure of a server. */
const OF_CREDENTIAL =
  /^(?:invalid|wrong|missing|incorrect|expired|unknown) (?:(?:api|access|auth|bearer|secret|user) ?)?(?:key|token|credentials|password|signature)(?=[.!]?$|[.,;] | (?:or|provided|supplied|given|specified|sent)\b)/i;

/** A sentence about a caller who is known, and may not do something. */
const LACKS =
  /\b(?:lacks?|(?:does|do) not have|doesn't have|missing) (?:\S+ ){0,4}(?:action|permission|privilege|role|scope|right)s?\b/i;

/** A sentence by which a server takes the blame, whatever status it answers with. */
const OF_SERVER = /\b(?:encountered|due to) an internal (?:server )?error\b/i;

/**
 * The step of a client that was refused, with no word on the credential itself: `failed to fetch oauth token: … 403
 * Forbidden`. Where there is no status, the step is the only hint.
 */
const FETCHING =
  /\b(?:unable to|could not|couldn't|cannot|can't|failed to) (?:get|fetch|obtain|retrieve) (?:\w+ ){0,3}(?:tokens?|credentials?)\b/gi;

/** Express's sentence about a path that it does not serve: `Cannot GET /users/1`. */
const NO_ROUTE = /^Cannot (?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \//;

/** Topics of codes that a sentence may say more exactly. */
const VAGUE = new Set<Topic>(['validation', 'server', 'limit']);

/** Statuses that some gateways use, and other servers for errors of their own. */
const isOfNobody = (status: number): boolean => status >= 520 && status < 531;

function openTo(status: number | null, known: boolean): (topic: Topic) => boolean {
  if (status === null || status < 300) return () => true;
  const isOpen = (!known && (status < 500 || status >= 600)) || isOfNobody(status);
  const topics = OVERRULED[status] ?? (isOpen ? OF_UNKNOWN : []);
  return (topic) => topics.includes(topic);
}
