import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { fieldAt, fieldIn, fieldPath } from '../../../src/diagnosis/read/field-path.ts';
import { savedResponse } from '../../../src/model/exchange.ts';
import { cpuTimer } from '../../helpers/cpu-time.ts';

describe('where a field is', () => {
  it.each<[unknown, string, string | undefined]>([
    ['a.b[0].c', '/a/b/0/c', undefined],
    ['$.a["b"]', '/a/b', undefined],
    ["a['b']", '/a/b', undefined],
    ['#/profile/color', '/profile/color', undefined],
    ['/a/b', '/a/b', undefined],
    ['body/a/0', '/a/0', 'body'],
    ['querystring/limit', '/limit', 'query'],
    [['body', 'user', 'email'], '/user/email', 'body'],
    [['query', 'limit'], '/limit', 'query'],
    [['path', 'item_id'], '/item_id', 'path'],
    [['header', 'x-token'], '/x-token', 'header'],
    [['headers', 'x-token'], '/x-token', 'header'],
    [['cookie', 'sid'], '/sid', 'cookie'],
    [['body'], '/body', undefined],
    ['.spec.containers[name="app"].image', '/spec/containers/name="app"/image', undefined],
  ])('is read from %j', (name, path, part) => {
    expect(fieldAt(name)).toEqual(part === undefined ? { path } : { path, in: part });
  });

  it.each(['['.repeat(200_000), '.'.repeat(200_000), `["${"'".repeat(200_000)}`, 'a/'.repeat(200_000)])(
    'is read in linear time, and the name is cut (%#)',
    (name) => {
      const ms = cpuTimer();
      expect(fieldPath(name).length).toBeLessThan(2000);
      expect(ms()).toBeLessThan(2000);
    },
  );
});

const fieldsOf = (api: string | null, status: number, body: unknown) =>
  diagnose({ request: null, response: savedResponse(JSON.stringify(body), status), failure: null }, builtIn, {
    now: 0,
    api,
  }).fields.map(({ path }) => path);

describe('the field that a message blames', () => {
  it.each(["Field 'x' must be a number", "Field 'x' is required", "'x' must be a number", 'Parameter "x" is unknown'])(
    'is named by %j',
    (message) => {
      expect(fieldsOf('raptor-comply', 422, { error: 'Unprocessable Entity', message })).toEqual(['/x']);
    },
  );

  it('is not looked for in an error that is not about the content of the request', () => {
    expect(fieldsOf(null, 403, { error: 'Forbidden', message: "Field 'x' is not for you" })).toEqual([]);
  });
});

describe('the errors of fields that Django REST Framework nests', () => {
  it.each<[string, unknown, string[]]>([
    ['a map in a map', { wallet: { address: ['bad'] }, label: ['long'] }, ['/wallet/address', '/label']],
    ['a list of maps', { items: [{}, { qty: ['bad'] }] }, ['/items/1/qty']],
    ['a text beside lists', { label: 'bad', blockchain: ['bad'] }, ['/label', '/blockchain']],
    ['two messages of one field', { label: ['bad', 'long'] }, ['/label', '/label']],
    ['errors of the whole body', { wallet: { a: ['bad'] }, non_field_errors: ['both'] }, ['/wallet/a', '']],
    ['errors of a whole nested body', { wallet: { non_field_errors: ['both'] } }, ['/wallet']],
  ])('are all read: %s', (_, body, paths) => {
    expect(fieldsOf('cryptocomply', 400, body)).toEqual(paths);
    expect(fieldsOf(null, 400, body)).toEqual(paths);
  });
});

describe('the first example of the documentation of CryptoComply, without anything beside it', () => {
  it('is a validation error that can be acted on, and not claimed by its form', () => {
    const body = {
      blockchain: ['This field is required.'],
      non_field_errors: ['Address already registered in this organization.'],
    };
    const response = savedResponse(JSON.stringify(body));
    const diagnosis = diagnose({ request: null, response, failure: null }, builtIn, { now: 0 });
    expect(diagnosis).toMatchObject({ api: null, category: 'validation', status: 400, envelope: 'drf-fields' });
    expect(diagnosis.resolution).not.toEqual([]);
    expect(diagnosis.fields.map(({ path }) => path)).toEqual(['/blockchain', '']);
  });
});

describe('the field that a sentence blames', () => {
  it.each<[string, string | null]>([
    ["Invalid request: 'board_id' is a required property", '/board_id'],
    ["The 'component' parameter is missing", '/component'],
    ["Invalid value specified for 'accountID'", '/accountID'],
    ['Missing required field: currencyCode', '/currencyCode'],
    ['Field companyCode is required.', '/companyCode'],
    ['This field is required', null],
    ['The field is required', null],
  ])('of %j is %j', (sentence, path) => {
    expect(fieldIn(sentence)).toBe(path);
  });
});
