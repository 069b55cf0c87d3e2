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
    const found = [...text.matchAll(/(?:^(import|export)( type)? [^;]*?from |\bimport\()'([^']+)'/gms)];
    const imports = found.map(([, , type, name = '']) => ({
      name: name.startsWith('.') ? relative(SRC, resolve(SRC, dirname(file), name)) : name,
      type: type !== undefined,
    }));
    // Comments may speak of what the code must not touch.
    return { file, imports, code: text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '') };
  });

const isPackage = (name: string) =>
  /^[a-z@]/.test(name) && !name.startsWith('node:') && !/^[\w./-]+\.(ts|yaml|json)$/.test(name);

/** Folder or file by folder or file, what it may not import. Types may go upwards; values may not. */
const FORBIDDEN: [string, RegExp][] = [
  ['json/', /^(?!json\/)/],
  ['text/', /^(?!text\/)/],
  [
    'diagnosis/',
    /^(?!diagnosis\/|json\/|text\/|catalog\/(catalog|template|pointer|text)\.ts|duration\.ts|nearest\.ts)/,
  ],
  ['catalog/', /^(cli|surface|effects|commands|http|input|config|mock|render|terminal)\b/],
  ['render/', /^(cli|surface|effects|commands|http|input|config|mock|terminal)\b/],
  ['http/', /^(cli|surface|commands|input|config|mock|render|terminal)\b/],
  ['input/', /^(cli|surface|commands|http|config|mock|render|terminal)\b/],
  ['triage/', /^(cli|surface|commands|http|config|mock|render|terminal)\b/],
  ['config/', /^(cli|surface|commands|http|input|mock|render|terminal)\b/],
  ['checks/', /^(cli|surface|effects|commands|http|config|mock|render|terminal)\b/],
  ['mock/', /^(cli|surface|commands|http|input|config|render|terminal)\b/],
];

/** Pure: no clock, chance, file, network, environment or process; they come in as arguments. */
const PURE =
  /^(text\/|diagnosis\/|json\/|triage\/|checks\/(?!load|json-schema)|catalog\/(?!plugin)|render\/|http\/retry\.ts|mock\/answer\.ts|duration\.ts|nearest\.ts)/;
const IMPURE = /\bprocess\.|\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bsetTimeout\b|\bfetch\(|\bconsole\./;

describe('the layers', () => {
  it.each(FORBIDDEN)('%s imports only from below', (folder, forbidden) => {
    const wrong = files
      .filter(({ file }) => file.startsWith(folder) && file !== 'catalog/plugin.ts')
      .flatMap(({ file, imports }) =>
        imports
          .filter(({ name, type }) => !type && !isPackage(name) && forbidden.test(name))
          .map(({ name }) => `${file} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  it('let only one place import each package', () => {
    const wrong = files.flatMap(({ file, imports }) =>
      imports
        .filter(({ name }) => isPackage(name) && !file.startsWith(OWNERS[name] ?? ' '))
        .map(({ name }) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keep clock, chance, files and process out of what is pure', () => {
    const wrong = files
      .filter(({ file }) => PURE.test(file))
      .flatMap(({ file, code, imports }) => [
        ...(IMPURE.exec(code) ?? []).map((what) => `${file} uses ${what}`),
        ...imports.filter(({ name }) => name.startsWith('node:')).map(({ name }) => `${file} imports ${name}`),
      ]);
    expect(wrong).toEqual([]);
  });

  it('leave the process to the command line', () => {
    const wrong = files
      .filter(({ file, code }) => file !== 'cli.ts' && /\bprocess\./.test(code))
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });

  it('are seen by this test', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(files.find(({ file }) => file === 'cli-commands.ts')?.imports.map(({ name }) => name)).toContain(
      'commander',
    );
    expect(files.find(({ file }) => file === 'cli-commands.ts')?.imports.map(({ name }) => name)).toContain(
      'commands/run-call.ts',
    );
  });
});
