import type { Headers } from '../../model/exchange.ts';
import { SERVICES } from '../../services/index.ts';

/** Response headers that carry the id of a request, in the order in which they count. */
const FIRST = ['x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid', 'x-ms-request-id'];

/** The endings of the names of headers that carry one. */
const CALLED =
  /(?:request-?(?:id|uuid)|(?:^|-)(?:req-?id|correlation-?id|tracking-?id|query-?id|trace-?id|transaction-?id|invocation-?id|debug-?id|log-?id|call-?id|activity-?id))$/;

/** Names that say nothing of that. */
const OTHERS = SERVICES.flatMap(({ requestId = [] }) => requestId);

/** The headers of gateways and platforms, for APIs that send none. */
const PLATFORMS = [
  ...['x-kong-request-id', 'x-vercel-id', 'x-nf-request-id', 'fly-request-id', 'rndr-id', 'x-railway-request-id'],
  ...[
    'x-azure-ref',
    'x-amz-cf-id',
    'cf-ray',
    'x-fastly-request-id',
    'akamai-grn',
    'x-iinfo',
    'x-sucuri-id',
    'x-varnish',
  ],
];

/** Headers of tracing. */
const TRACING = [
  ...['x-trace-id', 'x-amzn-trace-id', 'x-cloud-trace-context', 'x-b3-traceid', 'uber-trace-id', 'x-datadog-trace-id'],
];

const LATER = new Set([...PLATFORMS, ...TRACING]);

/** The id that support asks for, from the response's headers; null when none has one. */
export function requestIdOf(headers: Headers): string | null {
  const called = Object.keys(headers).filter((name) => !LATER.has(name) && CALLED.test(name));
  for (const name of [...FIRST, ...called, ...OTHERS, ...PLATFORMS, ...TRACING]) {
    const id = headers[name];
    if (id !== undefined && id !== '') return id;
  }
  // W3C Trace Context: version, trace id, parent id, flags.
  return headers.traceparent?.split('-')[1] ?? null;
}
