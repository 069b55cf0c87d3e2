import { describe, expect, it } from 'vitest';
import { knowledgeOf } from '../../../src/catalogs/index.ts';
import { contentOf } from '../../../src/diagnosis/read/content.ts';
import { readContent } from '../../../src/diagnosis/read/read-error.ts';
import { softError } from '../../../src/diagnosis/read/soft-error.ts';
import { readResponse } from '../../../src/diagnosis/reading.ts';
import { parsed } from '../../../src/input/parsed.ts';
import { savedResponse } from '../../../src/model/exchange.ts';
import { casesOf, type Labelled } from '../../accuracy/score.ts';
import { serve } from '../../helpers/server.ts';
import { run } from '../../helpers/terminal.ts';

const soft = (body: unknown, status = 200, headers = {}) => {
  const response = parsed(savedResponse(typeof body === 'string' ? body : JSON.stringify(body), status, headers));
  const exchange = { request: null, response, failure: null };
  return readResponse(exchange, response, knowledgeOf([]), {}).soft;
};

describe('the successes among the labelled answers', () => {
  const answers = casesOf('assorted', new URL('../../../fixtures/corpus/', import.meta.url)).filter(
    ({ status }) => status === 200,
  );
  const seen = (one: Labelled) => soft(one.body, 200, one.headers);

  it('are never called failures', () => {
    const fine = answers.filter(({ name }) => name.startsWith('ok-'));
    expect(fine.length).toBeGreaterThan(60);
    expect(fine.filter((one) => seen(one) !== null).map(({ name }) => name)).toEqual([]);
  });

  it('are told from those that failed', () => {
    const failed = answers.filter(({ name }) => !name.startsWith('ok-'));
    const missed = failed.filter((one) => seen(one) === null).map(({ name }) => name);
    expect([missed.length / failed.length < 0.13, missed]).toEqual([true, missed]);
  });
});

