import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { Result } from '../../src/model/report.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

async function diagnosisOf(argv: string[]): Promise<Diagnosis> {
  const { stdout } = await run(['call', ...argv, '--format', 'json']);
  return JSON.parse(stdout).results[0].diagnosis;
}

const AUTH: Record<string, { path: string; header: string; prefix: string }> = {
  'raptor-comply': { path: '/cyber-assets', header: 'X-API-Key', prefix: '' },
  'elder-protection': { path: '/profiles', header: 'Authorization', prefix: 'Bearer ' },
  cryptocomply: { path: '/organizations/1/addresses', header: 'Authorization', prefix: 'Api-Key ' },
  victims: { path: '/v1/victims/1001', header: 'Authorization', prefix: 'Bearer ' },
};

const ELDER = ['--api', 'elder-protection'];

/** A request to the mock with one fault, and the evidence expected for it. */
const CASES: [what: string, argv: string[], evidence: RegExp][] = [
  ...Object.entries(AUTH).flatMap(([api, { path, header, prefix }]): [string, string[], RegExp][] => {
    const get = (value: string) => ['GET', path, '--api', api, '--mock', '-H', `${header}: ${value}`];
    return [
      [`${api}: no key`, get(''), new RegExp(`the request has no ${header} header`)],
      [`${api}: a variable that was not replaced`, get(`${prefix}$API_KEY`), /is a placeholder that was not replaced/],
      [`${api}: a text from the documentation`, get(`${prefix}YOUR_API_KEY`), /is a placeholder that was not replaced/],
      [`${api}: quotes around the key`, get(`${prefix}"demo-key"`), /has quotes around it/],
      [`${api}: white space in the key`, get(`${prefix}demo -key`), /has white space in it/],
      [`${api}: another scheme`, get('Basic ZGVtbw=='), /begins with Basic|has the word Basic before the key/],
      [
        `${api}: a token that has expired`,
        get(`${prefix}eyJhbGciOiJub25lIn0.${Buffer.from('{"exp":1700000000}').toString('base64url')}.x`),
        /the token expired at 2023-11-14/,
      ],
    ];
  }),
  [
    'elder-protection: no tenant',
    ['GET', '/profiles', '--mock', '--api', 'elder-protection', '-H', 'X-Tenant-ID:'],
    /the request has no X-Tenant-ID header/,
  ],
  [
    'elder-protection: a tenant that is no UUID',
    ['GET', '/profiles', '--mock', '--api', 'elder-protection', '-H', 'X-Tenant-ID: acme'],
    /X-Tenant-ID \(from --header\) is not a UUID/,
  ],
  [
    'raptor-comply: an id that was not filled in',
    ['GET', '/cyber-assets/{id}', '--mock', '--api', 'raptor-comply'],
    /the path has \{id\} in it/,
  ],
  [
    'victims: a prefix that stands twice',
    ['GET', '/v1/v1/victims/1001', '--mock', '--api', 'victims'],
    /the path has v1 twice/,
  ],
  ['victims: two slashes', ['GET', '/v1//victims/1001', '--mock', '--api', 'victims'], /two slashes in a row/],
  [
    'raptor-comply: a field under another name',
    ['POST', '/cyber-assets', '-d', '{"Name":"x"}', '--mock', 'unprocessable-entity', '--api', 'raptor-comply'],
    /the body has no \/name, but Name|the body has no \//,
  ],
  [
    'raptor-comply: a field of another name',
    [
      'POST',
      '/cyber-assets',
      '-d',
      '{"cyberSystemID":"x"}',
      '--mock',
      'unprocessable-entity',
      '--api',
      'raptor-comply',
    ],
    /the body has no \/cyberSystemId, but cyberSystemID$/,
  ],
  [
    'elder-protection: a field that is misspelt',
    ['POST', '/profiles', '-d', '{"custmer_id":"x"}', '--mock', 'validation-error', '--api', 'elder-protection'],
    /the body has no \/customer_id, but custmer_id$/,
  ],
  [
    'elder-protection: a review status that there is not',
    ['POST', '/signals/1/review', '-d', '{"status":"CONFIRM"}', '--mock', 'invalid-review-status', ...ELDER],
    /\/status of the request is none of CONFIRMED, DISMISSED; CONFIRMED comes nearest/,
  ],
  [
    'elder-protection: a weight out of range',
    ['POST', '/rules', '-d', '{"weight":7}', '--mock', 'invalid-weight', ...ELDER],
    /\/weight of the request is above 1/,
  ],
  [
    'elder-protection: a weight that is no number',
    ['POST', '/rules', '-d', '{"weight":"0.5"}', '--mock', 'invalid-weight', ...ELDER],
    /\/weight of the request is a string, and a number is wanted/,
  ],
  [
    'elder-protection: an id that is no UUID',
    ['GET', '/profiles/acme', '--mock', 'invalid-profile-id', ...ELDER],
    /what follows \/profiles\/ in the path is not a UUID/,
  ],
  [
    'elder-protection: two tenants',
    ['GET', '/profiles', '--mock', ...ELDER, '-H', 'X-Tenant-ID: 7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11, other'],
    /x-tenant-id \(from --header\) has 2 values/,
  ],
  [
    'victims: neither of two fields',
    ['POST', '/v1/victims/search', '-d', '{"q":"x"}', '--mock', 'validation-error', '--api', 'victims'],
    /the body has neither domains nor logins/,
  ],
];

