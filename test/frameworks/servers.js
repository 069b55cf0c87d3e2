import { once } from 'node:events';
import { createServer } from 'node:http';

/** A request, and the name of the fixture with its response. */
const get = (path, headers = {}) => ({ method: 'GET', path, headers, body: null });
const post = (path, body, headers = {}) => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

async function listening(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections?.()),
  };
}

const COMMON = { 'no-route': get('/nope'), boom: get('/boom'), 'broken-json': post('/things', '{"name":') };
const QUERIES = {
  'resolver-throws': post('/graphql', { query: '{ boom }' }),
  forbidden: post('/graphql', { query: '{ secret }' }),
  syntax: post('/graphql', { query: '{ boom' }),
  'unknown-field': post('/graphql', { query: '{ nope }' }),
  'missing-variable': post('/graphql', { query: 'query($n: Int!) { twice(n: $n) }' }),
};

const typeDefs = 'type Query { boom: String, secret: String, twice(n: Int!): Int }';

/** Each framework with its defaults, plus a route that throws and one that takes a body. */
export const frameworks = {
  express: {
    requests: { ...COMMON, 'too-large': post('/things', { name: 'x'.repeat(200_000) }) },
    async start() {
      const { default: express } = await import('express');
      const app = express();
      app.set('env', 'production');
      app.use(express.json());
      app.get('/boom', () => {
        throw new Error('boom');
      });
      app.post('/things', (_, response) => response.json({}));
      return listening(createServer(app));
    },
  },
  fastify: {
    requests: {
      ...COMMON,
      validation: post('/things', { age: 'old' }),
      'empty-body': post('/things', ''),
      'media-type': post('/things', '<a/>', { 'content-type': 'application/xml' }),
      'too-large': post('/things', { name: 'x'.repeat(2_000_000) }),
    },
    async start() {
      const { default: fastify } = await import('fastify');
      const app = fastify();
      const body = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
      app.get('/boom', async () => {
        throw new Error('boom');
      });
      app.post('/things', { schema: { body } }, async () => ({}));
      await app.listen({ port: 0, host: '127.0.0.1' });
      return { port: app.server.address().port, close: () => app.close() };
    },
  },
  nestjs: {
    requests: {
      ...COMMON,
      validation: post('/things', { age: 'old' }),
      forbidden: get('/forbidden'),
      teapot: get('/teapot'),
    },
    start: startNest,
  },
  hapi: {
    requests: { ...COMMON, unauthorized: get('/private') },
    async start() {
      const { default: Hapi } = await import('@hapi/hapi');
      const server = Hapi.server({ port: 0, host: '127.0.0.1', debug: false });
      const { unauthorized } = await import('@hapi/boom');
      server.auth.scheme('bearer', () => ({
        authenticate() {
          throw unauthorized('bad token', 'Bearer');
        },
      }));
      server.auth.strategy('bearer', 'bearer');
      server.route([
        {
          method: 'GET',
          path: '/boom',
          handler() {
            throw new Error('boom');
          },
        },
        { method: 'GET', path: '/private', options: { auth: 'bearer' }, handler: () => 'x' },
        { method: 'POST', path: '/things', handler: () => ({}) },
      ]);
      await server.start();
      return { port: server.info.port, close: () => server.stop() };
    },
  },
  koa: {
    requests: { 'no-route': COMMON['no-route'], boom: COMMON.boom, thrown: get('/thrown') },
    async start() {
      const { default: Koa } = await import('koa');
      const app = new Koa();
      app.silent = true;
      app.use((context) => {
        if (context.path === '/boom') throw new Error('boom');
        if (context.path === '/thrown') context.throw(403, 'not for you');
      });
      return listening(createServer(app.callback()));
    },
  },
  hono: {
    requests: { 'no-route': COMMON['no-route'], boom: COMMON.boom, thrown: get('/thrown') },
    async start() {
      const [{ Hono }, { HTTPException }, { createAdaptorServer }] = await Promise.all([
        import('hono'),
        import('hono/http-exception'),
        import('@hono/node-server'),
      ]);
      const app = new Hono();
      app.get('/boom', () => {
        throw new Error('boom');
      });
      app.get('/thrown', () => {
        throw new HTTPException(403, { message: 'not for you' });
      });
      return listening(createAdaptorServer({ fetch: app.fetch }));
    },
  },
  node: {
    requests: { expectation: get('/', { expect: 'the-moon' }) },
    async start() {
      return listening(createServer((_, response) => response.end()));
    },
  },
  apollo: {
    requests: { ...QUERIES, 'get-without-header': get('/graphql?query={boom}') },
    async start() {
      const [{ ApolloServer }, { startStandaloneServer }, { GraphQLError }] = await Promise.all([
        import('@apollo/server'),
        import('@apollo/server/standalone'),
        import('graphql'),
      ]);
      const server = new ApolloServer({
        typeDefs,
        resolvers: resolversOf(GraphQLError),
        includeStacktraceInErrorResponses: false,
        hideSchemaDetailsFromClientErrors: true,
      });
      const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
      return { port: Number(new URL(url).port), close: () => server.stop() };
    },
  },
  yoga: {
    requests: QUERIES,
    async start() {
      const [{ createSchema, createYoga }, { GraphQLError }] = await Promise.all([
        import('graphql-yoga'),
        import('graphql'),
      ]);
      const schema = createSchema({ typeDefs, resolvers: resolversOf(GraphQLError) });
      return listening(createServer(createYoga({ schema, logging: false })));
    },
  },
  trpc: {
    requests: {
      'no-route': get('/nope'),
      forbidden: get('/forbidden'),
      input: get('/twice?input=%22x%22'),
      batch: get('/forbidden,boom?batch=1&input={}'),
    },
    async start() {
      const [{ initTRPC, TRPCError }, { createHTTPServer }] = await Promise.all([
        import('@trpc/server'),
        import('@trpc/server/adapters/standalone'),
      ]);
      const { router, procedure } = initTRPC.create({ isDev: false });
      const number = (value) => {
        if (typeof value !== 'number') throw new Error('a number is wanted');
        return value;
      };
      return listening(
        createHTTPServer({
          router: router({
            boom: procedure.query(() => {
              throw new Error('boom');
            }),
            forbidden: procedure.query(() => {
              throw new TRPCError({ code: 'FORBIDDEN', message: 'not for you' });
            }),
            twice: procedure.input(number).query(({ input }) => input * 2),
          }),
        }),
      );
    },
  },
  connect: {
    requests: {
      denied: post('/test.v1.Things/Get', { name: 'denied' }),
      'broken-json': post('/test.v1.Things/Get', '{"name":'),
      unimplemented: post('/test.v1.Things/Put', {}),
      unavailable: post('/test.v1.Things/Get', { name: 'unavailable' }),
    },
    start: startConnect,
  },
};

