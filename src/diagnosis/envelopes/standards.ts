import { plainNumber } from '../../json/number.ts';
import { valueAt } from '../../json/pointer.ts';
import { type EnvelopeSpec, integer, list, matches, object, only, present, text } from './envelope.ts';

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

/** Codes that only the OCI distribution specification has, and those that Docker's registry adds. */
const OCI =
  /^(?:(?:MANIFEST_)?BLOB_UNKNOWN|BLOB_UPLOAD_(?:UNKNOWN|INVALID)|MANIFEST_(?:UNKNOWN|INVALID|UNVERIFIED)|NAME_(?:UNKNOWN|INVALID)|(?:DIGEST|TAG|SIZE)_INVALID|PAGINATION_NUMBER_INVALID|TOOMANYREQUESTS)$/;

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

/** Shapes that a specification defines, in any order. */
export const STANDARDS: EnvelopeSpec[] = [
  {
    // JSON-RPC 2.0, section 5.1
    id: 'jsonrpc',
    alwaysError: true,
    fits: (body) => present(body, '/jsonrpc') && integer(body, '/error/code'),
  },
  {
    // grpc-gateway leaves out the wrapper of Google's APIs; its code is the number of gRPC
    id: 'grpc-gateway',
    fits: (body) =>
      integer(body, '/code') &&
      (body as { code: number }).code <= 16 &&
      present(body, '/message', '/details') &&
      only(body, 'code', 'message', 'details', 'error'),
    code: ['/code'],
    cleanCode: (code) => GRPC_NAMES[Number(code)] ?? code,
  },
  {
    // Connect protocol, "Error end-stream"
    id: 'connect',
    fits: (body) => matches(body, '/code', CONNECT) && only(body, 'code', 'message', 'details'),
  },
  {
    // GraphQL, section 7.1.2
    id: 'graphql',
    alwaysError: true,
    fits: (body) =>
      text(body, '/errors/0/message') &&
      !text(body, '/message') &&
      (present(body, '/data') ||
        present(body, '/errors/0/locations') ||
        list(body, '/errors/0/path') ||
        object(body, '/errors/0/extensions')),
    message: ['/errors/0/message'],
    retryAfter: shopifyWait,
  },
  {
    // OCI distribution-spec, "Error Codes"
    id: 'oci',
    fits: (body, { headers }) =>
      matches(body, '/errors/0/code', OCI) ||
      (matches(body, '/errors/0/code', /^[A-Z_]+$/) &&
        text(body, '/errors/0/message') &&
        (present(body, '/errors/0/detail') || headers['docker-distribution-api-version'] !== undefined)),
  },
  {
    // RFC 9457, section 3.1: every member is optional, so two that belong together are asked for
    id: 'problem+json',
    fits: (body, { headers }) =>
      (text(body, '/title') && (text(body, '/detail') || integer(body, '/status') || text(body, '/type'))) ||
      (/application\/problem\+json/.test(headers['content-type'] ?? '') && object(body, '')),
  },
  {
    // RFC 6749, section 5.2
    id: 'oauth2',
    alwaysError: true,
    // Prose in place of the code is read as such.
    fits: (body) => matches(body, '/error', /^\S+$/) && (text(body, '/error_description') || text(body, '/error_uri')),
    code: ['/error'],
    subcode: ['/error_codes/0'],
    message: ['/error_description'],
  },
];
