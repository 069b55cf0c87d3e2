import { type Exchange, savedResponse } from '../diagnosis/exchange.ts';
import { readNetworkText } from './network-text.ts';

/** How clients and logs name a status: the number is the first group. */
const STATUS: RegExp[] = [
  /\bHTTP\/\d(?:\.\d)?["']? ([1-5]\d\d)\b/,
  /\bstatus(?:[ _-]?code)?["']?\s{0,4}(?:[:=]|of|is)?\s{0,4}["']?([1-5]\d\d)\b/i,
  /\bresponse code ([1-5]\d\d)\b/i,
  /\bHTTP(?: error| status)?:? ([1-5]\d\d)\b/i,
  /\b(?:Error|Exception)\b[^\n{]{0,40}?[: ([]([45]\d\d)\b/,
  /\b([45]\d\d) (?:Client|Server) Error\b/,
  /^\s*\[?([45]\d\d)\b/,
];

/** The request of an access log (Apache's common log format and its kin), and the status of its answer. */
const ACCESS = /"([A-Z]{3,10}) (\S+) HTTP\/\d(?:\.\d)?" ([1-5]\d\d)\b/;

/** So much text is searched for a status and for JSON. */
const SEARCHED = 64 * 1024;

/** How many opening braces are tried; a log line may have some before the body. */
const TRIES = 20;

/**
 * Reads the text of an exception or a line of a log: the JSON body in it, the status that it names, or the failure of
 * the network that it tells of. Null when it holds none of them.
 */
export function readLogText(text: string): Exchange | null {
  const start = text.slice(0, SEARCHED);
  const [, method, url, answered] = ACCESS.exec(start) ?? [];
  if (method !== undefined && url !== undefined) {
    const request = { method, url, headers: {}, body: null };
    return { request, response: savedResponse(embeddedJson(start) ?? '', Number(answered)), failure: null };
  }
  const body = embeddedJson(start);
  const words = body === null ? start : start.replace(body, ' ');
  const status = statusIn(words);
  if (body !== null || status !== null) {
    const failure = body === null && status === null ? readNetworkText(start) : null;
    if (failure !== null) return { request: null, response: null, failure };
    return { request: null, response: savedResponse(body ?? '', status), failure: null };
  }
  const failure = readNetworkText(start);
  return failure === null ? null : { request: null, response: null, failure };
}

function statusIn(text: string): number | null {
  for (const pattern of STATUS) {
    const [, status] = pattern.exec(text) ?? [];
    if (status !== undefined) return Number(status);
  }
  return null;
}

/** The first JSON object, or list of objects, in a text. */
function embeddedJson(text: string): string | null {
  let from = 0;
  for (let tries = 0; tries < TRIES; tries++) {
    const found = /[{[]/.exec(text.slice(from));
    if (found === null) return null;
    const at = from + found.index;
    const end = closing(text, at);
    if (end !== null) {
      const candidate = text.slice(at, end);
      if (isErrorLike(candidate)) return candidate;
    }
    from = at + 1;
  }
  return null;
}

/** Where the bracket at a position is closed, strings regarded; null when it is not. */
function closing(text: string, at: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let i = at; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character === '\\') i++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return i + 1;
  }
  return null;
}

function isErrorLike(candidate: string): boolean {
  if (!/^(?:\[\s*)?\{\s*"/.test(candidate)) return false;
  try {
    const value: unknown = JSON.parse(candidate);
    const inner = Array.isArray(value) ? value[0] : value;
    return typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0;
  } catch {
    return false;
  }
}
