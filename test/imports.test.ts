import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputChunk, rolldown } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import { library, program } from '../rolldown.config.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

let chunks: OutputChunk[] = [];

beforeAll(async () => {
  chunks = (await Promise.all([program, library].map(chunksOf))).flat();
});

async function chunksOf({ plugins, ...config }: typeof program): Promise<OutputChunk[]> {
  // Nothing needs to be built again; only the graph matters here.
  const graph = [plugins].flat().filter((plugin) => !/licences|schema/.test((plugin as { name: string }).name));
  const bundle = await rolldown({ ...config, plugins: graph, cwd: ROOT });
  const { output } = await bundle.generate({ ...config.output, minify: false, cleanDir: false });
  await bundle.close();
  return output.filter((file) => file.type === 'chunk');
}

/** The chunks loaded with one of our modules, without those behind an `import()`. */
function loadedWith(module: string): OutputChunk[] {
  const first = chunks.find(({ moduleIds }) => moduleIds.includes(join(ROOT, 'src', module)));
  if (first === undefined) throw new Error(`no chunk has ${module}`);
  const found = new Set<OutputChunk>();
  const visit = (chunk: OutputChunk) => {
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) {
      const next = chunks.find(({ fileName }) => fileName === name);
      if (next !== undefined) visit(next);
    }
  };
  visit(first);
  return [...found];
}

/** The packages of these modules, and those of the start. */
function packages(...modules: string[]): string[] {
  const ids = modules.flatMap((module) => loadedWith(module).flatMap(({ moduleIds }) => moduleIds));
  const names = ids.flatMap((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []);
  return [...new Set(names)].sort();
}

const START = ['chalk', 'commander'];

describe('what is loaded', () => {
  it('at the start is nothing of packages, and then what reads the arguments', () => {
    expect(packages('cli.ts')).toEqual([]);
    expect(packages('commands/program.ts')).toEqual(START);
  });

  it.each(['explain', 'report', 'mock', 'doctor'])('by %s is no more than that of packages', (command) => {
    expect(packages('commands/program.ts', `commands/${command}/run.ts`)).toEqual(START);
  });

  it('by a completion is no more than that of packages, until it needs the config', () => {
    expect(packages('commands/program.ts', 'commands/completion/complete.ts')).toEqual(START);
  });

  it.each(['call', 'audit'])(
    'by %s is the client beside it, and nothing for config, reports and terminals',
    (command) => {
      const found = packages('commands/program.ts', `commands/${command}/run.ts`);
      expect(found).toContain('got');
      for (const name of ['ora', 'cosmiconfig', 'yaml', 'zod', 'ajv', 'fast-xml-parser', 'https-proxy-agent']) {
        expect(found).not.toContain(name);
      }
    },
  );

  it('by triage is the parser of XML beside it', () => {
    const xml = packages('input/xml.ts');
    expect(packages('commands/program.ts', 'commands/triage/run.ts')).toEqual([...new Set([...START, ...xml])].sort());
  });

  it('by the library is nothing of packages', () => {
    expect(packages('index.ts')).toEqual([]);
    // The entry, and what it shares with those for HTTP clients and for embedding.
    expect(loadedWith('index.ts').length).toBeLessThanOrEqual(5);
    for (const name of ['axios', 'fetch', 'got', 'undici']) expect(packages(`clients/${name}.ts`)).toEqual([]);
    expect(packages('runners/jest.ts')).toEqual([]);
  });

  it('comes in few pieces', () => {
    // The entry, what the launcher shares with it, and the bundler's runtime of 1 kB.
    expect(loadedWith('cli.ts').length).toBeLessThanOrEqual(3);
    expect(loadedWith('commands/program.ts').length).toBeLessThanOrEqual(3);
    expect(loadedWith('commands/explain/run.ts').length).toBeLessThanOrEqual(3);
  });
});
