import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesNamed } from '../../src/input/files.ts';
import { emptyFolder } from '../helpers/terminal.ts';

it('ends the search for files that a config names by a pattern when the time is over', async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  writeFileSync(join(folder, 'a/b/c.yaml'), '');
  const over = () => AbortSignal.abort();
  expect(await filesNamed(['**/*.yaml'], folder)).toEqual(['a/b/c.yaml']);
  await expect(filesNamed(['**/*.yaml'], folder, over)).rejects.toThrow('**/*.yaml leads through more files');
  // A path is not searched for.
  expect(await filesNamed(['a/b/c.yaml'], folder, over)).toEqual(['a/b/c.yaml']);
});
