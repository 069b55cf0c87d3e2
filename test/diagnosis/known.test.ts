import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { parsed } from '../../src/input/parsed.ts';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { Exchange } from '../../src/model/exchange.ts';

/** The diagnosis of a text that somebody saved. */
function explained(text: string): Diagnosis {
  const [saved] = [...readSavedErrors(text, 'error.txt')];
  const exchange = saved?.exchange as Exchange;
  const response = exchange.response === null ? null : parsed(exchange.response);
  return diagnose({ ...exchange, response }, builtIn, { now: 0 });
}

describe('an error of a well-known API', () => {
  it.each([
    ['Error: An API error occurred: not_in_channel', 'slack/not-in-channel'],
    ['An API error occurred: ratelimited', 'slack/ratelimited'],
    ['2026-03-01T10:00:00Z ERROR bot: An API error occurred: channel_not_found', 'slack/channel-not-found'],
    ['Slack::Web::Api::Errors::TriggerExpired: expired_trigger_id', 'slack/trigger-expired'],
    ['Error response from daemon: Head "https://ghcr.io/v2/acme/app/manifests/latest": denied', 'docker/denied'],
    [
      'Error response from daemon: Get "https://registry.example.com/v2/": unauthorized: login first',
      'docker/unauthorized',
    ],
    ['error: You must be logged in to the server (Unauthorized)', 'kubernetes/unauthorized'],
    [
      'Error from server (InternalError): Internal error occurred: failed calling webhook "v.example.io": Post "https://v.svc:443/": context deadline exceeded',
      'kubernetes/webhook-failed',
    ],
    [
      'User: arn:aws:iam::1:user/ci is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action',
      'aws/no-identity-policy',
    ],
    [
      "ERROR: (ResourceNotFound) The Resource 'Microsoft.Web/sites/a' was not found. See https://aka.ms/ARMResourceNotFoundFix",
      'azure/resource-not-found',
    ],
    [
      'creating App: unexpected status 409 (409 Conflict) with error: MissingSubscriptionRegistration: The subscription is not registered',
      'azure/subscription-not-registered',
    ],
    [
      'Status: 400 - ApiError 21211: The number is not valid. More info: https://www.twilio.com/docs/errors/21211',
      'twilio/to-invalid',
    ],
  ])('is found by the one line that an SDK prints: %s', (line, id) => {
    expect(explained(line).id).toBe(id);
  });

  it('is no entry of its status where most codes of the API have no status', () => {
    const line =
      'BadRequest: 400 GET https://bigquery.googleapis.com/bigquery/v2/projects/p/queries/q: The job encountered an internal error during execution and was unable to complete successfully.';
    expect(explained(line)).toMatchObject({ category: 'server', id: 'http/internal-server-error' });
  });

  it('is the entry of its code where the one of its status asks for other words', () => {
    const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 403 };
    const found = explained(JSON.stringify({ ...status, message: 'deployments.extensions "demo" Forbidden' }));
    expect(found.id).toBe('kubernetes/not-found');
  });

  it('is said to look like one where only a code in a shape of many speaks for the API', () => {
    const { id, notes } = explained('{"errors":[{"code":"NAME_INVALID","message":"Name must not be empty"}]}');
    expect({ id, notes }).toEqual({ id: 'docker/name-invalid', notes: [expect.stringContaining('It looks like')] });
  });

  it.each([
    'An API error occurred: something went wrong',
    'An API error occurred: no_such_code_here',
    'An API error occurred: not_found',
    '{"errors":[{"code":"TOO_MANY_REQUESTS","message":"Slow down"}]}',
    '{"errors":[{"code":"FORBIDDEN","message":"You may not edit this order"}]}',
    'Field "name" is invalid: must not be empty',
    'GET https://shop.example/orders failed: unexpected status 404 with error: OrderNotFound: no order',
  ])('is not made of the words of others: %s', (line) => {
    const wellKnown = builtIn.known.apis.map(({ id }) => id);
    expect(wellKnown).not.toContain(explained(line).id?.split('/')[0]);
  });

  it('is not said to be of an API with the same shape', () => {
    const { id, notes } = explained(
      '{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}',
    );
    expect(id).toBe('openai/model-not-found');
    expect(notes.join()).not.toContain('victims');
  });

  it('has no cause confirmed by headers of a request that a line only names', () => {
    const { id, causes } = explained('npm error 404 Not Found - GET https://registry.npmjs.org/left-padd - Not found');
    expect(id).toBe('npm/not-found');
    expect(causes.map(({ verdict }) => verdict)).not.toContain('confirmed');
  });

  it('without a status is taken for a fault of the request where its code says no more', () => {
    const { id, category } = explained(
      '{"error":{"message":"Your schema has no properties.","type":"invalid_request_error","param":null,"code":null}}',
    );
    expect({ id, category }).toEqual({ id: 'openai/invalid-request', category: 'validation' });
  });

  it.each([
    [
      '{"type":"error","event_id":"event_1","error":{"type":"invalid_request_error","code":"string_above_max_length","message":"Invalid \'session.tools[3].description\': string too long.","param":"session.tools[3].description","event_id":null}}',
      'openai/string-too-long',
    ],
    [
      '{"event_id":"event_1","type":"error","error":{"type":"invalid_request_error","code":"session_expired","message":"Your session hit the maximum duration of 60 minutes.","param":null,"event_id":null}}',
      'openai/session-expired',
    ],
  ])('is told from another whose shape is wider by the members that it alone has: %s', (body, id) => {
    expect(explained(body)).toMatchObject({ id, api: 'openai' });
  });

  it('is none of an API whose errors lack a member that the body has', () => {
    const body = { type: 'error', error: { type: 'invalid_request_error', message: 'Bad picture' } };
    expect(explained(JSON.stringify(body)).id).toBe('anthropic/invalid-request');
    const other = { ...body, error: { ...body.error, code: '1210' } };
    expect(explained(JSON.stringify(other)).id?.startsWith('anthropic/') ?? false).toBe(false);
  });

  it('is each of a list of errors with their times', () => {
    const list = JSON.stringify([
      { error: 'Error: Request was aborted.\n    at abort (unknown)', timestamp: '2026-03-18T12:54:19.421Z' },
      {
        error:
          'Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n    at generate (cli.js:4:9)',
        timestamp: '2026-03-18T12:54:20.421Z',
      },
    ]);
    const found = [...readSavedErrors(list, '-')].map(({ exchange }) => diagnose(exchange, builtIn, { now: 0 }).id);
    expect(found).toEqual([null, 'anthropic/overloaded']);
  });

  it.each([
    [
      'a member of an answer',
      '{"status":false,"error":{"code":21705,"message":"The Sid is invalid.","more_info":"https:\\/\\/www.twilio.com\\/docs\\/errors\\/21705","status":400}}',
      'twilio/messaging-service-invalid',
    ],
    [
      'the line of an exception in a list',
      '[{"error":"Error: 429 {\\"type\\":\\"error\\",\\"error\\":{\\"type\\":\\"rate_limit_error\\",\\"message\\":\\"Slow down\\"},\\"request_id\\":null}\\n    at generate (cli.js:8:1)","timestamp":"2026-02-27T19:03:14.942Z"}]',
      'anthropic/rate-limit',
    ],
    [
      'a dump of PHP',
      'array:1 [▼\n  "error" => array:3 [▼\n    "name" => "INVALID_REQUEST"\n    "message" => "Request is not well-formed."\n    "debug_id" => "1968"\n    "details" => array:1 [▼\n      0 => array:2 [▼\n        "field" => "total"\n        "issue" => "INVALID_PARAMETER_VALUE"\n      ]\n    ]\n  ]\n]',
      'paypal/invalid-parameter-value',
    ],
  ])('is found by its shape in %s', (_, text, id) => {
    expect(explained(text).id).toBe(id);
  });
});

it('takes an error in the form of S3 from the host of another storage for none of AWS', () => {
  const said = (host: string) =>
    explained(
      `resulted in: GET https://${host}/a/b 404\n<?xml version="1.0"?><Error><Code>NoSuchTagSet</Code><Message>None.</Message></Error>`,
    ).id;
  expect(said('b.s3.amazonaws.com')).toBe('aws/s3-no-such-configuration');
  expect(said('b.1234.r2.cloudflarestorage.com')).toBe('http/not-found');
});
