import { statusOfPhrase, statusPhrases } from '../../diagnosis/status.ts';

/** A number of a text that may be the status of an answer. */
export interface StatusFound {
  status: number;
  at: number;
  /** How sure it is: from `SURE` on the text names it a status, or its phrase is beside it. */
  score: number;
}

/** From here on a number is named a status; below, it is only announced by an error. */
export const SURE = 3;

const NUMBER = /(?<![\d.,#$%@+/-])[1-5]\d\d(?![^\W_]|%|_\w|[,:/-]\d|\.\d(?!\d? - [A-Z]))/g;

/** The status within a status of IIS: `HTTP Error 500.19 - Internal Server Error`. */
const SUBSTATUS = /^\.\d{1,2}(?= - )/;

/** A status that is only named: `invalid status code 'BadRequest'`, `HttpStatusCode.NotFound`. */
const NAMED =
  /\b(?:status ?code:?(?: is| was| of)? ?["'(]?|HttpStatusCode\.|\bresponse status:? )((?:[A-Z][a-z]+){1,4})\b/i;

/** A failure of which a line says no more than the phrase of a status: `failed to update the resource: Unauthorized`. */
const ENDING =
  /\b(?:[Ff]ailed to|[Cc]annot|[Cc]ould not|[Uu]nable to)\b[^\n]{0,300}: (Unauthorized|Forbidden|Too Many Requests|Bad Gateway|Service Unavailable|Gateway Timeout|Internal Server Error|Unprocessable Entity)$/m;

/** An exception of Ruby whose name is the phrase of a status: `error.rb:56:in 'parse': sentence (RubyLLM::UnauthorizedError)`. */
const RAISED =
  /\.rb:\d{1,6}:in [^\n]{1,2000} \((?:[A-Z]\w{1,40}::){1,4}(Unauthorized|Forbidden|BadRequest|TooManyRequests|UnprocessableEntity|BadGateway|ServiceUnavailable|GatewayTimeout)Error\)$/m;

/** An answer as Qt and others print it, by its reason phrase alone: `Error transferring https://… - server replied: Locked`. */
const REPLIED =
  /\b(?:server|host|backend) (?:replied|responded|answered)(?: with)?:? ["'(]?([A-Z][A-Za-z -]{3,40}?)["').]{0,2}$/m;

/** Text right before a status, with its weight. */
const LABELS: [pattern: RegExp, score: number][] = [
  [/\bHTTP\/\d(?:\.\d)?["']? $/, 6],
  [/status(?:[ _-]?code)?["'\])]{0,2}\s{0,4}(?:[:=({[]|of|is|was|code:?|code was)?[\s"'({[:=]{0,4}$/i, 6],
  [
    /\b(?:response|http|error|server|exit|return)(?: status| response| error)?[ _-]?code["']?(?: is| was)?[\s:=("'[]{1,4}$/i,
    5,
  ],
  [/\bHTTP(?:[ -]?(?:error|status|code|response|failure))?(?: ?(?:was|of|is))?[\s:=(["']{0,4}$/i, 5],
  [/\bResponse \[$/, 5],
  [/\bcode["']?(?: of)?\s{0,2}[:=(]\s{0,2}["']?$/i, 3],
  [/\brequested URL returned error: $/i, 5],
  // npm up to 4: "publish Failed PUT 503".
  [/\bpublish Failed PUT $/, 5],
  [/(?:^|\W)E$/, 3],
  [/(?:Error|Exception): ["']?$/, 3],
  // An exception of a package of exceptions, whatever it is called.
  [/\b(?:exceptions?|errors?|exc)\.[A-Z]\w{2,60}: $/, 3],
  // restic, of what the storage answered: "unable to open config file: Stat: 401".
  [/: Stat: $/, 3],
  // The heading of a page.
  [/(?:^|\n)[^\w\n]{0,5}(?:HTTP )?(?:Status|Error)(?: code)?:? $/i, 3],
  // Python's repr of an exception: NotFoundError(404, 'index_not_found_exception', …
  [/\b[A-Z]\w{0,60}(?:Error|Exception)\($/, 4],
  // OkHttp's log of an answer.
  [/<-- (?:HTTP\/[\d.]{1,3} )?$/, 5],
  // HAProxy: its five times, then the status.
  [/ (?:-?\d{1,9}\/){4}\+?-?\d{1,9} $/, 5],
];

/** The request before its status, which may be longer than other labels: `PUT https://… 409 …`, `GET https://… - 404`. */
const REQUESTED = /(?:^|[^\w-])(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) https?:\/\/[^\s"']{1,400} (?:- )?$/;

/** An API by its name before the status of its answer. */
const OF_API =
  /(?:^|[:([] ?)(?:anthropic|aws|azure|discord|docker|gemini|github|gitlab|google|kubernetes|npm|openai|paypal|sendgrid|shopify|slack|stripe|telegram|twilio|vertex) $/i;

/** ClickHouse numbers its own errors: `Code: 499. DB::Exception: …`. */
const OF_DATABASE = /^(?:\.|, e\.displayText\(\) =) DB::(?:Net)?Exception\b/;

/** Words near the status of an error, and words next to numbers of other kinds. */
const ANNOUNCED =
  /\b(?:error|exception|fail(?:ed|ure|s)?|returned|responded|response|rejected|got|received|answered)\b[^\n]{0,40}$/i;
/** A number at the end of a line about a failure, which is the status unless it numbers something. */
const ENDS_FAILURE =
  /\b(?:\w*exception|fail(?:ed|ure)?|error)\b[^\n]{0,55}(?<!\b(?:number|value|count|size|length|version|offset|index|byte|result|total|exit))(?<=[a-z]): $/i;
const COUNTED_BEFORE =
  /\b(?:line|port|after|within|in|id|limit|max|min|page|than|of|took|for|at|record|row|item|order|user|count|total|size|length|exit)[ :#=]{1,2}$/i;
const COUNTED_AFTER =
  /^\s*(?:m?s|secs?|seconds?|minutes?|milliseconds?|times|attempts|retries|bytes|[kMG]i?B|rows?|lines|records|requests|items|users)\b/i;

/** Statuses that servers send without a standard. */
const UNOFFICIAL = new Set([419, 420, 430, 440, 444, 449, 450, 460, 463, 494, 498, 499, 509, 529, 530, 561, 598, 599]);
for (let status = 520; status <= 527; status++) UNOFFICIAL.add(status);

/** So much of a text is searched for names. */
const SEARCHED = 8 * 1024;

/** The most numbers of a text to look at. */
const MOST = 500;

/** The status in a text, the surest of all, an error before a success; null when no number is one. */
export function findStatus(text: string): StatusFound | null {
  let best: StatusFound | null = null;
  let looked = 0;
  for (const found of text.matchAll(NUMBER)) {
    if (++looked > MOST) break;
    const status = Number(found[0]);
    const before = text.slice(Math.max(0, found.index - 60), found.index);
    // A program that draws boxes breaks lines between the number and its phrase.
    const after = joined(text.slice(found.index + 3, found.index + 50).replace(SUBSTATUS, ''), status);
    if (OF_DATABASE.test(after)) continue;
    const asked = /\S (?:- )?$/.test(before) && REQUESTED.test(text.slice(Math.max(0, found.index - 420), found.index));
    const score = asked ? 5 : scoreOf(status, before, after, found.index);
    if (score === 0) continue;
    const weight = score + (status >= 400 ? 10 : 0);
    if (best === null || weight > best.score + (best.status >= 400 ? 10 : 0)) best = { status, at: found.index, score };
  }
  return best !== null && best.score >= SURE ? best : (namedIn(text) ?? best);
}

/** The rest of a line that begins with a status and its phrase. */
function joined(after: string, status: number): string {
  const said = after.trimStart().toLowerCase();
  return statusPhrases(status).some((phrase) => said.startsWith(phrase)) ? after.replace(/^\s{2,}/, ' ') : after;
}

/** The first status that a text gives by its name alone. */
function namedIn(text: string): StatusFound | null {
  const start = text.slice(0, SEARCHED);
  const found = NAMED.exec(start) ?? ENDING.exec(start) ?? RAISED.exec(start) ?? REPLIED.exec(start);
  const status = statusOfPhrase((found?.[1] ?? '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '));
  return found === null || status === null ? null : { status, at: found.index, score: SURE };
}

function scoreOf(status: number, before: string, after: string, at: number): number {
  const label = LABELS.find(([pattern]) => pattern.test(before));
  const known = statusPhrases(status).length > 0 || UNOFFICIAL.has(status);
  if (label !== undefined && (label[1] > SURE || (known && status >= 400))) return label[1];
  // The end of a word or of an assignment is no number by itself.
  if (/[\w=:]$/.test(before)) return 0;
  if (status < 300) return 0;
  if (/^ (?:Client|Server) Error\b/.test(after)) return 5;
  const phrases = statusPhrases(status);
  const following = after.replace(/^["'`\])]?[\s:–-]{0,3}["'`([]?/, '').toLowerCase();
  const leading = before.replace(/[\s([:–-]{1,4}$/, '').toLowerCase();
  // "302 found" may be a number of anything.
  if (status < 400) return phrases.some((phrase) => phrase.includes(' ') && following.startsWith(phrase)) ? 5 : 0;
  if (phrases.some((phrase) => following.startsWith(phrase) || leading.endsWith(phrase))) return 5;
  if (phrases.some((phrase) => following.startsWith(phrase.replaceAll(' ', '')))) return 4;
  if (at < 3 && /^\W*$/.test(before)) return SURE;
  // Its body follows: `404 {message: …}`.
  if (known && /^(?::? ?| - )[{[]/.test(after) && !COUNTED_BEFORE.test(before)) return SURE;
  if (known && /\[$/.test(before) && /^ [A-Z][A-Z_]{3,60}\]/.test(after)) return SURE;
  if (known && /(?:→|[-=]>) {0,2}$/.test(before) && /^ {0,4}(?:$|\n|\([A-Z][A-Za-z]{2,60}\))/.test(after)) return SURE;
  // … and was taken out of it: `404 - `.
  if (known && /(?:^|\n) {0,4}$/.test(before) && /^ ?[-–:]? {0,3}(?:$|\n)/.test(after)) return SURE;
  // … or something else: `GitLab API 404 (repository=…)`.
  if (known && /\bAPI $/.test(before) && /^(?:$|\n|: | \(\w{1,40}=)/.test(after)) return SURE;
  // The name of the API before the status and what it said, as Go wraps errors: `create account: stripe 400: Your platform needs approval`.
  if (known && OF_API.test(before) && /^: \S/.test(after)) return SURE;
  // An error and what it says: `googleapi: Error 409: The name is taken`, `Octokit::NotFound: 404 - …`
  if (known && /\bError $/.test(before) && /^: \S/.test(after)) return SURE;
  if (known && /\bOctokit::[A-Z]\w{2,40}: $/.test(before) && /^ - \S/.test(after)) return SURE;
  // "too many 503 error responses"
  if (known && /^ error\b/i.test(after)) return SURE;
  // The phrase in another language: `: (403) Interdit`.
  if (known && /: ?\($/.test(before) && /^\) ?\p{Lu}?\p{L}/u.test(after)) return SURE;
  if (known && /\( ?$/.test(before) && /^ ?\)\.?\s*(?:$|\n)/.test(after)) return SURE;
  if (known && ENDS_FAILURE.test(before) && /^\s*(?:$|\n)/.test(after) && !COUNTED_BEFORE.test(before)) return 1;
  if (!known || COUNTED_BEFORE.test(before) || COUNTED_AFTER.test(after)) return 0;
  return ANNOUNCED.test(before) ? 1 : 0;
}