describe('a request that is broken in one way', () => {
  it('is tried in more than 25 ways', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(25);
  });

  it.each(CASES)('has its cause first and confirmed: %s', async (_, argv, evidence) => {
    const { causes, cause } = await diagnosisOf(argv);
    expect(causes[0]).toMatchObject({ verdict: 'confirmed', evidence: expect.stringMatching(evidence) });
    expect(cause).toBe(causes[0]?.text);
    expect(causes.filter(({ verdict }) => verdict === 'confirmed')).toHaveLength(1);
  });

  it('shows the evidence below the cause', async () => {
    const { stderr } = await run([
      'call',
      'GET',
      '/profiles',
      '--api',
      'elder-protection',
      '--mock',
      '-H',
      'X-Tenant-ID:',
    ]);
    expect(stderr).toMatch(
      /Why {4}The X-Tenant-ID header is missing\.\n {2}Since {2}The request has no X-Tenant-ID header\.\n/,
    );
  });
});

const KEY = 'k-3f9a7c21d0';

/** A configured API that accepts one key. */
async function configured(config = '', answer?: RequestListener) {
  const { url, requests } = await serve(
    answer ??
      ((request, response) => {
        const ok = request.headers['x-api-key'] === KEY;
        response.writeHead(ok ? 200 : 401, { 'content-type': 'application/json' });
        const message = request.headers['x-api-key'] === undefined ? 'Missing X-API-Key header' : 'Invalid API key';
        response.end(JSON.stringify(ok ? {} : { error: 'Unauthorized', message }));
      }),
  );
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.errproberc.yaml'), `apis:\n  raptor-comply:\n    baseUrl: ${url}\n${config}`);
  const diagnose = async (env: Record<string, string>, argv: string[] = ['GET', '/cyber-assets']) => {
    const { stdout } = await run(['call', ...argv, '--api', 'raptor-comply', '--format', 'json'], { cwd, env });
    return JSON.parse(stdout).results[0] as Result;
  };
  return { url, requests, cwd, diagnose };
}

const first = ({ diagnosis }: Result) => diagnosis?.causes[0];

