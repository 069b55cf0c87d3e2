import { type EnvelopeSpec, equals, integer, list, matches, object, only, present, text } from './shape.ts';

const STRIPE_TYPES = ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error'];

/** Shapes of single services, the most specific first. Sources: their documentation, SDKs and servers. */
export const SERVICES: EnvelopeSpec[] = [
  {
    id: 'anthropic',
    fits: (body) => equals(body, '/type', 'error') && text(body, '/error/type'),
    code: ['/error/type'],
    subcode: ['/error/details/error_code'],
  },
  {
    id: 'kubernetes',
    fits: (body) =>
      equals(body, '/kind', 'Status') && present(body, '/apiVersion') && !equals(body, '/status', 'Success'),
    code: ['/reason'],
  },
  {
    id: 'meta',
    fits: (body) => text(body, '/error/fbtrace_id'),
    subcode: ['/error/error_subcode'],
  },
  {
    id: 'stripe',
    fits: (body, { headers }) =>
      equals(body, '/error/type', ...STRIPE_TYPES) &&
      (text(body, '/error/doc_url') ||
        text(body, '/error/request_log_url') ||
        /^req_/.test(headers['request-id'] ?? '')),
    subcode: ['/error/decline_code'],
  },
  {
    id: 'openai',
    fits: (body) => present(body, '/error/message', '/error/type', '/error/param', '/error/code'),
    code: ['/error/code', '/error/type'],
    subcode: ['/error/type'],
  },
  {
    id: 'slack',
    fits: (body) => equals(body, '/ok', false) && text(body, '/error'),
  },
  {
    id: 'telegram',
    fits: (body) => equals(body, '/ok', false) && integer(body, '/error_code') && text(body, '/description'),
  },
  {
    id: 'discord',
    fits: (body) =>
      integer(body, '/code') && text(body, '/message') && (present(body, '/retry_after') || object(body, '/errors')),
    code: ['/code'],
    message: ['/message'],
    fields: [{ map: '/errors' }],
  },
  {
    id: 'cloudflare-api',
    fits: (body) => equals(body, '/success', false) && list(body, '/errors') && present(body, '/messages', '/result'),
  },
  {
    id: 'twilio',
    fits: (body) => text(body, '/errors/0/infoUrl') || (integer(body, '/code') && text(body, '/more_info')),
  },
  {
    id: 'salesforce',
    fits: (body) => text(body, '/0/errorCode'),
    code: ['/0/errorCode'],
    message: ['/0/message'],
  },
  {
    id: 'elasticsearch',
    fits: (body) =>
      (list(body, '/error/root_cause') && integer(body, '/status')) ||
      (only(body, 'error', 'status') &&
        text(body, '/error') &&
        integer(body, '/status') &&
        !matches(body, '/error', /^[A-Z][a-z]+( [A-Z][a-z]+)*$/)),
  },
  {
    id: 'couchdb',
    fits: (body) => only(body, 'error', 'reason') && text(body, '/error') && text(body, '/reason'),
    code: ['/error'],
    message: ['/reason'],
  },
  {
    id: 'hubspot',
    fits: (body) => equals(body, '/status', 'error') && text(body, '/correlationId'),
    subcode: ['/policyName', '/subCategory'],
  },
  {
    id: 'notion',
    fits: (body) =>
      equals(body, '/object', 'error') &&
      text(body, '/code') &&
      (text(body, '/request_id') || integer(body, '/status')),
  },
  {
    id: 'plaid',
    fits: (body) => text(body, '/error_type') && text(body, '/error_code') && present(body, '/request_id'),
    subcode: ['/error_type'],
  },
  {
    id: 'postgrest',
    fits: (body) => present(body, '/code', '/details', '/hint', '/message'),
  },
  {
    id: 'trpc',
    fits: (body) =>
      text(body, '/error/json/data/code') ||
      integer(body, '/error/data/httpStatus') ||
      integer(body, '/0/error/data/httpStatus'),
    code: ['/error/json/data/code', '/error/data/code', '/0/error/data/code'],
    status: ['/error/json/data/httpStatus', '/error/data/httpStatus', '/0/error/data/httpStatus'],
  },
  {
    id: 'github',
    fits: (body, { headers }) =>
      text(body, '/message') &&
      (matches(body, '/documentation_url', /docs\.github\.com/) || headers['x-github-request-id'] !== undefined),
  },
  {
    id: 'apigee',
    fits: (body) => text(body, '/fault/faultstring'),
  },
];
