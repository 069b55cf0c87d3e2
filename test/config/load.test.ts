import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLayers } from '../../src/config/load.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const load = (cwd: string) => loadLayers(cwd, { HOME: cwd });

describe('the config', () => {
  it.each([
    ['package.json', '{"errprobe":{"api":"victims"}}'],
    ['.errproberc', 'api: victims'],
    ['.errproberc', '{"api":"victims"}'],
    ['.errproberc.json', '{"api":"victims"}'],
    ['.errproberc.yaml', 'api: victims'],
    ['.errproberc.yml', 'api: victims'],
    ['errprobe.config.json', '{"api":"victims"}'],
    ['errprobe.config.yaml', 'api: victims'],
  ])('is found in %s', async (name, text) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, name), text);
    expect((await load(cwd)).map(({ file, value }) => [file, value.api])).toEqual([[name, 'victims']]);
  });

  it('is found in a folder above, up to the package.json', async () => {
    const root = emptyFolder();
    const cwd = join(root, 'a', 'b');
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(root, '.errproberc.yaml'), 'api: victims');
    expect(await load(cwd)).toHaveLength(1);
    writeFileSync(join(root, 'a', 'package.json'), '{}');
    expect(await load(cwd)).toHaveLength(0);
  });

  it('of the project comes before that of the user', async () => {
    const cwd = emptyFolder();
    const home = emptyFolder();
    mkdirSync(join(home, 'errprobe'));
    writeFileSync(join(home, 'errprobe', 'config.yaml'), 'api: victims');
    writeFileSync(join(cwd, '.errproberc.yaml'), 'api: cryptocomply');
    const layers = await loadLayers(cwd, { XDG_CONFIG_HOME: home });
    expect(layers.map(({ value }) => value.api)).toEqual(['cryptocomply', 'victims']);
  });

  it('that is empty, and a package.json of somebody else, are no config', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), '\n');
    writeFileSync(join(cwd, 'package.json'), '{ broken');
    expect(await load(cwd)).toEqual([]);
  });

  it('never runs code from the working directory', async () => {
    const cwd = emptyFolder();
    const mark = join(cwd, 'executed');
    const code = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); module.exports = {};`;
    mkdirSync(join(cwd, '.config'));
    for (const name of [
      '.errproberc.js',
      '.errproberc.cjs',
      'errprobe.config.js',
      '.config/config.js',
      '.config/errproberc.cjs',
      'imported.js',
    ]) {
      writeFileSync(join(cwd, name), code);
    }
    writeFileSync(join(cwd, 'package.json'), '{"cosmiconfig":{"searchPlaces":["imported.js"]}}');
    const before = process.cwd();
    process.chdir(cwd);
    try {
      expect(await load(cwd)).toEqual([]);
    } finally {
      process.chdir(before);
    }
    writeFileSync(join(cwd, '.errproberc.yaml'), '$import: ./imported.js\n');
    expect((await run(['explain', '429'], { cwd })).code).toBe(2);
    expect(existsSync(mark)).toBe(false);
  });
});
