import type { Catalog, Envelope } from '../catalog/catalog.ts';
import { fieldPointer, pointerToken, valueAt } from '../catalog/pointer.ts';
import type { ErrorBody, Field } from './diagnosis.ts';

/** Shapes that many APIs share: what must be there, and where the parts are. The first that fits is taken. */
const STANDARDS: { id: string; needs: (body: Record<string, unknown>) => boolean; at: Places }[] = [
  {
    // RFC 9457, section 3.1: every member is optional, so two that belong together are asked for.
    id: 'problem+json',
    needs: (body) =>
      isText(body.title) && (isText(body.detail) || isText(body.type) || typeof body.status === 'number'),
    at: {
      code: ['/code', '/type'],
      message: ['/detail', '/title'],
      status: ['/status'],
      requestId: ['/requestId', '/request_id', '/traceId', '/trace_id', '/instance'],
    },
  },
  {
    id: 'generic',
    needs: (body) =>
      ['error', 'errors', 'message', 'msg', 'detail', 'error_message', 'errorMessage', 'error_description'].some(
        (name) => body[name] !== undefined && body[name] !== null && body[name] !== false,
      ),
    at: {
      code: ['/error/code', '/error/type', '/code', '/error_code', '/errorCode', '/errors/0/code', '/error'],
      message: [
        '/error/message',
        '/message',
        '/error_description',
        '/detail',
        '/errors/0/message',
        '/errors/0/detail',
        '/msg',
        '/error_message',
        '/errorMessage',
        '/error',
        '/errors/0',
      ],
      status: ['/status', '/statusCode', '/error/status', '/status_code'],
      requestId: ['/error/request_id', '/error/requestId', '/request_id', '/requestId', '/correlationId', '/traceId'],
    },
  },
];

type Places = Record<'code' | 'message' | 'status' | 'requestId', string[]>;

const DOCS = ['/documentation_url', '/doc_url', '/error/doc_url', '/more_info', '/error/documentation_url'];

/** A body that says nothing. */
export const NOTHING: ErrorBody = {
  envelope: 'unknown',
  status: null,
  code: null,
  message: null,
  requestId: null,
  fields: [],
  docs: [],
  retryAfterMs: null,
};

/**
 * Reads what an error body says, whatever its shape.
 *
 * @param body the text of the body, or the value that was parsed from it
 * @param catalog the API whose documented shape is tried first
 * @returns the parts that were found; a body that fits nothing gives its text as message and the envelope `unknown`
 */
export function readError(body: unknown, catalog?: Catalog): ErrorBody {
  const value = typeof body === 'string' ? parseJson(body) : body;
  if (value === undefined) return { ...NOTHING, message: plainText(String(body)) };
  if (catalog !== undefined) {
    const read = readDocumented(value, catalog);
    if (read !== null) return read;
  }
  if (!isObject(value)) return NOTHING;
  const standard = STANDARDS.find(({ needs }) => needs(value));
  if (standard === undefined) return NOTHING;
  const code = firstText(value, standard.at.code);
  return {
    ...NOTHING,
    envelope: standard.id,
    code: code === 'about:blank' ? null : code,
    message: firstText(value, standard.at.message),
    status: statusOf(
      standard.at.status.map((place) => valueAt(value, place)).find((found) => statusOf(found) !== null),
    ),
    requestId: firstText(value, standard.at.requestId),
    docs: DOCS.map((place) => valueAt(value, place)).filter(isText),
    retryAfterMs: retryAfterOf(value),
  };
}

/** Reads a parsed body by the envelope that a catalog documents; null when the body does not have that shape. */
export function readDocumented(value: unknown, catalog: Catalog): ErrorBody | null {
  const { envelope } = catalog;
  if (!isObject(value)) return null;
  const at = (pointer: string | undefined) => (pointer === undefined ? undefined : valueAt(value, pointer));

  const fields = readFields(at(envelope.fields), envelope);
  const single = scalarText(at(envelope.message));
  const phrase = scalarText(at(envelope.phrase));
  const code = scalarText(at(envelope.code)) ?? (isDocumentedCode(phrase, catalog) ? phrase : null);

  const wanted = [envelope.message, envelope.phrase, envelope.phrase === undefined ? envelope.code : undefined];
  const complete = wanted.every((pointer) => pointer === undefined || scalarText(at(pointer)) !== null);
  if (!complete && fields.length === 0) return null;

  return {
    ...NOTHING,
    envelope: catalog.id,
    code,
    message: single ?? fields.find((field) => field.path === '')?.message ?? null,
    status: statusOf(at(envelope.status)),
    requestId: scalarText(at(envelope.requestId)),
    fields: single === null ? fields : [],
    retryAfterMs: retryAfterOf(value),
  };
}

/** The JSON value of a text, or undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** A field-keyed object, every member of which is a list of messages; anything else has no fields. */
function readFields(value: unknown, envelope: Envelope): Field[] {
  if (!isObject(value)) return [];
  const members = Object.entries(value);
  if (members.length === 0 || !members.every(([, list]) => Array.isArray(list) && list.every(isText))) return [];
  return members.flatMap(([name, list]) =>
    (list as string[]).map((message) => ({ path: name === envelope.formErrors ? '' : pointerToken(name), message })),
  );
}

function isDocumentedCode(code: string | null, catalog: Catalog): boolean {
  return code !== null && catalog.entries.some((entry) => entry.match.code?.toLowerCase() === code.toLowerCase());
}

/** The field that a message's template names, as a field of the diagnosis. */
export function namedField(values: Record<string, string>, message: string | null): Field[] {
  return values.field === undefined || message === null ? [] : [{ path: fieldPointer(values.field), message }];
}

function firstText(value: unknown, places: string[]): string | null {
  for (const place of places) {
    const text = scalarText(valueAt(value, place));
    if (text !== null) return text;
  }
  return null;
}

function retryAfterOf(value: unknown): number | null {
  for (const place of ['/retry_after', '/retryAfter', '/error/retry_after', '/parameters/retry_after']) {
    const seconds = valueAt(value, place);
    if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  }
  return null;
}

function statusOf(value: unknown): number | null {
  const status = typeof value === 'string' ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 999 ? status : null;
}

function scalarText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return isText(value) ? value : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first line of a body that is plain text and short enough to be a message; pages and binary data are not. */
function plainText(body: string): string | null {
  const line = body.trim().split('\n', 1)[0]?.trim() ?? '';
  return line === '' || line.length > 300 || line.startsWith('<') || line.includes('\uFFFD') ? null : line;
}
