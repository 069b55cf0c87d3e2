import type { CodeFound } from '../../diagnosis/read/text-code.ts';
import { statusPhrases } from '../../diagnosis/status.ts';
import { topicOf } from '../../diagnosis/verdict/words.ts';

/** Longer sentences are cut, in characters. */
const LONGEST = 1000;
const MOST_LINES = 200;

/** A sentence behind its name, or in quotes behind what said it. */
const LABELED =
  /\b(?:desc|message|msg|response body|error_?description|detail|errorMessage)\\?["']?\s{0,3}[:=]\s{0,3}(?:b(?=["']))?(?:\\?["'`[]){0,2}([^\n]{3,1000})|\b(?:returned|responded|replied|said|response:?)(?: with)? "([^"\n]{3,1000})"/i;

/** A body that is printed below its name. */
const BELOW =
  /^[ \t]{0,20}(?:response |server )?(?:body|response|output|reply):[ \t]{0,20}\n[ \t]{0,20}(\S[^\n]{3,1000})/im;

/** A sentence in YAML, folded over lines. */
const FOLDED =
  /^([ \t]{0,20})(?:- )?message: ([^\s"'|>][^\n]{3,500}(?:\n\1[ \t]{1,20}(?![\w-]{1,40}: )\S[^\n]{0,500}){1,12})/m;

/** Words that say what is wrong, and those that only say that something is. */
const TELLING =
  /\b(?:denied|not (?:found|allowed|authorized|authenticated|valid|permitted|exist|support\w*|in|accessible|a valid|enough|available)|n't|invalid|incorrect|missing|required|must|exceed\w*|expired|already|exists?|forbidden|unauthori[sz]ed|refused|rejected|no such|unknown|too many|limit\w*|quota|mismatch|unsupported|conflict\w*|duplicate|insufficient|blocked|disabled|timed? ?out|unavailable|overloaded|lacks?|permission|please (?!review|see|contact|refer|check|visit))\b/gi;
const VAGUE = /\b(?:fail(?:ed|ure)|cannot|can not|could not|unable|unexpected)\b/i;

/** Frames of a stack, what a shell was told, progress, and what only says where something is. */
const BESIDE =
  /^\s*(?:at |File "|\.\.\. \d+ more|\$ |PS [A-Z]:|% Total|#\d+ |\^|~+|\+ |-{3,}|={3,}|\[?[\w\\.]{1,80}(?:Exception|Error)\]?:?\s*$|Traceback|During handling|The above exception|goroutine|Stack:?|Suppressed:|with [\w.]+,$|on \S+ line \d|\d+:\s+\w+ "|code [A-Z]\w{2,30}$|throw (?:new )?\w+\(|raise \w+[(.]|(?:[<\s]{0,4}|string\(\d{1,4}\) ")[Xx]-[Rr]ate-?[Ll]imit-\w{2,20}: |Error in .{1,80}:$|(?:error: )?\d+ errors? occurred:$|(?:➤ YN0000: ){1,3}(?:[┌└·] |Failed with errors in |Done (?:in|with) ))/;

/** The beginning of a line that is about an error, or the name of an exception in it. */
const HEADED = /^(?:\W{0,3}\w{0,12} ?)?(?:error|fatal|exception|denied)\b|(?:Error|Exception)\b|^[•✖✗] /i;

/** A line shorter than this has hardly more than a phrase. */
const SHORT = 16;

/** The most lines of which the topic is looked up. */
const MOST_TOPICS = 30;

/** How requests for Python writes the reason phrase, in which HTTP/1.1 servers may say anything (RFC 9112, section 4). */
const REASON = /\b[45]\d\d (?:Client|Server) Error: (\S[^\n]{2,300}?) for url: /;

/** How urllib writes the reason phrase. */
const URLLIB = /\bHTTP Error [45]\d\d: (\S[^\n]{2,300})$/m;

/** How Maven writes the reason phrase: `Return code is: 400, ReasonPhrase: Repository is read-only.` */
const AETHER = /\bReasonPhrase: ?([^\n]{3,300}?)\.?(?: ->|$)/m;

/** How npm writes the phrase, the request and what the registry said: `404 Not Found - PUT https://… - Scope not found`. */
const SAID = /\b[45]\d\d [A-Z][A-Za-z ]{2,40} - [A-Z]{3,7} https?:\/\/\S{1,500} - ([^\n]{3,500})$/m;

/** How Octokit for Ruby and go-github write an answer: `PATCH https://…: 422 - sentence // See: https://…`, `PUT https://…: 409 sentence []`. */
const ANSWERED =
  /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) https?:\/\/\S{1,400}: [45]\d\d (?:- )?(\S[^\n]{2,500}?)(?:(?: \/\/ See: https?:\/\/\S{1,300}| \[\])(?=\s|$)|$)/m;

