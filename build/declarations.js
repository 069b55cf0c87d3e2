// Keeps the declarations that the entries of the package lead to, of which the compiler writes those of every file, and
// copies them to a folder whose files TypeScript takes for CommonJS.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const TYPES = resolve('dist/types');

/** The declarations that a file imports, with itself. */
function reach(file, reached) {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.(?:ts|js)['"]/g))
    reach(resolve(dirname(file), `${path}.d.ts`), reached);
}

const reached = new Set();
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
for (const [, path] of JSON.stringify(exports).matchAll(/"types":"\.\/dist\/types\/([^"]+)"/g))
  reach(join(TYPES, path), reached);

for (const path of readdirSync(TYPES, { recursive: true })) {
  const file = join(TYPES, path);
  if (file.endsWith('.ts') && !reached.has(file)) rmSync(file);
}

cpSync(TYPES, 'dist/cjs/types', { recursive: true });
writeFileSync('dist/cjs/types/package.json', '{ "type": "commonjs" }\n');
