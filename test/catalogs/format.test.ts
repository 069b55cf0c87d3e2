import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completed } from '../../src/catalogs/complete.ts';
import { builtIn, knowledgeOf } from '../../src/catalogs/index.ts';
import { lint } from '../../src/catalogs/lint.ts';
import { sampleBody } from '../../src/catalogs/sample.ts';
import { catalogSchema } from '../../src/catalogs/schema.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Entry } from '../../src/model/catalog.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { renderPretty } from '../../src/render/error/pretty.ts';
import { validateSource } from '../../src/schema/validate.ts';

const YAML = `
id: shop
name: Shop API
version: 2
docs:
  guide: { title: "Shop API, Errors", address: https://docs.example.com/errors, licence: CC-BY-4.0, date: 2026-11-28 }
envelope: { code: /code, subcode: /reason, message: /message }
entries:
  - id: unknown-account
    match: { code: 10001 }
    category: not-found
    title: Unknown account
    cause: The account does not exist.
    source: { doc: guide, section: Codes, address: "https://docs.example.com/errors#codes" }
  - id: overloaded
    match: { status: [429, 503], code: [-1003, TOO_MANY] }
    category: rate-limit
    title: Too many requests
    retry: { advice: wait, reason: the limit is per minute }
    source: { doc: guide, section: Codes }
  - id: declined
    match: { code: declined }
    category: validation
    title: The card was declined
    source: { doc: guide, section: Declines }
  - id: no-funds
    match: { code: declined, subcode: no_funds }
    category: quota
    title: The card has no funds
    cause: The account of the card is empty.
    source: { doc: guide, section: Declines }
  - id: out-of-credit
    match: { code: out-of-credit }
    category: quota
    title: Out of credit
    source: { doc: guide, section: Types }
  - id: not-enabled
    match: { subcode: API_NOT_ENABLED }
    category: permission
    title: The API is not enabled
    source: { doc: guide, section: Reasons }
`;

function read(yaml: string) {
  const result = validateSource(yaml, catalogSchema);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return completed(result.value, () => builtIn.http);
}

const shop = read(YAML);

const diagnosed = (body: unknown, status: number | null = 400) =>
  diagnose(
    { request: null, failure: null, response: savedResponse(JSON.stringify(body), status ?? undefined) },
    knowledgeOf([shop]),
    { now: 0, api: 'shop' },
  );

