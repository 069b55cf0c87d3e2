import { describe, expect, it } from 'vitest';
import { Secrets } from '../src/secrets/secrets.ts';

const SECRET = 'p@ss "wörd"/+=?&\\x';

const secrets = () => {
  const registered = new Secrets();
  registered.add(SECRET);
  return registered;
};

describe('a registered secret', () => {
  it.each([
    ['plain', SECRET],
    ['in JSON', JSON.stringify({ key: SECRET })],
    ['in JSON with escapes for what is not ASCII', JSON.stringify(SECRET).replaceAll('ö', '\\u00f6')],
    ['in a URL', `https://x.example/?key=${encodeURIComponent(SECRET)}`],
    ['in a URL with small hexadecimal digits', encodeURIComponent(SECRET).toLowerCase()],
    ['in a form', new URLSearchParams({ a: 'pass word-and-more' }).toString()],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['in hexadecimal digits', Buffer.from(SECRET).toString('hex')],
  ])('does not come out %s', (_, text) => {
    const registered = secrets();
    registered.add('pass word-and-more');
    expect(registered.redact(`before ${text} after`)).toMatch(/\[redacted\]/);
    expect(registered.redact(text)).not.toContain(SECRET);
  });

  it.each([0, 1, 2, 3, 4, 5])('does not come out of base64 behind %d other bytes', (length) => {
    const key = 'k-0123456789abcdef';
    const registered = new Secrets();
    registered.add(key);
    const text = Buffer.from(`${'u'.repeat(length)}${key}:tail`).toString('base64');
    const decoded = Buffer.from(registered.redact(text).replaceAll('[redacted]', ''), 'base64').toString();
    expect(decoded).not.toContain(key.slice(3, -3));
  });

  it('does not come out of bytes, which otherwise stay as they are', () => {
    const bytes = Buffer.from([255, 0, 27]);
    const redactor = secrets().bytes();
    const out = [redactor.push(Buffer.concat([bytes, Buffer.from(SECRET), bytes])), redactor.end()];
    expect(Buffer.concat(out)).toEqual(Buffer.concat([bytes, Buffer.from('[redacted]'), bytes]));
  });

  it('leaves nothing behind when it contains another', () => {
    const registered = new Secrets();
    registered.add('abcd');
    registered.add('abcdefgh');
    expect(registered.redact('abcdefgh')).toBe('[redacted]');
  });

  it('is found without the white space around it', () => {
    const registered = new Secrets();
    registered.add('  abcdefgh\n');
    expect(registered.redact('x abcdefgh y')).toBe('x [redacted] y');
  });

  it('that is too short to tell from text is left alone', () => {
    const registered = new Secrets();
    registered.add('a');
    expect(registered.redact('banana')).toBe('banana');
  });
});

