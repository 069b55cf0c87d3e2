import { describe, expect, it } from 'vitest';
import { catalogOf, type ImportedCatalog } from '../../../src/catalogs/import/import.ts';
import { readSource } from '../../../src/catalogs/import/source.ts';
import { builtIn } from '../../../src/catalogs/index.ts';

function imported(path: string, content: unknown, map = {}, files: Record<string, unknown> = {}): ImportedCatalog {
  const isText = typeof content === 'string';
  const source = { path, text: isText ? content : '', values: isText ? null : [content] };
  const { read } = readSource(
    source,
    (ref) => (files[ref] === undefined ? undefined : { value: files[ref], path: ref }),
    map,
  );
  return catalogOf([read], builtIn.http);
}

const responses = (written: object) => ({
  '/crates': { get: { responses: { 200: { description: 'OK' }, ...written } } },
});

const body = (schema: object, more = {}) => ({ content: { 'application/json': { schema, ...more } } });

describe('an import of OpenAPI', () => {
  it('takes over name, address, key and descriptions that say more than the status', () => {
    const { entries, facts } = imported('openapi.json', {
      openapi: '3.0.3',
      info: { title: 'Crates' },
      servers: [{ url: 'https://api.crates.example/v1/' }],
      components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
      paths: responses({
        404: { description: 'Not found' },
        409: { description: 'The crate was closed by another packer.' },
        429: { description: 'Too many requests', headers: { 'Retry-After': {} } },
      }),
    });
    expect(facts).toMatchObject({
      name: 'Crates',
      baseUrl: 'https://api.crates.example/v1',
      auth: { header: 'X-Key', value: '{key}' },
    });
    expect(entries.map(({ id, cause, retry }) => [id, cause, retry?.advice])).toEqual([
      ['not-found', undefined, undefined],
      ['conflict', 'The crate was closed by another packer.', undefined],
      ['too-many-requests', undefined, 'wait'],
    ]);
    expect(entries[1]?.source).toMatchObject({ section: 'GET /crates', address: '#/paths/~1crates/get/responses/409' });
  });

  it.each([
    ['an enumeration', body({ properties: { code: { type: 'string', enum: ['LID_OPEN', 'LID_LOST'] } } })],
    [
      'constants',
      body({
        properties: { error: { properties: { code: { anyOf: [{ const: 'LID_OPEN' }, { const: 'LID_LOST' }] } } } },
      }),
    ],
    [
      'pairs of issue and description',
      body({
        properties: {
          details: {
            items: {
              oneOf: ['LID_OPEN', 'LID_LOST'].map((issue) => ({
                properties: { issue: { enum: [issue] }, description: { enum: ['The lid is a problem.'] } },
              })),
            },
          },
        },
      }),
    ],
    [
      'named examples',
      body(
        {},
        {
          examples: {
            open: { summary: 'The lid is open', value: { code: 'LID_OPEN', message: 'Close it' } },
            lost: { value: { code: 'LID_LOST', message: 'Find it' } },
          },
        },
      ),
    ],
    [
      'bullets in a description',
      { description: 'Something is wrong:\n\n- `LID_OPEN`: The lid is open.\n- `LID_LOST`: The lid is lost.' },
    ],
  ])('finds the codes in %s', (_, response) => {
    const { entries } = imported('openapi.json', { openapi: '3.1.0', paths: responses({ 422: response }) });
    expect(entries.flatMap(({ match }) => match.code ?? [])).toEqual(['LID_OPEN', 'LID_LOST']);
    for (const { match } of entries) expect(match.status).toEqual([422]);
  });

  it('reads version 2.0, and follows references into other files', () => {
    const { entries } = imported(
      'swagger.json',
      {
        swagger: '2.0',
        host: 'crates.example',
        paths: responses({ 403: { $ref: 'shared.yaml#/responses/Forbidden' } }),
      },
      {},
      {
        'shared.yaml': {
          responses: { Forbidden: { description: 'x', schema: { properties: { error: { enum: ['no_crate'] } } } } },
        },
      },
    );
    expect(entries.map(({ match }) => match)).toContainEqual({ status: [403], code: ['no_crate'] });
  });

  it('is not misled by embedded objects, references in circles and statuses that do not exist', () => {
    const deep = { properties: { charge: { properties: { card: { properties: { code: { enum: ['visa'] } } } } } } };
    const document = {
      openapi: '3.0.0',
      components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } },
      paths: responses({
        400: body(deep),
        404: body({ $ref: '#/components/schemas/A' }),
        480: { description: 'CrateException' },
      }),
    };
    const { entries } = imported('openapi.json', document);
    expect(entries.map(({ match }) => match)).toEqual([
      { status: [400] },
      { status: [404] },
      { code: ['CrateException'] },
    ]);
  });

  it('makes an entry per operation where one status means several things', () => {
    const parcel = (description: string) => ({ responses: { 404: { description } } });
    const { entries } = imported('openapi.json', {
      openapi: '3.0.0',
      paths: {
        '/crates/{id}': {
          get: { ...parcel('The crate was shipped to somebody else'), operationId: 'getCrate' },
          put: parcel('Not found'),
          patch: parcel('Not found'),
        },
        '/lids/{id}': { get: parcel('The lid belongs to a crate that was burned') },
      },
    });
    expect(entries.map(({ id, match, title }) => [id, match.operation, title])).toEqual([
      ['not-found', undefined, 'Not Found'],
      ['not-found-get-crate', ['GET /crates/{id}'], 'The crate was shipped to somebody else'],
      ['not-found-get-lids-id', ['GET /lids/{id}'], 'The lid belongs to a crate that was burned'],
    ]);
    expect(entries[0]?.causes).toHaveLength(2);
  });

  it('makes one entry of a code that several statuses share without a word on it', () => {
    const schema = { properties: { code: { type: 'string', enum: ['LID_OPEN', 'LID_LOST'] } } };
    const { entries } = imported('openapi.json', {
      openapi: '3.0.0',
      paths: responses({
        400: { description: 'Bad', ...body(schema) },
        409: { description: 'Conflict', ...body({ ...schema }) },
      }),
    });
    expect(entries.map(({ match }) => [match.status?.join(), match.code?.join()])).toEqual([
      ['400,409', 'LID_OPEN'],
      ['400,409', 'LID_LOST'],
      ['400', undefined],
      ['409', undefined],
    ]);
  });

  it('takes issues in the details of a body with one code for its subdivisions', () => {
    const only = (value: string) => ({ type: 'string', enum: [value] });
    const issue = (code: string, text: string) => ({ properties: { issue: only(code), description: only(text) } });
    const schema = {
      allOf: [
        { properties: { name: only('UNPROCESSABLE'), message: only('It cannot be done.') } },
        {
          properties: {
            details: {
              items: { anyOf: [issue('LID_OPEN', 'The lid is open.'), issue('LID_LOST', 'There is no lid.')] },
            },
          },
        },
      ],
    };
    const catalog = imported('openapi.json', {
      openapi: '3.0.0',
      paths: responses({
        422: {
          description: 'x',
          ...body(schema, {
            example: { name: 'UNPROCESSABLE', message: 'x', details: [{ issue: 'LID_LOST', description: 'y' }] },
          }),
        },
      }),
    });
    expect(catalog.entries.map(({ id, match }) => [id, match.code?.join(), match.subcode?.join()])).toEqual([
      ['unprocessable', 'UNPROCESSABLE', undefined],
      ['lid-open', 'UNPROCESSABLE', 'LID_OPEN'],
      ['lid-lost', 'UNPROCESSABLE', 'LID_LOST'],
      ['unprocessable-content', undefined, undefined],
    ]);
    expect(catalog.envelope).toMatchObject({ code: '/name', subcode: '/details/0/issue', message: '/message' });
  });

  it('takes over the headers that all operations require', () => {
    const header = (name: string, required = true) => ({ in: 'header', name, required, schema: { format: 'uuid' } });
    const responses = { 409: { description: 'The crate was closed by another packer' } };
    const { facts } = imported('openapi.json', {
      openapi: '3.0.0',
      components: {
        parameters: { depot: header('X-Depot') },
        securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
      },
      paths: {
        '/crates': {
          parameters: [{ $ref: '#/components/parameters/depot' }, header('X-Key'), header('Accept')],
          get: { responses },
          post: { responses, parameters: [header('X-Once')] },
        },
      },
    });
    expect(facts.requiredHeaders).toEqual([{ name: 'X-Depot', format: 'uuid' }]);
  });

  it('reads shared schemas of one error each, though no response refers to them', () => {
    const only = (value: string) => ({ type: 'string', enum: [value] });
    const { entries } = imported('openapi.json', {
      openapi: '3.0.0',
      components: {
        schemas: {
          error_409: { properties: { name: only('LID_OPEN'), message: only('The lid is open.') } },
          crate: { properties: { name: only('crate'), description: only('A crate') } },
        },
      },
      paths: responses({ 404: { description: 'Not found' } }),
    });
    expect(entries.map(({ match, cause }) => [match, cause])).toEqual([
      [{ status: [404] }, undefined],
      [{ status: [409], code: ['LID_OPEN'] }, 'The lid is open.'],
    ]);
  });
});

