import { describe, expect, it } from 'vitest';
import { completed } from '../../../src/catalogs/complete.ts';
import { builtIn } from '../../../src/catalogs/index.ts';
import { catalogSchema } from '../../../src/catalogs/schema.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { TOOLS } from '../../../src/diagnosis/tools/tools.ts';
import { type Exchange, type Failure, savedResponse } from '../../../src/model/exchange.ts';

const failed = (phase: Failure['phase'], code: string): Partial<Exchange> => ({
  failure: { phase, code, message: 'it failed' },
});
const answered = (status: number): Partial<Exchange> => ({ response: savedResponse('', status) });

const SITUATIONS: [name: string, what: Partial<Exchange>][] = [
  ['an unknown certificate authority', failed('tls', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY')],
  ['a timeout', failed('response', 'ETIMEDOUT')],
  ['a timeout of the connection', failed('connect', 'ETIMEDOUT')],
  ['a name that is not known', failed('dns', 'ENOTFOUND')],
  ['a refused connection', failed('connect', 'ECONNREFUSED')],
  ['a proxy without a tunnel', failed('connect', 'ERR_PROXY_TUNNEL')],
  ['a proxy that wants credentials', answered(407)],
  ['missing credentials', answered(401)],
  ['a missing permission', answered(403)],
  ['a rate limit', answered(429)],
];

/** Words that are for users of one tool or language only, and those for whom they are. */
const TERMS: [term: RegExp, of: string[]][] = [
  [/NODE_EXTRA_CA_CERTS|AbortSignal/, ['node']],
  [/REQUESTS_CA_BUNDLE|certifi\b/, ['python', 'pip', 'az', 'ansible']],
  [/keytool|trustStore|settings\.xml|\.m2/, ['java', 'maven']],
  [/http\.Client\.Timeout|tls\.Config|GOPROXY|GOPRIVATE/, ['go']],
  [/HttpClient\.Timeout|certlm/, ['dotnet']],
  [/--max-time|--cacert/, ['curl']],
  [/kubectl|kubeconfig/, ['kubectl', 'helm', 'kubernetes']],
  [/docker login|docker info|certs\.d/, ['docker', 'podman']],
  [/--cli-read-timeout|--endpoint-url/, ['aws']],
  [/aws sts|AWS_/, ['aws', 'boto3']],
  [/npmrc|npm /, ['npm']],
  [/php\.ini|CURLOPT/, ['php']],
  [/ClientBuilder|add_root_certificate/, ['rust', 'cargo']],
  [/errprobe|(?<!(?:helm|wget) )--timeout\b/, []],
];

describe.each(SITUATIONS)('the steps for %s', (_, what) => {
  const stepsOf = (tool: string) =>
    diagnose({ request: null, response: null, failure: null, ...what, seen: { tool } }, builtIn, { now: 0 }).resolution;

  it.each(TOOLS.map(({ id, family }) => [id, family ?? id] as const))('are in the terms of %s', (id, family) => {
    const steps = stepsOf(id).join('\n');
    expect(steps).not.toBe('');
    expect(TERMS.filter(([term, of]) => term.test(steps) && !of.includes(id) && !of.includes(family))).toEqual([]);
  });
});

it.each([
  [407, /proxy/i],
  ['ERR_PROXY_TUNNEL', /proxy/i],
])('every tool is told of the proxy for %s', (reason, says) => {
  const what = typeof reason === 'number' ? answered(reason) : failed('connect', reason);
  const silent = TOOLS.filter(({ id }) => {
    const exchange = { request: null, response: null, failure: null, ...what, seen: { tool: id } };
    return !says.test(diagnose(exchange, builtIn, { now: 0 }).resolution.join(' '));
  });
  expect(silent.map(({ id }) => id)).toEqual([]);
});

describe("a variant in an API's own catalog", () => {
  const written = catalogSchema.parse({
    id: 'orders',
    name: 'Orders API',
    docs: { guide: 'Orders API, Errors' },
    hosts: ['orders.example.com'],
    envelope: { code: '/code', message: '/text' },
    entries: [
      {
        id: 'sold-out',
        match: { status: 409, code: 'SOLD_OUT' },
        category: 'conflict',
        title: 'The article is sold out',
        resolution: ['Order it on backorder.'],
        tools: { python: ['Pass backorder=True.'], curl: ['Add backorder=true to the query.'] },
        source: { doc: 'guide', section: 'Conflicts' },
      },
    ],
  });
  const catalog = completed(written, () => builtIn.http);

  it.each([
    ['requests', 'Pass backorder=True.'],
    ['curl', 'Add backorder=true to the query.'],
    ['kubectl', 'Order it on backorder.'],
    [undefined, 'Order it on backorder.'],
  ])('is shown to users of %s', (tool, step) => {
    const response = savedResponse('{"code":"SOLD_OUT","text":"Sold out"}', 409);
    const exchange = { request: null, response, failure: null, ...(tool !== undefined && { seen: { tool } }) };
    const knowledge = { ...builtIn, apis: [catalog] };
    expect(diagnose(exchange, knowledge, { now: 0, api: 'orders' }).resolution).toEqual([step]);
  });
});
