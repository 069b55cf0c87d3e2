import { describe, expect, it } from 'vitest';
import { catalogSchema } from '../../src/catalogs/schema.ts';
import { serviceSchema } from '../../src/catalogs/service-schema.ts';
import { checksSchema } from '../../src/checks/schema.ts';
import { configSchema } from '../../src/config/schema.ts';
import { validateSource } from '../../src/schema/validate.ts';
import { partialSchema } from '../../src/triage/schema.ts';

/** Phrases of the schema library, which say what its types are called and not what to write. */
const LIBRARY =
  /\breceived\b|expected (?:string|number|boolean|array|object|record|int|null|undefined|one of|never|nonoptional)\b|\bInvalid (?:input|option|key|value|element|string|number|discriminator)|Unrecognized|Too (?:big|small)|must match pattern|\bundefined\b|\bNaN\b|\[object|\brecord\b|\bregex\b|\/\^|\bcustom\b/i;

const WRONG = [42, -1, 1.5, '', 'zz zz', true, false, null, [], [1], [{}], {}, { 'no such key': 1 }, { '': [] }];

interface Def {
  type: string;
  shape?: Record<string, Schema>;
  keyType?: Schema;
  valueType?: Schema;
  element?: Schema;
  innerType?: Schema;
  in?: Schema;
  options?: Schema[];
}
type Schema = { _zod: { def: Def } };

/** Every path of keys at which a schema expects something; `x` is a name of the user's, and 0 an item. */
function placesOf(schema: Schema, path: PropertyKey[] = [], depth = 0): PropertyKey[][] {
  const { shape, valueType, element, innerType, in: input, options } = schema._zod.def;
  if (depth > 12) return [];
  const inner = innerType ?? input;
  if (inner !== undefined) return placesOf(inner, path, depth + 1);
  const below = [
    ...(options ?? []).flatMap((option) => placesOf(option, path, depth + 1)),
    ...Object.entries(shape ?? {}).flatMap(([name, of]) => placesOf(of, [...path, name], depth + 1)),
    ...(valueType === undefined ? [] : placesOf(valueType, [...path, 'x'], depth + 1)),
    ...(element === undefined ? [] : placesOf(element, [...path, 0], depth + 1)),
  ];
  return [path, ...below];
}

/** A document with a value at a path, and nothing else. */
function documentWith(path: PropertyKey[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
}

describe.each([
  ['config', configSchema],
  ['checks', checksSchema],
  ['catalog', catalogSchema],
  ['service', serviceSchema],
  ['partial result of triage', partialSchema],
])('the messages about a %s', (_, schema) => {
  const places = [
    ...new Map(placesOf(schema as unknown as Schema).map((path) => [JSON.stringify(path), path])).values(),
  ];

  it('say what to write, in no phrase of the schema library, wherever a wrong value is', () => {
    expect(places.length).toBeGreaterThan(10);
    const leaked = new Map<string, string>();
    const unclear = new Map<string, string>();
    for (const path of places) {
      for (const value of WRONG) {
        const text = JSON.stringify(documentWith(path, value));
        const result = validateSource(text, schema as typeof configSchema);
        if (result.ok) continue;
        for (const { message, at } of result.problems) {
          if (LIBRARY.test(message)) leaked.set(message, text);
          if (message.trim() === '' || at.line !== 1 || at.column < 1) unclear.set(message, text);
        }
      }
    }
    expect(Object.fromEntries(leaked)).toEqual({});
    expect(Object.fromEntries(unclear)).toEqual({});
  });
});
