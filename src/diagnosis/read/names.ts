import { lookup } from '../../text/lookup.ts';
import { ECHOES, HOLD_NAMES, HOLDING, isSubcode, NOISE } from './name-kinds.ts';
import { wordsOf } from './name-words.ts';

/** The roles of the parts of an error body. A leaf has at most one of them. */
export const ROLES = ['code', 'message', 'status', 'requestId', 'docs', 'wait'] as const;
export type Role = (typeof ROLES)[number];

/** How strongly something speaks for each role; 0 rules it out. */
export type Weights = Record<Role, number>;

/**
 * The last word of a name says what the member is: an `error_code` is a code. Weights run from 0.5 (hardly) to 5 (the
 * field's own word for it).
 */
const HEADS: Record<string, Partial<Weights>> = {
  code: { code: 5, status: 2 },
  codes: { code: 4 },
  cod: { code: 4, status: 2 },
  type: { code: 3 },
  kind: { code: 1.5 },
  class: { code: 1.2 },
  category: { code: 1 },
  reason: { code: 2.5, message: 3.3 },
  name: { code: 2 },
  key: { code: 1.5 },
  slug: { code: 3 },
  tag: { code: 2.5 },
  identifier: { code: 2.5, requestId: 0.5 },
  constant: { code: 4 },
  symbol: { code: 3 },
  number: { code: 1.5 },
  return: { code: 1 },
  ret: { code: 2.5 },
  rule: { code: 1.5 },
  label: { code: 1 },
  status: { status: 4, code: 2 },
  stat: { code: 2, status: 2 },
  http: { status: 2 },
  error: { code: 3.2, message: 3, status: 0.5 },
  errors: { message: 2.5, code: 1 },
  fault: { message: 3, code: 1 },
  failure: { message: 3, code: 1 },
  exception: { code: 3, message: 2 },
  issue: { code: 2, message: 2 },
  violation: { message: 3 },
  problem: { message: 2.5, code: 1.5 },
  advice: { message: 1.5 },
  tip: { message: 2 },
  tips: { message: 2 },
  title: { message: 3, code: 0.5 },
  message: { message: 5 },
  messages: { message: 4 },
  detail: { message: 4 },
  details: { message: 3 },
  description: { message: 4 },
  summary: { message: 4 },
  text: { message: 3.5 },
  explanation: { message: 4 },
  diagnostics: { message: 3.5 },
  string: { message: 2 },
  cause: { message: 2, code: 1 },
  info: { message: 1.5, docs: 1 },
  information: { message: 1.5, docs: 1 },
  hint: { message: 1 },
  help: { docs: 4, message: 1 },
  content: { message: 1 },
  note: { message: 1 },
  value: { message: 0.5 },
  resolution: { message: 0.5 },
  result: { message: 1, code: 1 },
  response: { message: 1 },
  data: { message: 1 },
  body: { message: 1 },
  id: { requestId: 1, code: 1.5 },
  ref: { requestId: 2 },
  reference: { requestId: 2 },
  rid: { requestId: 4 },
  tid: { requestId: 1.5 },
  guid: { requestId: 2 },
  uuid: { requestId: 2 },
  instance: { requestId: 2 },
  incident: { requestId: 3 },
  ticket: { requestId: 2 },
  trace: { requestId: 1 },
  correlation: { requestId: 3 },
  request: { requestId: 2 },
  url: { docs: 4 },
  uri: { docs: 3 },
  link: { docs: 4 },
  links: { docs: 3 },
  href: { docs: 3 },
  doc: { docs: 4 },
  docs: { docs: 4 },
  documentation: { docs: 4 },
  about: { docs: 3 },
};

/** The words before the last one shift what it says; a word that is not listed shifts nothing. */
const MODIFIERS: Record<Role, Record<string, number>> = {
  code: {
    ...{ error: 1.5, fault: 1, exception: 1, reason: 1, result: 0.5, c: 0.5, internal: -0.3 },
    ...{ status: -1.5, http: -6, country: -6, zip: -6, postal: -6, currency: -6, language: -6, exit: -1 },
    ...{
      validation: -2.5,
      sub: -2.5,
      detail: -0.5,
      decline: -1.5,
      request: -6,
      trace: -6,
      log: -3,
      event: -3,
      user: -3,
      account: -3,
    },
    ...{ auth: -3, authorization: -3, approval: -4, report: -4 },
    ...{ correlation: -6, transaction: -6, tracking: -6, session: -6, client: -3, product: -4, file: -4, host: -4 },
    ...{ resource: -3, object: -3, entity: -3, app: -3, policy: -1.5, content: -6, media: -6, mime: -6, token: -3 },
  },
  message: {
    ...{ error: 1, user: 0.5, merchant: 0.7, developer: 0.3, display: -0.3, internal: -0.5, localized: -0.2 },
    ...{ exception: 0.3, debug: -1, http: -1.5, status: 0, commit: -6, content: -3, file: -4, user_name: -4 },
  },
  status: { http: 1.5, status: 3, response: 1 },
  requestId: {
    ...{
      request: 5,
      correlation: 5,
      trace: 4.5,
      debug: 4,
      tracking: 4,
      ray: 4,
      log: 3.5,
      incident: 3.5,
      activity: 3.5,
    },
    ...{ error: 3, transaction: 3, operation: 3, response: 3, event: 2, report: 2, conversation: 2, call: 2, psp: 2 },
    ...{
      invocation: 3,
      execution: 2,
      query: 2,
      support: 3,
      reference: 1.5,
      unique: 1.5,
      ref: 2,
      req: 5,
      fbtrace: 4,
      x: 1,
    },
    ...{ span: -1, user: -6, account: -6, tenant: -6, session: -3, client: -3, project: -6, app: -6, resource: -6 },
    ...{ object: -6, order: -6, parent: -3, message: -1, customer: -6, organization: -6, product: -6, api: -2 },
  },
  docs: {
    ...{ doc: 2, docs: 2, documentation: 2, help: 2, error: 1, info: 1, more: 1, support: 1, reference: 1 },
    ...{ request: -6, log: -4, callback: -6, redirect: -6, image: -6, self: -4, avatar: -6, base: -6, target: -6 },
  },
  wait: {},
};

