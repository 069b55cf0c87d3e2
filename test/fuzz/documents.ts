/** Documents that `catalog import` reads, by the name of their file. */
export const DOCUMENTS: Record<string, string> = {
  'd.md': `# Errors

| Status | Code | Meaning | What to do |
|---|---|---|---|
| 404 | \`NOT_FOUND\` | There is no such order. | Look at the [list][orders]. |
| 429 | \`TOO_FAST\` | Too many requests. | Wait for \`Retry-After\` seconds. |

## 409 Conflict {#conflict}

The order changed. Do not retry.

- \`LOCKED\`: somebody edits it
  1. Wait a minute.

\`\`\`json
{ "error": { "code": "LOCKED", "message": "order 7 is locked" } }
\`\`\`

[orders]: https://api.example.com/orders
`,
  'd.mdx': `---
title: Errors
---
import { Tabs } from './tabs'

<Accordion title="401 Unauthorized">
The key is missing. <b>Send it</b> in \`X-Api-Key\`.
</Accordion>

<ResponseField name="code" type="string">\`BAD_KEY\`</ResponseField>

:::note
Never retry.
:::
`,
  'd.rst': `Errors
======

.. list-table::
   :header-rows: 1

   * - Code
     - Description
   * - \`\`E1\`\`
     - The |thing| is bad.

.. http:get:: /orders

   :statuscode 404: there is no order

.. code-block:: json

   {"code": "E1"}

=====  ===========
Code   Meaning
=====  ===========
E2     It is worse
=====  ===========
`,
  'd.html': `<!doctype html><html><head><title>Errors &amp; codes</title></head><body><nav>Home</nav><main>
<h2 id="a">Errors</h2><table><thead><tr><th>Code<th>Description</tr></thead>
<tr><td rowspan="2"><code>E_A</code><td colspan="2">It is bad.<br>Fix it.</tr><tr><td>again</tr></table>
<dl><dt>403 <code>DENIED</code></dt><dd>You may not.</dd></dl><pre>{"code":"E_A","message":"bad"}</pre>
<script>alert(1)</script></main></body></html>`,
  'd.txt': `404 NOT_FOUND - there is no such thing\n429 TOO_FAST: wait\n\nE_BAD\n  The value is bad.\n`,
  'd.yaml': `openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: "https://api.example.com/v1" }]
paths:
  /orders/{id}:
    get:
      responses:
        "404": { $ref: "#/components/responses/NotFound" }
        "429":
          description: Too many requests
          headers: { Retry-After: { schema: { type: integer } } }
        default: { $ref: "d.json#/components/responses/Bad" }
components:
  responses:
    NotFound:
      description: There is no such order
      content:
        application/problem+json:
          schema: { allOf: [{ $ref: "#/components/schemas/Error" }, { properties: { code: { const: NOT_FOUND } } }] }
          examples: { a: { value: { code: NOT_FOUND, message: none } } }
  schemas:
    Error:
      type: object
      required: [code]
      properties: { code: { $ref: "#/components/schemas/Code" }, message: { type: string }, inner: { $ref: "#/components/schemas/Error" } }
    Code: { type: string, enum: [NOT_FOUND, LOCKED], x-enum-descriptions: { LOCKED: It is locked } }
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
`,
  'd.json': JSON.stringify({
    swagger: '2.0',
    info: { title: 'Old', version: '1' },
    host: 'old.example.com',
    paths: { '/a': { get: { responses: { 400: { description: 'bad', schema: { $ref: '#/definitions/E' } } } } } },
    definitions: { E: { properties: { code: { type: 'string', enum: ['A', 'B'] } } } },
    components: { responses: { Bad: { description: 'bad', $ref: '#/components/responses/Bad' } } },
  }),
  'botocore.json': JSON.stringify({
    version: '2.0',
    metadata: { endpointPrefix: 'shop', protocol: 'rest-json', serviceId: 'Shop' },
    operations: { Get: { name: 'Get', errors: [{ shape: 'Gone' }] } },
    shapes: {
      Gone: {
        type: 'structure',
        members: { message: { shape: 'S' } },
        error: { httpStatusCode: 410, code: 'Gone' },
        exception: true,
        documentation: '<p>It is <b>gone</b>.</p>',
      },
      S: { type: 'string' },
    },
  }),
  'smithy.json': JSON.stringify({
    smithy: '2.0',
    shapes: {
      'a.b#Throttled': {
        type: 'structure',
        members: { message: { target: 'smithy.api#String' } },
        traits: {
          'smithy.api#error': 'client',
          'smithy.api#httpError': 429,
          'smithy.api#retryable': { throttling: true },
          'smithy.api#documentation': 'Too fast.',
        },
      },
    },
  }),
  'd.proto': `syntax = "proto3";
package shop.v1;
// Errors of the shop.
enum ErrorReason {
  ERROR_REASON_UNSPECIFIED = 0;
  // The order is locked. Wait.
  LOCKED = 1 [(errors.code) = 409];
  GONE = 2; // it is gone
}
`,
  'd.csv': `code,status,description,resolution\nE1,404,"There is ""none"", so",Look\nE2,429,Too fast,Wait\n`,
  'r.json': JSON.stringify([
    { code: 'E1', httpStatus: 404, message: 'none', description: 'There is none.', retryable: false },
    { code: 'E2', httpStatus: 503, message: 'busy', description: 'Wait.', retryable: true },
  ]),
  'r.yaml': `errors:\n  E1: { status: 404, message: none, cause: There is none. }\n  E2: { status: 429, message: slow }\n`,
};

/** Messages of the Model Context Protocol, one a line, after the handshake. */
export const MESSAGES = [
  { method: 'tools/list', params: {} },
  {
    method: 'tools/call',
    params: { name: 'explain', arguments: { error: '{"code":"E1"}', status: 404, api: 'victims' } },
  },
  { method: 'tools/call', params: { name: 'catalog_search', arguments: { words: 'rate limit', api: 'victims' } } },
  { method: 'tools/call', params: { name: 'catalog_show', arguments: { error: 'victims/key-locked' } } },
  {
    method: 'tools/call',
    params: { name: 'call', arguments: { api: 'victims', method: 'POST', path: '/a', body: '{}' } },
  },
  { method: 'tools/call', params: { name: 'triage', arguments: { file: 'app.log' } } },
  { method: 'ping' },
  { method: 'resources/list', params: {} },
].map((message, i) => JSON.stringify({ jsonrpc: '2.0', id: i + 2, ...message }));

export const HANDSHAKE = [
  '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}',
  '{"jsonrpc":"2.0","method":"notifications/initialized"}',
];

/** Requests to the mock, as bytes. */
export const REQUESTS = [
  'GET /profiles?limit=1 HTTP/1.1\r\nHost: a\r\nX-API-Key: demo-key\r\nConnection: close\r\n\r\n',
  'POST /profiles HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{"a":"b"}',
  'PATCH //a:b/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'GET /profiles HTTP/1.0\r\nAuthorization: Bearer expired-demo-key\r\nExpect: 100-continue\r\n\r\n',
];