describe('a value that is at fault', () => {
  it.each<[string, string, string, RegExp]>([
    ['a variable', '', KEY.replace('-', ' '), /^the key from RAPTOR_COMPLY_API_KEY has white space in it$/],
    ['a line of the config', '    key: "\\"k-1\\""\n', '', /^the key from \.errproberc\.yaml:4 has quotes around it$/],
    [
      'a variable in the config',
      '    key: ${MINE}\n',
      '',
      /^the key from MINE \(\.errproberc\.yaml:4\) is a placeholder/,
    ],
  ])('is said to come from %s', async (_, config, key, evidence) => {
    const { diagnose } = await configured(config);
    const cause = first(
      await diagnose({ MINE: 'YOUR_API_KEY', ...(key === '' ? {} : { RAPTOR_COMPLY_API_KEY: key }) }),
    );
    expect(cause).toMatchObject({ verdict: 'confirmed', evidence: expect.stringMatching(evidence) });
  });

  it('may be the key of another API', async () => {
    const { diagnose } = await configured();
    const cause = first(await diagnose({ RAPTOR_COMPLY_API_KEY: 'k-other-1', VICTIMS_API_KEY: 'k-other-1' }));
    expect(cause?.evidence).toBe(
      'the key from RAPTOR_COMPLY_API_KEY is the same as the one from VICTIMS_API_KEY for victims',
    );
  });

  it('is suspected where it only looks so', async () => {
    const { diagnose } = await configured();
    const key = 'ghp_0123456789abcdefghij0123456789abcdef';
    const { diagnosis } = await diagnose({ RAPTOR_COMPLY_API_KEY: key });
    expect(diagnosis?.causes.filter(({ verdict }) => verdict === 'confirmed')).toEqual([]);
    expect(diagnosis?.causes[0]).toMatchObject({
      verdict: 'possible',
      evidence: 'the key from RAPTOR_COMPLY_API_KEY has the form of a key of GitHub',
    });
  });
});

describe('a command that puts a key right', () => {
  const sh = (line: string, cwd: string, env: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const bin = fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url));
      const script = `errprobe() { '${process.execPath}' '${bin}' "$@"; }\n${line}`;
      const child = spawn('sh', ['-c', script], { cwd, env: { PATH: process.env.PATH, HOME: cwd, ...env } });
      child.on('close', (code) => resolve(code ?? -1));
    });

  it.each<[string, string, string[]]>([
    ['quotes', `"${KEY}"`, []],
    ['white space', `${KEY.slice(0, 4)} ${KEY.slice(4)}`, []],
    ['a scheme', `Bearer ${KEY}`, []],
    ['another header', KEY, ['-H', 'X-API-Key:', '-H', `Authorization: Bearer ${KEY}`]],
    ['no key', KEY, ['-H', 'X-API-Key:']],
    ['a placeholder by hand', KEY, ['-H', 'X-API-Key: YOUR_API_KEY']],
  ])('works when it is pasted: %s', async (_, key, argv) => {
    const { cwd, diagnose } = await configured();
    const env = { RAPTOR_COMPLY_API_KEY: key };
    const { next, diagnosis } = await diagnose(env, ['GET', '/cyber-assets', ...argv]);
    expect(diagnosis?.causes[0]?.verdict).toBe('confirmed');
    expect(next).not.toContain(KEY);
    expect(await sh(next ?? '', cwd, env)).toBe(0);
  });
});

