import { type ColorLevel, styles } from './style.ts';
import { visibleLine, wrap } from './text.ts';
import { counted } from './words.ts';

/** A well-known API, of which errprobe has a catalog. */
export interface KnownApiRow {
  id: string;
  name: string;
  /** Those by which it is recognized; the key goes only to those without a `*`. */
  hosts: string[];
  baseUrl: string | null;
  /** The environment variable for the key; null for an API that is called without one, or not at all. */
  variable: string | null;
  isSet: boolean;
  /** How requests are signed, for an API that errprobe does not call. */
  signed: string | null;
  /** The number of errors in its catalog. */
  entries: number;
}

/** The answer of `apis --known`. */
export interface KnownApiList {
  schema: 'errprobe/known-apis@1';
  apis: KnownApiRow[];
}

const INDENT = '    ';

/** The list as text: an API in a line with its name, and below it its hosts and key. */
export function renderKnownApis(
  { apis }: KnownApiList,
  { width, color }: { width: number; color: ColorLevel },
): string {
  const style = styles(color);
  const column = Math.max(...apis.map(({ id }) => id.length));
  const blocks = apis.flatMap((api) => [
    `  ${style.strong(api.id)}${' '.repeat(column - api.id.length)}  ${visibleLine(api.name)}, ${counted(api.entries, 'error')}`,
    ...[api.hosts.join(', '), keyRow(api)]
      .filter((row) => row !== '')
      .flatMap((row) => wrap(visibleLine(row), width - INDENT.length).map((line) => INDENT + line)),
  ]);
  return `${blocks.join('\n')}\n`;
}

function keyRow({ variable, isSet, signed }: KnownApiRow): string {
  if (signed !== null) return `requests are signed (${signed}): explained only, not called`;
  return variable === null ? '' : `key from ${variable}, which is ${isSet ? 'set' : 'not set'}`;
}
