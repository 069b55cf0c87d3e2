import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder } from '../helpers/terminal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const sh = (cwd: string, file: string, ...args: string[]) =>
  execFileSync(file, args, { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });

describe('the package', () => {
  const cwd = emptyFolder();

  beforeAll(() => {
    sh(ROOT, 'npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', cwd);
    const tarball = readdirSync(cwd).find((file) => file.endsWith('.tgz')) ?? '';
    writeFileSync(join(cwd, 'package.json'), '{"type":"module","private":true}');
    sh(cwd, 'npm', 'install', '--silent', '--no-audit', '--no-fund', `./${tarball}`);
  }, 120_000);

  it('has the command', () => {
    expect(sh(cwd, 'npx', 'errprobe', 'explain', 'KEY_LOCKED')).toContain('victims/key-locked');
    expect(sh(cwd, 'npx', 'errprobe', 'call', 'GET', '/cyber-assets', '--mock')).toContain('Inverter 1');
  });

  it('has the library', () => {
    writeFileSync(
      join(cwd, 'use.js'),
      `import { diagnose, readError, savedResponse } from 'errprobe';
      const body = '{"error":"Unauthorized","message":"API key has expired"}';
      const { id } = diagnose({ request: null, response: savedResponse(body, 401), failure: null });
      console.log(id, readError(body).message);`,
    );
    expect(sh(cwd, process.execPath, 'use.js')).toBe('raptor-comply/expired-api-key API key has expired\n');
  });

  it.each(['axios', 'fetch', 'got', 'undici'])('has an entry for %s, for import and require', (name) => {
    const made = `retrying${name[0]?.toUpperCase()}${name.slice(1)}`;
    writeFileSync(join(cwd, 'use.mjs'), `import { ${made} } from 'errprobe/${name}'; console.log(typeof ${made});`);
    writeFileSync(join(cwd, 'use.cjs'), `console.log(typeof require('errprobe/${name}').${made});`);
    expect(sh(cwd, process.execPath, 'use.mjs') + sh(cwd, process.execPath, 'use.cjs')).toBe('function\nfunction\n');
  });

  it('has types that a strict project accepts', () => {
    writeFileSync(
      join(cwd, 'use.ts'),
      `import { type Diagnosis, diagnose, explainError, type Knowledge, knowledge, readError, savedResponse } from 'errprobe';
      import { retryingFetch } from 'errprobe/fetch';
      import stripe from 'errprobe/known/stripe.json' with { type: 'json' };
      export const catalogs: Knowledge = { ...knowledge, apis: [stripe] };
      export const get: typeof fetch = retryingFetch({ retries: 2, onRetry: ({ waitMs }) => waitMs.toFixed() });
      export const explained: Promise<Diagnosis | null> = explainError(new Error());
      const found: Diagnosis = diagnose({ request: null, response: savedResponse('', 500), failure: null }, { api: 'victims' });
      export const advice: 'never' | 'backoff' | 'wait' | 'after-action' = found.retry.advice;
      export const code: string | null = readError({ code: 'X' }).code;
      // @ts-expect-error a status is a number
      savedResponse('', '500');`,
    );
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
    const options = [
      '--noEmit',
      '--ignoreConfig',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--target',
      'es2023',
    ];
    expect(sh(cwd, process.execPath, tsc, ...options, ...types, 'use.ts')).toBe('');
  });

  it('ships schemas, licence, the pages for users and nothing of the sources', () => {
    const folder = join(cwd, 'node_modules/errprobe');
    expect(readdirSync(folder).sort()).toEqual([
      ...['LICENSE', 'README.md', 'SECURITY.md', 'bin', 'dist', 'docs', 'package.json'],
    ]);
    expect(readdirSync(join(folder, 'dist/schema')).sort()).toEqual([
      'apis.json',
      ...['coverage', 'diff', 'entries', 'lint', 'list', 'site'].map((of) => `catalog-${of}.json`),
      'catalog.json',
      'checks.json',
      'config.json',
      'known-apis.json',
      'report.json',
      'triage-partial.json',
      'triage.json',
    ]);
  });

  it('has each well-known catalog once, and declarations of what can be imported only', () => {
    const files = readdirSync(join(cwd, 'node_modules/errprobe/dist'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('aws.json'))).toHaveLength(1);
    expect(files.filter((file) => /types\/(?:commands|terminal|triage)\b/.test(file))).toEqual([]);
    const bytes = files.reduce((sum, file) => sum + statSync(join(cwd, 'node_modules/errprobe/dist', file)).size, 0);
    expect(bytes).toBeLessThan(7_000_000);
    writeFileSync(
      join(cwd, 'known.mjs'),
      `import { knowledge } from 'errprobe'; console.log(knowledge.known.load('aws').id);`,
    );
    writeFileSync(join(cwd, 'known.cjs'), `console.log(require('errprobe').knowledge.known.load('aws').id);`);
    expect(sh(cwd, process.execPath, 'known.mjs') + sh(cwd, process.execPath, 'known.cjs')).toBe('aws\naws\n');
  });

  it('comes alone, with the licences of what is in it', () => {
    const others = readdirSync(join(cwd, 'node_modules')).filter(
      (name) => !name.startsWith('.') && name !== 'errprobe',
    );
    expect(others).toEqual([]);
    const licences = readFileSync(join(cwd, 'node_modules/errprobe/dist/THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const name of ['got', 'zod', 'yaml', 'commander', 'ajv'])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(licences).not.toMatch(/Licence: undefined/);
  });
});