const resolversOf = (GraphQLError) => ({
  Query: {
    boom() {
      throw new Error('boom');
    },
    secret() {
      throw new GraphQLError('no access', { extensions: { code: 'FORBIDDEN' } });
    },
    twice: (_, { n }) => n * 2,
  },
});

/** Nest, with its decorators called as functions. */
async function startNest() {
  await import('reflect-metadata');
  const common = await import('@nestjs/common');
  const { NestFactory } = await import('@nestjs/core');
  const { IsInt, IsString } = await import('class-validator');

  class Thing {}
  IsInt()(Thing.prototype, 'age');
  IsString()(Thing.prototype, 'name');

  class Controller {
    boom() {
      throw new Error('boom');
    }
    forbidden() {
      throw new common.ForbiddenException();
    }
    teapot() {
      throw new common.HttpException('short and stout', 418);
    }
    create() {
      return {};
    }
  }
  common.Controller()(Controller);
  const method = (decorator, name) =>
    decorator(Controller.prototype, name, Object.getOwnPropertyDescriptor(Controller.prototype, name));
  for (const name of ['boom', 'forbidden', 'teapot']) method(common.Get(name), name);
  method(common.Post('things'), 'create');
  common.Body()(Controller.prototype, 'create', 0);
  Reflect.defineMetadata('design:paramtypes', [Thing], Controller.prototype, 'create');

  class Module {}
  common.Module({ controllers: [Controller] })(Module);
  const app = await NestFactory.create(Module, { logger: false });
  app.useGlobalPipes(new common.ValidationPipe());
  await app.listen(0, '127.0.0.1');
  return { port: app.getHttpServer().address().port, close: () => app.close() };
}

/** A Connect service from a descriptor made here instead of generated code. */
async function startConnect() {
  const { create, createFileRegistry } = await import('@bufbuild/protobuf');
  const { FileDescriptorProtoSchema, FieldDescriptorProto_Label, FieldDescriptorProto_Type } = await import(
    '@bufbuild/protobuf/wkt'
  );
  const { Code, ConnectError } = await import('@connectrpc/connect');
  const { connectNodeAdapter } = await import('@connectrpc/connect-node');
  const field = {
    name: 'name',
    jsonName: 'name',
    number: 1,
    label: FieldDescriptorProto_Label.OPTIONAL,
    type: FieldDescriptorProto_Type.STRING,
  };
  const method = (name) => ({ name, inputType: '.test.v1.Thing', outputType: '.test.v1.Thing' });
  const file = create(FileDescriptorProtoSchema, {
    name: 'test.proto',
    package: 'test.v1',
    syntax: 'proto3',
    messageType: [{ name: 'Thing', field: [field] }],
    service: [{ name: 'Things', method: [method('Get'), method('Put')] }],
  });
  const service = createFileRegistry(file, () => undefined).getService('test.v1.Things');
  const routes = (router) =>
    router.service(service, {
      get({ name }) {
        throw name === 'denied'
          ? new ConnectError('not for you', Code.PermissionDenied)
          : new ConnectError('come back later', Code.Unavailable);
      },
    });
  return listening(createServer(connectNodeAdapter({ routes })));
}
