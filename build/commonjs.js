// The declarations once more, in a folder whose files TypeScript takes for CommonJS.
import { cpSync, writeFileSync } from 'node:fs';

cpSync('dist/types', 'dist/cjs/types', { recursive: true });
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
