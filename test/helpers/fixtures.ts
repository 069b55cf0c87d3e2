import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtIn } from '../../src/catalogs/index.ts';
import { isThorough } from './thorough.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** A fixture of an error. */
export interface Fixture {
  name: string;
  status: number | null;
  headers: Record<string, string>;
  body: unknown;
}

/** All fixtures of errors. */
export function fixtures(folder = FIXTURES): Fixture[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && !file.startsWith('checks'))
    .sort();
  return files.map((name) => {
    const value = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Partial<Fixture>;
    return { name, status: value.status ?? null, headers: value.headers ?? {}, body: value.body };
  });
}

/** Whether it is a case of a well-known API. Of these there are many that are alike, so that fewer of them tell as much. */
export const isOfKnownApi = ({ name }: Fixture): boolean =>
  builtIn.known.apis.some(({ id }) => name.startsWith(`${id}/`));

/** The fixtures of errors, of the well-known APIs one in ten; all of them in CI. */
export function someFixtures(): Fixture[] {
  return fixtures().filter((fixture, i) => isThorough || i % 10 === 0 || !isOfKnownApi(fixture));
}
