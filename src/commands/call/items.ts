import { jsonProblem } from '../../input/json-problem.ts';
import { UsageError } from '../../model/errors.ts';

/** The separators of HTTPie's request items, and what each means. */
const SEPARATORS = {
  ':=@': 'json-file',
  ':=': 'json',
  '==': 'query',
  '=@': 'text-file',
  '=': 'text',
  '@': 'file',
  ':': 'header',
} as const;

/** What a request item adds to a request. */
export interface Item {
  kind: (typeof SEPARATORS)[keyof typeof SEPARATORS] | 'empty-header';
  name: string;
  value: string;
}

const FIRST = Object.keys(SEPARATORS) as (keyof typeof SEPARATORS)[];

/**
 * Parses an item as HTTPie does: the first separator counts, of several at one place the longest,
 * and a backslash takes a separator for text. `Name;` is a header without a value.
 *
 * @returns null for a word that is none
 */
export function readItem(word: string): Item | null {
  for (let at = 0; at < word.length; at++) {
    if (/^\\[:=@;]/.test(word.slice(at, at + 2))) {
      at++;
      continue;
    }
    const separator = FIRST.find((one) => word.startsWith(one, at));
    if (separator === undefined) continue;
    const name = unescaped(word.slice(0, at));
    const kind = SEPARATORS[separator];
    if (name === '' && kind !== 'file') return null;
    return { kind, name, value: unescaped(word.slice(at + separator.length)) };
  }
  return /^[^\s;]+;$/.test(word) ? { kind: 'empty-header', name: word.slice(0, -1), value: '' } : null;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([:=@;])/g, '$1');
}

/** A value of an object that items build: JSON in its own text, so that numbers stay as written. */
type Node = { json: string } | Map<string, Node> | Node[];

/**
 * The JSON of items, nested as their names say: `a[b]=1` is a member of a member, `a[]=1` appends to
 * a list.
 *
 * @param members names with values, each value as JSON
 * @throws UsageError for names that contradict each other, without any value
 */
export function jsonOf(members: [name: string, json: string][]): string {
  const root = new Map<string, Node>();
  for (const [name, json] of members) place(root, pathOf(name), { json }, name);
  return printed(root);
}

function pathOf(name: string): string[] {
  const [, head, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name) ?? [];
  return head === undefined ? [name] : [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key = '']) => key)];
}

function place(into: Node, [key = '', ...rest]: string[], value: Node, name: string): void {
  const slot = slotOf(into, key);
  if (slot === null) {
    throw new UsageError(`the items for ${name} contradict each other: one value cannot be of two kinds`);
  }
  const next = rest[0];
  const child = next === undefined ? value : (slot.found ?? (/^\d{0,4}$/.test(next) ? [] : new Map<string, Node>()));
  slot.set(child);
  if (next !== undefined) place(child, rest, value, name);
}

/** The place of a key in a list or an object; null where it cannot be. */
function slotOf(into: Node, key: string): { found: Node | undefined; set(node: Node): void } | null {
  if (into instanceof Map) return { found: into.get(key), set: (node) => void into.set(key, node) };
  if (!Array.isArray(into) || !/^\d{0,4}$/.test(key)) return null;
  const index = key === '' ? into.length : Number(key);
  return {
    found: into[index],
    set: (node) => {
      into[index] = node;
    },
  };
}

function printed(node: Node): string {
  if (Array.isArray(node))
    return `[${Array.from(node, (one) => (one === undefined ? 'null' : printed(one))).join(',')}]`;
  if (!(node instanceof Map)) return node.json;
  return `{${[...node].map(([name, value]) => `${JSON.stringify(name)}:${printed(value)}`).join(',')}}`;
}

/** @throws UsageError that does not repeat the value of an item `name:=json` */
export function jsonOfItem(name: string, text: string): string {
  const problem = jsonProblem(text);
  if (problem !== null) {
    throw new UsageError(`${name}:= needs JSON${problem}. For text, write ${name}=… with one sign`);
  }
  return text.trim();
}
