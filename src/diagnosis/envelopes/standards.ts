import { plainNumber } from '../../json/number.ts';
import { valueAt } from '../../json/pointer.ts';
import { type EnvelopeSpec, equals, integer, matches, object, only, present, text } from './envelope.ts';

/** The canonical codes of gRPC by their numbers. */
export const GRPC_NAMES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

const GRPC = new RegExp(`^(${GRPC_NAMES.join('|')})$`);

const CONNECT = new RegExp(GRPC.source.replace('CANCELLED', 'CANCELED'), 'i');

/** The last part of an AWS code: `com.amazonaws…#Name:http://…` (botocore's parsers). */
const awsCode = (code: string): string => code.split(':')[0]?.split('#').at(-1) ?? code;

/** Shopify restores the budget at a fixed rate: what the query costs more than is there, divided by it. */
function shopifyWait(body: unknown): number | null {
  const [cost, available, rate] = [
    '/extensions/cost/requestedQueryCost',
    '/extensions/cost/throttleStatus/currentlyAvailable',
    '/extensions/cost/throttleStatus/restoreRate',
  ].map((pointer) => plainNumber(valueAt(body, pointer)));
  if (typeof cost !== 'number' || typeof available !== 'number' || typeof rate !== 'number' || rate <= 0) return null;
  return cost > available ? Math.ceil(((cost - available) / rate) * 1000) : null;
}

