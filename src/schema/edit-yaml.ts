import { Document, isMap, isScalar, parseDocument, type Range, visit } from 'yaml';
import { withoutEnds } from '../text/ends.ts';

/**
 * Changes values of a YAML text, and leaves its comments and everything else as they are.
 *
 * @param edits values by their paths; undefined removes one, a place after the last of a list adds one
 */
export function editYaml(text: string, edits: { path: (string | number)[]; value: unknown }[]): string {
  const document = parseDocument(text, { logLevel: 'error' });
  for (const { path, value } of edits) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, laidOut(document.createNode(value, { aliasDuplicateObjects: false })));
  }
  return document.toString({ lineWidth: 100, flowCollectionPadding: true });
}

/** A change of a YAML text: a new value for a place that has one, or a new member of the map around it. */
export interface Splice {
  path: string[];
  value: unknown;
  /** For a new member: the member that it follows. */
  after?: string;
}

/**
 * Changes values of a YAML or JSON text in place: comments, order and layout of everything else stay
 * byte for byte. Values are written in flow style. A place that the text does not have is left out,
 * unless it is to follow a member of the same map.
 */
export function spliceYaml(text: string, splices: Splice[]): string {
  const document = parseDocument(text, { logLevel: 'error' });
  const changes = splices.flatMap(({ path, value, after }) => {
    const node: unknown = document.getIn(path, true);
    const written = JSON.stringify(value);
    if (isScalar(node) && node.range) {
      // The comment of a block stands beside its sign.
      const comment = node.type?.startsWith('BLOCK') && node.comment ? ` #${node.comment}` : '';
      return [{ from: node.range[0], to: endOf(node.range, text), written: written + comment }];
    }
    const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const before = isMap(map) ? map.get(after, true) : undefined;
    if (!isMap(map) || !isScalar(before) || !before.range) return [];
    const name = path.at(-1) ?? '';
    const end = endOf(before.range, text);
    if (map.flow) return [{ from: end, to: end, written: `, ${JSON.stringify(name)}: ${written}` }];
    const lineEnd = text.indexOf('\n', end);
    const at = lineEnd < 0 ? text.length : lineEnd;
    return [{ from: at, to: at, written: `\n${name}: ${written}` }];
  });
  return changes
    .sort((one, other) => other.from - one.from)
    .reduce((all, { from, to, written }) => all.slice(0, from) + written + all.slice(to), text);
}

/** The end of a value; that of a block is before its last line break. */
const endOf = ([, end]: Range, text: string): number => withoutEnds(text.slice(0, end), null, /\n/).length;

/** Members that are written on one line if they are short. */
const ON_A_LINE = /^(?:match|source|envelope|auth|retry|page)$/;

/** A value as YAML; lines end near 100 columns. */
export function printYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  laidOut(document.contents);
  return document.toString({ lineWidth: 100, flowCollectionPadding: true });
}

/** Puts short maps and lists of numbers on one line. */
function laidOut<T>(node: T): T {
  visit(node as Document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && ON_A_LINE.test(String(key.value)) && isMap(value) && JSON.stringify(value).length < 90)
        value.flow = true;
    },
    Seq(_, seq) {
      if (seq.items.every((item) => isScalar(item) && typeof item.value !== 'string')) seq.flow = true;
    },
  });
  return node;
}
