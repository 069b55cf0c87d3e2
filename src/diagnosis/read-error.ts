import { pointerToken, valueAt } from '../json/pointer.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ErrorBody, Field } from '../model/diagnosis.ts';
import type { Category } from '../model/words.ts';
import { type Content, contentOf } from './content.ts';
import type { Beside } from './envelopes/envelope.ts';
import { fieldsOfMap, isFieldMap } from './envelopes/field-map.ts';
import { readEnvelope, readHeaders, statusOf } from './envelopes/read.ts';
import { textOf } from './envelopes/values.ts';
import { fieldIn, fieldPath } from './field-path.ts';
import { readHeadline } from './headline.ts';
import { hasCode, matchEntry } from './match-entry.ts';
import { statusOfPhrase } from './status.ts';
import { insidesOf } from './unwrap.ts';

/** A body that says nothing. */
export const NOTHING: ErrorBody = {
  envelope: 'unknown',
  status: null,
  code: null,
  subcode: null,
  message: null,
  requestId: null,
  fields: [],
  docs: [],
  retryAfterMs: null,
  ambiguous: [],
};

/**
 * Reads what an error body says, whatever its shape.
 *
 * @param body the text of the body, or the value that was parsed from it
 * @param catalog the API whose documented shape is tried first
 * @param beside status and headers, which tell apart what has the same shape
 * @returns the parts that were found; a body that fits nothing gives its text as message and the envelope `unknown`
 */
export function readError(body: unknown, catalog?: Catalog, beside: Beside = { headers: {}, status: null }): ErrorBody {
  const text = typeof body === 'string' ? body : '';
  const isXml = beside.parsed !== undefined;
  const content: Content =
    typeof body === 'string'
      ? contentOf({ body })
      : { kind: isXml ? 'xml' : 'json', value: body, whole: true, insides: isXml ? [] : insidesOf(body) };
  return readContent(content, { ...beside, body: text }, catalog);
}

/**
 * Reads what the parsed body of a response says.
 *
 * @param beside the text of the body, and what came with it
 */
export function readContent(
  { value, insides }: Content,
  beside: Beside & { body: string },
  catalog?: Catalog,
): ErrorBody {
  if (value === undefined || value === null) return withHeaders(readText(beside.body), beside);
  if (catalog !== undefined) {
    const read = documentedIn([value, ...insides], catalog, beside.status);
    if (read !== null) return read;
  }
  const text = typeof value === 'string' ? plainText(value) : bestText(value);
  const outer = readEnvelope(value, beside) ?? NOTHING;
  const read = isTelling(outer) || isShaped(outer) ? outer : (insideOf(insides, outer, beside) ?? outer);
  // Where fields are named, each has a message of its own.
  const message = read.message ?? (read.fields.length > 0 ? null : text);
  return withHeaders({ ...read, message }, beside);
}

/**
 * The first value that has the documented shape: the body itself, or one that it wraps and that is a documented error.
 *
 * @param status the one that the response has, where it is known
 */
export function documentedIn(
  [body, ...insides]: unknown[],
  catalog: Catalog,
  status: number | null = null,
): ErrorBody | null {
  const own = readDocumented(body, catalog);
  if (own !== null) return own;
  for (const inside of insides) {
    const read = readDocumented(inside, catalog);
    if (read === null) continue;
    const stated = read.status ?? status ?? statusOfPhrase(read.code ?? '');
    if (isDocumentedCode(read.code, catalog) || matchEntry(catalog, stated, read) !== null) return read;
  }
  return null;
}

/** True for a code that says more than a status. */
function isToken(code: string | null): boolean {
  return code !== null && !/\s/.test(code) && !/^-?\d+$/.test(code) && statusOfPhrase(code) === null;
}

