import { type Splice, spliceYaml } from '../schema/edit-yaml.ts';
import { parseSource } from '../schema/yaml.ts';

/**
 * A catalog file of version 1 of the format as one of version 2: it says so, and its documents have
 * a title of their own, beside which address, licence and date can stand. Comments, order and layout
 * stay.
 *
 * @param text YAML or JSON of a valid catalog
 * @returns null if nothing is to change
 */
export function upgraded(text: string): string | null {
  const { value, errors } = parseSource(text);
  if (errors.length > 0 || typeof value !== 'object' || value === null) return null;
  const { version = 1, docs } = value as { version?: unknown; docs?: unknown };
  if (version !== 1) return null;
  const splices: Splice[] = [{ path: ['version'], value: 2, after: 'name' }];
  for (const [key, title] of Object.entries(docs ?? {}))
    if (typeof title === 'string') splices.push({ path: ['docs', key], value: { title } });
  return spliceYaml(text, splices);
}
