import { valueAt } from '../../json/pointer.ts';
import { scalarNumber } from '../../json/scalar.ts';
import { type EnvelopeSpec, integer, list, matches, object, only, present, text } from './envelope.ts';
import { isFieldMap } from './field-map.ts';

/** The text at a pointer where it looks like a code: `BAD_REQUEST`, `ValidationError`, `not_found`. */
const identifierAt = (pointer: string) => (body: unknown) => {
  const value = valueAt(body, pointer);
  return typeof value === 'string' && /^(?=.*[A-Z_])[A-Za-z][\w.-]+$/.test(value) ? value : null;
};

/** How long to wait, under the names that APIs give it; in milliseconds. */
const anyRetryAfter = (body: unknown): number | null => {
  for (const [name, factor] of Object.entries({
    retry_after_ms: 1,
    retry_after: 1000,
    retry_after_seconds: 1000,
    retryAfter: 1000,
  })) {
    const value = scalarNumber(valueAt(body, `/${name}`));
    if (value >= 0) return Math.round(value * factor);
  }
  return null;
};

/** Members under which APIs of every kind say what went wrong. */
const GENERIC_SIGNS = [
  'error',
  'errors',
  'message',
  'Message',
  'msg',
  'errmsg',
  'detail',
  'error_message',
  'errorMessage',
  'error_description',
  'status_message',
  'reason',
  'description',
  'Description',
  'error_msg',
  'resMsg',
  'meta/msg',
  'meta/message',
  'meta/error_message',
];

/** Fastify's `body/age must be integer` and `body must have required property 'name'`, and class-validator's texts. */
const NAMES_ITS_FIELD =
  /^((?:body|querystring|params|headers)\/\S+) |^(body|querystring|params|headers) must have required property '([^']+)'|^(?!body |headers |params )([a-z_][\w.[\]]*) (?:must|should|has) /;

/** A code of several words with small letters: `invalid_weight`, `invalidWeight`, `InvalidWeight`, `invalid-weight`. */
const WORDS = /^(?:[a-z]+(?:_[a-z0-9]+)+|[a-z]{3,}(?:-[a-z]{2,})+|[A-Za-z][a-z]+(?:[A-Z][a-z0-9]+)+)$/;

/** A code without a message: `{"code": "INVALID_WEIGHT"}`. With small letters hardly anything may stand beside it. */
function hasBareCode(body: unknown): boolean {
  return ['/code', '/errorCode', '/error_code'].some(
    (pointer) =>
      matches(body, pointer, /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/) ||
      (only(body, pointer.slice(1), 'status', 'statusCode', 'status_code', 'requestId', 'request_id') &&
        matches(body, pointer, WORDS)),
  );
}

