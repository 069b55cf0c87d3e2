import { type EnvelopeSpec, equals, integer, list, matches, object, only, present, text } from './envelope.ts';

const STRIPE_TYPES = ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error'];

/** Shapes of single services, the most specific first. Sources: their documentation, SDKs and servers. */
export const SERVICES: EnvelopeSpec[] = [
  {
    id: 'anthropic',
    fits: (body) => equals(body, '/type', 'error') && text(body, '/error/type'),
    code: ['/error/type'],
    subcode: ['/error/details/error_code'],
    message: ['/error/message'],
    requestId: ['/request_id', 'header:request-id'],
  },
  {
    id: 'kubernetes',
    fits: (body) => equals(body, '/kind', 'Status') && present(body, '/apiVersion'),
    code: ['/reason'],
    message: ['/message'],
    status: ['/code'],
    fields: [{ list: '/details/causes', path: ['/field'], message: ['/message'] }],
    retryAfter: ['/details/retryAfterSeconds', 's'],
  },
  {
    id: 'meta',
    fits: (body) => text(body, '/error/fbtrace_id'),
    code: ['/error/code'],
    subcode: ['/error/error_subcode'],
    message: ['/error/message'],
    requestId: ['/error/fbtrace_id'],
  },
  {
    id: 'stripe',
    fits: (body, { headers }) =>
      equals(body, '/error/type', ...STRIPE_TYPES) &&
      (text(body, '/error/doc_url') ||
        text(body, '/error/request_log_url') ||
        /^req_/.test(headers['request-id'] ?? '')),
    code: ['/error/code', '/error/type'],
    subcode: ['/error/decline_code'],
    message: ['/error/message'],
    requestId: ['header:request-id'],
    docs: ['/error/doc_url'],
    fields: [{ name: '/error/param', message: '/error/message' }],
  },
  {
    id: 'openai',
    fits: (body) => present(body, '/error/message', '/error/type', '/error/param', '/error/code'),
    code: ['/error/code', '/error/type'],
    subcode: ['/error/type'],
    message: ['/error/message'],
    requestId: ['header:x-request-id'],
    fields: [{ name: '/error/param', message: '/error/message' }],
  },
  {
    id: 'slack',
    fits: (body) => equals(body, '/ok', false) && text(body, '/error'),
    code: ['/error'],
    message: ['/response_metadata/messages/0', '/error'],
    requestId: ['header:x-slack-req-id'],
  },
  {
    id: 'telegram',
    fits: (body) => equals(body, '/ok', false) && integer(body, '/error_code') && text(body, '/description'),
    code: ['/error_code'],
    message: ['/description'],
    status: ['/error_code'],
    retryAfter: ['/parameters/retry_after', 's'],
  },
  {
    id: 'discord',
    fits: (body) =>
      integer(body, '/code') && text(body, '/message') && (present(body, '/retry_after') || object(body, '/errors')),
    code: ['/code'],
    message: ['/message'],
    retryAfter: ['/retry_after', 's'],
    fields: [{ map: '/errors' }],
  },
  {
    id: 'cloudflare-api',
    fits: (body) => equals(body, '/success', false) && list(body, '/errors') && present(body, '/messages', '/result'),
    code: ['/errors/0/code'],
    message: ['/errors/0/message'],
    requestId: ['header:cf-ray'],
    docs: ['/errors/0/documentation_url'],
  },
  {
    id: 'square',
    fits: (body) => text(body, '/errors/0/category') && text(body, '/errors/0/code'),
    code: ['/errors/0/code'],
    subcode: ['/errors/0/category'],
    message: ['/errors/0/detail', '/errors/0/code'],
    fields: [{ list: '/errors', path: ['/field'], message: ['/detail', '/code'] }],
  },
  {
    id: 'twilio',
    fits: (body) => text(body, '/errors/0/infoUrl') || (integer(body, '/code') && text(body, '/more_info')),
    code: ['/code', '/errors/0/code'],
    message: ['/message', '/errors/0/message'],
    status: ['/status'],
    requestId: ['header:twilio-request-id'],
    docs: ['/more_info', '/errors/0/infoUrl'],
  },
  {
    id: 'sendgrid',
    fits: (body) => only(body, 'errors') && text(body, '/errors/0/message') && present(body, '/errors/0/field'),
    message: ['/errors/0/message'],
    docs: ['/errors/0/help'],
    fields: [{ list: '/errors', path: ['/field'], message: ['/message'] }],
  },
  {
    id: 'salesforce',
    fits: (body) => text(body, '/0/errorCode'),
    code: ['/0/errorCode'],
    message: ['/0/message'],
    fields: [{ list: '', path: ['/fields/0'], message: ['/message'] }],
  },
  {
    id: 'atlassian',
    fits: (body) =>
      Array.isArray((body as { errorMessages?: unknown } | null)?.errorMessages) && present(body, '/errors'),
    message: ['/errorMessages/0', '/errors/*'],
    status: ['/status'],
    fields: [{ map: '/errors' }],
  },
  {
    id: 'elasticsearch',
    fits: (body) =>
      (list(body, '/error/root_cause') && integer(body, '/status')) ||
      (only(body, 'error', 'status') &&
        text(body, '/error') &&
        integer(body, '/status') &&
        !matches(body, '/error', /^[A-Z][a-z]+( [A-Z][a-z]+)*$/)),
    code: ['/error/type'],
    message: ['/error/reason', '/error'],
    status: ['/status'],
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
    code: ['/category', '/errorType'],
    subcode: ['/policyName', '/subCategory'],
    message: ['/message'],
    requestId: ['/correlationId'],
    fields: [{ list: '/errors', path: ['/context/propertyName/0', '/in'], message: ['/message'] }],
  },
  {
    id: 'notion',
    fits: (body) =>
      equals(body, '/object', 'error') &&
      text(body, '/code') &&
      (text(body, '/request_id') || integer(body, '/status')),
    code: ['/code'],
    message: ['/message'],
    status: ['/status'],
    requestId: ['/request_id', 'header:x-notion-request-id'],
  },
  {
    id: 'plaid',
    fits: (body) => text(body, '/error_type') && text(body, '/error_code') && present(body, '/request_id'),
    code: ['/error_code'],
    subcode: ['/error_type'],
    message: ['/error_message', '/display_message'],
    requestId: ['/request_id', 'header:plaid-request-id'],
    docs: ['/documentation_url'],
  },
  {
    id: 'okta',
    fits: (body) => text(body, '/errorCode') && text(body, '/errorSummary'),
    code: ['/errorCode'],
    message: ['/errorSummary'],
    requestId: ['/errorId', 'header:x-okta-request-id'],
  },
  {
    id: 'paypal',
    fits: (body) => text(body, '/name') && text(body, '/debug_id'),
    code: ['/name'],
    subcode: ['/details/0/issue'],
    message: ['/message'],
    requestId: ['/debug_id', 'header:paypal-debug-id'],
    docs: ['/links/0/href'],
    fields: [{ list: '/details', path: ['/field'], message: ['/description', '/issue'] }],
  },
  {
    id: 'adyen',
    fits: (body) => integer(body, '/status') && text(body, '/errorCode') && text(body, '/errorType'),
    code: ['/errorCode'],
    subcode: ['/errorType'],
    message: ['/message'],
    status: ['/status'],
    requestId: ['/pspReference'],
  },
  {
    id: 'dropbox',
    fits: (body) => text(body, '/error_summary') && present(body, '/error/.tag'),
    code: ['/error/.tag'],
    message: ['/error_summary'],
    requestId: ['header:x-dropbox-request-id'],
  },
  {
    id: 'box',
    fits: (body) => equals(body, '/type', 'error') && text(body, '/code') && text(body, '/request_id'),
    code: ['/code'],
    message: ['/message'],
    status: ['/status'],
    requestId: ['/request_id'],
    docs: ['/help_url'],
  },
  {
    id: 'contentful',
    fits: (body) => equals(body, '/sys/type', 'Error') && text(body, '/sys/id'),
    code: ['/sys/id'],
    message: ['/message'],
    requestId: ['/requestId', 'header:x-contentful-request-id'],
  },
  {
    id: 'postgrest',
    fits: (body) => present(body, '/code', '/details', '/hint', '/message'),
    code: ['/code'],
    message: ['/message'],
  },
  {
    id: 'trpc',
    fits: (body) =>
      text(body, '/error/json/data/code') ||
      integer(body, '/error/data/httpStatus') ||
      integer(body, '/0/error/data/httpStatus'),
    code: ['/error/json/data/code', '/error/data/code', '/0/error/data/code'],
    message: ['/error/json/message', '/error/message', '/0/error/message'],
    status: ['/error/json/data/httpStatus', '/error/data/httpStatus', '/0/error/data/httpStatus'],
  },
  {
    id: 'github',
    fits: (body, { headers }) =>
      text(body, '/message') &&
      (matches(body, '/documentation_url', /docs\.github\.com/) || headers['x-github-request-id'] !== undefined),
    code: ['/errors/0/code'],
    message: ['/message'],
    status: ['/status'],
    requestId: ['header:x-github-request-id'],
    docs: ['/documentation_url'],
    fields: [{ list: '/errors', path: ['/field'], message: ['/message', '/code'] }],
  },
  {
    // Heroku and DigitalOcean
    id: 'heroku',
    fits: (body) =>
      only(body, 'id', 'message', 'url', 'request_id') && matches(body, '/id', /^[a-z_]+$/) && text(body, '/message'),
    code: ['/id'],
    message: ['/message'],
    requestId: ['/request_id', 'header:request-id'],
    docs: ['/url'],
  },
  {
    id: 'zendesk',
    fits: (body) =>
      (text(body, '/error') && text(body, '/description')) ||
      (text(body, '/error/title') && text(body, '/error/message')),
    code: ['/error', '/error/title'],
    message: ['/description', '/error/message'],
    requestId: ['header:x-zendesk-request-id'],
    fields: [{ map: '/details' }],
  },
  {
    id: 'apigee',
    fits: (body) => text(body, '/fault/faultstring'),
    code: ['/fault/detail/errorcode'],
    message: ['/fault/faultstring'],
  },
  {
    id: 'kong',
    fits: (body, { headers }) =>
      text(body, '/message') &&
      only(body, 'message', 'request_id') &&
      (text(body, '/request_id') || /^kong/i.test(headers.server ?? '')),
    message: ['/message'],
    requestId: ['/request_id', 'header:x-kong-request-id'],
  },
  {
    id: 'railway',
    fits: (body, { headers }) =>
      headers['x-railway-fallback'] === 'true' ||
      (equals(body, '/status', 'error') && integer(body, '/code') && text(body, '/request_id')),
    message: ['/message'],
    status: ['/code'],
    requestId: ['/request_id'],
  },
  {
    // OData 4.01 JSON, section 21, also Azure Resource Manager; it comes late, since many others nest code and message
    id: 'odata',
    fits: (body) =>
      text(body, '/error/code') &&
      text(body, '/error/message') &&
      (present(body, '/error/innererror') ||
        present(body, '/error/target') ||
        list(body, '/error/details') ||
        list(body, '/error/additionalInfo')),
    code: ['/error/code'],
    subcode: ['/error/innererror/innererror/code', '/error/innererror/code', '/error/details/0/code'],
    message: ['/error/message'],
    requestId: ['header:x-ms-request-id'],
    fields: [{ list: '/error/details', path: ['/target'], message: ['/message'] }],
  },
];
