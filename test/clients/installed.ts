import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('package.json', import.meta.url));

/** Whether the clients are there: `npm install --prefix test/clients`. */
export const isInstalled = existsSync(new URL('node_modules/', import.meta.url));

/** Whether the majors that need it can run: got 15 and newer, undici 8, ky 2. `.ci/run` runs these tests on Node.js 22 as well. */
export const isNode22 = Number.parseInt(process.versions.node, 10) >= 22;

/** Loads a client that is installed beside this file. */
// biome-ignore lint/suspicious/noExplicitAny: the clients are installed only where they are tested, so their types are not there.
export const load = async (name: string): Promise<any> => await import(pathToFileURL(require.resolve(name)).href);
