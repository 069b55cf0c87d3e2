import { readBounded } from '../../json/read.ts';
import type { Response } from '../../model/exchange.ts';
import { parseForm } from '../../text/form.ts';
import { parseLines } from '../../text/lines.ts';
import { parseLogfmt } from '../../text/logfmt.ts';
import { nameOf } from './names.ts';
import { streamedError } from './streamed.ts';
import { insidesOf } from './unwrap.ts';

/** The body of a response, parsed. */
export interface Content {
  /** `stream`: the error at the end of a stream; `logfmt`: a line of `name=value`; `form`: one with `&` between, or with a member a line; `text`: none of the others, or a page. */
  kind: 'json' | 'xml' | 'stream' | 'logfmt' | 'form' | 'text';
  /** Undefined for text. */
  value: unknown;
  /** False for JSON of more values than are read; `value` holds the first of them. */
  whole: boolean;
  /** The values that the body may only wrap, nearest first. */
  insides: unknown[];
}

/** True for the name of a member that tells of an error. */
const tells = (name: string): boolean => Math.max(nameOf(name).weights.message, nameOf(name).weights.code) > 2;

/** A body of which nothing could be parsed. */
export const PLAIN_TEXT: Content = { kind: 'text', value: undefined, whole: true, insides: [] };

/** Parses the body of a response. Everything that looks into a body takes what this returns. */
export function contentOf({ body, end, parsed, page }: Pick<Response, 'body' | 'end' | 'parsed' | 'page'>): Content {
  if (page !== undefined) return PLAIN_TEXT;
  // Elements of XML are no wrappers.
  if (parsed !== undefined) return { kind: 'xml', value: parsed, whole: true, insides: [] };
  const json = readBounded(body);
  if (json !== undefined) return { kind: 'json', ...json, insides: insidesOf(json.value) };
  const streamed = streamedError(body, end);
  if (streamed !== undefined) return { kind: 'stream', value: streamed, whole: true, insides: insidesOf(streamed) };
  // Several lines are a text, whatever is in them.
  const members = body.trim().includes('\n') ? undefined : parseLogfmt(body);
  if (members !== undefined) return { kind: 'logfmt', value: members, whole: true, insides: insidesOf(members) };
  const form = parseForm(body);
  if (form !== undefined && Object.keys(form).some(tells))
    return { kind: 'form', value: form, whole: true, insides: insidesOf(form) };
  const lines = parseLines(body);
  if (lines !== undefined && Object.keys(lines).some(isOfError))
    return { kind: 'form', value: lines, whole: true, insides: [] };
  return PLAIN_TEXT;
}

/** True for a name that only errors have: `ErrorString`, `error_code`; a line may begin with any word. */
function isOfError(name: string): boolean {
  const { words, weights } = nameOf(name);
  return words.length > 1 && words[0] === 'error' && Math.max(weights.message, weights.code) > 2;
}
