import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Writes what `errprobe --help` prints beside the bundle, so that nothing has to be loaded to make it again. */
export function helpPlugin() {
  return {
    name: 'help',
    writeBundle({ dir = '.' }: { dir?: string }) {
      const cli = pathToFileURL(resolve(dir, 'cli.js')).href;
      const script = `const { main } = await import(${JSON.stringify(cli)}); await main(['help']);`;
      const text = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
      writeFileSync(join(dir, 'help.txt'), text);
    },
  };
}
