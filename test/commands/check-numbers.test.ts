import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

async function answering(body: string, status = 400) {
  const { url, requests } = await serve((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  });
  return { url, requests };
}

/** Runs one check against a body. */
async function check(body: string, expectation: string, extra = '') {
  const { url, requests } = await answering(body, 200);
  const cwd = emptyFolder();
  const file = `checks:\n  - name: x\n    request: GET ${url}/\n    expect: ${expectation}\n${extra.replaceAll('$URL', url)}`;
  writeFileSync(join(cwd, 'errprobe.checks.yaml'), file);
  return { ...(await run(['check', '--format', 'json'], { cwd })), requests, cwd };
}

const BIG =
  '{"id":12345678901234567890,"ratio":1.10,"far":1e400,"list":[12345678901234567890],"ids":[12345678901234567890,12345678901234567891],"same":[1.0,1]}';

describe('a check compares numbers by their exact decimal values', () => {
  it.each([
    ['{ json: { /id: 12345678901234567890 } }', true],
    ['{ json: { /id: 12345678901234567891 } }', false],
    ['{ json: { /id: 12345678901234567890.0 } }', true],
    ['{ json: { /id: 1234567890123456789e1 } }', true],
    ['{ json: { /id: { equals: 12345678901234567891 } } }', false],
    ['{ json: { /list: [12345678901234567890] } }', true],
    ['{ json: { /list: [12345678901234567891] } }', false],
    [
      '{ json: { "": { equals: { id: 12345678901234567891, ratio: 1.1, far: 1e400, list: [12345678901234567890], ids: [12345678901234567890, 12345678901234567891], same: [1, 1] } } } }',
      false,
    ],
    [
      '{ json: { "": { equals: { far: 10e399, list: [12345678901234567890], ratio: 1.1, id: 12345678901234567890, same: [1, 1], ids: [12345678901234567890, 12345678901234567891] } } } }',
      true,
    ],
    ['{ json: { /ratio: 1.1 } }', true],
    ['{ json: { /far: 1e400 } }', true],
    ['{ json: { /far: 1e401 } }', false],
    ['{ json: { /far: { type: integer } } }', true],
    ['{ json: { /id: { type: integer } } }', true],
    ['{ json: { /ratio: { type: integer } } }', false],
    ['{ json: { /id: { type: number } } }', true],
    ['{ json: { /id: { type: object } } }', false],
    ['{ json: { /id: "12345678901234567890" } }', false],
    ['{ json: { /list: { length: 1 } } }', true],
  ])('%s', async (expectation, passes) => {
    const { stdout } = await check(BIG, expectation);
    expect((JSON.parse(stdout) as Report).results[0]?.check?.outcome).toBe(passes ? 'passed' : 'failed');
  });

  it('and says them as they were written, in every report', async () => {
    const { stdout, cwd } = await check(BIG, '{ json: { /id: 12345678901234567891 } }');
    expect((JSON.parse(stdout) as Report).results[0]?.check?.unmet).toEqual([
      {
        what: 'json /id',
        expected: '12345678901234567891',
        actual: '12345678901234567890',
        around: expect.stringContaining('"id":12345678901234567890,"ratio":1.10,'),
      },
    ]);
    const formats = ['junit', 'tap', 'markdown', 'html'];
    const { stdout: pretty } = await run(
      ['check', ...formats.flatMap((format) => ['--report', `${format}=${format}`])],
      { cwd },
    );
    for (const text of [pretty, ...formats.map((format) => readFileSync(join(cwd, format), 'utf8'))]) {
      expect(text).toContain('12345678901234567891');
      expect(text).toContain('12345678901234567890');
    }
  });

  it.each([
    ['{"properties":{"id":{"const":12345678901234567890}}}', true],
    ['{"properties":{"id":{"const":12345678901234567891}}}', false],
    ['{"properties":{"id":{"enum":[1,12345678901234567891]}}}', false],
    ['{"properties":{"id":{"enum":[1,12345678901234567890.0]}}}', true],
    ['{"properties":{"id":{"maximum":12345678901234567889}}}', false],
    ['{"properties":{"id":{"minimum":12345678901234567890}}}', true],
    ['{"properties":{"id":{"exclusiveMinimum":12345678901234567890}}}', false],
    ['{"properties":{"list":{"items":{"const":12345678901234567891}}}}', false],
    ['{"properties":{"ids":{"uniqueItems":true}}}', true],
    ['{"properties":{"same":{"uniqueItems":true}}}', false],
    ['{"properties":{"far":{"type":"number"},"id":{"type":"integer"},"ratio":{"const":1.1}}}', true],
  ])('also by the JSON Schema %s', async (schema, passes) => {
    const { url } = await answering(BIG, 200);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 's.json'), schema);
    writeFileSync(
      join(cwd, 'errprobe.checks.yaml'),
      `checks: [{name: x, request: GET ${url}/, expect: {schema: s.json}}]`,
    );
    const { stdout } = await run(['check', '--format', 'json'], { cwd });
    expect((JSON.parse(stdout) as Report).results[0]?.check?.outcome).toBe(passes ? 'passed' : 'failed');
  });
});

describe('a number goes out as it was written', () => {
  it('when a check captures it for a path, a query or a body', async () => {
    const bodies: string[] = [];
    const { url, requests } = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        bodies.push(body);
        response.writeHead(200, { 'content-type': 'application/json' }).end(BIG);
      });
    });
    const cwd = emptyFolder();
    const file = `
variables: { base: "${url}", code: 12345678901234567892 }
checks:
  - { name: a, request: "GET \${base}/", capture: { id: /id, ratio: /ratio, list: /list } }
  - name: b
    request:
      method: POST
      path: \${base}/{id}/{big}
      params: { id: "\${id}", big: 12345678901234567893 }
      query: { r: "\${ratio}", v: 1.20 }
      headers: { x-code: "\${code}", content-type: application/json }
      body: { "10": 12345678901234567894, "2": 1.30, list: ["\${list}", 1e400], id: "\${id}" }
  - { name: c, request: { method: POST, path: "\${base}/", headers: { content-type: application/json }, body: '{"id":\${id}}' } }
`;
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), file);
    const { code, stdout } = await run(['check', '--jobs', '1'], { cwd });
    expect(stdout).toContain('3 passed');
    expect(code).toBe(0);
    const post = requests.find(({ url }) => url?.includes('12345678901234567893'));
    expect(post?.url).toBe('/12345678901234567890/12345678901234567893?r=1.10&v=1.20');
    expect(post?.headers['x-code']).toBe('12345678901234567892');
    expect(bodies).toContain(
      '{"10":12345678901234567894,"2":1.30,"list":["[12345678901234567890]",1e400],"id":"12345678901234567890"}',
    );
    expect(bodies).toContain('{"id":12345678901234567890}');
  });
});
