import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { resolveApi } from '../../src/config/resolve.ts';
import { prepare, type Wanted } from '../../src/http/request.ts';
import { reasonToWithhold } from '../../src/http/travel.ts';
import { UsageError } from '../../src/model/errors.ts';
import { apiOf } from '../helpers/apis.ts';

const SECRET = 'k-3141592653589793';
const apis = builtIn.apis.map(apiOf);
const raptor = apis.find(({ id }) => id === 'raptor-comply') ?? null;
const cryptocomply = apis.find(({ id }) => id === 'cryptocomply') ?? null;

const settings = (key: string | null = SECRET) =>
  resolveApi(raptor, [], key === null ? {} : { RAPTOR_COMPLY_API_KEY: key });

const prepared = (wanted: Partial<Wanted>, of = settings()) =>
  prepare(
    {
      method: 'GET',
      target: '/cyber-assets',
      query: [],
      headers: {},
      headersFrom: '--header',
      data: null,
      idempotencyKey: null,
      requestId: 'id-1',
      version: '1.2.3',
      ...wanted,
    },
    of,
  );

describe('a request', () => {
  it('goes to the base URL with the key as the catalog says, and with the defaults', () => {
    expect(prepared({}).request).toEqual({
      method: 'GET',
      url: 'https://api.raptormaps.com/cyber-assets',
      headers: {
        accept: 'application/problem+json, application/json;q=0.9, */*;q=0.5',
        'user-agent': 'errprobe/1.2.3',
        'x-request-id': 'id-1',
        'x-api-key': SECRET,
      },
      body: null,
    });
  });

  it('puts the key behind the scheme word of the API', () => {
    const own = {
      ...resolveApi(cryptocomply, [], { CRYPTOCOMPLY_API_KEY: SECRET }),
      baseUrl: 'https://c.example/api/',
      hosts: ['c.example'],
    };
    const { request } = prepared({ target: 'addresses' }, own);
    expect(request.url).toBe('https://c.example/api/addresses');
    expect(request.headers.authorization).toBe(`Api-Key ${SECRET}`);
  });

  it('carries a body as JSON unless told otherwise', () => {
    expect(prepared({ data: '{}' }).request.headers['content-type']).toBe('application/json');
    expect(prepared({ data: 'a', headers: { 'Content-Type': 'text/plain' } }).request.headers['content-type']).toBe(
      'text/plain',
    );
  });

  it('adds to a query that is there', () => {
    expect(prepared({ target: '/a?b=1', query: [['c', 'x y&z']] }).request.url).toBe(
      'https://api.raptormaps.com/a?b=1&c=x+y%26z',
    );
  });

  it('leaves a header out when its value is empty, the key included', () => {
    const { request, withKey } = prepared({ headers: { 'X-API-Key': '', Accept: '' } });
    expect(withKey).toBe(false);
    expect(Object.keys(request.headers)).toEqual(['user-agent', 'x-request-id']);
  });
});

describe('the key', () => {
  it.each([
    ['a host of the API', 'https://api.raptormaps.com/x', null],
    ['another host', 'https://evil.example/x', 'not a host'],
    ['another port of the host', 'https://api.raptormaps.com:8443/x', 'not a host'],
    ['a host that only ends alike', 'https://api.raptormaps.com.evil.example/x', 'not a host'],
    ['the host in clear text', 'http://api.raptormaps.com/x', 'not encrypted'],
  ])('for %s', (_, url, reason) => {
    const found = reasonToWithhold({ kind: 'key' }, new URL(url), {
      kind: 'start',
      hosts: settings().hosts,
      api: 'raptor-comply',
      chosenBy: 'user',
    });
    if (reason === null) expect(found).toBeNull();
    else expect(found).toContain(reason);
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost:3000', 'http://[::1]:80'])(
    'may go to %s in clear text',
    (url) => {
      const { host } = new URL(url);
      const found = reasonToWithhold({ kind: 'key' }, new URL(url), {
        kind: 'start',
        hosts: [host],
        api: 'raptor-comply',
        chosenBy: 'user',
      });
      expect(found).toBeNull();
    },
  );

  it('is not sent to another host, and the reason is kept', () => {
    const { request, withheld, withKey } = prepared({ target: 'https://evil.example/x' });
    expect(JSON.stringify(request)).not.toContain(SECRET);
    expect({ withheld, withKey }).toEqual({ withheld: 'evil.example is not a host of raptor-comply', withKey: false });
  });
});

describe('what cannot be sent is refused without its value', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['no key', () => prepared({}, settings(null)), /RAPTOR_COMPLY_API_KEY/],
    ['a key with a line break', () => prepared({}, settings(`${SECRET}\n`)), /line break/],
    [
      'a key with a smart dash',
      () => prepared({}, settings(`${SECRET}–`)),
      /x-api-key, from RAPTOR_COMPLY_API_KEY, contains a character .*: U\+2013, at position \d+$/,
    ],
    [
      'a header with a line break',
      () => prepared({ headers: { 'X-A': `${SECRET}\r\nX-B: 1` } }),
      /x-a, from --header, contains a character .*: U\+000D/,
    ],
    ['a header with a space in its name', () => prepared({ headers: { 'X A': '1' } }), /not a valid header name/],
    [
      'a path that Git Bash rewrote',
      () => prepared({ target: 'C:/Program Files/Git/cyber-assets' }),
      /Git Bash.*GET cyber-assets/,
    ],
    ['another protocol', () => prepared({ target: 'ftp://api.raptormaps.com/x' }), /http and https/],
    ['credentials in the URL', () => prepared({ target: `https://u:${SECRET}@api.raptormaps.com/` }), /end up in logs/],
    [
      'a base URL that nobody knows',
      () => prepared({}, resolveApi(cryptocomply, [], {})),
      /apis\.cryptocomply\.baseUrl/,
    ],
  ])('%s', (_, attempt, message) => {
    let thrown: unknown;
    try {
      attempt();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UsageError);
    expect(String(thrown)).toMatch(message);
    expect(String(thrown)).not.toContain(SECRET);
  });
});