/** Shapes that a specification defines, the most specific first. */
export const STANDARDS: EnvelopeSpec[] = [
  {
    // JSON-RPC 2.0, section 5.1
    id: 'jsonrpc',
    fits: (body) => present(body, '/jsonrpc') && integer(body, '/error/code'),
    code: ['/error/code'],
    message: ['/error/message'],
  },
  {
    // google.rpc.Status over JSON (AIP-193); streams wrap it in a list
    id: 'google-rpc',
    fits: (body) =>
      (integer(body, '/error/code') && matches(body, '/error/status', GRPC)) ||
      (integer(body, '/0/error/code') && matches(body, '/0/error/status', GRPC)),
    code: ['/error/status', '/0/error/status'],
    subcode: ['/error/details/*/reason', '/0/error/details/*/reason'],
    message: ['/error/message', '/0/error/message'],
    status: ['/error/code', '/0/error/code'],
    requestId: ['/error/details/*/requestId'],
    docs: ['/error/details/*/links/*/url'],
    fields: [{ list: '/error/details/*/fieldViolations', path: ['/field'], message: ['/description'] }],
    retryAfter: ['/error/details/*/retryDelay', 'duration'],
  },
  {
    // grpc-gateway leaves the wrapper out; its code is the number of gRPC
    id: 'grpc-gateway',
    fits: (body) =>
      integer(body, '/code') &&
      (body as { code: number }).code <= 16 &&
      present(body, '/message', '/details') &&
      only(body, 'code', 'message', 'details', 'error'),
    code: ['/code'],
    cleanCode: (code) => GRPC_NAMES[Number(code)] ?? code,
    message: ['/message'],
  },
  {
    id: 'google-legacy',
    fits: (body) => text(body, '/error/errors/0/reason') && integer(body, '/error/code'),
    code: ['/error/errors/0/reason'],
    subcode: ['/error/errors/0/domain'],
    message: ['/error/message'],
    status: ['/error/code'],
  },
  {
    // Connect protocol, "Error end-stream"
    id: 'connect',
    fits: (body) => matches(body, '/code', CONNECT) && only(body, 'code', 'message', 'details'),
    code: ['/code'],
    message: ['/message'],
  },
  {
    // OData 4.01 JSON, section 21; Microsoft Graph writes innerError
    id: 'msgraph',
    fits: (body) => text(body, '/error/code') && present(body, '/error/innerError'),
    code: ['/error/code'],
    subcode: ['/error/innerError/innerError/code', '/error/innerError/code'],
    message: ['/error/message'],
    requestId: ['/error/innerError/request-id', '/error/innerError/client-request-id'],
  },
  {
    id: 'aws-json',
    fits: (body, { headers }) =>
      text(body, '/__type') ||
      (headers['x-amzn-errortype'] !== undefined && (present(body, '/message') || present(body, '/Message'))),
    code: ['header:x-amzn-query-error', '/__type', 'header:x-amzn-errortype', '/code', '/Code'],
    cleanCode: (code) => awsCode(code.split(';')[0] ?? code),
    message: ['/message', '/Message'],
    requestId: ['header:x-amzn-requestid'],
  },
  {
    // GraphQL, section 7.1.2
    id: 'graphql',
    fits: (body) =>
      text(body, '/errors/0/message') &&
      (present(body, '/data') ||
        present(body, '/errors/0/locations') ||
        present(body, '/errors/0/path') ||
        object(body, '/errors/0/extensions')),
    code: ['/errors/0/extensions/code', '/errors/0/type'],
    message: ['/errors/0/message'],
    docs: ['/errors/0/extensions/documentation'],
    retryAfter: shopifyWait,
  },
  {
    // JSON:API 1.1, "Error Objects"
    id: 'jsonapi',
    fits: (body) =>
      (text(body, '/errors/0/title') || text(body, '/errors/0/detail')) &&
      (text(body, '/errors/0/status') || object(body, '/errors/0/source')),
    code: ['/errors/0/code'],
    message: ['/errors/0/detail', '/errors/0/title'],
    status: ['/errors/0/status'],
    requestId: ['/errors/0/id'],
    docs: ['/errors/0/links/about', '/errors/0/links/type'],
    fields: [
      {
        list: '/errors',
        path: ['/source/pointer', '/source/parameter', '/source/header'],
        message: ['/detail', '/title'],
      },
    ],
  },
  {
    // OCI distribution-spec, "Error Codes"
    id: 'oci',
    fits: (body, { headers }) =>
      matches(body, '/errors/0/code', /^[A-Z_]+$/) &&
      text(body, '/errors/0/message') &&
      (present(body, '/errors/0/detail') || headers['docker-distribution-api-version'] !== undefined),
    code: ['/errors/0/code'],
    message: ['/errors/0/message'],
  },
  {
    // Cloudflare's own errors are RFC 9457 with more
    id: 'cloudflare-edge',
    fits: (body) => equals(body, '/cloudflare_error', true) && text(body, '/ray_id'),
    code: ['/error_code'],
    subcode: ['/error_name'],
    message: ['/detail', '/title'],
    status: ['/status'],
    requestId: ['/ray_id'],
    docs: ['/type'],
    retryAfter: ['/retry_after', 's'],
  },
  {
    // RFC 9457 as ASP.NET Core extends it
    id: 'aspnet-validation',
    fits: (body) => text(body, '/title') && integer(body, '/status') && object(body, '/errors'),
    code: ['/type'],
    message: ['/detail', '/title'],
    status: ['/status'],
    requestId: ['/traceId'],
    fields: [{ map: '/errors' }],
  },
  {
    id: 'symfony-validation',
    fits: (body) => text(body, '/title') && text(body, '/violations/0/propertyPath'),
    code: ['/type'],
    message: ['/detail', '/title'],
    status: ['/status'],
    fields: [{ list: '/violations', path: ['/propertyPath'], message: ['/title', '/message'] }],
  },
  {
    // RFC 9457, section 3.1: every member is optional, so two that belong together are asked for
    id: 'problem+json',
    fits: (body, { headers }) =>
      (text(body, '/title') && (text(body, '/detail') || integer(body, '/status') || text(body, '/type'))) ||
      (/application\/problem\+json/.test(headers['content-type'] ?? '') && object(body, '')),
    code: ['/code', '/type'],
    message: ['/detail', '/title'],
    status: ['/status'],
    requestId: ['/requestId', '/request_id', '/traceId', '/trace_id', '/instance'],
    // RFC 7807 had `invalid-params` as its example.
    fields: ['/errors', '/invalid-params', '/invalidParams'].map((list) => ({
      list,
      path: ['/pointer', '/field', '/name'],
      message: ['/detail', '/message', '/reason'],
    })),
  },
  {
    // Berlin Group, NextGenPSD2, section 4.13
    id: 'berlin-group',
    fits: (body) => text(body, '/tppMessages/0/code'),
    code: ['/tppMessages/0/code'],
    message: ['/tppMessages/0/text'],
    docs: ['/_links/*/href'],
    fields: [{ list: '/tppMessages', path: ['/path'], message: ['/text', '/code'] }],
  },
  {
    // RFC 6749, section 5.2
    id: 'oauth2',
    fits: (body) => text(body, '/error') && (text(body, '/error_description') || text(body, '/error_uri')),
    code: ['/error'],
    subcode: ['/error_codes/0', '/suberror'],
    message: ['/error_description', '/error'],
    requestId: ['/correlation_id', '/trace_id'],
    docs: ['/error_uri'],
  },
];