/** Shapes that frameworks send by default, the most specific first. */
export const FRAMEWORKS: EnvelopeSpec[] = [
  {
    id: 'fastapi',
    fits: (body) => list(body, '/detail') && present(body, '/detail/0/loc', '/detail/0/msg'),
    code: ['/detail/0/type'],
    message: ['/detail/0/msg'],
    fields: [{ list: '/detail', path: ['/loc'], message: ['/msg'] }],
  },
  {
    id: 'spring',
    fits: (body) => present(body, '/timestamp', '/path') && integer(body, '/status') && text(body, '/error'),
    code: ['/error'],
    message: ['/message', '/error'],
    status: ['/status'],
    requestId: ['/requestId'],
    fields: [{ list: '/errors', path: ['/field'], message: ['/defaultMessage'] }],
  },
  {
    // NestJS, Fastify and hapi's boom
    id: 'boom',
    fits: (body) => integer(body, '/statusCode') && (text(body, '/message') || list(body, '/message')),
    code: ['/code', '/error'],
    message: ['/message', '/message/0'],
    status: ['/statusCode'],
    fields: [{ texts: '/message', named: NAMES_ITS_FIELD }],
  },
  {
    id: 'laravel',
    fits: (body) => text(body, '/message') && object(body, '/errors') && isFieldMap(valueAt(body, '/errors')),
    code: ['/code', '/errorCode', '/error_code'],
    message: ['/message'],
    fields: [{ map: '/errors' }],
  },
  {
    id: 'rails',
    fits: (body) =>
      only(body, 'status', 'error', 'exception', 'traces') && integer(body, '/status') && text(body, '/error'),
    code: ['/error'],
    message: ['/exception', '/error'],
    status: ['/status'],
  },
  {
    id: 'lambda',
    fits: (body, { headers }) =>
      text(body, '/errorMessage') && (present(body, '/errorType') || headers['x-amz-function-error'] !== undefined),
    code: ['/errorType'],
    message: ['/errorMessage'],
    requestId: ['header:x-amzn-requestid'],
  },
  {
    id: 'apigateway',
    fits: (body, { headers }) =>
      only(body, 'message', 'Message') &&
      (headers['x-amzn-requestid'] ?? headers['x-amz-apigw-id'] ?? headers['apigw-requestid']) !== undefined,
    message: ['/message', '/Message'],
    requestId: ['header:x-amzn-requestid', 'header:apigw-requestid', 'header:x-amz-apigw-id'],
  },
  {
    id: 'drf-detail',
    fits: (body) => text(body, '/detail') && only(body, 'detail', 'code', 'messages'),
    code: ['/code'],
    message: ['/detail'],
    // FastAPI's HTTPException has the same shape; uvicorn serves it, Django sets Allow or Vary.
    ambiguous: (body, { headers }) =>
      present(body, '/code') || headers.allow !== undefined || headers.vary !== undefined ? [] : ['fastapi'],
  },
  {
    id: 'drf-fields',
    fits: (body, { status }) =>
      (status === 400 || status === null || present(body, '/non_field_errors')) &&
      isFieldMap(body, status === null && !present(body, '/non_field_errors')) &&
      // A list under such a name is a list of errors, not the errors of a field.
      !['errors', 'error', 'messages', 'message', 'detail'].some((name) => present(body, `/${name}`)),
    impliedStatus: 400,
    message: ['/non_field_errors/0'],
    fields: [{ map: '' }],
    ambiguous: (body) => (present(body, '/non_field_errors') ? [] : ['rails']),
  },
  {
    id: 'phoenix',
    fits: (body) => only(body, 'errors') && text(body, '/errors/detail'),
    message: ['/errors/detail'],
  },
  {
    id: 'gitlab',
    fits: (body) => only(body, 'message') && object(body, '/message'),
    message: ['/message/error'],
    fields: [{ map: '/message' }],
  },
  {
    id: 'generic',
    fits: (body) =>
      text(body, '/0/message') ||
      hasBareCode(body) ||
      GENERIC_SIGNS.some((name) => {
        const value = valueAt(body, `/${name}`);
        return value !== undefined && value !== null && value !== false && value !== '';
      }),
    code: [
      '/error/code',
      '/error/type',
      '/typeKey',
      '/code',
      '/error_code',
      '/errorCode',
      '/ErrorCode',
      '/errcode',
      '/errors/0/code',
      '/errors/0/category',
      '/errors/0/type',
      '/errors/0/errorType',
      '/errors/0/id',
      '/0/code',
      '/Type',
      '/cod',
      '/resCode',
      '/meta/type',
      '/meta/code',
      '/status_code',
      '/error',
      ...['/type', '/status', '/name'].map(identifierAt),
    ],
    message: [
      '/error/message',
      '/error/description',
      '/message',
      '/Message',
      '/error_description',
      '/detail',
      '/errors/0/message',
      '/errors/0/detail',
      '/0/message',
      '/errors/message',
      '/msg',
      '/errmsg',
      '/error_message',
      '/errorMessage',
      '/status_message',
      '/meta/error_message',
      '/error_msg',
      '/resMsg',
      '/meta/message',
      '/meta/msg',
      '/description',
      '/Description',
      '/reason',
      '/error/0',
      '/error',
      '/errors/0',
      '/errors',
    ],
    status: ['/status', '/statusCode', '/error/status', '/status_code', '/meta/status', '/meta/code'],
    requestId: [
      '/error/request_id',
      '/error/requestId',
      '/request_id',
      '/0/request_id',
      '/requestId',
      '/correlationId',
      '/correlation_id',
      '/traceId',
      '/trace_id',
      '/meta/response_id',
    ],
    docs: ['/documentation_url', '/doc_url', '/error/doc_url', '/more_info', '/error/documentation_url', '/help_url'],
    retryAfter: anyRetryAfter,
    fields: [
      { list: '', path: ['/field'], message: ['/message'] },
      {
        list: '/errors',
        path: ['/field', '/path', '/instancePath', '/pointer', '/name', '/param', '/error_key'],
        message: ['/message', '/detail', '/description', '/msg', '/errors/0', '/messages/0'],
      },
      ...[
        '/error/details',
        '/details',
        '/details/fieldViolations',
        '/data',
        '/error/errors',
        '/issues',
        '/error/issues',
      ].map((place) => ({
        list: place,
        path: ['/field', '/path', '/name', '/param'],
        message: ['/message', '/issue', '/description', '/reason', '/detail'],
      })),
      { name: '/error/field', message: '/error/description' },
      { map: '/errors' },
    ],
  },
];
