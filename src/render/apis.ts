import { alternatives } from '../model/key-variables.ts';
import { type ColorLevel, styles } from './style.ts';
import { visibleLine, wrap } from './text.ts';

/** One API of `errprobe apis`. */
export interface ListedApi {
  id: string;
  name: string;
  isDefault: boolean;
  /** Where a config describes it, `.errproberc.yaml:4`; null for one that is only built in. */
  at: string | null;
  catalog: string | null;
  profiles: string[];
  baseUrl: string | null;
  auth: { header: string | null; query: string | null; variable: string; variables: string[][] } | null;
  /** The key, unless a command prints it or it is missing. */
  key: { from: string; fingerprint: string } | null;
  /** The program that prints the key, which is not run for the list. */
  command: string | null;
  /** Why its settings cannot be used. */
  problem: string | null;
}

/** The APIs that commands can name. */
export interface ApiList {
  schema: 'errprobe/apis@1';
  profile: string | null;
  apis: ListedApi[];
}

const INDENT = '    ';

/** The list as text: an API with its address, and below it its key and where it is configured. */
export function renderApis({ profile, apis }: ApiList, { width, color }: { width: number; color: ColorLevel }): string {
  const style = styles(color);
  const blocks = apis.map((api) => {
    const mark = api.isDefault ? style.success('* ') : '  ';
    const head = `${mark}${style.strong(visibleLine(api.id))}  ${visibleLine(api.baseUrl ?? '')}`.trimEnd();
    return [
      head,
      ...rowsOf(api).flatMap((row) => wrap(visibleLine(row), width - INDENT.length).map((line) => INDENT + line)),
    ];
  });
  const configured = apis.some(({ at }) => at !== null);
  const notes = [
    ...(apis.some(({ isDefault }) => isDefault) ? ['* is the API of commands that name none.'] : []),
    ...(profile === null ? [] : [`The profile ${profile} applies.`]),
    ...(configured ? [] : ['No config describes an API: run errprobe init to write one.']),
  ];
  const text = [
    ...blocks.flat(),
    ...(notes.length > 0 ? ['', ...notes.map((note) => style.quiet(visibleLine(note)))] : []),
  ];
  return `${text.join('\n')}\n`;
}

function rowsOf({ at, catalog, id, profiles, problem, ...api }: ListedApi): string[] {
  return [
    ...(problem === null ? [keyRow(api)] : [problem]),
    ...(at === null
      ? ['built in']
      : [at + (catalog === null ? '' : catalog === id ? ', built-in catalog' : `, catalog ${catalog}`)]),
    ...(profiles.length === 0 ? [] : [`profiles: ${profiles.join(', ')}`]),
  ];
}

function keyRow({ auth, key, command }: Pick<ListedApi, 'auth' | 'key' | 'command'>): string {
  if (auth === null) return 'no key';
  const place = auth.query === null ? auth.header : `the parameter ${auth.query}`;
  if (key !== null) return `key from ${key.from}, fingerprint ${key.fingerprint}, sent in ${place}`;
  if (command !== null) return `key from the command ${command}, which is not run for this list; sent in ${place}`;
  return `no key: set ${alternatives(auth.variables)}`;
}