describe('version 2 of the catalog format', () => {
  it('has nothing that the lint objects to without examples, resolutions and statuses', () => {
    expect(lint(shop)).toEqual([]);
  });

  it.each([
    ['a number as the code', { code: 10001, message: 'x' }, 'shop/unknown-account'],
    ['a negative code', { code: -1003, message: 'x' }, 'shop/overloaded'],
    ['another code of the same entry', { code: 'TOO_MANY', message: 'x' }, 'shop/overloaded'],
    ['a code without its subcode', { code: 'declined', message: 'x' }, 'shop/declined'],
    ['a code with another subcode', { code: 'declined', reason: 'lost', message: 'x' }, 'shop/declined'],
    ['a code with its subcode', { code: 'declined', reason: 'no_funds', message: 'x' }, 'shop/no-funds'],
    ['a subcode under any code', { code: 'forbidden', reason: 'API_NOT_ENABLED', message: 'x' }, 'shop/not-enabled'],
    ['a subcode before its code', { code: 'declined', reason: 'api_not_enabled', message: 'x' }, 'shop/not-enabled'],
    ['a subcode in place of the code', { code: 'API_NOT_ENABLED', message: 'x' }, 'shop/not-enabled'],
    ['a problem type by its last part', { code: 'https://e.com/p/out-of-credit', message: 'x' }, 'shop/out-of-credit'],
  ])('finds the entry of %s', (_, body, id) => {
    expect(diagnosed(body)).toMatchObject({ id, documented: true });
  });

  it.each([
    ['an error without a code, by what is documented for its status', { message: 'x' }, 'shop/bad-request'],
    ['a code in its own notation', { code: 'CARDINVALID', message: 'x' }, 'shop/cardinvalid'],
    ['the same code in another notation', { code: 'CARD_INVALID', message: 'x' }, 'shop/card-invalid'],
  ])('finds the entry of %s', (_, body, id) => {
    const more = YAML.replace(
      'entries:',
      `entries:
  - { id: card-invalid, match: { status: 400, code: CARD_INVALID }, category: validation, title: Invalid, source: { doc: guide, section: A } }
  - { id: bad-request, match: { status: 400 }, category: validation, title: Bad, source: { doc: guide, section: A } }
  - { id: cardinvalid, match: { status: 400, code: CARDINVALID }, category: validation, title: Invalid, source: { doc: guide, section: A } }`,
    );
    const response = savedResponse(JSON.stringify(body), 400);
    const exchange = { request: null, failure: null, response };
    expect(diagnose(exchange, knowledgeOf([read(more)]), { now: 0, api: 'shop' }).id).toBe(id);
  });

  it('marks what no document says as general, in the diagnosis and on the screen', () => {
    const diagnosis = diagnosed({ code: 10001, message: 'x' }, 404);
    expect(diagnosis.from).toMatchObject({ cause: 'documented', retry: 'general' });
    expect(new Set(diagnosis.from.resolution)).toEqual(new Set(['general']));
    const overloaded = diagnosed({ code: 'TOO_MANY', message: 'x' }, 429);
    expect(overloaded.from).toMatchObject({ cause: 'general', retry: 'documented' });
    const result = { ...RESULT, diagnosis };
    const screen = renderPretty(
      {
        schema: 'errprobe/report@1',
        command: 'explain',
        ok: true,
        exit: { code: 0, name: 'ok' },
        error: null,
        results: [result],
      },
      { width: 100, color: 0, verbose: false },
    );
    expect(screen).toMatch(/trailing\s+slash\. \(general\)/);
    expect(screen).toMatch(/Why +The account does not exist\.\n/);
    expect(screen).toContain('Shop API, Errors, Codes');
    expect(screen).toContain('https://docs.example.com/errors#codes');
  });

  it('cites the address of the document where the entry has none', () => {
    expect(diagnosed({ code: 'TOO_MANY', message: 'x' }).source?.address).toBe('https://docs.example.com/errors');
  });

  it('makes up a body in the shape of the envelope where there is no example', () => {
    const body = (id: string) => sampleBody(shop.entries.find((entry) => entry.id === id) as Entry, shop);
    expect(body('no-funds')).toEqual({ code: 'declined', reason: 'no_funds', message: 'The card has no funds' });
    expect(body('unknown-account')).toMatchObject({ code: '10001' });
    const list = { ...shop, envelope: { code: '/errors/0/code', message: '/errors/0/detail' } };
    expect(
      sampleBody({ ...(shop.entries[0] as Entry), match: { code: ['x'], message: ['no {field}'] } }, list),
    ).toEqual({
      errors: [{ code: 'x', detail: 'no field' }],
    });
  });

  it.each([
    ['GET', 'https://shop.example.com/v1/carts/7?x=1', 'shop/no-cart'],
    ['GET', 'https://shop.example.com/carts/7/', 'shop/no-cart'],
    ['GET', '/carts/7', 'shop/no-cart'],
    ['GET', 'https://shop.example.com/v1/carts/7/lines', 'shop/not-there'],
    ['DELETE', 'https://shop.example.com/v1/carts/7', 'shop/not-there'],
    ['GET', 'https://shop.example.com/v1/reports/7.csv', 'shop/no-report'],
    [null, '', 'shop/not-there'],
  ])('chooses the entry of the operation that is called: %s %s', (method, url, id) => {
    const catalog = read(`${YAML}
  - { id: not-there, match: { status: 404 }, category: not-found, title: Gone, source: { doc: guide, section: A } }
  - id: no-cart
    match: { status: 404, operation: "GET /carts/{id}" }
    category: not-found
    title: No cart
    source: { doc: guide, section: A }
  - id: no-report
    match: { status: 404, operation: ["GET /reports", "GET /reports/{id}.csv"] }
    category: not-found
    title: No report
    source: { doc: guide, section: A }
baseUrl: https://shop.example.com/v1
`);
    const request = method === null ? null : { method, url, headers: {}, body: null };
    const exchange = { request, failure: null, response: savedResponse('{"message":"x"}', 404) };
    expect(diagnose(exchange, knowledgeOf([catalog]), { now: 0, api: 'shop' }).id).toBe(id);
  });

  it('finds a code that only operations document in any of them', () => {
    const entry = { ...(shop.entries[0] as Entry), match: { code: ['10001'], operation: ['POST /carts'] } };
    const exchange = {
      request: { method: 'GET', url: 'https://shop.example.com/', headers: {}, body: null },
      failure: null,
      response: savedResponse('{"code":10001,"message":"x"}', 404),
    };
    const only = knowledgeOf([{ ...shop, entries: [entry] }]);
    expect(diagnose(exchange, only, { now: 0, api: 'shop' }).id).toBe('shop/unknown-account');
  });

  it('refuses an entry without status, code and failure', () => {
    const entry = { ...(shop.entries[0] as (typeof shop.entries)[0]), match: { message: ['gone'] } };
    expect(lint({ ...shop, entries: [entry] }).map(({ rule }) => rule)).toEqual(['match']);
  });
});

it.each(['raptor-comply', 'elder-protection', 'cryptocomply', 'victims'])(
  'reads %s, a file of version 1, as before',
  (id) => {
    // The file as it was before version 2.
    const yaml = readFileSync(new URL(`../../fixtures/version-1/${id}.yaml`, import.meta.url), 'utf8');
    const result = validateSource(yaml, catalogSchema);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.value.version).toBe(1);
    for (const entry of result.value.entries) {
      expect(entry, entry.id).toMatchObject({ cause: expect.anything(), retry: { advice: expect.any(String) } });
      expect(entry.resolution?.length, entry.id).toBeGreaterThan(0);
    }
    // Nothing comes from the general catalog, and every example leads to its entry.
    const catalog = completed(result.value);
    expect(lint(catalog, { strict: true })).toEqual([]);
    const folder = new URL(`../../fixtures/${id}/`, import.meta.url);
    for (const name of readdirSync(folder)) {
      const { status = null, body } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      if (body === undefined || typeof body === 'string') continue;
      const found = diagnose(
        { request: null, failure: null, response: savedResponse(JSON.stringify(body), status ?? undefined) },
        knowledgeOf([catalog]),
        { now: 0, api: id },
      );
      expect(found.id, name).toBe(`${id}/${name.split('.')[0]}`);
    }
  },
);

const RESULT = {
  name: null,
  request: null,
  response: null,
  failure: null,
  attempts: [],
  flaky: false,
  timings: null,
  plan: null,
};