/** How gh writes an answer: `HTTP 403: sentence (https://…)`. */
const OF_GH = /\bHTTP [45]\d\d: (\S[^\n]{2,500}?) \(https?:\/\/[^\s()]{1,500}\)/;

/** How gRPC for Python prints an error within a line: `<_Rendezvous of RPC that terminated with (StatusCode.X, sentence)>`. */
const TERMINATED = /\(StatusCode\.[A-Z_]{2,40}, ([^\n]{3,1000}?)\)>/;

/** How Ruby prints an exception: `error.rb:56:in 'parse': sentence (RubyLLM::UnauthorizedError)`. */
const OF_RUBY = /\.rb:\d{1,6}:in ['`][^'\n]{1,200}': (\S[^\n]{7,1000}?) \((?:[A-Z]\w{1,40}::){1,4}[A-Z]\w{2,60}\)$/m;

/** The sentence of a text that says what is wrong: behind its code, behind its name, else of its lines the most telling. */
export function findMessage(text: string, status: number | null, code: CodeFound | null): string {
  const lines = text.split('\n', MOST_LINES).map((line) => line.slice(0, LONGEST).trimEnd());
  return (
    (code === null ? null : behindCode(text, code)) ??
    reasonGiven(text, status) ??
    namedSentence(text) ??
    (code === null ? null : beforeCode(text, code)) ??
    mostTelling(lines, status) ??
    ''
  );
}