describe('an import of a model', () => {
  it('reads the errors of Smithy', () => {
    const { entries } = imported('model.json', {
      smithy: '2.0',
      shapes: {
        'crates#CrateOpenException': {
          type: 'structure',
          traits: {
            'smithy.api#error': 'client',
            'smithy.api#httpError': 409,
            'smithy.api#documentation': '<p>The crate is open. Close it and retry the request.</p>',
            'smithy.api#retryable': {},
          },
        },
        'crates#Crate': { type: 'structure' },
      },
    });
    expect(entries).toMatchObject([
      {
        match: { status: [409], code: ['CrateOpenException'] },
        cause: 'The crate is open.',
        retry: { advice: 'after-action' },
      },
    ]);
  });

  it('reads the exceptions of botocore', () => {
    const shape = {
      type: 'structure',
      exception: true,
      error: { code: 'CrateOpen', httpStatusCode: 409 },
      documentation: '<p>It is open.</p>',
    };
    const { entries } = imported('service-2.json', {
      metadata: { serviceId: 'Crates' },
      shapes: { CrateOpenException: shape },
    });
    expect(entries).toMatchObject([
      { match: { status: [409], code: ['CrateOpen', 'CrateOpenException'] }, cause: 'It is open.' },
    ]);
  });

  it('reads the commented values of a proto enumeration of errors', () => {
    const { entries } = imported(
      'errors.proto',
      'syntax = "proto3";\nenum CrateError {\n  // Nothing.\n  CRATE_ERROR_UNSPECIFIED = 0;\n\n  // The crate is open.\n  // Close it first.\n  CRATE_OPEN = 1;\n}\nenum Color { RED = 1; }\n',
    );
    expect(entries).toMatchObject([
      { match: { code: ['CRATE_OPEN'] }, cause: 'The crate is open.', resolution: ['Close it first.'] },
    ]);
  });

  it('says that a discovery document has no errors', () => {
    expect(() => imported('drive.json', { kind: 'discovery#restDescription' })).toThrow('say nothing about errors');
  });
});

