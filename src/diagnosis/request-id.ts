import type { Headers } from '../model/exchange.ts';

/** Response headers that carry the id of a request, most specific first. */
const NAMES = [
  'x-request-id',
  'request-id',
  'x-correlation-id',
  // What one provider calls its own.
  'x-amzn-requestid',
  'x-amz-request-id',
  'apigw-requestid',
  'x-ms-request-id',
  'x-ms-correlation-request-id',
  'apim-request-id',
  'x-github-request-id',
  'twilio-request-id',
  'x-slack-req-id',
  'x-hubspot-correlation-id',
  'x-sfdc-request-id',
  'atl-traceid',
  'x-arequestid',
  'x-zendesk-request-id',
  'x-notion-request-id',
  'plaid-request-id',
  'paypal-debug-id',
  'pspreference',
  'x-fb-request-id',
  'x-fb-trace-id',
  'x-transaction-id',
  'x-li-uuid',
  'x-pinterest-rid',
  'x-dropbox-request-id',
  'x-okta-request-id',
  'x-auth0-requestid',
  'x-contentful-request-id',
  'x-guploader-uploadid',
  'audit-id',
  'x-message-id',
  // What a gateway or a platform gives, when the API gives nothing.
  'x-kong-request-id',
  'x-vercel-id',
  'x-nf-request-id',
  'fly-request-id',
  'rndr-id',
  'x-railway-request-id',
  'x-azure-ref',
  'x-amz-cf-id',
  'cf-ray',
  'x-fastly-request-id',
  'akamai-grn',
  'x-iinfo',
  'x-sucuri-id',
  'x-varnish',
  // What only tracing knows.
  'x-trace-id',
  'x-amzn-trace-id',
  'x-cloud-trace-context',
  'x-b3-traceid',
  'uber-trace-id',
  'x-datadog-trace-id',
];

/** The id that support asks for, from the response's headers; null when none has one. */
export function requestIdOf(headers: Headers): string | null {
  for (const name of NAMES) {
    const id = headers[name];
    if (id !== undefined && id !== '') return id;
  }
  // W3C Trace Context: version, trace id, parent id, flags.
  return headers.traceparent?.split('-')[1] ?? null;
}