/** The rest of a line, with the next one where a colon says that the sentence goes on there. */
function restOfLine(text: string, end: number): string {
  const [line = '', next = ''] = text.slice(end, end + LONGEST).split('\n', 2);
  return /\s\S{1,200}:[ \t]{0,9}$/.test(line) && /^[ \t]{0,8}[\w"{]/.test(next)
    ? `${line.trimEnd()} ${next.trim()}`
    : line;
}

/** The text after a code and a colon, or after it in a list of arguments. */
function behindCode(text: string, { end }: CodeFound): string | null {
  const rest = restOfLine(text, end);
  const [, colon, sentence] =
    /^["')\]]{0,2}(?:(?: occurred)? when calling the \w+ operation(?: \([^()\n]{0,60}\))?[^:]{0,80})?(: +|, ["']| - | \((?=[A-Z][^()]{8,}\)$))(\S.{7,})$/.exec(
      rest,
    ) ?? [];
  if (colon?.startsWith(',')) return sentence?.replace(/["'][,)].*$/, '').trim() ?? null;
  return (colon === ' (' ? sentence?.slice(0, -1) : sentence)?.trim() ?? null;
}

/** A reason phrase that says more than the status; null for the usual phrase. */
function reasonGiven(text: string, status: number | null): string | null {
  const start = text.slice(0, 8 * LONGEST);
  const reason = (REASON.exec(start) ??
    URLLIB.exec(start) ??
    AETHER.exec(start) ??
    SAID.exec(start) ??
    ANSWERED.exec(start) ??
    OF_GH.exec(start) ??
    TERMINATED.exec(start) ??
    OF_RUBY.exec(start))?.[1]?.trim();
  return reason === undefined || statusPhrases(status).includes(reason.toLowerCase()) ? null : reason;
}

/** The sentence that a code in brackets ends: `Authentication error [code: 10000]`. */
function beforeCode(text: string, { at }: CodeFound): string | null {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - LONGEST), at + 1);
  const [, sentence] = /^\s*(\S[^[(]*\S)\s*[[(]$/.exec(/[[(]$/.test(line) ? line : line.slice(0, -1)) ?? [];
  return sentence !== undefined && /\s/.test(sentence) ? sentence : null;
}

/** The sentence that a text names as the message, or quotes as what was answered; null where it does neither. */
export function namedSentence(text: string): string | null {
  const start = text.slice(0, 8 * LONGEST);
  const folded = FOLDED.exec(start)?.[2];
  if (folded !== undefined) return folded.replaceAll(/\s{1,40}/g, ' ').trim();
  const [, labeled, quoted] = LABELED.exec(start) ?? [];
  const sentence =
    quoted ??
    labeled
      ?.replace(/\\?(["'`\]])(?:[,;)}\]]| [a-z]\w*=).*$/, '')
      .replace(/(?:\\n)?["'`\]]$/, '')
      .trim();
  return sentence !== undefined && /\s/.test(sentence) ? sentence : (BELOW.exec(start)?.[1]?.trim() ?? null);
}

function mostTelling(lines: string[], status: number | null): string | null {
  let best: { line: string; score: number } | null = null;
  // Python says last what happened, and so do causes; all others say it first.
  const isTrace = lines.some((line) => /^\s*(?:Traceback \(most recent call last\)|Caused by:)/.test(line));
  const phrases = statusPhrases(status);
  let topics = 0;
  for (const [i, line] of lines.entries()) {
    if (line === '' || BESIDE.test(line)) continue;
    const own = withoutStatus(line.trim(), status);
    if (own.length < 4 || isOnlyStatus(line, status, phrases)) continue;
    // The phrase of the status says no more than the number.
    const isOfStatus = line.includes(String(status)) || own.length < SHORT;
    const more =
      isOfStatus && phrases.some((phrase) => own.toLowerCase().includes(phrase))
        ? phrases.reduce((text, phrase) => text.replace(phrase, ''), own.toLowerCase())
        : own;
    const said = new Set(more.match(TELLING)?.map((word) => word.toLowerCase())).size;
    const topic = said > 0 && topics++ < MOST_TOPICS ? topicOf(more) : null;
    const score =
      Math.min(said, 2) * 2 +
      (topic === null || topic === 'validation' || topic === 'server' ? 0 : 1.5) +
      (VAGUE.test(own) ? 1 : 0) +
      (status !== null && line.includes(String(status)) ? 1 : 0) +
      (HEADED.test(line) ? 1.5 : 0) +
      (isTrace ? i / 1000 : -i / 1000);
    if (best === null || score > best.score) best = { line: own, score };
  }
  return best?.line ?? null;
}

/** True for a heading: the status, also with that of IIS below it, its phrase, and at most two words before them. */
function isOnlyStatus(line: string, status: number | null, phrases: string[]): boolean {
  if (status === null) return false;
  const [, phrase] =
    /^\W{0,5}(?:[\p{L}-]{1,20} ){0,2}[45]\d\d(?:\.\d{1,2})?[\s:–-]{1,5}(\p{L}[\p{L} ]{2,40})\W{0,3}$/u.exec(line) ?? [];
  return phrase !== undefined && line.includes(String(status)) && phrases.includes(phrase.toLowerCase());
}

/** A line without the status and its phrase at its beginning, which say nothing more than the status does. */
function withoutStatus(line: string, status: number | null): string {
  if (status === null) return line;
  const lower = line.toLowerCase();
  const phrase = [...statusPhrases(status), 'client error', 'server error'].find((one) =>
    lower.startsWith(`${status} ${one}`),
  );
  return phrase === undefined
    ? line.replace(new RegExp(`^\\[?${status}\\]?[:\\s-]{0,3}(?=\\S)`), '')
    : line.slice(4 + phrase.length).replace(/^[\s.:–-]{1,4}/, '');
}