/** True for what is an error by itself. */
function isTelling({ code, message, fields }: ErrorBody): boolean {
  return fields.length > 0 || (isToken(code) && message !== null && !/^\s*[{[]/.test(message));
}

/** Envelopes that any object with a usual name fits, so that it may as well only wrap something. */
const LOOSE = new Set(['unknown', 'generic', 'drf-detail', 'phoenix', 'gitlab', 'graphql', 'boom', 'kong']);

/** True for a body of a shape that says for certain what its parts are. */
function isShaped({ envelope, message }: ErrorBody): boolean {
  return !LOOSE.has(envelope) && !/^\s*[{[]/.test(message ?? '');
}

/** What a body wraps, where that says more than the body itself does. */
function insideOf(insides: unknown[], outer: ErrorBody, beside: Beside): ErrorBody | null {
  const read = insides.flatMap((inside) => readEnvelope(inside, beside) ?? []);
  const telling = read.find((inner) => isTelling(inner) && inner.code !== null && inner.message !== null);
  if (telling !== undefined) {
    // What names the error at the top is not what one part of it is called.
    const code = isToken(outer.code) || isShaped({ ...outer, message: null }) ? outer.code : telling.code;
    return {
      ...telling,
      code,
      status: telling.status ?? outer.status,
      requestId: telling.requestId ?? outer.requestId,
    };
  }
  const says = outer.message !== null && !/^\s*[{[]/.test(outer.message);
  return says ? null : (read.find(({ code, message }) => (code ?? message) !== null) ?? null);
}

/** Names under which a message stands, the most telling first. */
const TELLING = ['message', 'detail', 'description', 'error', 'reason', 'title', 'msg', 'text', 'fault', 'faultstring'];

/** So deep and so far a body of unknown shape is searched. */
const SEARCHED_DEPTH = 5;
const SEARCHED_MEMBERS = 200;

/**
 * What reads most like a message in a body of unknown shape: a text under a telling name, the nearest to the top first,
 * else the first sentence.
 */
function bestText(body: unknown): string | null {
  let level: [name: string, value: unknown][] = [['', body]];
  let sentence: string | null = null;
  for (let depth = 0; depth <= SEARCHED_DEPTH && level.length > 0; depth++) {
    const texts = level.flatMap(([name, value]) => {
      const text = typeof value === 'string' ? plainText(value) : null;
      return text === null ? [] : [{ rank: TELLING.indexOf(name.toLowerCase()), text }];
    });
    const told = texts.filter(({ rank }) => rank >= 0).toSorted((a, b) => a.rank - b.rank)[0];
    if (told !== undefined) return told.text;
    sentence ??= texts.find(({ text }) => /\S \S+ \S/.test(text))?.text ?? null;
    level = level
      .flatMap(([name, value]) => {
        if (typeof value !== 'object' || value === null) return [];
        // An item of a list is called as the list is.
        return Object.entries(value).map(([key, inner]): [string, unknown] => [
          Array.isArray(value) ? name : key,
          inner,
        ]);
      })
      .slice(0, SEARCHED_MEMBERS);
  }
  return sentence;
}

/** A code in a header counts where the body has none; what else the body says stays. */
function withHeaders(read: ErrorBody, beside: Beside): ErrorBody {
  const header = read.code === null ? readHeaders(beside) : null;
  if (header === null) return read;
  const { envelope, code, message, requestId } = header;
  return { ...read, envelope, code, message: read.message ?? message, requestId: read.requestId ?? requestId };
}

/** Reads a parsed body by the envelope that a catalog documents; null when the body does not have that shape. */
export function readDocumented(value: unknown, catalog: Catalog): ErrorBody | null {
  const { envelope } = catalog;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const at = (pointer: string | undefined) => (pointer === undefined ? undefined : valueAt(value, pointer));

  const keyed = at(envelope.fields);
  const whole = pointerToken(envelope.formErrors ?? '');
  const fields = (isFieldMap(keyed) ? fieldsOfMap(keyed) : []).map((field) =>
    field.path === whole ? { ...field, path: '' } : field,
  );
  const single = textOf(at(envelope.message));
  const phrase = textOf(at(envelope.phrase));
  const code = textOf(at(envelope.code)) ?? (isDocumentedCode(phrase, catalog) ? phrase : null);

  const wanted = [envelope.message, envelope.phrase, envelope.phrase === undefined ? envelope.code : undefined];
  const complete = wanted.every((pointer) => pointer === undefined || textOf(at(pointer)) !== null);
  if (!complete && fields.length === 0) return null;

  return {
    ...NOTHING,
    envelope: catalog.id,
    code,
    message: single ?? fields.find((field) => field.path === '')?.message ?? null,
    status: statusOf(at(envelope.status)),
    requestId: textOf(at(envelope.requestId)),
    fields: single === null ? fields : [],
  };
}

function isDocumentedCode(code: string | null, catalog: Catalog): boolean {
  return code !== null && catalog.entries.some((entry) => hasCode(entry, code));
}

/**
 * The field that a message blames, as a field of the diagnosis.
 *
 * @param values what the placeholders of the message's template stood for
 * @param category only where a request was rejected for its content is a name in the message to blame
 */
export function namedField(values: Record<string, string>, error: ErrorBody | null, category: Category): Field[] {
  const message = error?.message ?? null;
  if (message === null) return [];
  if (values.field !== undefined) return [{ path: fieldPath(values.field), message }];
  // A field of GraphQL is a part of the schema.
  const path = category === 'validation' && error?.envelope !== 'graphql' ? fieldIn(message) : null;
  return path === null ? [] : [{ path, message }];
}

/** Where a page says what it is about: its heading, the text below the title "Error" (Express), its title. */
const HEADINGS = [
  /<h1[^>]{0,200}>(.{1,300}?)<\/h1>/is,
  /<title>Error<\/title>.{0,200}?<pre>(.{1,300}?)<(?:br|\/pre)/is,
  /<title[^>]{0,200}>(.{1,300}?)<\/title>/is,
];

/** A body that is no JSON: the heading of a page, or a line of text. */
function readText(body: string): ErrorBody {
  const start = body.slice(0, 64 * 1024);
  if (!/^\s*<(?:!doctype html|html|head|body|h1|center|title)\b/i.test(start)) return readLine(plainText(body));
  const heading = HEADINGS.map((pattern) =>
    pattern
      .exec(start)?.[1]
      ?.replaceAll(/<[^<>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  ).find((text) => text !== undefined && text !== '');
  return { ...NOTHING, envelope: 'html', message: heading ?? null };
}

/** A line of text: the code and the sentence that it puts together, else a sentence. */
function readLine(line: string | null): ErrorBody {
  const headline = line === null ? null : readHeadline(line);
  if (headline === null || !line?.startsWith(headline.text)) return { ...NOTHING, message: line };
  return { ...NOTHING, envelope: 'text', code: headline.code, message: headline.message };
}

/** The first line of a body that is plain text and short enough to be a message; pages and binary data are not. */
function plainText(body: string): string | null {
  const line = body.trim().split('\n', 1)[0]?.trim() ?? '';
  return line === '' || line.length > 300 || line.startsWith('<') || line.includes('\uFFFD') ? null : line;
}
