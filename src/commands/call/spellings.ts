import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import { lookup } from '../../text/lookup.ts';

/** Options that others spell differently, with a value or without one. */
const SYNONYMS: Record<string, string> = {
  '--all': '--verbose',
  '--auth': '--user',
  '-a': '--user',
  '--cert-key': '--key',
  '--cert-key-pass': '--pass',
  '--download': '--remote-name',
  '--max-redirs': '--max-redirects',
  '--oauth2-bearer': '--bearer',
  '--offline': '--dry-run',
  '--raw': '--data-raw',
};

/** The start of JSON, of a file with it, or of standard input, as curl's `--json` has them. */
const JSON_DATA = /^(?:[[{"@]|-$|-?\d|(?:true|false|null)$)/;

/** A part of a form, as curl's `--form` has it; a URL with a query is none. */
const FORM_PART = /^[^=/:?]+=/;

/**
 * The arguments of `call` in errprobe's own spelling. curl and HTTPie share names that mean different
 * things: with a value `--json` and `--form` are curl's, without one HTTPie's.
 */
export function inOwnSpelling(argv: string[]): string[] {
  const typed = withBareOptions(withAuthType(argv));
  return typed.flatMap((word, i) => {
    const [, name = word, value = null] = /^(--[\w-]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const next = value ?? typed[i + 1] ?? '';
    const written = value === null ? '' : `=${value}`;
    if (name === '--json' && JSON_DATA.test(next)) return `--json-data${written}`;
    if (name === '--form' && FORM_PART.test(next)) return `--form-part${written}`;
    const taken = lookup(TAKEN, name);
    if (taken !== undefined) return taken(next);
    if (Object.hasOwn(TAKEN, typed[i - 1] ?? '')) return [];
    const own = lookup(SYNONYMS, name);
    return own === undefined ? word : `${own}${written}`;
  });
}

/** Options that may have a value, which a method or a target after them is not. */
const MAY_HAVE_VALUE = new Set(['--mock', '--retry', '--idempotency-key']);
const METHOD_OR_TARGET = /^(?:[A-Z]{3,7}$|\/|:\d|https?:)/;

/** Moves such an option to the end if what is called follows it: `call --mock GET /cyber-assets`. */
function withBareOptions(argv: string[]): string[] {
  const isBare = (word: string, i: number) => MAY_HAVE_VALUE.has(word) && METHOD_OR_TARGET.test(argv[i + 1] ?? '');
  return [...argv.filter((word, i) => !isBare(word, i)), ...argv.filter(isBare)];
}

/** HTTPie's `--auth-type`, which is -A there; curl's -A names the client, which is never called so. */
const AUTH_TYPE = /^(?:basic|bearer|digest)$/i;

/** Puts an option in place of HTTPie's type of credentials. */
function withAuthType(argv: string[]): string[] {
  const at = argv.findIndex(
    (word, i) => /^--auth-type(?:=|$)/.test(word) || (word === '-A' && AUTH_TYPE.test(argv[i + 1] ?? '')),
  );
  if (at < 0) return argv;
  const joined = /^--auth-type=(.*)$/.exec(argv[at] ?? '')?.[1];
  const type = (joined ?? argv[at + 1] ?? '').toLowerCase();
  if (!AUTH_TYPE.test(type)) return argv;
  const others = [...argv.slice(0, at), ...argv.slice(at + (joined === undefined ? 2 : 1))];
  if (type === 'basic') return others;
  if (type === 'digest') return [...others, '--digest'];
  return others.map((word) => word.replace(/^(?:--auth|-a)(?==|$)/, '--bearer'));
}

/** Options of HTTPie whose value says which of errprobe's options are meant. */
const TAKEN: Record<string, (value: string) => string[]> = {
  '--verify': verification,
  '--print': printed,
  '-p': printed,
  '--pretty': (value) => {
    if (value === 'all') return [];
    if (value === 'format') return ['--no-color'];
    throw new UsageError('--pretty takes all or format: a pipe gets the bytes as they came');
  },
};

/** HTTPie's `--print`: the request (H, B), and the header and body of the response (h, b). */
function printed(value: string): string[] {
  if (/^[HBhb]+$/.test(value) && value.includes('b')) {
    return [...(/[HB]/.test(value) ? ['--verbose'] : value.includes('h') ? ['--include'] : [])];
  }
  throw new UsageError('--print takes b, hb or HBhb; --format json has all parts of a call');
}

/** HTTPie's `--verify`: yes, no, or a file of authorities. */
function verification(value: string): string[] {
  if (/^(?:no|false)$/i.test(value)) return ['--insecure'];
  return /^(?:yes|true)$/i.test(value) ? [] : [`--cacert=${value}`];
}

/**
 * The arguments of `call` with a curl command in place of `--from-curl`; the others follow and so
 * override it.
 *
 * @throws UsageError when the command cannot be taken over
 */
export async function withCurl(argv: string[], { stdin, signal, env }: Effects): Promise<string[]> {
  const at = argv.findIndex((word) => /^--from-curl(?:=|$)/.test(word));
  if (at < 0) return argv;
  const joined = /^--from-curl=([\s\S]*)$/.exec(argv[at] ?? '')?.[1];
  const next = argv[at + 1];
  const isNext = joined === undefined && next !== undefined && (next === '-' || !next.startsWith('-'));
  const given = joined ?? (isNext ? next : undefined);
  const [{ fromCurl }, { readStdin }] = await Promise.all([
    import('./from-curl.ts'),
    import('../../input/read-source.ts'),
  ]);
  const text = given === undefined || given === '-' ? await readStdin(stdin, { signal }) : given;
  const others = [...argv.slice(1, at), ...argv.slice(at + (isNext ? 2 : 1))];
  return [...fromCurl(text, env), ...others];
}
