import { alternatives } from '../model/key-variables.ts';
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
  /** Where the key is looked for, in this order: a variable, or those of the user and the password of Basic. */
  variables: string[][];
  /** The value to put into the variable, if its name is errprobe's own; null if the tools of the API have it. */
  holds: string | null;
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
    ...[hostRow(api), keyRow(api)]
      .filter((row) => row !== '')
      .flatMap((row) => wrap(visibleLine(row), width - INDENT.length).map((line) => INDENT + line)),
  ]);
  return `${blocks.join('\n')}\n`;
}

/** More hosts than these are counted only. */
const SHOWN_HOSTS = 8;

function hostRow({ hosts }: KnownApiRow): string {
  const shown = hosts.length > SHOWN_HOSTS ? hosts.slice(0, SHOWN_HOSTS - 2) : hosts;
  const rest = hosts.length - shown.length;
  return shown.join(', ') + (rest === 0 ? '' : ` and ${rest} more`);
}

function keyRow({ variables, holds, isSet, signed }: KnownApiRow): string {
  if (signed !== null) return `requests are signed (${signed}): explained only, not called`;
  const words = alternatives(variables);
  const what = holds === null ? '' : `; the name is errprobe's own: set it to ${holds}`;
  return words === '' ? '' : `key from ${words} (${isSet ? 'set' : 'not set'})${what}`;
}
