import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emptyFolder } from '../helpers/terminal.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const page = read('docs/pipelines.md');
const version: string = JSON.parse(read('package.json')).version;

/** The block of the page below a heading that contains a text. */
function block(heading: string, containing = ''): string {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  const found = [...section.matchAll(/```\w+\n([\s\S]*?)```/g)].find(([text]) => text.includes(containing));
  return found?.[1] ?? '';
}

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const ok = request.url === '/ok';
    response.writeHead(ok ? 200 : 404, { 'content-type': 'application/json' }).end(ok ? '{}' : '{"message":"gone"}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** A project with two checks, of which one fails, and an npx that runs errprobe as it was built. */
function project(): string {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'bin'));
  const npx = `#!/bin/sh\n[ "$1" = --yes ] && shift\ncase $1 in errprobe | errprobe@${version}) ;; *) exit 99 ;; esac\nshift\n`;
  writeFileSync(join(cwd, 'bin/npx'), `${npx}exec "${process.execPath}" "${join(ROOT, 'bin/errprobe.js')}" "$@"\n`);
  writeFileSync(join(cwd, 'bin/npm'), '#!/bin/sh\n[ "$*" = ci ]\n');
  for (const name of ['npx', 'npm']) chmodSync(join(cwd, 'bin', name), 0o755);
  const checks = ['ok', 'gone'].map(
    (path) => `  - { name: ${path}, request: GET ${url}/${path}, expect: { status: 200 } }`,
  );
  writeFileSync(join(cwd, 'errprobe.checks.yaml'), `checks:\n${checks.join('\n')}\n`);
  return cwd;
}

/** Runs lines of a job as a runner does. */
function runs(cwd: string, script: string, env: Record<string, string> = {}) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
    const options = { cwd, env: { PATH: `${join(cwd, 'bin')}:${process.env.PATH}`, HOME: cwd, ...env } };
    execFile('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], options, (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('the action', () => {
  const action = parse(read('action.yml'));
  const [step, upload] = action.runs.steps;
  const defaults = Object.fromEntries(
    Object.entries(action.inputs as Record<string, { default: string }>).map(([name, input]) => [name, input.default]),
  );
  const envOf = (inputs: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(step.env as Record<string, string>).map(([name, value]) => {
        const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
        return [name, { ...defaults, ...inputs }[input] ?? ''];
      }),
    );

  it('runs the checks with annotations, a step summary and an HTML report', async () => {
    const cwd = project();
    const summary = join(cwd, 'summary.md');
    writeFileSync(summary, '');
    const runner = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { code, stdout, stderr } = await runs(cwd, step.run, { ...envOf({}), ...runner });
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stdout + stderr).toMatch(/^::error /m);
    expect(readFileSync(summary, 'utf8')).toContain('gone');
    expect(readFileSync(join(cwd, 'errprobe.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    expect(upload.with.path).toBe('${{ inputs.working-directory }}/${{ inputs.report }}');
    expect(step['working-directory']).toBe('${{ inputs.working-directory }}');
    expect(upload.uses).toMatch(/@[0-9a-f]{40}$/);
  });

  it('is of this version, and takes inputs for no part of its script', async () => {
    expect(defaults.version).toBe(version);
    expect(step.run).not.toContain('${{');
    const cwd = project();
    const hostile = '$(touch pwned) `touch pwned` ; touch pwned #';
    for (const name of ['files', 'arguments', 'report', 'version'])
      await runs(cwd, step.run, envOf({ [name]: hostile }));
    expect(existsSync(join(cwd, 'pwned'))).toBe(false);
  });

  it('uses the version that the project has installed', async () => {
    const cwd = project();
    mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true });
    writeFileSync(join(cwd, 'node_modules/.bin/errprobe'), '');
    const { code, stderr } = await runs(cwd, step.run, envOf({ version: 'none', arguments: '--name ok' }));
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });

  it('takes several files and options', async () => {
    const cwd = project();
    const { code, stderr } = await runs(cwd, step.run, envOf({ files: '*.yaml\n', arguments: '--name ok\n--quiet' }));
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });
});