/** An API's response to a request, and the expected evidence. */
const ANSWERED: [what: string, api: string, argv: string[], status: number, body: unknown, evidence: RegExp][] = [
  [
    'a field of another type',
    'raptor-comply',
    ['POST', '/x', '-d', '{"siteId":"7"}'],
    422,
    { error: 'Unprocessable Entity', message: "Field 'siteId' must be an integer" },
    /^\/siteId of the request is a string, and an integer is wanted$/,
  ],
  [
    'a field of another type',
    'elder-protection',
    ['POST', '/profiles', '-d', '{"customer_id":7}'],
    400,
    { code: 'VALIDATION_ERROR', error: 'Bad Request', message: 'customer_id must be a string', status: 400 },
    /^\/customer_id of the request is an integer, and a string is wanted$/,
  ],
  [
    'a key of the sandbox',
    'elder-protection',
    ['GET', '/production/x', '-H', 'Authorization: Bearer sandbox-k-1'],
    403,
    { error: 'Forbidden', message: 'insufficient scope', status: 403 },
    /^the key from --header says that it is for tests, and the address that it is for production$/,
  ],
  [
    'a field that is not there',
    'cryptocomply',
    ['POST', '/x', '-d', '{"address":"a"}'],
    400,
    { blockchain: ['This field is required.'] },
    /^the body has no \/blockchain$/,
  ],
  [
    'a field of another type',
    'cryptocomply',
    ['POST', '/x', '-d', '{"limit":"ten"}'],
    400,
    { limit: ['A valid integer is required.', 'Not a valid integer.'] },
    /^\/limit of the request is a string, and an integer is wanted$/,
  ],
  [
    'a list that is too long',
    'victims',
    ['POST', '/x', '-d', '{"domains":["a","b","c"]}'],
    400,
    { error: { code: 'VALIDATION_ERROR', message: 'domains: list has 3 items, max 2', request_id: 'req_1' } },
    /^\/domains of the request has 3 items$/,
  ],
  [
    'a value that there is not',
    'victims',
    ['POST', '/x', '-d', '{"sort":"ascending"}'],
    400,
    { error: { code: 'VALIDATION_ERROR', message: 'sort must be one of: asc, desc', request_id: 'req_1' } },
    /^\/sort of the request is none of asc, desc/,
  ],
];

describe('an API that answers', () => {
  it.each(ANSWERED)('shows %s: %s', async (_what, api, argv, status, body, evidence) => {
    const { url } = await serve((_, response) => response.writeHead(status).end(JSON.stringify(body)));
    const cwd = emptyFolder();
    const headers = '{ X-Tenant-ID: 7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11 }';
    writeFileSync(
      join(cwd, '.errproberc.yaml'),
      `apis: { ${api}: { baseUrl: "${url}", key: ${KEY}, headers: ${headers} } }`,
    );
    const { stdout } = await run(['call', ...argv, '--api', api, '--format', 'json'], { cwd });
    const { causes = [] } = (JSON.parse(stdout).results[0] as Result).diagnosis ?? {};
    expect(causes[0]).toMatchObject({ verdict: 'confirmed', evidence: expect.stringMatching(evidence) });
    const others = causes.slice(1).filter(({ verdict }) => verdict === 'confirmed');
    expect(others.filter((cause) => !cause.evidence?.startsWith('the message reads'))).toEqual([]);
  });

  it.each<[string, string[], number, Record<string, string>, RegExp]>([
    ['no credentials', [], 401, { 'www-authenticate': 'Bearer' }, /^the request has no header with credentials$/],
    [
      'a type that is not that of the body',
      ['-d', '{"a":1}', '-H', 'Content-Type: text/plain'],
      400,
      {},
      /^the body is JSON, and Content-Type says text\/plain$/,
    ],
    ['no type', ['-d', '{"a":1}', '-H', 'Content-Type:'], 400, {}, /^the request has a body and no Content-Type$/],
    ['when to come back', [], 503, { 'retry-after': '7' }, /^Retry-After asks to come back in 7 s$/],
    ['a limit that is used up', [], 429, { 'x-ratelimit-remaining': '0' }, /remaining is 0$/i],
    ['a gateway in between', [], 502, { via: '1.1 edge' }, /^the answer has the header via: 1\.1 edge$/],
    ['a method that is not allowed', [], 405, { allow: 'PUT' }, /^the request is POST, and Allow has PUT$/],
    ['an Accept that cannot be met', ['-H', 'Accept: text/csv'], 406, {}, /^Accept takes only text\/csv$/],
  ])('shows %s although nothing is known of it', async (_, argv, status, headers, evidence) => {
    const { url } = await serve((_request, response) => response.writeHead(status, headers).end());
    const body = argv.includes('-d') ? [] : ['-d', '{}'];
    const { stdout } = await run(['call', 'POST', url, ...argv, ...body, '--format', 'json']);
    const causes = (JSON.parse(stdout).results[0] as Result).diagnosis?.causes ?? [];
    expect(causes.filter(({ verdict }) => verdict === 'confirmed')).toEqual([
      expect.objectContaining({ evidence: expect.stringMatching(evidence) }),
    ]);
    expect(causes[0]?.verdict).toBe('confirmed');
  });
});

