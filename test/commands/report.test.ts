import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

describe('a ticket', () => {
  it('has what the support of an API asks for', async () => {
    const cwd = emptyFolder();
    const argv = ['call', 'GET', '/cyber-assets', '--mock', '429,500', '--retry', '1', '--report', 'ticket.md'];
    expect((await run(argv, { cwd })).code).toBe(5);
    const ticket = readFileSync(join(cwd, 'ticket.md'), 'utf8');
    for (const part of [
      /^## 500 /,
      /- \*\*API:\*\* Raptor Comply/,
      /- \*\*Endpoint:\*\* `GET http:\/\/127\.0\.0\.1:\d+\/cyber-assets`/,
      /- \*\*Request IDs:\*\* `00000000-0000-4000-8000-000000000001`/,
      /- Attempt 1 of 2 at 2026-03-01T12:00:00\.000Z: 429 in /,
      /- Attempt 2 of 2 at 2026-03-01T12:00:01\.\d+Z: 500 in /,
      /"error": "Internal Server Error"/,
      /-H "x-api-key: \$X_API_KEY"/,
      /For support@raptormaps/,
    ]) {
      expect(ticket.replaceAll('&#8203;', '')).toMatch(part);
    }
    expect(ticket).not.toContain('demo-key');
  });

  it('is made from a saved report, which has more than the body', async () => {
    const cwd = emptyFolder();
    await run(['call', 'GET', '/v1/victims/1001', '--mock', 'key-locked', '--report', 'call.json'], { cwd });
    const { code, stdout } = await run(['report', 'call.json'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^## 403 API key is temporarily locked\n/);
    expect(stdout).toContain('`GET http://127.0.0.1:');
    expect((await run(['report', 'call.json', '--format', 'json'], { cwd })).stdout).toContain('"victims/key-locked"');
  });

  it('cannot be broken out of, and has no secret that the server echoes', async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(400, { 'content-type': 'text/plain', 'x-echo': String(request.headers.authorization) });
      response.end('```\n# owned @everyone <script>\n````\nsk_live_51Habcdefghijklmnop');
    });
    const cwd = emptyFolder();
    await run(['call', 'GET', url, '-H', 'Authorization: Bearer my-own-key-1234', '--report', 't.md'], { cwd });
    const ticket = readFileSync(join(cwd, 't.md'), 'utf8');
    expect(ticket).not.toMatch(/my-own-key-1234|sk_live_51H/);
    expect(ticket).toContain('`````\n```\n# owned @everyone <script>\n````\n[redacted]\n`````');
  });

  it('says when there is nothing to report', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'x.json'), '{"fine":true}');
    const { stdout } = await run(['report', 'x.json'], { cwd });
    expect(stdout).toMatch(/No error/);
  });
});