describe('a secret that nobody registered', () => {
  const x = (length: number) => 'aB3dE5fG7hJ9kL1mN0pQ'.repeat(3).slice(0, length);
  const redact = (text: string) => new Secrets().redact(text);

  it.each([
    `sk_live_${x(24)}`,
    `rk_test_${x(24)}`,
    `whsec_${x(32)}`,
    `sk-ant-api03-${x(40)}`,
    `sk-proj-${x(40)}`,
    `sk-${x(48)}`,
    `ghp_${x(36)}`,
    `github_pat_${x(40)}`,
    `glpat-${x(20)}`,
    `xoxb-1234567890-${x(24)}`,
    'AKIAIOSFODNN7EXAMPLE',
    `AIza${x(35)}`,
    `SG.${x(22)}.${x(43)}`,
    `shpat_${'0a1b2c3d'.repeat(4)}`,
    `npm_${x(36)}`,
    `hf_${x(34)}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${x(43)}`,
  ])('is known by its looks: %s', (secret) => {
    for (const text of [
      secret,
      `Incorrect API key provided: ${secret}.`,
      JSON.stringify({ message: `key=${secret}` }),
    ]) {
      expect(redact(text)).not.toContain(secret.slice(0, 14));
      expect(redact(text)).toContain('[redacted]');
    }
  });

  it('is known by the member that holds it', () => {
    const body = {
      access_token: 'a1b2c3d4e5',
      client_secret: 'Zyx9wvut',
      password: 'Hunter2Hunter2',
      api_key: 'ABCdef123',
    };
    expect(JSON.parse(redact(JSON.stringify(body)))).toEqual(
      Object.fromEntries(Object.keys(body).map((name) => [name, '[redacted]'])),
    );
  });

  it.each<[string, string]>([
    ['{"token":"aB3dE5fG7h"}', 'a member'],
    ['{"sessionId":"aB3dE5fG7h"}', 'a member in camel case'],
    ['{"message":"{\\"client_secret\\": \\"aB3dE5fG7h\\"}"}', 'JSON in JSON'],
    ['{"token":"aB3dE5fG7h\\/aB3dE5fG7h"}', 'a slash that is escaped'],
    ['grant_type=x&client_secret=aB3dE5fG7h&a=b', 'a form'],
    ['GET /x?access_token=aB3dE5fG7h HTTP/1.1', 'a query'],
    ['X-Vault-Token: aB3dE5fG7h', 'a header'],
    ['Ocp-Apim-Subscription-Key: aB3dE5fG7h', 'a header with a key'],
    ['DB_PASSWORD=aB3dE5fG7h', 'a variable'],
    ['got Bearer aB3dE5fG7haB3dE5fG7h.', 'the name of a scheme'],
    ['postgres://me:aB3dE5fG7h@db/x', 'a URL with a password'],
  ])('is known by what stands before it: %s', (text) => {
    expect(redact(text)).not.toContain('aB3dE5fG7h');
    expect(redact(text)).toContain('[redacted]');
  });

  it.each([
    '{"max_tokens":4096,"total_tokens":"12345678"}',
    '{"next_token":"aB3dE5fG7h","pageToken":"aB3dE5fG7h","Idempotency-Key":"aB3dE5fG7h"}',
    '{"primary_key":"aB3dE5fG7h","code":"ERR_12345","password_policy":"Min8Chars"}',
    'Unexpected token: Identifier1 at line 3',
    'Bearer authentication-required, Basic realm=Files2024',
    'access-control-allow-credentials: true',
    'https://example.com:8443/a@b?u=http://x:y',
    'idempotency-key: 00000000-0000-4000-8000-000000000001',
    '{"password":"has-too-few-characters"}',
    'RAPTOR_COMPLY_API_KEY=$(printf %s "$RAPTOR_COMPLY_API_KEY")',
    '{"keyboard":"qwertz-105-Keys","monkey":"Abc12345"}',
    '{"password":["This field is required."],"message":"password: is too short"}',
    '{"password":"must have at least 8 characters and 1 digit"}',
    '{"token_type":"Bearer12","api_key":"expired"}',
    'req_01HZXK3Q7N8YV6F3M2P9JABCDE',
    '00000000-0000-4000-8000-000000000000',
    'task-0123456789abcdefghijklmnop',
    'disk-usage-of-the-second-volume-in-this-rack',
    'https://docs.example/sk_live_keys',
    'errprobe/report@1 services/stripe-rate-limit',
    'eyJust a name',
    'AKIA is a prefix',
  ])('is not seen in what is none: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('stays in a body that is piped on, where only registered ones are hidden', () => {
    const bytes = Buffer.from(`{"access_token":"ghp_${x(36)}"}`);
    expect(new Secrets().bytes().push(bytes)).toBe(bytes);
  });

  it.each(['eyJ-', 'sk- ', '"a":"', '\\"a', 'token=', '://', 'Bearer ', 'a.b-c', '"token":"\\\\'])(
    'is looked for in time that grows with the text: %s',
    (part) => {
      const text = part.repeat(50_000);
      expect(redact(text) === text).toBe(true);
    },
  );
});

it('hides a secret with a backslash where a URL has slashes for it', () => {
  const secrets = new Secrets();
  secrets.add('qXvV$x3V3\\ZJ6Z!53Zz');
  for (const slashes of ['/', '//'])
    expect(secrets.redact(`/next/qXvV$x3V3${slashes}ZJ6Z!53Zz`)).toBe('/next/[redacted]');
});

it('hides the texts in a secret that is JSON, since readers take it apart', () => {
  const secrets = new Secrets();
  secrets.add('{"type":"service_account","private_key":"1VqQ5jKx"}');
  expect(secrets.redact('a service_account with 1VqQ5jKx')).toBe('a service_account with [redacted]');
});