describe('the component of GitLab', () => {
  const [spec = '', template = ''] = read('templates/check.yml').split(/^---$/m);
  const inputs = parse(spec).spec.inputs as Record<string, { default: string; description: string }>;
  /** The job for some inputs, which GitLab puts into the values of the parsed template. */
  const jobFor = (given: Record<string, string>) =>
    JSON.parse(
      JSON.stringify(parse(template)).replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name) =>
        JSON.stringify(given[name] ?? inputs[name]?.default ?? '?').slice(1, -1),
      ),
    ).errprobe as {
      script: string[];
      variables: Record<string, { value: string; expand: boolean }>;
      artifacts: { reports: { junit: string } };
    };
  const runJob = (cwd: string, { script, variables }: ReturnType<typeof jobFor>) =>
    runs(
      cwd,
      script.join('\n'),
      Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value])),
    );

  it('runs the checks and writes a JUnit report', async () => {
    for (const { description } of Object.values(inputs)) expect(description).toMatch(/\.$/);
    expect(inputs.version?.default).toBe(version);
    const job = jobFor({});
    const cwd = project();
    const { code } = await runJob(cwd, job);
    expect(code).toBe(1);
    expect(readFileSync(join(cwd, job.artifacts.reports.junit), 'utf8')).toContain('failures="1"');
    expect((await runJob(cwd, jobFor({ files: '*.yaml', arguments: '--name ok --quiet' }))).code).toBe(0);
  });

  it('takes inputs for no part of its script, and expands no variable in them', async () => {
    const cwd = project();
    for (const name of ['files', 'arguments', 'version']) {
      const job = jobFor({ [name]: '$(touch pwned) `touch pwned` ; touch pwned #' });
      expect(job.script).toEqual(jobFor({}).script);
      expect(Object.values(job.variables).every(({ expand }) => expand === false)).toBe(true);
      await runJob(cwd, job);
    }
    expect(existsSync(join(cwd, 'pwned'))).toBe(false);
  });
});

describe('the page', () => {
  const scripts: Record<string, string[]> = {
    'GitHub Actions': [parse(block('GitHub Actions', 'npx'))[0].run],
    'GitLab CI': parse(block('GitLab CI', 'npm ci')).api.script,
    Jenkins: [...block('Jenkins').matchAll(/sh '(.*)'/g)].map(([, line = '']) => line),
    'Azure Pipelines': parse(block('Azure')).steps.flatMap(({ script }: { script?: string }) => script ?? []),
  };
  it.each(Object.entries(scripts))('shows a job for %s that runs as printed', async (_, lines) => {
    const cwd = project();
    expect(lines.length).toBeGreaterThan(0);
    const { code } = await runs(cwd, lines.join('\n'));
    expect(code).toBe(1);
    expect(['errprobe.xml', 'errprobe.html'].some((file) => existsSync(join(cwd, file)))).toBe(true);
  });
});

const docker = (...args: string[]) => spawnSync('docker', args, { cwd: ROOT, encoding: 'utf8' });
/** Where a Docker daemon runs and can fetch the image that this one is based on. */
const hasDocker = docker('info').status === 0 && docker('pull', '--quiet', 'node:22-slim').status === 0;

describe.skipIf(!hasDocker)('the image (needs Docker, and node:22-slim)', () => {
  it('explains and checks as a user without rights', () => {
    expect(docker('build', '--quiet', '--tag', 'errprobe-test', '.').status).toBe(0);
    expect(docker('run', '--rm', 'errprobe-test', 'explain', '429').stdout).toContain('Too many requests');
    expect(docker('run', '--rm', '--entrypoint', 'id', 'errprobe-test', '-un').stdout).toBe('node\n');
    expect(docker('run', '--rm', 'errprobe-test', 'check', '--mock').status).not.toBe(125);
  }, 600_000);
});
