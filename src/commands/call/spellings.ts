import type { Effects } from '../../model/effects.ts';

/** Options that others spell differently, with a value or without one. */
const SYNONYMS: Record<string, string> = {
  '--auth': '--user',
  '-a': '--user',
  '--cert-key': '--key',
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
  return argv.flatMap((word, i) => {
    const [, name = word, value = null] = /^(--[\w-]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const next = value ?? argv[i + 1] ?? '';
    const written = value === null ? '' : `=${value}`;
    if (name === '--json' && JSON_DATA.test(next)) return `--json-data${written}`;
    if (name === '--form' && FORM_PART.test(next)) return `--form-part${written}`;
    if (name === '--verify') return verification(next);
    if (argv[i - 1] === '--verify') return [];
    return Object.hasOwn(SYNONYMS, name) ? `${SYNONYMS[name]}${written}` : word;
  });
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
  const text = given === undefined || given === '-' ? await readStdin(stdin, signal) : given;
  const others = [...argv.slice(1, at), ...argv.slice(at + (isNext ? 2 : 1))];
  return [...fromCurl(text, env), ...others];
}
