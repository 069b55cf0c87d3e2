import { TextBuilder } from './builder.ts';
import { compact, indented } from './print.ts';
import { readJson } from './read.ts';
import {
  beginsNumber,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  decodeString,
  isName,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  scan,
} from './scan.ts';
import { isJson } from './valid.ts';

/**
 * JSON as written, with the digits of its numbers, the order of its members, duplicates and
 * escapes. It is never printed from a parsed value.
 */
export class JsonText {
  /** @param text valid JSON; for NDJSON one document per line */
  constructor(readonly text: string) {}

  /** The text as JSON, or undefined if it is not JSON. */
  static parse(text: string): JsonText | undefined {
    const unmarked = text.replace(/^\uFEFF/, '');
    return isJson(unmarked) ? new JsonText(unmarked) : undefined;
  }

  /** The value, as parsed by `parseJson`. */
  get value(): unknown {
    return readJson(this.text);
  }

  /** On one line, without white space. */
  toString(): string {
    return compact(this.text);
  }

  /** On several lines, in the layout of `JSON.stringify(value, null, 2)`. */
  indented(): string {
    return indented(this.text);
  }

  /** The value at a path of names and indexes; of duplicates the last, like a parser. */
  at(path: readonly string[]): JsonText | undefined {
    const source = sourceAt(this.text, path);
    return source === undefined ? undefined : new JsonText(source);
  }

  /** The items of a list, in one pass; empty for anything else. */
  items(): JsonText[] {
    const items: JsonText[] = [];
    let depth = 0;
    let begun = 0;
    if (!/^\s*\[/.test(this.text)) return items;
    scan(this.text, (kind, start, end) => {
      const closes = kind === CLOSE_LIST || kind === CLOSE_OBJECT;
      if (closes) depth--;
      if (depth === 1 && kind !== COMMA && !closes) begun = start;
      if (kind === OPEN_LIST || kind === OPEN_OBJECT) depth++;
      else if (depth === 1 && kind !== COMMA) items.push(new JsonText(this.text.slice(begun, end)));
    });
    return items;
  }

  /** Changes the contents of strings and numbers; see `mapLeaves`. */
  map(change: (leaf: Leaf) => string): JsonText {
    return new JsonText(mapLeaves(this.text, change));
  }
}

/** A body for a report: JSON in its own text, anything else as text. */
export function jsonOrText(body: string): JsonText | string {
  return JsonText.parse(body) ?? body;
}

/** A string, a number or the name of a member. */
export interface Leaf {
  kind: 'string' | 'number' | 'name';
  /** The decoded contents of a string or a name; the text of a number. */
  content: string;
  /**
   * The name of the member that the value belongs to; null for an item of a list and at the top
   * level.
   */
  name: string | null;
}

/**
 * Changes contents in one or more JSON texts. Unchanged contents keep their spelling, and changed
 * ones are encoded as strings, so that the result is valid JSON whatever `change` returns.
 */
export function mapLeaves(text: string, change: (leaf: Leaf) => string): string {
  const result = new TextBuilder();
  let copied = 0;
  let name: string | null = null;
  scan(text, (kind, start, end) => {
    if (kind === COLON) return;
    const member = name;
    name = null;
    if (kind !== QUOTE && !beginsNumber(kind)) return;
    const token = text.slice(start, end);
    const content = kind === QUOTE ? decodeString(token) : token;
    const itself = isName(text, kind, end);
    if (itself) name = content;
    const changed = change({ kind: itself ? 'name' : kind === QUOTE ? 'string' : 'number', content, name: member });
    if (changed === content) return;
    result.add(text.slice(copied, start));
    result.add(JSON.stringify(changed));
    copied = end;
  });
  if (copied === 0) return text;
  result.add(text.slice(copied));
  return result.toString();
}

/** The text of the value at a path, or undefined. */
function sourceAt(text: string, path: readonly string[]): string | undefined {
  let depth = 0;
  /** The number of open containers on the path; the members of the last one are being compared. */
  let onPath = 0;
  /** For each open container, the index of the next item or the name of the next member. */
  const next: (number | string)[] = [];
  let begun = -1;
  let found: string | undefined;
  scan(text, (kind, start, end) => {
    if (kind === COLON) return;
    if (kind === COMMA) {
      const index = next[onPath];
      if (depth === onPath && begun < 0 && typeof index === 'number') next[onPath] = index + 1;
      return;
    }
    if (kind === CLOSE_LIST || kind === CLOSE_OBJECT) {
      depth--;
      if (begun >= 0 && depth === path.length) {
        found = text.slice(begun, end);
        begun = -1;
      } else if (begun < 0 && depth < onPath) onPath--;
      return;
    }
    if (isName(text, kind, end)) {
      if (depth === onPath && begun < 0) next[onPath] = decodeString(text.slice(start, end));
      return;
    }
    const opens = kind === OPEN_LIST || kind === OPEN_OBJECT;
    const wanted = begun < 0 && depth === onPath && (depth === 0 || String(next[depth]) === path[depth - 1]);
    if (wanted) {
      // A later duplicate replaces an earlier one, even if it lacks the rest of the path.
      found = undefined;
      if (depth === path.length) {
        if (opens) begun = start;
        else found = text.slice(start, end);
      } else if (opens) {
        onPath = depth + 1;
        next[onPath] = kind === OPEN_LIST ? 0 : '';
      }
    }
    if (opens) depth++;
  });
  return found;
}
