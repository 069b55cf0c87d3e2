import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
