import { describe, expect, it } from 'vitest';
import { parseHttpFile } from '../../src/checks/http-file.ts';

describe('a .http file', () => {
  it('has requests with names, headers, bodies and lines', () => {
    const { variables, requests } = parseHttpFile(`@base-url = https://api.example
@id = 7

### list things
GET {{base-url}}/things
  ?page=1
  &size=2 HTTP/1.1
Accept: application/json

### 
# @name create
// a comment
POST {{base-url}}/things HTTP/1.1
Content-Type: application/json
X-Id: {{$guid}}

{
  "id": {{id}}
}

> {%
  client.test("x", () => {});
%}

### bare
https://api.example/{{ id }}
`);
    expect(variables).toEqual({ base_url: 'https://api.example', id: '7' });
    expect(requests).toEqual([
      {
        name: 'list things',
        line: 5,
        method: 'GET',
        target: `\${base_url}/things?page=1&size=2 HTTP/1.1`.replace(' HTTP/1.1', ''),
        headers: { Accept: 'application/json' },
        body: null,
      },
      {
        name: 'create',
        line: 13,
        method: 'POST',
        target: `\${base_url}/things`,
        headers: { 'Content-Type': 'application/json', 'X-Id': `\${guid}` },
        body: `{\n  "id": \${id}\n}`,
      },
      { name: 'bare', line: 26, method: 'GET', target: `https://api.example/\${id}`, headers: {}, body: null },
    ]);
  });

  it('may be empty, or have only remarks', () => {
    expect(parseHttpFile('').requests).toEqual([]);
    expect(parseHttpFile('# nothing\n\n###\n// here\n').requests).toEqual([]);
  });
});
