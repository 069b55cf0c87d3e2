import { lookup } from '../../text/lookup.ts';
import { translated } from './translations.ts';

/** Two words written as one, and short forms, as the words that they mean. */
const SPELLED: Record<string, string[]> = {
  msg: ['message'],
  msgs: ['messages'],
  desc: ['description'],
  err: ['error'],
  errs: ['errors'],
  ex: ['exception'],
  errno: ['error', 'code'],
  ecode: ['error', 'code'],
  emsg: ['error', 'message'],
  fault: ['fault'],
  faultstring: ['fault', 'message'],
  documentation: ['documentation'],
  params: ['parameters'],
  param: ['parameter'],
  args: ['arguments'],
  arg: ['argument'],
  attr: ['attribute'],
  prop: ['property'],
  num: ['number'],
  req: ['request'],
};

/** Words that are often written together: `statuscode`, `errormessage`, `serverrequestid`, `shortmessage`. */
const GLUED =
  /^(server|client|short|long|sub|ext|sys|user|dev|biz|api)?(error|err|ret|fault|status|request|req|trace|correlation|tracking|transaction|response|result|exception|reason|log|debug|info)(code|type|message|messages|msg|text|string|description|desc|detail|details|reason|name|number|id|ref|uuid|no)$|^(server|client|short|long|sub|ext|sys|user|dev|biz|api)(code|message|msg|text|error)$/;

/** How such words end; most names are other words, which spares them the pattern: compiling it takes 1 ms. */
const ENDS = [
  ...['code', 'type', 'message', 'messages', 'msg', 'text', 'string', 'description', 'desc', 'detail', 'details'],
  ...['reason', 'name', 'number', 'id', 'ref', 'uuid', 'no', 'error'],
];

/** The words of a name in lower case. */
export function wordsOf(name: string): string[] {
  if (/^[a-z]+$/.test(name)) return inWords(name);
  const spaced = name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/([A-Z])(?=[A-Z][a-z])/g, '$1 ')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim()
    .toLowerCase();
  return spaced.split(' ').flatMap(inWords);
}

/** Names written as one word, with the words that they stand for. */
function inWords(word: string): string[] {
  const whole = spelled(word);
  // A form numbers the members of a list: `L_ERRORCODE0`.
  const plain = word.replace(/\d$/, '');
  if (whole !== null || !isGlued(plain)) return whole ?? [word];
  const halves = GLUED.exec(plain)
    ?.slice(1)
    .filter((half) => half !== undefined) ?? [word];
  return halves.flatMap((half) => spelled(half) ?? half);
}

function spelled(word: string): string[] | null {
  return lookup(SPELLED, word) ?? translated().get(word) ?? null;
}

const isGlued = (word: string): boolean => ENDS.some((end) => word.length > end.length && word.endsWith(end));
