import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'build', 'bin', 'package.json', 'package-lock.json', 'rolldown.config.ts', 'tsconfig.json'];

/** What the build writes last, so that it is there only after a whole build. */
const LAST = 'dist/cjs/types/package.json';

/** The end-to-end tests run what users run: the bundle, built from the current sources. */
export default function build(): void {
  if (changed() < written()) return;
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** When a source was changed last, folders included: they tell of what was renamed or deleted. */
function changed(): number {
  const files = SOURCES.flatMap((source) =>
    statSync(source).isDirectory()
      ? [source, ...readdirSync(source, { recursive: true, encoding: 'utf8' }).map((file) => join(source, file))]
      : [source],
  );
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

function written(): number {
  return statSync(LAST, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
