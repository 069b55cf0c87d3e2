import { statusOfPhrase, statusPhrase, statusPhrases } from '../../diagnosis/status.ts';
import type { StatusPattern } from '../../model/catalog.ts';
import { withoutEnds } from '../../text/ends.ts';

/** What a cell, a heading or the beginning of an item names: statuses, codes, and the words beside them. */
export interface Subject {
  statuses: StatusPattern[];
  codes: string[];
  /** What is left of the text. */
  rest: string;
  /** True if the text begins with what it names. */
  leads: boolean;
  /** True if a success is named, and no error. */
  isSuccess: boolean;
}

const NUMBER = String.raw`(?:[1-5]\d\d|[1-5][xX*]{2})(?![\d%.]|\s?(?:ms|s|seconds|minutes|requests|characters|items|bytes|KB|MB)\b)`;
const JOIN = String.raw`\s*(?:[,/|&、;]|\bor\b|\band\b|\by\b|\bo\b|\boder\b|\bund\b|\bet\b|\bou\b|и|или|和|或)+\s*`;
const RANGE = String.raw`\s*(?:[-–—~]|to|through|bis|至)\s*[1-5](?:\d\d|xx)(?!\d)`;
const UP = String.raw`\s*(?:and (?:up|above|higher|over)|or (?:above|higher)|\+|及以上|以上)`;
const LIST = `\`?${NUMBER}\`?(?:${RANGE}|${UP})?(?:${JOIN}\`?${NUMBER}\`?(?:${RANGE}|${UP})?)*`;
const BEFORE = String.raw`(?:HTTP(?:\/\d(?:\.\d)?)?(?:[\s-]*(?:error|status|response))?(?:\s*code)?|(?:status|error|response)(?:\s*code)?|código|code|статус|ошибка|错误|エラー|erreur|fehler)`;

/** Statuses at the beginning, possibly after a word such as `HTTP`. */
const LEADING = new RegExp(`^[\\s"'(*[]*(?:${BEFORE}(?:\\s*[:#])?\\s*)?(${LIST})`, 'i');
/** Statuses in brackets, or after a word that says that they are. */
const INSIDE = new RegExp(
  `[([]\\s*(?:${BEFORE}(?:\\s*[:#])?\\s*)?(${LIST})[^)\\]]{0,60}[)\\]]|\\bHTTP(?:\\/\\d(?:\\.\\d)?)?(?:\\s+status)?(?:\\s+code)?(?:\\s*[:=])?\\s*(${LIST})`,
  'i',
);
/** Statuses at the end, after a dash or a colon. */
const TRAILING = new RegExp(`(?:\\s[-–—:|]\\s*|[:：]\\s*)(?:${BEFORE}\\s*)?(${LIST})\\s*(?:errors?)?$`, 'i');

/** The statuses that a list names: `502 / 503`, `5xx`, `500 and up`, `500-599`. */
export function statusesIn(list: string): StatusPattern[] {
  const found: StatusPattern[] = [];
  for (const [whole, first = '', to, up] of list.matchAll(
    new RegExp(
      `([1-5](?:\\d\\d|[xX*]{2}))(?:\\s*(?:[-–—~]|to|through|bis|至)\\s*([1-5](?:\\d\\d|xx))(?!\\d))?(${UP})?`,
      'gi',
    ),
  )) {
    const head = Number(first[0]);
    if (/[xX*]/.test(first) || up !== undefined) found.push(`${head}xx` as StatusPattern);
    else if (to !== undefined && whole.includes(to)) {
      const last = /x/i.test(to) ? Number(to[0]) * 100 + 99 : Number(to);
      if (last - Number(first) >= 50) {
        for (let c = head; c <= Math.floor(last / 100); c++) found.push(`${c}xx` as StatusPattern);
      } else for (let s = Number(first); s <= last; s++) if (statusPhrase(s) !== '') found.push(s);
    } else found.push(Number(first));
  }
  return [...new Set(found)];
}

