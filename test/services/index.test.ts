import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { serviceSchema } from '../../src/catalogs/service-schema.ts';
import { validateSource } from '../../src/schema/validate.ts';
import { SERVICES } from '../../src/services/index.ts';

const FOLDER = new URL('../../src/services/', import.meta.url);

/** What is known of each service, except for the entries, which the build adds to the catalog `services`. */
const services = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => {
    const result = validateSource(readFileSync(new URL(file, FOLDER), 'utf8'), serviceSchema);
    if (!result.ok) throw new Error(`${file}: ${JSON.stringify(result.problems)}`);
    const { docs, entries, ...service } = result.value;
    return { file, docs, entries, service };
  });

describe('the table of services', () => {
  it('is derived from the files of the services', async () => {
    const rows = services.map(({ service: { bodies, marks, ...rest } }) => `  ${JSON.stringify(rest)}`);
    const table = `// Derived from the files in this folder: npx vitest run test/services --update
import type { Service } from '../model/service.ts';

/** What is known of single services, but for the forms of their bodies. */
export const SERVICES: Service[] = [
${rows.join(',\n')},
];
`;
    await expect(table).toMatchFileSnapshot('../../src/services/index.ts');
  });

  it('leaves the forms of bodies to a file of their own, which a program that reads those of one API goes without', async () => {
    const formed = services.filter(({ service }) => service.bodies !== undefined);
    const rows = formed.map(({ service: { id, marks, bodies } }) => `  ${JSON.stringify({ id, marks, bodies })}`);
    const table = `// Derived from the files in this folder: npx vitest run test/services --update
import type { ServiceBodies } from '../model/service.ts';

/** The forms of the bodies of single services. */
export const BODIES: ServiceBodies[] = [
${rows.join(',\n')},
];
`;
    await expect(table).toMatchFileSnapshot('../../src/services/bodies.ts');
  });

  it.each(services)('has $service.name under the name of its file', ({ file, docs, entries, service }) => {
    expect(file).toBe(`${service.id}.yaml`);
    expect(docs !== undefined).toBe(entries.length > 0);
    for (const { id, source } of entries) expect(`${id}: ${source.doc}`).toBe(`${id}: ${service.id}`);
  });

  it('tells whose a key is by its beginning', () => {
    expect(SERVICES.filter(({ issued }) => issued !== undefined && !issued.startsWith('^'))).toEqual([]);
  });
});