describe('a redirect', () => {
  it('to another origin is why no key arrives', async () => {
    const other = await serve((_, response) => response.writeHead(401, { 'www-authenticate': 'Bearer' }).end());
    const { url, diagnose } = await configured('', (_, response) =>
      response.writeHead(302, { location: `${other.url}/x` }).end(),
    );
    const result = await diagnose({ RAPTOR_COMPLY_API_KEY: KEY });
    expect(first(result)).toMatchObject({
      verdict: 'confirmed',
      evidence: `the request has no X-API-Key header any more: a redirect led from ${url} to ${other.url}, and a key does not follow`,
    });
    expect(result.request?.headers['x-api-key']).toBeUndefined();
  });

  it('that is about a slash at the end is told with the command that has it', async () => {
    const { diagnose } = await configured('', ({ url = '' }, response) =>
      response.writeHead(308, { location: `${url}/` }).end(),
    );
    const result = await diagnose({ RAPTOR_COMPLY_API_KEY: KEY }, ['POST', '/cyber-assets', '-d', '{}']);
    expect(first(result)?.evidence).toBe('the server redirects to the path with a slash at its end');
    expect(result.next).toBe("errprobe call POST /cyber-assets/ --api raptor-comply -d '{}'");
  });

  it('may lead to a login page', async () => {
    const { diagnose } = await configured('', (_, response) =>
      response.writeHead(303, { location: 'https://id.example/login?back=1' }).end(),
    );
    const cause = first(await diagnose({ RAPTOR_COMPLY_API_KEY: KEY }, ['POST', '/cyber-assets', '-d', '{}']));
    expect(cause).toMatchObject({ verdict: 'confirmed', evidence: 'the redirect leads to https://id.example/login' });
  });
});

describe('what is around a request', () => {
  it('may be a connection that was cut in the middle of the body', async () => {
    const port = await serveTcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"a":[1,2')),
    );
    const { stdout } = await run(['call', 'GET', `http://127.0.0.1:${port}/`, '--format', 'json']);
    const cause = first(JSON.parse(stdout).results[0]);
    expect(cause).toMatchObject({ verdict: 'confirmed', evidence: 'the body begins as JSON and breaks off' });
  });

  it('may be a proxy that is not there', async () => {
    const cwd = emptyFolder();
    const env = { HTTP_PROXY: `http://127.0.0.1:${await closedPort()}` };
    const { stdout } = await run(['call', 'GET', 'http://api.example/x', '--format', 'json'], { cwd, env });
    const cause = first(JSON.parse(stdout).results[0]);
    expect(cause?.verdict).toBe('confirmed');
    expect(cause?.evidence).toMatch(/^the request goes through the proxy 127.0.0.1:\d+, which HTTP_PROXY names, and/);
  });

  it('may be a localhost that nothing listens on, on neither address', async () => {
    const { stdout } = await run(['call', 'GET', `http://localhost:${await closedPort()}/`, '--format', 'json']);
    const causes = (JSON.parse(stdout).results[0] as Result).diagnosis?.causes ?? [];
    const localhost = causes.find(({ text }) => text.startsWith('localhost'));
    // A machine without IPv6 has only one address.
    expect(localhost?.verdict).toMatch(/^(?:ruled-out|possible)$/);
    expect(localhost?.evidence).toMatch(/127\.0\.0\.1|::1/);
  });

  it('may be an API that wants an idempotency key', async () => {
    const { diagnose } = await configured('', (_, response) =>
      response.writeHead(400).end('{"error":"Bad Request","message":"Idempotency-Key is missing"}'),
    );
    const result = await diagnose({ RAPTOR_COMPLY_API_KEY: KEY }, ['POST', '/cyber-assets', '-d', '{}']);
    expect(first(result)?.verdict).toBe('confirmed');
    expect(result.next).toMatch(/ --idempotency-key auto$/);
  });
});
