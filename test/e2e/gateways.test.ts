import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { isInstalled } from '../helpers/programs.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** Starts a server that is stopped after the test, and waits until it listens. */
async function start(program: string, argv: string[], port: number, cwd: string): Promise<void> {
  const child: ChildProcess = spawn(program, argv, {
    cwd,
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await new Promise((resolve) =>
      child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(null),
    );
  });
  for (let tries = 0; tries < 500; tries++) {
    if (await listens(port)) return;
    await delay(10);
  }
  throw new Error(`${program} does not listen`);
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function diagnosisOf(method: string, url: string, ...argv: string[]): Promise<Diagnosis> {
  const { stdout } = await run(['call', method, url, '--format', 'json', ...argv]);
  return JSON.parse(stdout).results[0].diagnosis;
}

describe.skipIf(!isInstalled('nginx'))('behind nginx (needs nginx)', () => {
  async function nginx(upstream: number): Promise<string> {
    const folder = emptyFolder();
    chmodSync(folder, 0o777);
    const port = await closedPort();
    writeFileSync(
      join(folder, 'nginx.conf'),
      `worker_processes 1; pid nginx.pid; error_log error.log; daemon off; master_process off;
events {}
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  limit_req_zone $binary_remote_addr zone=one:1m rate=1r/m;
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 100;
    proxy_read_timeout 300ms;
    location / { proxy_pass http://127.0.0.1:${upstream}; }
    location /limited { limit_req zone=one; return 204; }
    location /limited-429 { limit_req zone=one; limit_req_status 429; proxy_pass http://127.0.0.1:${upstream}; }
  }
}
`,
    );
    await start(
      'nginx',
      ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')],
      port,
      folder,
    );
    return `http://127.0.0.1:${port}`;
  }

  it('names nginx when the upstream is down', async () => {
    const diagnosis = await diagnosisOf('GET', await nginx(await closedPort()));
    expect(diagnosis).toMatchObject({
      status: 502,
      id: 'gateways/nginx-upstream',
      answeredBy: { kind: 'gateway', name: 'nginx' },
    });
  });

  it('names nginx when the upstream is silent', async () => {
    const diagnosis = await diagnosisOf('GET', await nginx(await serveTcp(() => {})));
    expect(diagnosis).toMatchObject({ status: 504, id: 'gateways/nginx-timeout', answeredBy: { name: 'nginx' } });
  });

  it('names nginx when the body is too large for it', async () => {
    const { url } = await serve((_, response) => response.end());
    const data = JSON.stringify({ text: 'x'.repeat(200) });
    const diagnosis = await diagnosisOf('POST', await nginx(Number(new URL(url).port)), '-d', data);
    expect(diagnosis).toMatchObject({
      status: 413,
      id: 'gateways/nginx-body-too-large',
      answeredBy: { name: 'nginx' },
    });
  });

  it('names nginx when it limits the rate', async () => {
    const { url } = await serve((_, response) => response.end());
    const base = await nginx(Number(new URL(url).port));
    await run(['call', 'GET', `${base}/limited-429`]);
    const diagnosis = await diagnosisOf('GET', `${base}/limited-429`);
    expect(diagnosis).toMatchObject({
      status: 429,
      id: 'gateways/gateway-rate-limit',
      category: 'rate-limit',
      answeredBy: { name: 'nginx' },
    });
  });

  it('does not take the answer of the API for that of nginx', async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(502).end('{"error":"Bad Gateway","message":"mine"}'),
    );
    const diagnosis = await diagnosisOf('GET', await nginx(Number(new URL(url).port)));
    expect(diagnosis.answeredBy.kind).toBe('unknown');
  });
});

describe.skipIf(!isInstalled('haproxy'))('behind HAProxy (needs haproxy)', () => {
  async function haproxy(upstream: number): Promise<string> {
    const folder = emptyFolder();
    const port = await closedPort();
    writeFileSync(
      join(folder, 'haproxy.cfg'),
      `defaults
  mode http
  timeout connect 1s
  timeout client 5s
  timeout server 300ms
  retries 0
frontend f
  bind 127.0.0.1:${port}
  default_backend b
backend b
  http-request deny if { path /denied }
  server s 127.0.0.1:${upstream}
`,
    );
    await start('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], port, folder);
    return `http://127.0.0.1:${port}`;
  }

  it.each<[number, string, string, () => Promise<number>]>([
    [503, '/', 'gateways/haproxy-no-server', closedPort],
    [504, '/', 'gateways/upstream-timeout', () => serveTcp(() => {})],
    [
      502,
      '/',
      'gateways/upstream-failed',
      () => serveTcp((socket) => socket.once('data', () => socket.end('nonsense\r\n\r\n'))),
    ],
    [403, '/denied', 'gateways/haproxy-forbidden', closedPort],
  ])('names HAProxy for its %d', async (status, path, id, upstream) => {
    const diagnosis = await diagnosisOf('GET', `${await haproxy(await upstream())}${path}`);
    expect(diagnosis).toMatchObject({ status, id, answeredBy: { kind: 'gateway', name: 'HAProxy' } });
  });
});

describe.skipIf(!isInstalled('squid'))('through Squid (needs squid)', () => {
  async function squid(rules: string): Promise<Record<string, string>> {
    const folder = emptyFolder();
    chmodSync(folder, 0o777);
    const port = await closedPort();
    writeFileSync(join(folder, 'hosts'), '127.0.0.1 api.example\n');
    writeFileSync(
      join(folder, 'squid.conf'),
      `http_port 127.0.0.1:${port}
hosts_file ${folder}/hosts
dns_nameservers 127.0.0.1
dns_timeout 1 seconds
cache deny all
access_log none
cache_log ${folder}/cache.log
pid_filename none
coredump_dir ${folder}
connect_timeout 1 seconds
read_timeout 1 seconds
${rules}
shutdown_lifetime 0 seconds
`,
    );
    await start('squid', ['-N', '-f', join(folder, 'squid.conf')], port, folder);
    return { HTTP_PROXY: `http://127.0.0.1:${port}`, HTTPS_PROXY: `http://127.0.0.1:${port}` };
  }

  it('gets an answer of the API', async () => {
    const { url } = await serve((_, response) => response.end('{"ok":1}'));
    const env = await squid('http_access allow all');
    const { code, stdout } = await run(['call', 'GET', `http://api.example:${new URL(url).port}/`], { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{"ok":1}' });
  });

  it.each<[string, string, string, () => Promise<number>]>([
    ['the API is down', 'http_access allow all', 'gateways/squid-connect', closedPort],
    ['a rule refuses it', 'http_access deny all', 'gateways/squid-access-denied', closedPort],
    [
      'the API says nothing',
      'http_access allow all',
      'gateways/squid-no-answer',
      () => serveTcp((socket) => socket.once('data', () => socket.end())),
    ],
  ])('names the proxy when %s', async (_, rules, id, upstream) => {
    const env = await squid(rules);
    for (const scheme of id.endsWith('no-answer') ? ['http'] : ['http', 'https']) {
      const url = `${scheme}://api.example:${await upstream()}/`;
      const { stdout } = await run(['call', 'GET', url, '--format', 'json'], { env });
      expect(JSON.parse(stdout).results[0].diagnosis, url).toMatchObject({
        id,
        answeredBy: { kind: 'proxy', name: 'Squid' },
      });
    }
  });
});
