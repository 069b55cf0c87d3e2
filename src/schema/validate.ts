import type * as z from 'zod';
import { pointerToken, valueAt } from '../catalog/pointer.ts';
import { type Position, parseSource } from '../catalog/yaml.ts';
import { nearest } from '../nearest.ts';

/** One problem of a file, with its place. */
export interface Problem {
  at: Position;
  message: string;
}

/** What reading a file gave: its value, or what is wrong with it. */
export type Validated<T> = { ok: true; value: T; locate: Locate } | { ok: false; problems: Problem[] };

/** The place of the value at a path of keys. */
export type Locate = (path: PropertyKey[]) => Position;

/**
 * Parses a YAML or JSON text and checks it against a schema. Problems carry line, column and the nearest valid key.
 *
 * @param root the keys that lead to the value where it is only a part of the file
 */
export function validateSource<T>(text: string, schema: z.ZodType<T>, root: string[] = []): Validated<T> {
  const document = parseSource(text);
  if (document.errors.length > 0) return { ok: false, problems: document.errors };
  const locate: Locate = (path) => document.locate([...root, ...path]);
  const value = valueAt(document.value, root.map(pointerToken).join(''));
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data, locate };
  return { ok: false, problems: result.error.issues.flatMap((issue) => problemsOf(issue, locate, schema)) };
}

function problemsOf(issue: z.core.$ZodIssue, locate: Locate, schema: z.ZodType): Problem[] {
  const where = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const suggestion = nearest(key, keysAt(schema, issue.path));
      return {
        at: locate([...issue.path, key]),
        message: `unknown key "${key}"${where === '' ? '' : ` in ${where}`}${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`,
      };
    });
  }
  return [{ at: locate(issue.path), message: where === '' ? issue.message : `${where}: ${issue.message}` }];
}

/** The keys that the schema allows at a path. */
function keysAt(schema: z.core.$ZodType, path: PropertyKey[]): string[] {
  let current: z.core.$ZodType | undefined = unwrap(schema);
  for (const key of path) {
    const def = current?._zod.def as z.core.$ZodTypeDef & {
      shape?: Record<string, z.core.$ZodType>;
      valueType?: z.core.$ZodType;
      element?: z.core.$ZodType;
    };
    current = unwrap(def.shape?.[String(key)] ?? def.valueType ?? def.element);
  }
  const def = current?._zod.def as { shape?: Record<string, unknown> } | undefined;
  return Object.keys(def?.shape ?? {});
}

function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const def = schema?._zod.def as { innerType?: z.core.$ZodType; in?: z.core.$ZodType } | undefined;
  const inner = def?.innerType ?? def?.in;
  return inner === undefined ? schema : unwrap(inner);
}