describe('an import of a registry', () => {
  it.each([
    ['a list', [{ errorCode: 'LID_OPEN', httpStatus: 409, description: 'The lid is open.', retryable: false }]],
    ['a map', { LID_OPEN: { description: 'The lid is open.', http: 409, retryable: false } }],
    [
      'a list within',
      { version: 1, data: { errors: [{ code: 'LID_OPEN', status: 409, text: 'The lid is open.', retryable: 'no' }] } },
    ],
  ])('reads %s', (_, value) => {
    expect(imported('errors.json', value).entries).toMatchObject([
      { match: { status: [409], code: ['LID_OPEN'] }, cause: 'The lid is open.', retry: { advice: 'never' } },
    ]);
  });

  it('reads CSV with quotes', () => {
    const { entries } = imported('errors.csv', 'name,http,text\nLID_OPEN,409,"The lid, alas, is ""open""."\n');
    expect(entries).toMatchObject([
      { match: { status: [409], code: ['LID_OPEN'] }, cause: 'The lid, alas, is "open".' },
    ]);
  });

  it('takes the members that the user names', () => {
    const rows = [{ a: 'lid', b: 'It is open.', c: 'Close it.', d: 'Nonsense' }];
    const { entries } = imported('errors.json', rows, { code: 'a', cause: 'b', resolution: 'c' });
    expect(entries).toMatchObject([{ match: { code: ['lid'] }, cause: 'It is open.', resolution: ['Close it.'] }]);
  });
});
