import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, run } from '../helpers/terminal.ts';

const YAML = `id: crates
name: Crates API
version: 2
docs: { page: Crates }
hosts: [crates.example.com]
envelope: { code: /code, message: /message }
entries:
  - { id: gone, match: { status: 404, code: GONE }, category: not-found, title: Gone, source: { doc: page, section: A } }
  - id: no-lid
    match: { status: 404, code: GONE, operation: "GET /crates/{id}/lids" }
    category: not-found
    title: There is no lid
    source: { doc: page, section: A }
`;

it('tells operations apart in lines that are alike', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'crates.yaml'), YAML);
  writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: [crates.yaml]\n');
  const line = (n: number, end: string) =>
    JSON.stringify({
      request: { method: 'GET', url: `https://crates.example.com/crates/${n}${end}` },
      response: { status: 404, headers: {}, body: { code: 'GONE', message: `x ${n}` } },
    });
  const lines = Array.from({ length: 60 }, (_, n) => line(n, n % 3 === 0 ? '/lids' : ''));
  writeFileSync(join(cwd, 'app.log'), `${lines.join('\n')}\n`);
  const { stdout } = await run(['triage', 'app.log', '--format', 'json'], { cwd });
  expect(
    Object.fromEntries(
      [...stdout.matchAll(/"id": "(crates\/[^"]*)"[^}]*?"count": (\d+)/g)].map(([, id, n]) => [id, n]),
    ),
  ).toEqual({
    'crates/gone': '40',
    'crates/no-lid': '20',
  });
});
