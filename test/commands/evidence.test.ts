import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { run } from '../helpers/terminal.ts';

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

/** A request to the mock that is broken in one way, and what has to be seen in it. */
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
    /X-Tenant-ID is not a UUID/,
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
      /Why {4}The X-Tenant-ID header was not sent\.\n {2}Since {2}The request has no X-Tenant-ID header\.\n/,
    );
  });
});
