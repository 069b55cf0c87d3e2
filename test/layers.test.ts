import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OWNERS } from './helpers/owners.ts';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => {
    const text = readFileSync(join(SRC, file), 'utf8');
    const found = [...text.matchAll(/(?:^(?:import|export)(?: type)? [^;]*?from |\bimport\()'([^']+)'/gms)];
    const imports = found.map(([, name = '']) =>
      name.startsWith('.') ? relative(SRC, resolve(SRC, dirname(file), name)) : name,
    );
    // Comments may mention what the code must not use.
    return { file, imports, code: text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '') };
  });

const isPackage = (name: string) =>
  /^[a-z@]/.test(name) && !name.startsWith('node:') && !/^[\w./-]+\.(ts|yaml|json)$/.test(name);

/**
 * The layers from the bottom up. A file imports from its own folder and from lower layers only;
 * types count as well.
 */
const FLOORS = [
  'version.ts',
  'json',
  'text',
  'model',
  'services',
  'secrets',
  'schema',
  'diagnosis',
  'catalogs',
  'input',
  'http',
  'clients',
  'index.ts',
  'mock',
  'config',
  'checks',
  'triage',
  'render',
  'runners',
  'terminal',
  'commands',
  'cli.ts',
  'launch.ts',
];

const folderOf = (file: string) => file.split('/')[0] ?? file;
const floorOf = (file: string) => FLOORS.indexOf(folderOf(file));

/** Pure: clock, randomness, files, network, environment and process come in as arguments. */
const PURE =
  /^(json|text|model(?!\/effects)|diagnosis|triage|render|checks(?!\/(load|json-schema|time-limit))|catalogs\/lint|http\/retry|mock\/answer)\b/;
const IMPURE = /\bprocess\.|\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bsetTimeout\b|\bfetch\(|\bconsole\./;

describe('the layers', () => {
  it('have a floor for each folder and each file at the root', () => {
    expect([...new Set(files.map(({ file }) => folderOf(file)))].filter((name) => !FLOORS.includes(name))).toEqual([]);
  });

  it('import from below only', () => {
    const wrong = files.flatMap(({ file, imports }) =>
      imports
        .filter((name) => !isPackage(name) && !name.startsWith('node:') && !name.startsWith('..'))
        .filter((name) => folderOf(name) !== folderOf(file) && floorOf(name) >= floorOf(file))
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('let no file import itself on a detour', () => {
    const next = new Map(files.map(({ file, imports }) => [file, imports]));
    const onDetour = files.filter(({ file }) => {
      const seen = new Set<string>();
      const open = [...(next.get(file) ?? [])];
      while (open.length > 0) {
        const name = open.pop() as string;
        if (name === file) return true;
        if (!seen.has(name)) open.push(...(next.get(name) ?? []));
        seen.add(name);
      }
      return false;
    });
    expect(onDetour.map(({ file }) => file)).toEqual([]);
  });

  it('let only one place import each package', () => {
    const wrong = files.flatMap(({ file, imports }) =>
      imports
        .filter((name) => isPackage(name) && OWNERS[name]?.test(file) !== true)
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keep clock, chance, files and process out of what is pure', () => {
    const wrong = files
      .filter(({ file }) => PURE.test(file))
      .flatMap(({ file, code, imports }) => [
        ...(IMPURE.exec(code) ?? []).map((what) => `${file} uses ${what}`),
        ...imports.filter((name) => name.startsWith('node:')).map((name) => `${file} imports ${name}`),
      ]);
    expect(wrong).toEqual([]);
  });

  it('leave the process to the command line', () => {
    const wrong = files
      .filter(({ file, code }) => !/^(cli|launch)\.ts$/.test(file) && /\bprocess\./.test(code))
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });

  it('are seen by this test', () => {
    expect(files.length).toBeGreaterThan(40);
    const importsOf = (path: string) => files.find(({ file }) => file === path)?.imports;
    expect(importsOf('commands/program.ts')).toContain('commander');
    expect(importsOf('commands/call/command.ts')).toContain('commands/call/run.ts');
  });
});
