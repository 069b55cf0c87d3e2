import type * as z from 'zod';
import { pointerToken, valueAt } from '../json/pointer.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import { issueWords } from './issue-words.ts';
import { jsonSource } from './json-source.ts';
import { type Position, parseSource } from './yaml.ts';

/** A problem in a file, with its place. */
export interface Problem {
  at: Position;
  message: string;
}

/** The value of a file, or its problems. */
export type Validated<T> =
  | { ok: true; value: T; locate: Locate; written: Written }
  | { ok: false; problems: Problem[] };

/** The value at a path of keys as written; see `SourceDocument`. */
export type Written = (path: PropertyKey[]) => unknown;

/** The place of the value at a path of keys. */
export type Locate = (path: PropertyKey[]) => Position;

/**
 * Parses a YAML or JSON text and validates it against a schema. Problems have line, column and the
 * nearest valid key.
 *
 * @param root the keys that lead to the value if it is only a part of the file
 */
export function validateSource<T>(text: string, schema: z.ZodType<T>, root: string[] = []): Validated<T> {
  const tooMany = excessIn(text);
  if (tooMany !== null) return { ok: false, problems: [tooMany] };
  const document = jsonSource(text) ?? parseSource(text);
  if (document.errors.length > 0) return { ok: false, problems: document.errors.slice(0, MOST_TOLD) };
  const locate: Locate = (path) => document.locate([...root, ...path]);
  const value = valueAt(document.value, root.map(pointerToken).join(''));
  const result = schema.safeParse(value);
  const written: Written = (path) => document.written([...root, ...path]);
  if (result.success) return { ok: true, value: result.data, locate, written };
  return {
    ok: false,
    problems: result.error.issues.slice(0, MOST_TOLD).flatMap((issue) => problemsOf(issue, locate, written, schema)),
  };
}

/**
 * The most values in a file. Each takes more than a kilobyte of memory while the file is read, and no config, catalog
 * or list of checks comes near.
 */
const MOST_VALUES = 100_000;

/** The longest text, in characters; the parser takes many times as much memory. */
const LONGEST = 4 * 1024 * 1024;

/** The place from which on a text is too long, or may have too many values, counted by what separates them. */
function excessIn(text: string): Problem | null {
  if (text.length > LONGEST)
    return { at: { line: 1, column: 1 }, message: `it is too long: errprobe reads up to ${LONGEST / 1024 / 1024} MiB` };
  let [values, line, begin] = [0, 1, 0];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character !== '\n' && character !== ',' && character !== ':' && character !== '[' && character !== '{')
      continue;
    if (++values > MOST_VALUES) {
      const message = `it has more than ${MOST_VALUES.toLocaleString('en')} values, the most that errprobe reads`;
      return { at: { line, column: i - begin + 1 }, message };
    }
    if (character === '\n') [line, begin] = [line + 1, i + 1];
  }
  return null;
}

/** The most problems of one kind to report. */
const MOST_TOLD = 20;

function problemsOf(issue: z.core.$ZodIssue, locate: Locate, written: Written, schema: z.ZodType): Problem[] {
  const where = placeIn(issue.path, written);
  const prefix = where === '' ? '' : `${where}: `;
  if (issue.code === 'unrecognized_keys') {
    // Locating a key takes time proportional to the size of its map.
    return issue.keys.slice(0, MOST_TOLD).map((key) => {
      const suggestion = nearest(key, keysAt(schema, issue.path));
      return {
        at: locate([...issue.path, key]),
        message: `unknown key "${key}"${where === '' ? '' : ` in ${where}`}${suggestion === null ? belongs(key, issue.path, schema) : didYouMean(suggestion)}`,
      };
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The intended alternative is the one with the right type, so its problems are reported.
    const meant = issue.errors.find((issues) => !issues.some(isOfOtherType));
    if (meant !== undefined) {
      return meant.flatMap((own) =>
        problemsOf({ ...own, path: [...issue.path, ...own.path] }, locate, written, schema),
      );
    }
    const isMissing = issue.errors.flat().every(({ message }) => message.endsWith('received undefined'));
    if (isMissing) return [{ at: locate(issue.path), message: `${prefix}is missing` }];
    const wanted = issue.errors.flat().map((own) => issueWords(own).replace(/^write |, not [^,]*$/g, ''));
    return [{ at: locate(issue.path), message: `${prefix}write ${[...new Set(wanted)].join(', or ')}` }];
  }
  return [{ at: locate(issue.path), message: `${prefix}${issueWords(issue)}` }];
}

/** A path in words. An item of a list that has a name or an id is known by it, not by its number. */
function placeIn(path: PropertyKey[], written: Written): string {
  return path.reduce<string>((text, key, i) => {
    const item = typeof key === 'number' ? written(path.slice(0, i + 1)) : null;
    const name = item instanceof Map ? (item.get('name') ?? item.get('id')) : undefined;
    if (typeof name === 'string' && name !== '') return `${text} “${name}”`.trim();
    if (typeof key === 'number') return `${text} #${key + 1}`.trim();
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** Where a key would be known: in a map beside the one that it is in, or in one around that. */
function belongs(key: string, path: PropertyKey[], schema: z.ZodType): string {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const around = path.slice(0, depth);
    const map = keysAt(schema, around).find((beside) => keysAt(schema, [...around, beside]).includes(key));
    if (map !== undefined) return `; it belongs in "${map}"`;
  }
  return '';
}

function isOfOtherType({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
}

/** The keys that the schema allows at a path. */
function keysAt(schema: z.core.$ZodType, path: PropertyKey[]): string[] {
  let current = alternatives(schema);
  for (const key of path) {
    current = current
      .map(defOf)
      .flatMap((def) => alternatives(def.shape?.[String(key)] ?? def.valueType ?? def.element));
  }
  return current.flatMap((one) => Object.keys(defOf(one).shape ?? {}));
}

/** The schema inside any wrappers; several for a union. */
function alternatives(schema: z.core.$ZodType | undefined): z.core.$ZodType[] {
  if (schema === undefined) return [];
  const { innerType, in: input, options } = defOf(schema);
  const inner = innerType ?? input;
  if (inner !== undefined) return alternatives(inner);
  return options?.flatMap(alternatives) ?? [schema];
}

/** The inner schemas of a definition, by its kind. */
interface Def {
  shape?: Record<string, z.core.$ZodType>;
  valueType?: z.core.$ZodType;
  element?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
  in?: z.core.$ZodType;
  options?: z.core.$ZodType[];
}

function defOf(schema: z.core.$ZodType): Def {
  return schema._zod.def as Def;
}
