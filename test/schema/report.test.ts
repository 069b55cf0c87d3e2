import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { closedPort } from '../helpers/server.ts';
import { run } from '../helpers/terminal.ts';

const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../dist/schema/${name}`, import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: false, validateFormats: false });

describe('the published schema of the report', () => {
  const validate = ajv.compile(schema('report.json'));

  it.each([
    ['a success', ['call', 'GET', '/cyber-assets', '--mock']],
    ['retries', ['call', 'GET', '/cyber-assets', '--mock', '500,500,500', '--retry', '2']],
    ['a finding', ['call', 'POST', '/cyber-assets', '--mock', '--header', 'X-API-Key: ', '--data', '{}']],
    ['an error', ['call', 'GET', '/cyber-assets', '--mock', 'unprocessable-entity']],
    ['a dry run', ['call', 'GET', '/cyber-assets', '--mock', '--dry-run', '--retry']],
    ['an explanation', ['explain', '{"error":"x"}']],
    ['a looked-up code', ['explain', 'RATE_LIMIT_EXCEEDED']],
    ['a usage error', ['explain', 'NO_SUCH_CODE']],
    ['an unknown option', ['call', '--nope']],
  ])('holds for %s', async (_, argv) => {
    const { stdout } = await run([...argv, '--format', 'json']);
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
  });

  it('holds when there was no answer', async () => {
    const { stdout } = await run(['call', 'GET', `http://127.0.0.1:${await closedPort()}`, '--format', 'json']);
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
  });

  it('rejects what is not a report', () => {
    expect(validate({ schema: 'errprobe/report@1' })).toBe(false);
  });
});

describe('the published schemas of lists of APIs', () => {
  it.each([
    ['apis.json', ['apis']],
    ['known-apis.json', ['apis', '--known']],
  ])('hold: %s', async (name, argv) => {
    const validate = ajv.compile(schema(name));
    const { stdout } = await run([...argv, '--format', 'json'], { env: { TWILIO_ACCOUNT_SID: 'AC1' } });
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
    expect(validate({ schema: 'errprobe/report@1' })).toBe(false);
  });
});

describe('the published schema of the config', () => {
  const validate = ajv.compile(schema('config.json'));

  it('takes a config and rejects an unknown key', () => {
    expect(
      validate({ api: 'victims', apis: { victims: { key: '${K}', timeout: '30s' } }, retry: { maxWait: '60s' } }),
    ).toBe(true);
    expect(validate({ apis: { victims: { baseurl: 'x' } } })).toBe(false);
    expect(validate({ retry: { maxWait: 60 } })).toBe(false);
  });
});
