import { describe, expect, it } from 'vitest';
import { readError } from '../../../src/diagnosis/read/read-error.ts';
import { parsed } from '../../../src/input/parsed.ts';
import { savedResponse } from '../../../src/model/exchange.ts';

describe('an error body of no known API', () => {
  it.each<[string, unknown, object]>([
    [
      'problem details (RFC 9457)',
      { type: 'https://example.net/out-of-credit', title: 'Out of credit', status: 403, detail: 'Balance is 30.' },
      { envelope: 'problem+json', code: 'https://example.net/out-of-credit', message: 'Balance is 30.', status: 403 },
    ],
    [
      'problem details without a type',
      { type: 'about:blank', title: 'Not Found', status: 404 },
      { code: null, message: 'Not Found' },
    ],
    ['code and message at the top', { code: 'E1', message: 'no' }, { envelope: 'generic', code: 'E1', message: 'no' }],
    ['a nested error', { error: { code: 42, message: 'no' } }, { code: '42', message: 'no' }],
    ['OAuth', { error: 'invalid_grant', error_description: 'expired' }, { code: 'invalid_grant', message: 'expired' }],
    ['a list of errors', { errors: [{ code: 'X', message: 'no' }] }, { code: 'X', message: 'no' }],
    ['a list of texts', { errors: ['Forbidden'] }, { code: null, message: 'Forbidden' }],
    [
      'a code and its subdivision',
      { order_response: { code: '40004', msg: 'Business failed', sub_code: 'TRADE_UNKNOWN' }, sign: 'abc' },
      { code: '40004', subcode: 'TRADE_UNKNOWN' },
    ],
    [
      'a decline code',
      { error: { code: 'declined', declineCode: 'stolen', message: 'no' } },
      { code: 'declined', subcode: 'stolen' },
    ],
    [
      'a subdivision that belongs to something else',
      { error: { code: 'E1', message: 'no' }, last: { sub_code: 'x' } },
      { subcode: null },
    ],
    ['a link', { message: 'no', documentation_url: 'https://docs.example' }, { docs: ['https://docs.example'] }],
    ['a wait in the body', { message: 'limited', retry_after: 1.5 }, { retryAfterMs: 1500 }],
    ['a line of text', 'upstream request timeout', { envelope: 'unknown', message: 'upstream request timeout' }],
    ['something that is no error', { items: [] }, { envelope: 'unknown', message: null, code: null }],
    ['members of wrong types', { error: [], message: {}, code: true }, { code: null, message: null }],
  ])('is read from %s', (_, body, expected) => {
    expect(readError(typeof body === 'string' ? body : JSON.stringify(body))).toMatchObject(expected);
  });

  it.each<[string, string, object]>([
    [
      'the heading where there is nothing else',
      '<html><title>T</title><h1>Bad\n Gateway</h1></html>',
      { message: 'Bad Gateway' },
    ],
    [
      'the sentence before the heading',
      '<h1>403 Forbidden</h1>\nNot from here.\n',
      { message: 'Not from here.', status: 403 },
    ],
    [
      'the paragraph before a signature',
      '<h1>Gone</h1><p>It was moved.</p><address>Apache/2.4</address>',
      { message: 'It was moved.' },
    ],
    [
      'what stands after a label',
      '<p><b>Type</b> Report</p><p><b>Message</b> No such order</p>',
      { message: 'No such order' },
    ],
    [
      'a quotation',
      '<h1>ERROR</h1><p>Something was encountered.</p><blockquote><b>Read Timeout</b></blockquote>',
      { message: 'Read Timeout' },
    ],
    [
      'the first line of a stack',
      '<title>Error</title><pre>Error: lost<br> &nbsp;at x (y.js:1:2)</pre>',
      { message: 'lost' },
    ],
    [
      'what is left of a paragraph without whom to contact',
      '<h1>Page Blocked</h1><p>Policy forbids this site. Please contact your system administrator.</p>',
      { message: 'Policy forbids this site.' },
    ],
    [
      'a code, a message and an id in a list',
      '<h1>404 Not Found</h1><ul><li>Code: NoSuchKey</li><li>Message: It is not there.</li><li>Request ID: 7N3KQ0Z1</li></ul>',
      { code: 'NoSuchKey', message: 'It is not there.', requestId: '7N3KQ0Z1' },
    ],
    [
      'what shows where no script runs',
      '<title>tunnel</title><div id="root"></div><noscript>The endpoint is offline.</noscript>',
      { message: 'The endpoint is offline.' },
    ],
    [
      'the sentence rather than a button',
      '<div><a href="/">Retry again</a></div><p>Your address is denied.</p><noscript>Enable JavaScript.</noscript>',
      { message: 'Your address is denied.' },
    ],
  ])('is read from a page: %s', (_, body, expected) => {
    const { page } = parsed(savedResponse(`<!doctype html>${body}`));
    expect(readError(body, undefined, { headers: {}, status: null, ...(page && { page }) })).toMatchObject({
      envelope: 'html',
      ...expected,
    });
  });

  it.each([
    ['ngrok-error-code', 'ERR_NGROK_3200', 'ERR_NGROK_3200'],
    ['x-acme-error-code', '404', null],
    ['x-error-message', 'It is gone', null],
  ])('has its code in the header %s: %s', (name, value, code) => {
    expect(readError('', undefined, { headers: { [name]: value }, status: 404 }).code).toBe(code);
  });

  it.each<[string, string, object]>([
    [
      'the exception that ends a traceback',
      'Traceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: too short',
      { message: 'too short' },
    ],
    [
      'a fatal error of PHP',
      'PHP Fatal error:  Uncaught Error: no such thing in /srv/a.php:2\nStack trace:',
      { message: 'Error: no such thing' },
    ],
    [
      'the sentence below the phrase',
      'Request Entity Too Large\n\nexceeds 1000\n\n(generated by waitress)',
      { message: 'exceeds 1000' },
    ],
    ['a number and a phrase', '401: Unauthorized', { message: 'Unauthorized' }],
  ])('is read from a text: %s', (_, body, expected) => {
    expect(readError(body)).toMatchObject(expected);
  });
});

it('reads the error of a service that another passed on as text, also without a code', () => {
  const inner = JSON.stringify({ message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' });
  expect(readError({ code: 401, error: inner })).toMatchObject({ envelope: 'github', message: 'Bad credentials' });
  expect(readError({ code: 401, error: JSON.stringify({ message: 'Bad credentials' }) }).envelope).toBe('generic');
});
