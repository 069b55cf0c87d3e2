import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { API, SymbolFlags } from 'typescript/unstable/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runExample } from '../helpers/examples.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';
import { isInstalled, load } from './installed.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The declarations of each entry that has JavaScript, by its name. */
const entries = Object.entries(JSON.parse(read('package.json')).exports as Record<string, object>)
  .map(([name, conditions]) => [
    name.replace('.', 'errprobe'),
    /"types":"\.\/([^"]+)"/.exec(JSON.stringify(conditions))?.[1] ?? '',
  ])
  .filter(([name = '', types]) => types !== '' && !name.endsWith('*')) as [string, string][];

/** A public symbol: a value, or a type. */
interface Public {
  entry: string;
  name: string;
  isValue: boolean;
  comment: string;
  example: string | undefined;
}

function publicSymbols(): Public[] {
  const cwd = emptyFolder();
  const files = entries.map(([, types]) => join(ROOT, types));
  // Declarations alone are read 20 times as fast as the sources with all that they import.
  const compilerOptions = {
    module: 'nodenext',
    noLib: true,
    types: [],
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const api = new API({ cwd });
  const project = api.updateSnapshot({ openProjects: [join(cwd, 'tsconfig.json')] }).getProjects()[0];
  if (project === undefined) throw new Error('The compiler opened no project');
  const { checker, program } = project;
  const found = entries.flatMap(([entry], i) => {
    const file = program.getSourceFile(files[i] ?? '');
    const module = file && checker.getSymbolAtLocation(file);
    const exported = module === undefined ? [] : checker.getExportsOfModule(module);
    return exported.map((symbol) => {
      const meant = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return {
        ...{ entry, name: symbol.name, isValue: (meant.flags & SymbolFlags.Value) !== 0 },
        comment: checker.getDocumentationCommentOfSymbol(meant),
        example: checker.getJsDocTagsOfSymbol(meant).find(({ name }) => name === 'example')?.text,
      };
    });
  });
  api.close();
  return found;
}

const symbols = publicSymbols();
const values = symbols.filter(({ isValue }) => isValue);

let server: Server;
let url: string;
let errors: object;
beforeAll(async () => {
  const asked = new Map<string, number>();
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    // Busy at every first request.
    const status = path === '/busy' ? ((asked.get(path) ?? 0) % 2 === 1 ? 503 : 200) : 404;
    const body = path === '/orders/17' ? { error: { code: 'order_not_found', message: 'no order 17' } } : {};
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'errors.yaml'), read('docs/embed.md').split('```yaml\n')[1]?.split('```')[0] ?? '');
  errors = JSON.parse((await run(['catalog', 'export', 'errors.yaml', '--format', 'embed'], { cwd })).stdout);
});
afterAll(() => server.close());

/** The packages of clients that examples import. */
const clientOf = (example: string) => /^import .* from '(axios|got|undici)';/m.exec(example)?.[1];

async function modulesFor(example: string) {
  const client = clientOf(example);
  return {
    errprobe: await import('../../src/index.ts'),
    'errprobe/axios': await import('../../src/clients/axios.ts'),
    'errprobe/embed': await import('../../src/clients/embed.ts'),
    'errprobe/embed-terminal': await import('../../src/render/embedded.ts'),
    'errprobe/fetch': await import('../../src/clients/fetch.ts'),
    'errprobe/got': await import('../../src/clients/got.ts'),
    'errprobe/undici': await import('../../src/clients/undici.ts'),
    './errors.json': { default: errors },
    ...(client !== undefined && { [client]: await load(client) }),
  };
}

describe('the public API', () => {
  it('has a comment on each symbol, and an example of each value', () => {
    expect(values.length).toBeGreaterThan(10);
    expect(symbols.filter(({ comment }) => comment === '').map(({ entry, name }) => `${entry}: ${name}`)).toEqual([]);
    expect(values.filter(({ example }) => example === undefined).map(({ name }) => name)).toEqual([]);
  });

  // Those of Jest and Vitest are run in test/clients/runners.test.ts.
  const inCode = values.filter(({ entry }) => entry !== 'errprobe/jest');
  for (const { entry, name, example = '' } of inCode)
    it.skipIf(clientOf(example) !== undefined && !isInstalled)(
      `shows an example of ${name} in ${entry} that logs what its comments say`,
      async () => {
        const text = example.replaceAll('https://api.example.com', url);
        const { logged, said } = await runExample(text, await modulesFor(text), { process: {} });
        expect(logged).toEqual(said);
        expect(logged).not.toEqual([]);
      },
    );
});
