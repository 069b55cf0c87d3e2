import { describe, expect, it } from 'vitest';
import { savedResponse } from '../../src/diagnosis/exchange.ts';
import { readError } from '../../src/diagnosis/read-error.ts';
import { softError } from '../../src/diagnosis/soft-error.ts';
import { serve } from '../helpers/server.ts';
import { run } from '../helpers/terminal.ts';

const soft = (body: unknown, status = 200, headers = {}) => {
  const response = savedResponse(typeof body === 'string' ? body : JSON.stringify(body), status, headers);
  return softError(response, readError(response.body, undefined, response));
};

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
  ])('is seen in %s', (_, body, status, headers) => {
    expect(soft(body, status, headers)).not.toBeNull();
  });

  it.each<[string, unknown, number, object]>([
    ['a success', { id: 1 }, 200, {}],
    ['a success with a member named error', { error: null, errors: [], message: 'created' }, 201, {}],
    ['a list of things that are errors', [{ code: 'E1', message: 'a logged error' }], 200, {}],
    ['a record with a message', { message: 'hello', detail: 'x' }, 200, {}],
    ['success: true', { success: true, ok: true, status: 'ok' }, 200, {}],
    ['GraphQL that succeeded', { data: { a: 1 }, errors: [] }, 200, {}],
    ['errcode 0', { errcode: 0, errmsg: 'ok' }, 200, {}],
    ['no content', '', 204, {}],
    ['a trailer that says OK', '', 200, { 'grpc-status': '0' }],
    ['a page', '<html>hello</html>', 200, { 'content-type': 'text/html' }],
    ['a plain error status', { ok: false, error: 'x' }, 400, {}],
  ])('is not seen in %s', (_, body, status, headers) => {
    expect(soft(body, status, headers)).toBeNull();
  });

  it('ends a call with 9 and is explained', async () => {
    const { url } = await serve((_, response) => response.end('{"ok":false,"error":"missing_scope"}'));
    const { code, stderr, stdout } = await run(['call', 'GET', url]);
    expect(code).toBe(9);
    expect(stdout).toBe('{"ok":false,"error":"missing_scope"}');
    expect(stderr).toContain('services/slack-missing-scope');
    const other = await serve((_, response) => response.end('{"success":false,"msg":"no"}'));
    expect((await run(['call', 'GET', other.url])).code).toBe(9);
  });
});
