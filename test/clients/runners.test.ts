import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleIn } from '../helpers/examples.ts';
import { emptyFolder } from '../helpers/terminal.ts';
import { isInstalled } from './installed.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CLIENTS = fileURLToPath(new URL('node_modules/', import.meta.url));

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const status = request.url === '/missing' ? 404 : 429;
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' });
    response.end(status === 404 ? '{"message":"No such user"}' : '{"message":"Too many requests"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const TESTS = `
test('asserts a status', async () => { expect((await fetch(process.env.SERVER + '/missing')).status).toBe(200); });
test('lets a client throw', async () => { await axios.get(process.env.SERVER + '/'); });
test('fails for another reason', () => { expect(1).toBe(2); });
describe('a hook', () => {
  beforeEach(async () => { if (!(await fetch(process.env.SERVER + '/hook')).ok) throw new Error('The hook failed'); });
  test('does not run', () => {});
});
test('takes too long', () => new Promise(() => {}), 50);
test('expects the error', async () => { expect((await fetch(process.env.SERVER + '/missing')).status).toBe(404); });
`;

/** The example in the comment on an entry. */
const exampleOf = (entry: string) => exampleIn(readFileSync(join(ROOT, `src/runners/${entry}.ts`), 'utf8'));

/** A project with errprobe and a runner. */
function project(packages: Record<string, string>, files: Record<string, string>): string {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'node_modules/errprobe'), { recursive: true });
  // A copy, since what is linked finds the packages beside its original.
  cpSync(join(ROOT, 'dist'), join(cwd, 'node_modules/errprobe/dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(cwd, 'node_modules/errprobe/package.json'));
  for (const [name, from] of Object.entries({ ...packages, axios: join(CLIENTS, 'axios') }))
    symlinkSync(from, join(cwd, 'node_modules', name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

/** What a runner prints. */
const printed = (cwd: string, script: string, ...args: string[]) =>
  new Promise<string>((resolve) => {
    const env = { ...process.env, SERVER: url, NO_COLOR: '1', FORCE_COLOR: '0', VITEST: undefined, CI: '1' };
    const child = spawn(process.execPath, [script, ...args], { cwd, env: env as unknown as NodeJS.ProcessEnv });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.on('close', () => resolve(text));
  });

const withJest = (name: string) => {
  const environment = name === 'jest' ? 'jest-environment-node' : `${name}/node_modules/jest-environment-node`;
  const cwd = project(
    { 'jest-environment-node': join(CLIENTS, environment) },
    {
      'package.json': '{"jest":{"testEnvironment":"./environment.cjs"}}',
      'environment.cjs': exampleOf('jest'),
      'a.test.js': `const axios = require('axios/dist/node/axios.cjs');${TESTS}`,
    },
  );
  return printed(cwd, join(CLIENTS, name, 'bin/jest.js'));
};

const withVitest = (folder: string) => {
  const cwd = project(
    { vitest: folder },
    {
      'package.json': '{"type":"module"}',
      'vitest.config.js': exampleOf('vitest'),
      'a.test.js': `import axios from 'axios';${TESTS}`,
    },
  );
  return printed(cwd, join(folder, 'vitest.mjs'), 'run', '--globals');
};

const RUNNERS: Record<string, () => Promise<string>> = {
  'Jest 30': () => withJest('jest'),
  'Jest 29': () => withJest('jest-29'),
  'Vitest 4': () => withVitest(join(ROOT, 'node_modules/vitest')),
  'Vitest 3': () => withVitest(join(CLIENTS, 'vitest-3')),
};

describe.skipIf(!isInstalled)('the failure of a test', () => {
  it.each(Object.entries(RUNNERS))('in %s says why the request failed', async (_, run) => {
    const text = await run();
    expect(text).toMatch(/errprobe: 404 Not Found: .+\n +request: .+\n +says: .+\n +why: .+\n +do: /);
    expect(text).toMatch(/errprobe: 429 Too Many Requests: .+\n +request: .+\n +says: .+\n +why: .+\n/);
    expect(text).toMatch(/trying again helps later in 7 s: /);
    expect(text).toMatch(/request: GET http:.+\/missing, the last one that failed\n +says: No such user\n/);
    const failures = text.split(/\n.*(?: FAIL|^FAIL| ●) /m);
    const failure = (name: string) => failures.find((part) => part.split('\n', 1)[0]?.includes(name));
    expect(failure('does not run')).toContain('errprobe: 429');
    expect(failure('fails for another reason')).not.toContain('errprobe: ');
    expect(failure('takes too long')).not.toContain('errprobe: ');
    expect(text).toMatch(/1 passed/);
  });
});
