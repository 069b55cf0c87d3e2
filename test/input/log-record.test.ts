import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { readRecord } from '../../src/input/log-record.ts';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import { fixtures } from '../helpers/fixtures.ts';

const BODY = { error: 'Unauthorized', message: 'API key has expired' };
const EXPIRED = 'raptor-comply/expired-api-key';

const otlp = (attributes: [string, object][], body: string, severityNumber = 17) => ({
  resourceLogs: [
    {
      resource: { attributes: [] },
      scopeLogs: [
        {
          logRecords: [
            {
              timeUnixNano: '1767225600000000000',
              severityNumber,
              body: { stringValue: body },
              attributes: attributes.map(([key, value]) => ({ key, value })),
            },
          ],
        },
      ],
    },
  ],
});

describe('a record of a log', () => {
  it.each<[string, unknown, string[]]>([
    [
      'pino, with its serializers',
      {
        level: 50,
        time: 1,
        pid: 1,
        hostname: 'h',
        req: { method: 'GET', url: '/a' },
        res: { statusCode: 401, body: BODY },
        msg: 'x',
      },
      [EXPIRED],
    ],
    [
      'one without a status, by the text of its error',
      { level: 'error', msg: 'failed to push', err: 'denied: access to the resource is denied' },
      ['http/forbidden'],
    ],
    [
      'the AWS SDK, with the status among the members of the error',
      {
        level: 'error',
        message:
          'unhandledRejection: Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.\nAccessDenied: Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.\n    at deserializeAws_query (/webapp/main.js:1:1)',
        error: { $fault: 'client', $metadata: { httpStatusCode: 403 }, Code: 'AccessDenied' },
      },
      ['aws/access-denied'],
    ],
    [
      "Distribution's registry",
      {
        level: 'error',
        msg: 'response completed with error',
        'err.code': 'blob unknown',
        'err.message': 'blob unknown to registry',
        'http.response.status': 404,
      },
      ['docker/blob-unknown'],
    ],
    ['one whose error tells nothing', { level: 'error', msg: 'failed', err: 'no luck' }, []],
    [
      'one of a calm level with the status of an answer',
      {
        level: 'debug',
        msg: 'sdkCreate',
        error:
          'operation error IAM: CreatePolicy, https response error StatusCode: 409, RequestID: 6b, EntityAlreadyExists: A policy called p already exists.',
      },
      ['aws/iam-already-exists'],
    ],
    ['one of a calm level', { level: 'info', msg: 'skipped', err: 'access denied' }, []],
    [
      'pino, a request that succeeded',
      { level: 30, time: 1, pid: 1, res: { statusCode: 200 }, msg: 'request completed' },
      [],
    ],
    [
      'pino, an error of axios',
      {
        level: 50,
        time: 1,
        pid: 1,
        err: { type: 'AxiosError', message: 'm', response: { status: 401, data: BODY } },
        msg: 'm',
      },
      [EXPIRED],
    ],
    [
      'pino, an error of the network',
      {
        level: 50,
        time: 1,
        pid: 1,
        err: { type: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:9', code: 'ECONNREFUSED' },
        msg: 'm',
      },
      ['network/connection-refused'],
    ],
    [
      'bunyan',
      {
        v: 0,
        name: 'app',
        hostname: 'h',
        pid: 1,
        level: 50,
        time: '2026-01-01T00:00:00Z',
        msg: `upstream: 401 ${JSON.stringify(BODY)}`,
      },
      [EXPIRED],
    ],
    [
      'winston, a body as text',
      { level: 'error', message: 'm', timestamp: 't', status: 401, body: JSON.stringify(BODY) },
      [EXPIRED],
    ],
    ['winston, all in the message', { level: 'error', message: `HTTP 401: ${JSON.stringify(BODY)}` }, [EXPIRED]],
    ['winston, a message that is none', { level: 'info', message: 'took 401 ms, status 500 was not seen' }, []],
    [
      'nginx',
      { time_local: 't', remote_addr: '1.2.3.4', request: 'GET /a HTTP/1.1', status: '502', body_bytes_sent: '157' },
      ['http/bad-gateway'],
    ],
    [
      'nginx, a success',
      { remote_addr: '1.2.3.4', request: 'GET /a HTTP/1.1', status: '304', body_bytes_sent: '0' },
      [],
    ],
    [
      'the load balancer of Amazon',
      {
        type: 'https',
        elb: 'app/x',
        request: 'GET https://a.example:443/ HTTP/1.1',
        elb_status_code: 503,
        target_status_code: '-',
      },
      ['http/service-unavailable'],
    ],
    [
      'got, dumped',
      {
        name: 'HTTPError',
        code: 'ERR_NON_2XX_3XX_RESPONSE',
        response: { statusCode: 401, body: JSON.stringify(BODY) },
      },
      [EXPIRED],
    ],
    [
      'axios, without the response',
      {
        message: 'Request failed with status code 404',
        name: 'AxiosError',
        config: { method: 'get', url: 'https://a.example/x' },
        status: 404,
      },
      ['http/not-found'],
    ],
    [
      'fetch, dumped',
      {
        name: 'TypeError',
        message: 'fetch failed',
        cause: { syscall: 'connect', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED ::1:9' },
      },
      ['network/localhost-refused'],
    ],
    [
      'OpenTelemetry',
      {
        Timestamp: '1',
        SeverityText: 'ERROR',
        Body: 'x',
        attributes: { 'http.response.status_code': 429, 'url.full': 'https://a.example/' },
      },
      ['http/too-many-requests'],
    ],
    [
      'OpenTelemetry, as its collector writes it',
      otlp([['http.response.status_code', { intValue: '503' }]], 'x'),
      ['http/service-unavailable'],
    ],
    ['OpenTelemetry, with the error in the text', otlp([], `call failed: 401 ${JSON.stringify(BODY)}`), [EXPIRED]],
    ['OpenTelemetry, no error', otlp([], 'status 503 was seen', 9), []],
    [
      'the schema of Elastic',
      {
        '@timestamp': 't',
        'log.level': 'error',
        http: { request: { method: 'GET' }, response: { status_code: 401, body: { content: JSON.stringify(BODY) } } },
      },
      [EXPIRED],
    ],
    [
      'Docker',
      { log: `{"level":50,"pid":1,"res":{"statusCode":503}}\n`, stream: 'stdout', time: 't' },
      ['http/service-unavailable'],
    ],
    ['Docker, text', { log: `Error: 401 ${JSON.stringify(BODY)}\n`, stream: 'stderr', time: 't' }, [EXPIRED]],
    ['a warning of syslog', { level: 4, msg: 'HTTP 503' }, ['http/service-unavailable']],
    ['a level that says that all is well', { level: 6, msg: 'HTTP 503' }, []],
  ])('%s', (_, record, ids) => {
    const found = readSavedErrors(JSON.stringify(record), 'test');
    expect([...found].map(({ exchange }) => diagnose(exchange, builtIn, { now: 0 }).id)).toEqual(ids);
  });

  it('gives the request where it tells of one', () => {
    const requestOf = (record: unknown) => readRecord(record)?.[0]?.exchange.request;
    const failed = { level: 50, res: { statusCode: 500 } };
    expect(requestOf({ ...failed, req: { method: 'post', url: '/a?b' } })).toMatchObject({
      method: 'POST',
      url: '/a?b',
    });
    expect(requestOf({ remote_addr: 'x', status: 500, request: 'GET /x HTTP/1.1' })).toMatchObject({
      method: 'GET',
      url: '/x',
    });
    expect(
      requestOf({ config: { method: 'get', url: '/x', baseURL: 'https://a.example/v1/' }, response: { status: 500 } }),
    ).toMatchObject({ method: 'GET', url: 'https://a.example/v1/x' });
    expect(requestOf(failed)).toBeNull();
  });

  it('is read where its fields are named', () => {
    const record = { outcome: { code: 401, text: BODY } };
    const found = readRecord(record, { status: '/outcome/code', body: '/outcome/text' });
    expect(found?.map(({ exchange }) => exchange.response)).toMatchObject([
      { status: 401, body: JSON.stringify(BODY) },
    ]);
    expect(readRecord(record)).toBeNull();
  });

  it('is no body of any error that is known', () => {
    const taken = fixtures().filter(({ body }) => readRecord(typeof body === 'string' ? null : body) !== null);
    expect(taken.map(({ name }) => name)).toEqual([]);
  });
});
