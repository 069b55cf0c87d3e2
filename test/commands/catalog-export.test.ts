import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { completed } from '../../src/catalogs/complete.ts';
import { builtIn } from '../../src/catalogs/index.ts';
import { exampleOf } from '../../src/catalogs/lint.ts';
import { catalogSchema } from '../../src/catalogs/schema.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import { HOSTILE_CATALOG } from '../helpers/hostile-catalog.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const ALL: Catalog[] = [...builtIn.apis, builtIn.http, builtIn.network, builtIn.gateways, ...builtIn.codes];

/** The output of `catalog export`, which has to succeed. */
async function exported(args: string[], cwd = emptyFolder()): Promise<string> {
  const { code, stdout, stderr } = await run(['catalog', 'export', ...args], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** A folder with a catalog whose texts attack every output. */
function hostileFolder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'hostile.json'), JSON.stringify(HOSTILE_CATALOG));
  return cwd;
}

describe('catalog export --format json', () => {
  it.each(ALL.map(({ id }) => id))('writes %s so that reading it gives the same catalog', async (id) => {
    const written = JSON.parse(await exported([id, '--format', 'json'])) as unknown;
    const read = completed(catalogSchema.parse(written));
    const given = JSON.stringify(ALL.find((catalog) => catalog.id === id));
    // Even a password that only shows a form is hidden in every output.
    expect(read).toEqual(JSON.parse(given.replace('name:password@', 'name:[redacted]@')));
  });

  it('reads files, and keeps durations and hostile texts', async () => {
    const cwd = hostileFolder();
    const text = await exported(['hostile.json', '--format', 'json'], cwd);
    expect(completed(catalogSchema.parse(JSON.parse(text)))).toEqual(completed(catalogSchema.parse(HOSTILE_CATALOG)));
  });

  it.each(['json', 'openapi'])('says that %s takes one catalog', async (format) => {
    const { code, stderr } = await run(['catalog', 'export', '--format', format]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/takes one catalog; name it: .*victims/);
  });

  it.each([
    [['nowhere'], /nowhere/],
    [['nowhere.yaml'], /cannot read the catalog nowhere\.yaml/],
    [['none*.yaml'], /no file none\*\.yaml/],
    [['folder.yaml'], /cannot read the catalog folder\.yaml/],
    [['broken.yaml'], /broken\.yaml:1:\d+: /],
  ])('refuses %j', async (names, message) => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'folder.yaml'));
    writeFileSync(join(cwd, 'broken.yaml'), 'id: Not An Id\n');
    const { code, stderr } = await run(['catalog', 'export', '--format', 'csv', ...names], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('catalog export --format csv', () => {
  it('has a row for each entry of the catalogs named, and says which texts are general', async () => {
    const rows = parse(await exported(['victims', 'oauth', '--format', 'csv']), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows).toHaveLength(13 + 21);
    expect(rows.find(({ id }) => id === 'victims/key-locked')).toMatchObject({
      status: '403',
      code: 'KEY_LOCKED',
      cause: 'The key is temporarily locked.',
      retry: 'after-action',
      general: 'resolution retry',
      source: 'Victims, Errors, Authentication & authorization (401 / 403)',
    });
  });

  it('is no formula of a spreadsheet', async () => {
    const rows = parse(await exported(['hostile.json', '--format', 'csv'], hostileFolder())) as string[][];
    expect(rows.flat().filter((cell) => /^[\s]*[=+\-@]/.test(cell))).toEqual([]);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });
});

interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

describe('catalog export --format markdown', () => {
  const nodesOf = (text: string): Node[] => {
    const walk = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(walk)];
    return walk(remark().use(remarkGfm).parse(text) as Node);
  };

  it.each([
    ['victims', 13],
    ['hostile.json', HOSTILE_CATALOG.entries.length],
  ])('prints %s as one table, and no text of it is markup', async (name, entries) => {
    const nodes = nodesOf(await exported([name, '--format', 'markdown'], hostileFolder()));
    const rows = nodes.filter(({ type }) => type === 'tableRow');
    expect(rows).toHaveLength(entries + 1);
    expect(rows.every(({ children }) => children?.length === 5)).toBe(true);
    expect(nodes.filter(({ type }) => /link|image|footnote|definition|heading/i.test(type))).toEqual([]);
    const html = new Set(nodes.flatMap(({ type, value }) => (type === 'html' ? [value] : [])));
    expect([...html].filter((tag) => !/^<(?:br|\/?code)>$/.test(tag ?? ''))).toEqual([]);
  });

  it('puts several catalogs below headings', async () => {
    const text = await exported(['victims', 'cryptocomply', '--format', 'markdown']);
    expect(text.match(/^## .*/gm)).toEqual(['## Victims', '## CryptoComply']);
    expect(text).toContain('| 403 | `KEY_LOCKED` | The key is temporarily locked. | 1. Stop sending');
  });
});

interface OpenApi {
  components: {
    responses: Record<
      string,
      {
        description: string;
        content?: Record<string, { schema?: object; examples: Record<string, { value: unknown }> }>;
      }
    >;
  };
}

describe('catalog export --format openapi', () => {
  it.each([...ALL.filter(({ id }) => id !== 'network').map(({ id }) => id), 'hostile.json'])(
    'makes a valid document of %s, whose examples fit its schemas',
    async (id) => {
      const document = parseYaml(await exported([id, '--format', 'openapi'], hostileFolder())) as OpenApi;
      const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
      expect(errors ?? []).toEqual([]);
      expect(valid).toBe(true);
      const ajv = new Ajv2020({ strict: false });
      for (const { content = {} } of Object.values(document.components.responses)) {
        for (const { schema = {}, examples } of Object.values(content)) {
          const validate = ajv.compile(schema);
          for (const { value } of Object.values(examples)) expect(validate(value), JSON.stringify(value)).toBe(true);
        }
      }
    },
  );

  it.each(['victims', 'elder-protection', 'raptor-comply', 'cryptocomply'])(
    'gives the statuses of %s back when it is imported, and the codes that its bodies have',
    async (id) => {
      const cwd = emptyFolder();
      writeFileSync(join(cwd, 'errors.yaml'), await exported([id, '--format', 'openapi']));
      const args = ['catalog', 'import', 'errors.yaml', '--id', 'back', '--format', 'json'];
      const { catalog } = JSON.parse((await run(args, { cwd })).stdout) as { catalog: Catalog };
      const given = builtIn.apis.find((api) => api.id === id) as Catalog;
      const statuses = ({ entries }: Catalog) => entries.flatMap(({ match }) => match.status ?? []);
      const codes = ({ entries }: Catalog) => entries.flatMap(({ match }) => match.code ?? []);
      const single = statuses(given).filter((status) => typeof status === 'number');
      expect(statuses(catalog)).toEqual(expect.arrayContaining(single));
      const inBodies = codes(given).filter((code) =>
        // Phrases of statuses are no codes.
        given.entries.some((entry) => !code.includes(' ') && JSON.stringify(exampleOf(entry) ?? '').includes(code)),
      );
      if (id !== 'raptor-comply') expect(codes(catalog)).toEqual(expect.arrayContaining(inBodies));
    },
  );
});

describe('catalog export --format problem-types', () => {
  it('names what RFC 9457 asks of a registration, with pages of the site as types', async () => {
    const { problemTypes } = JSON.parse(
      await exported(['victims', '--format', 'problem-types', '--base-url', 'https://errors.example.com/']),
    ) as { problemTypes: object[] };
    expect(problemTypes).toHaveLength(13);
    expect(problemTypes).toContainEqual(
      expect.objectContaining({
        type: 'https://errors.example.com/victims/key-locked',
        title: 'The API key is temporarily locked',
        status: 403,
        reference: 'Victims, Errors, Authentication & authorization (401 / 403)',
      }),
    );
  });

  it('keeps types that are addresses already', async () => {
    const text = await exported(['problem-types', '--format', 'problem-types', '--base-url', 'https://e.example.com']);
    expect(text).toContain('"https://iana.org/assignments/http-problem-types#');
  });

  it.each([[[]], [['--base-url', 'ftp://x']], [['--base-url', 'errors']]])('needs an address: %j', async (flags) => {
    expect((await run(['catalog', 'export', 'victims', '--format', 'problem-types', ...flags])).code).toBe(2);
  });
});