/** A code as APIs write it: one word of letters, digits and joints. */
const WORD = String.raw`[A-Za-z_][\w.-]*(?::{1,2}[A-Za-z_][\w.-]*)*`;
/** A word that only a code looks like: joined by `_`, several capitals, or a joint within. */
const TELLING =
  /^(?:[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+|[A-Z]{2,}\d{2,}|[A-Z]+-\d+|[a-zA-Z][a-zA-Z0-9]*(?:_[a-zA-Z0-9]+)+|[a-z0-9]+(?:[.:][a-z0-9_-]+)+|[a-z]+(?:-[a-z0-9]+)+|[A-Z][A-Z_]{3,}[A-Z]|[a-z]+(?:[A-Z][a-z0-9]+)+|E[A-Z]{3,}|[a-z][a-z0-9]*(?:[_.-][a-z0-9]+)+)$/;
/** A word in capitals and small letters that is about a failure. */
const NAMED =
  /^(?:[A-Z][a-z0-9]+)*(?:Error|Exception|Fault|Fail(?:ed|ure)?|NotFound|Invalid|Denied|Exceeded|Expired|Missing|Required|Unavailable|Exists|Conflict|Disabled|Timeout|Unauthorized|Forbidden|Mismatch|Unsupported|Throttled|Throttling|Busy|Locked|Rejected|Blocked|Limit)(?:[A-Z][a-z0-9]+)*$|^(?:Invalid|Missing|No|Not|Unknown|Access|Bad|Malformed|Unsupported|Duplicate|Internal|Too|Expired|Incorrect|Insufficient)(?:[A-Z][a-z0-9]*)+$/;

/** File names, host names and versions look like codes with joints. */
const NO_CODE =
  /^(?:.*\.(?:com|org|net|io|dev|json|ya?ml|md|js|ts|py|html?|txt|csv)|v?\d+(?:\.\d+)+|https?|e\.g|i\.e|(?:errors?|response|body|data)\.(?:codes?|messages?|types?|details?|reason|status|name|title|description|request_?id|params?|fields?)|[A-Za-z]+-[A-Z][a-z-]*|(?:non|re|pre|client|server|user|third|per|rate|read|well|built|real|open|end|self|machine|human)-[a-z-]+)$/;

/** Whether a word can only be a code. */
export function isTellingCode(word: string): boolean {
  return (TELLING.test(word) || NAMED.test(word)) && !NO_CODE.test(word) && word.length <= 80;
}

/** Whether a text has the form of a code, if something says that it is one. */
export function isCodeForm(text: string): boolean {
  return (
    (/^-?\d{1,7}$/.test(text) ||
      /^(?=.*\d)(?=.*[A-Z])[\dA-Z]{5}$|^[\dA-Z]{1,4}\*$/.test(text) ||
      new RegExp(`^${WORD}$`).test(text) ||
      /^[A-Z]{0,4}-?\d{2,7}$/.test(text)) &&
    text.length <= 80
  );
}

/**
 * Reads what a text names.
 *
 * @param known true where the text stands in a place for codes, so that any word may be one
 */
export function subjectOf(text: string, known = false): Subject {
  const plain = apart(text.trim());
  const leading = LEADING.exec(plain);
  const found = leading ?? INSIDE.exec(plain) ?? TRAILING.exec(plain) ?? trailingWithPhrase(plain);
  const list = found?.[1] ?? found?.[2];
  const all = list === undefined ? [] : statusesIn(list);
  const statuses = all.filter(isErrorStatus);
  const outside = found === null ? plain : cutOut(plain, found);
  // In "409 Conflict" the word is the phrase of the status.
  const isPhrase = statuses.some((status) => status === statusOfPhrase(trimmed(outside)));
  const { codes, rest, isFirst } = codesIn(outside, known && !isPhrase, statuses.length > 0);
  return {
    statuses,
    codes,
    rest: trimmed(rest),
    leads: leading !== null || isFirst,
    isSuccess: all.length > 0 && statuses.length === 0 && codes.length === 0,
  };
}

/** A text in which a status and a code in one pair of backticks stand apart: `` `400 bad_crate` ``. */
const apart = (text: string): string =>
  text.replace(/^([*\s]*)`([1-5]\d\d) ([^`]+)`/, (_, before: string, status: string, words: string) =>
    statusOfPhrase(words) === null ? `${before}\`${status}\` \`${words}\`` : `${before}${status} ${words}`,
  );