describe('a success that failed', () => {
  it.each<[string, unknown, number, object]>([
    ['GraphQL', { errors: [{ message: 'no', path: ['a'] }], data: { a: null } }, 200, {}],
    ['GraphQL, in part', { errors: [{ message: 'no', path: ['a'] }], data: { a: null, b: 1 } }, 294, {}],
    [
      'userErrors',
      { data: { productCreate: { userErrors: [{ field: ['title'], message: "can't be blank" }] } } },
      200,
      {},
    ],
    ['Slack', { ok: false, error: 'not_authed' }, 200, {}],
    ['JSend', { status: 'fail', data: { title: 'required' } }, 200, {}],
    ['success: false', { success: false, msg: 'no' }, 200, {}],
    ['JSON-RPC', { jsonrpc: '2.0', id: 1, error: { code: -32600, message: 'no' } }, 200, {}],
    ['a bulk request', { took: 3, errors: true, items: [] }, 200, {}],
    ['a trailer of gRPC', '', 200, { 'grpc-status': '14' }],
    ['Lambda', { errorMessage: 'boom', errorType: 'Error' }, 200, { 'x-amz-function-error': 'Unhandled' }],
    ['errcode', { errcode: 40013, errmsg: 'invalid appid' }, 200, {}],
    ['an error with code and message', { error: { code: 498, message: 'Invalid Token' } }, 200, {}],
    ['a challenge', '', 202, { 'x-amzn-waf-action': 'challenge' }],
    [
      'a page to log in',
      '<html><form><input name=p type="password"></form></html>',
      200,
      { 'content-type': 'text/html' },
    ],
    ['a page of a firewall', 'The requested URL was rejected. Please consult with your administrator.', 200, {}],
    [
      'an error code that is a word',
      { header: { time: 0.1, messages: 'Shop not there', error_code: 'S404' }, data: null },
      200,
      {},
    ],
    [
      'a status that is titled an error',
      { response: { status: { title: 'Error', code: 1101, detail: 'It has one' } } },
      200,
      {},
    ],
    [
      'a code that begins as those of errors do',
      { head: { responseCode: 'E1203', responseMessage: 'It is blocked' } },
      200,
      {},
    ],
    [
      'a code written as one word',
      { exception: 'a\\b', errorcode: 'invalidtoken', message: 'Token not found' },
      200,
      {},
    ],
    ['a lettered code without data', { code: 'A0230', msg: 'it has run out', data: null }, 200, {}],
    ['what a function was to answer with', { statusCode: 403, body: { message: 'Missing role' } }, 200, {}],
    ['a return that failed', { ret: ['FAIL_SYS_TOKEN::it has run out'], data: {} }, 200, {}],
    ['a negative number and a sentence', '-1: not enough credit', 200, { 'content-type': 'text/plain' }],
    ['errno', { errno: 110, errmsg: 'Access token invalid' }, 200, {}],
    ['a code beside msg and data', { code: 40001, msg: 'token expired', data: null }, 200, {}],
    ['a part of a batch', { Failed: [{ Id: '1', Code: 'InternalError' }], Successful: [] }, 200, {}],
    ['JSON that breaks off', '{"items":[{"id":1},{"id":', 200, { 'content-type': 'application/json' }],
    ['an event named error', 'event: error\ndata: {"message":"overloaded"}\n\n', 200, {}],
    [
      'a stream that ends with an error',
      'data: {"choices":[]}\n\ndata: {"error":{"message":"The server had an error","type":"server_error"}}\n\n',
      200,
      { 'content-type': 'text/event-stream' },
    ],
    [
      'the end of a stream of Connect',
      '\0\0\0\0\u0002{}\u0002\0\0\0\u0030{"error":{"code":"unavailable","message":"overloaded"}}',
      200,
      { 'content-type': 'application/connect+json' },
    ],
  ])('is seen in %s', (_, body, status, headers) => {
    expect(soft(body, status, headers)).not.toBeNull();
  });

  it.each<[string, unknown, number, object]>([
    ['a success', { id: 1 }, 200, {}],
    ['a success with a member named error', { error: null, errors: [], message: 'created' }, 201, {}],
    ['a run that failed', { id: 47, status: 'failed', failure_reason: 'script_failure' }, 200, {}],
    ['errors that were asked for', { GetErrorsResponse: { Result: { Error: { Id: 1, Text: 'Disk full' } } } }, 200, {}],
    [
      'a report about files',
      { results: [{ file: 'a.js', errors: [{ rule: 'x', message: 'x is not there' }] }] },
      200,
      {},
    ],
    ['the status of a page that was visited', { url: 'https://a.example', status: 404, title: 'Not Found' }, 200, {}],
    ['a code that says that there is none', { error_code: 'E0000', message: 'All is well' }, 200, {}],
    ['a lettered code of a success', { code: 'A0000', msg: 'it is done', data: null }, 200, {}],
    ['a code of a thing with a message', { code: 'SPRING', message: '10 % off until Sunday' }, 200, {}],
    ['a list of things that are errors', [{ code: 'E1', message: 'a logged error' }], 200, {}],
    ['a record with a message', { message: 'hello', detail: 'x' }, 200, {}],
    ['success: true', { success: true, ok: true, status: 'ok' }, 200, {}],
    ['GraphQL that succeeded', { data: { a: 1 }, errors: [] }, 200, {}],
    ['errcode 0', { errcode: 0, errmsg: 'ok' }, 200, {}],
    ['no content', '', 204, {}],
    ['a trailer that says OK', '', 200, { 'grpc-status': '0' }],
    ['a page', '<html>hello</html>', 200, { 'content-type': 'text/html' }],
    ['a plain error status', { ok: false, error: 'x' }, 400, {}],
    ['code 200 beside msg and data', { code: 200, msg: 'ok', data: {} }, 200, {}],
    ['a code of a thing', { code: 40001, name: 'a voucher' }, 200, {}],
    ['a batch that succeeded', { Failed: [], Successful: [{ Id: '1' }], FailedRecordCount: 0 }, 200, {}],
    ['a stream', 'event: done\ndata: {"ok":true}\n\n', 200, { 'content-type': 'text/event-stream' }],
    ['text with colons', 'data: all fine\nid: 7\n', 200, { 'content-type': 'text/plain' }],
    ['JSON that breaks off at the size limit of a length', '{"a":', 200, { 'content-length': '5' }],
    ['JSON with comments', '{"a": 1} // fine', 200, { 'content-type': 'application/json' }],
    ['an empty body of Caddy', '', 200, { server: 'Caddy' }],
  ])('is not seen in %s', (_, body, status, headers) => {
    expect(soft(body, status, headers)).toBeNull();
  });

  it.each<[string, boolean, string, boolean]>([
    ['a page of an API that is known', true, '<!doctype html><title>Welcome</title>', true],
    ['the page of a site under a path of its API', false, '<!doctype html><div id="root"></div>', true],
    ['a plain page under such a path', false, '<!doctype html><title>Docs</title>', false],
  ])('is seen in %s: %s', (_, known, body, expected) => {
    const request = { method: 'GET', url: 'https://site.example/api/things', headers: {}, body: null };
    const response = savedResponse(body, 200, { 'content-type': 'text/html' });
    const content = contentOf(response);
    const error = readContent(content, response);
    const found = softError({ request, response, content, error, answerer: null, known });
    expect(found).toBe(expected ? 'the body is a page, not JSON' : null);
  });

  it('has an entry of its own for each way that the body itself is wrong', async () => {
    const idOf = async (type: string, body: string) => {
      const { stdout } = await run(['explain', '--format', 'json'], {
        input: `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n\r\n${body}`,
      });
      return JSON.parse(stdout).results[0].diagnosis.id;
    };
    expect(await idOf('text/html', '<html><input type="password"></html>')).toBe('http/login-page');
    expect(await idOf('application/json', '{"items":[')).toBe('http/body-breaks-off');
    expect(await idOf('application/json', '{"ok":false}')).toBe('http/soft-error');
    expect(await idOf('application/json', '{"UnprocessedItems":{"a":[1]}}')).toBe('services/aws-unprocessed');
    expect(await idOf('application/json', '{"FailedRecordCount":1,"Records":[{"ErrorCode":"X"}]}')).toBe(
      'services/partial-failure',
    );
  });

  it('ends a call with 9 and is explained', async () => {
    const { url } = await serve((_, response) => response.end('{"ok":false,"error":"missing_scope"}'));
    const { code, stderr, stdout } = await run(['call', 'GET', url]);
    expect(code).toBe(9);
    expect(stdout).toBe('{"ok":false,"error":"missing_scope"}');
    expect(stderr).toContain('slack/missing-scope');
    const other = await serve((_, response) => response.end('{"success":false,"msg":"no"}'));
    expect((await run(['call', 'GET', other.url])).code).toBe(9);
  });
});