/** Things that have codes of their own; with `error` in its name it is that of an error. */
const OF_THINGS = new Set(
  'merchant order customer partner store shop item promo coupon discount voucher vat tax region city airport station'.split(
    ' ',
  ),
);

/** Words that say nothing by themselves: an `error key` is a code, an `api key` is not. */
const WEAK = new Set(['id', 'name', 'key', 'label', 'number', 'rule', 'tag', 'symbol', 'identifier', 'class']);
const OF_ERRORS = new Set(['error', 'exception', 'fault', 'failure', 'message', 'problem', 'reason', 'type', 'issue']);

/** A name that tells how long to wait has one of these words. */
const WAITING = new Set(['retry', 'again', 'wait', 'off', 'backoff', 'down', 'cooldown']);

/** Names that tell how long to wait, as words; the last group is the unit. */
const WAIT =
  /^(?:(?:x )?(?:rate ?limit )?(?:retry|try again)(?: after| in| delay| interval| wait| time)?|(?:wait|back ?off|cool ?down)(?: time| for)?|time ?out retry)(?: (ms|msecs?|millis(?:econds)?|secs?|seconds|s|in seconds|in ms))?$/;

/** The meaning of a name, regardless of its value. */
export interface Name {
  /** Its words in lower case, short forms spelled out: `errMsg` is `error message`. */
  words: string[];
  /** These words as one text, separated by blanks. */
  said: string;
  head: string;
  /** How surely its value is the name of a member of the request that is blamed; 0 for not at all. */
  blames: number;
  weights: Weights;
  /** True for a name that speaks for no role. */
  isNeutral: boolean;
  noise: boolean;
  /** True for a member that repeats the request, shows the insides of the server or leads elsewhere. */
  echoes: boolean;
  /** True for the second level of a code: `sub_code`, `errorSubcode`, `decline_code`, `extendedErrorCode`. */
  subdivides: boolean;
  /** Milliseconds to a unit of a wait that the name announces; null when it announces none. */
  waitUnit: number | null;
}

/** Names repeat in every body; to take one apart costs more than all else about a leaf (2 µs against 0.3 µs). */
const MOST_KNOWN = 5000;
const known = new Map<string, Name>();

/** Takes the name of a member apart: `error_code`, `errorCode`, `ERROR-CODE` and `errorcode` are alike. */
export function nameOf(name: string): Name {
  const found = known.get(name);
  if (found !== undefined) return found;
  const read = readName(name.slice(0, 100));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, read);
  return read;
}

function readName(name: string): Name {
  const words = inEnglishOrder(wordsOf(name));
  const head = words.at(-1) ?? '';
  const said = words.join(' ');
  const weights: Weights = { code: 0, message: 0, status: 0, requestId: 0, docs: 0, wait: 0 };
  const own = lookup(HEADS, head);
  for (const role of ROLES) {
    let weight = own?.[role] ?? 0;
    if (role === 'code' && words.length > 1 && words.some((word) => OF_THINGS.has(word)) && !words.includes('error'))
      weight = 0;
    if (role === 'code' && WEAK.has(head) && words.length > 1 && !OF_ERRORS.has(words.at(-2) ?? '')) weight = 0;
    if (weight > 0) for (const word of words.slice(0, -1)) weight += lookup(MODIFIERS[role], word) ?? 0;
    if (weight > 0) weights[role] = weight;
  }
  const [wait, unit = ''] = (words.some((word) => WAITING.has(word)) && WAIT.exec(said)) || [];
  if (wait !== undefined) weights.wait = 5;
  return {
    words,
    said,
    head,
    blames: HOLDING.has(head) ? (HOLD_NAMES.find(([, pattern]) => pattern.test(said))?.[0] ?? 0) : 0,
    weights,
    isNeutral: ROLES.every((role) => weights[role] === 0),
    noise: NOISE.has(said),
    echoes: ECHOES.has(said),
    subdivides: isSubcode(words),
    waitUnit: wait === undefined ? null : /^(?:ms|msec|milli|in ms)/.test(unit) ? 1 : 1000,
  };
}

/** Words that qualify a text: `ErrorMsgShort`, `error_description_translated`. */
const KINDS_OF_TEXT = new Set(['short', 'long', 'full', 'plain', 'translated', 'localized']);

/** Words that precede "error" where its language puts the noun first: `MsgErro`, `codigoError`, `КодОшибки`. */
const NOUNS_FIRST = new Set(['code', 'message', 'description', 'text', 'number']);
const QUALIFIES = new Set(['error', 'return']);

/** The words of a name with what it is at the end. */
function inEnglishOrder(words: string[]): string[] {
  const last = words.at(-1) ?? '';
  const before = words.at(-2);
  if (before === undefined) return words;
  if (KINDS_OF_TEXT.has(last) && (lookup(HEADS, before)?.message ?? 0) >= 3) return words.slice(0, -1);
  // `CodRetorno`; alone, `cod` may be a fish.
  const noun = before === 'cod' ? 'code' : before;
  return QUALIFIES.has(last) && NOUNS_FIRST.has(noun) ? [...words.slice(0, -2), last, noun] : words;
}
