import { chmodSync, existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownFolder } from '../../src/terminal/own-folder.ts';
import { emptyFolder } from '../helpers/terminal.ts';

const me = process.geteuid?.() ?? null;
const mode = (path: string) => lstatSync(path).mode & 0o7777;

/** The folder of compiled code in a cache folder. */
function compiled(cache: string, uid = me, make = true) {
  return ownFolder('cache', ['compiled'], { env: { XDG_CACHE_HOME: cache, HOME: '/nowhere' }, uid }, make);
}

describe.skipIf(me === null)('a folder of our own', () => {
  it('is made with all above it, for nobody else', () => {
    const cache = join(emptyFolder(), 'a/b');
    expect(compiled(cache)).toEqual({ path: join(cache, 'errprobe/compiled'), problem: null });
    for (const part of ['', 'errprobe', 'errprobe/compiled']) expect(mode(join(cache, part))).toBe(0o700);
    expect(compiled(cache).problem).toBeNull();
  });

  it('is below home where the variable is not set or relative', () => {
    const home = emptyFolder();
    for (const given of [undefined, '', 'relative']) {
      const { path } = ownFolder('state', ['calls'], { env: { HOME: home, XDG_STATE_HOME: given }, uid: me }, false);
      expect(path).toBe(join(home, '.local/state/errprobe/calls'));
    }
  });

  it('is used in a folder of everybody that is sticky, as /tmp is', () => {
    const cache = emptyFolder();
    chmodSync(cache, 0o1777);
    expect(compiled(cache).problem).toBeNull();
  });

  it.each<[string, (cache: string) => void, RegExp]>([
    ['a folder that others can write to', (cache) => chmodSync(join(cache, 'errprobe'), 0o777), /others can write to/],
    [
      'one that a group can write to',
      (cache) => chmodSync(join(cache, 'errprobe/compiled'), 0o770),
      /others can write/,
    ],
    ['one that everybody can replace', (cache) => chmodSync(cache, 0o777), /everybody can write to/],
  ])('is not %s', (_, spoil, problem) => {
    const cache = emptyFolder();
    expect(compiled(cache).problem).toBeNull();
    spoil(cache);
    expect(compiled(cache).problem).toMatch(problem);
  });

  it('is not a symbolic link, wherever it leads', () => {
    const [cache, target] = [emptyFolder(), emptyFolder()];
    symlinkSync(target, join(cache, 'errprobe'));
    expect(compiled(cache).problem).toMatch(/is a symbolic link/);
  });

  it('is not that of another user', () => {
    const cache = emptyFolder();
    mkdirSync(join(cache, 'errprobe/compiled'), { recursive: true, mode: 0o700 });
    expect(compiled(cache, (me ?? 0) + 1).problem).toMatch(/belongs to another user/);
  });

  it('is not a file', () => {
    const cache = emptyFolder();
    writeFileSync(join(cache, 'errprobe'), '');
    expect(compiled(cache).problem).toMatch(/ENOTDIR/);
    expect(compiled(cache, me, false).problem).toMatch(/is no folder/);
  });

  it('is looked at only by its kind where users have no numbers', () => {
    const cache = emptyFolder();
    chmodSync(cache, 0o777);
    expect(compiled(cache, null).problem).toBeNull();
  });

  it.runIf(existsSync('/proc/self'))('is given up where nothing can be made, and at once', () => {
    for (const folder of ['/proc', '/proc/1/x', '/dev/null']) expect(compiled(folder).problem).toMatch(/cannot write/);
  });
});