/** A status at the end of a text that has its phrase: `Gone {id} 410`, `Not Found error 404`. */
function trailingWithPhrase(text: string): RegExpExecArray | null {
  const found = /\s([45]\d\d)$/.exec(text);
  const before = text.slice(0, found?.index ?? 0).toLowerCase();
  return found !== null && statusPhrases(Number(found[1])).some((phrase) => before.includes(phrase)) ? found : null;
}

/** The text without the statuses, and without the brackets if nothing else is in them. */
function cutOut(text: string, found: RegExpExecArray): string {
  const [whole] = found;
  const inner = /^[([]/.test(whole) ? whole.slice(1, -1).replace(found[1] ?? '', '') : '';
  return `${text.slice(0, found.index)} ${trimmed(inner)} ${text.slice(found.index + whole.length)}`.trim();
}

/** Whether a status is one that an error has. */
export function isErrorStatus(status: StatusPattern): boolean {
  return typeof status === 'number' ? status >= 400 && status < 600 : status === '4xx' || status === '5xx';
}

/** A text without separators at its ends. */
export function trimmed(text: string): string {
  const plain = withoutEnds(text, /[\s:：\-–—|,.;/()[\]"“”'•*#>]/, /[\s:：\-–—|,;/([\]"“”'*]/);
  // A closing bracket stays if its opening one is there.
  return plain.endsWith(')') && !plain.includes('(') ? plain.slice(0, -1).trim() : plain;
}

function codesIn(
  text: string,
  known: boolean,
  hasStatus: boolean,
): { codes: string[]; rest: string; isFirst: boolean } {
  const start = text
    .replace(/^[\s:：\-–—|"'“(*[]+/, '')
    .replace(/^(?:error\s*code|error|code|código|错误码|код|エラーコード)(?:\s*[:#：])?\s+(?=[`\w-])/i, '');
  const codes: string[] = [];
  let rest = start;
  // A list of codes at the beginning: `a` / `b`, A_B, C_D
  for (let joint = true; joint; ) {
    const [whole = '', quoted, bare] =
      /^(?:["']?`["']?([^`]+?)["']?`|["'“]?((?:\d[\dA-Z]{4}|[\dA-Z]{1,4}\*|-?\d{1,7}|[A-Za-z_][\w.:-]*\w))["'”]?)(?=$|[\s,/|:：)[\]、;—–-])/.exec(
        rest,
      ) ?? [];
    const word = (quoted ?? bare ?? '').trim();
    const after = rest.slice(whole.length);
    // Beside a status, its phrase is no code.
    if (hasStatus && quoted === undefined && statusOfPhrase(word) !== null) break;
    if (word === '' || !isCode(word, quoted !== undefined, known, trimmed(after) === '' || codes.length > 0, after))
      break;
    codes.push(word);
    rest = after;
    const next = /^\s*(?:[,/|、;\n]|\bor\b|\band\b)\s*/.exec(rest);
    joint = next !== null;
    if (next !== null) rest = rest.slice(next[0].length);
  }
  if (codes.length > 0) return { codes, rest, isFirst: true };
  // A code after words: "Invalid key (`invalid_key`)", "Card declined: card_declined"
  const inside = /[([]\s*`?([A-Za-z_][\w.:-]*\w|-?\d{4,7})`?\s*[)\]]/.exec(text) ?? lastWord(text);
  const word = inside?.[1];
  if (
    inside !== null &&
    word !== undefined &&
    // "401 (UNAUTHORIZED)" has the phrase of the status in brackets.
    (/`/.test(inside[0]) || statusOfPhrase(word.replaceAll('_', ' ')) === null) &&
    (isTellingCode(word) || (/`/.test(inside[0]) && isCodeForm(word)) || /^-?\d{4,7}$/.test(word))
  ) {
    return { codes: [word], rest: text.replace(inside[0], ''), isFirst: false };
  }
  return { codes: [], rest: text, isFirst: false };
}

/** The word at the end of a text, after a colon or a dash, and all from that sign; null if there is none. */
function lastWord(text: string): [whole: string, word: string] | null {
  const ended = withoutEnds(withoutEnds(text, null, /\s/), null, /`/);
  const before = withoutEnds(ended, null, /[\w.:]/);
  const run = ended.slice(before.length);
  const head = withoutEnds(before, null, /[\s`]/);
  // In "type:word" the colon is part of the run.
  const at = /[:：—–|-]$/.test(head) && /^[A-Za-z_]/.test(run) ? 0 : run.search(/(?<=:)[A-Za-z_]/);
  const word = at < 0 ? '' : run.slice(at);
  return word.length < 2 || !/\w$/.test(word)
    ? null
    : [text.slice(at === 0 ? head.length - 1 : before.length + at - 1), word];
}

function isCode(word: string, isQuoted: boolean, known: boolean, isAlone: boolean, after: string): boolean {
  if (statusOfPhrase(word) !== null && !known && !isQuoted) return false;
  if (/^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|HTTP|API|URL|JSON|XML|SDK|CLI|FAQ|NOTE|TODO|TLS|SSL|DNS)$/.test(word))
    return false;
  if (/^\d{1,2}$/.test(word) && !known) return false;
  if (/^-?\d+$/.test(word)) return isAlone || known || /^\s*(?:[-–—:：(|]|\s[A-Z])/.test(after);
  if (isTellingCode(word))
    return (
      isQuoted || isAlone || known || /^\s*(?:[-–—:：(|,/]|\n|$|(?:errors?|exception)\b\s*(?:$|[-–—:(|]))/i.test(after)
    );
  return (
    isCodeForm(word) && (isQuoted ? isAlone || known || /^\s*(?:[-–—:：(|,/]|\n|$)/.test(after) : known && isAlone)
  );
}

/** What the beginning of an item names, if a separator or the end follows. */
export function leadOf(text: string): Subject | null {
  const [line = ''] = text.split('\n');
  const lead = /^(.{1,90}?)(?:\s[-–—]{1,2}\s|\s?[:：](?:\s|$)|$|\s?[(（])/s.exec(line)?.[1] ?? '';
  const found = subjectOf(lead, lead.startsWith('`'));
  if (!found.leads || (found.statuses.length === 0 && found.codes.length === 0 && !found.isSuccess)) return null;
  if (found.statuses.length === 0 && found.rest.split(/\s+/).length > 6) return null;
  const whole = subjectOf(text, lead.startsWith('`'));
  return whole.leads ? { ...whole, codes: whole.codes.length > 0 ? whole.codes : found.codes } : found;
}

/** The statuses with which an error is said to come: `HTTP status code 404`, `a 405 HTTP status`. */
export function statusesSaid(text: string): StatusPattern[] {
  const found = [
    ...text.matchAll(
      /\bHTTP (?:response )?(?:status )?(?:code )?`?([45]\d\d)\b|\b([45]\d\d)`?(?: ?[-–—] ?[A-Z][A-Za-z]{1,20}(?: [A-Z][A-Za-z]{1,20}){0,4})? HTTP\b|\bstatus(?: code)?:? (?:of )?`?([45]\d\d)\b/gi,
    ),
  ];
  return [...new Set(found.map(([, a, b, c]) => Number(a ?? b ?? c)))];
}

/** `1001 Camera not found` in a list of codes. */
export function numberedLead(text: string): Subject | null {
  const found = /^(-?\d{1,6})\s+(?=\p{Lu})/u.exec(text);
  if (found === null) return null;
  return { statuses: [], codes: [found[1] ?? ''], rest: text.slice(found[0].length), leads: true, isSuccess: false };
}
