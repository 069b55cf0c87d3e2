import { readFileSync } from 'node:fs';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { parsed } from '../../src/input/parsed.ts';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { lowerCaseNames, savedResponse } from '../../src/model/exchange.ts';

/** A labelled error of fixtures/corpus; see the README there. */
export interface Labelled {
  name: string;
  status?: number;
  headers?: Record<string, string>;
  body: string;
  expect: Record<string, unknown>;
}

export const CORPORA = ['public-apis', 'servers', 'assorted', 'pastes', 'terminal'] as const;
export type Corpus = (typeof CORPORA)[number];

export const ROLES = [
  'code',
  'status',
  'message',
  'fields',
  'requestId',
  'category',
  'advice',
  'answeredBy',
  'says',
  'neverSays',
] as const;
export type ScoredRole = (typeof ROLES)[number];

/** The cases of a corpus. */
export function casesOf(corpus: Corpus, folder: URL): Labelled[] {
  const text = readFileSync(new URL(`${corpus}.jsonl`, folder), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Labelled);
}

/** The diagnosis of a case, as `errprobe explain` makes it; null where the input holds no error. */
export function explained({ status, headers = {}, body }: Labelled): Diagnosis | null {
  const isBody = status !== undefined || Object.keys(headers).length > 0;
  const [first] = readSavedErrors(body, 'the case', isBody);
  if (first === undefined) return null;
  const { exchange } = first;
  const base = exchange.response ?? (isBody ? savedResponse('') : null);
  const response =
    base === null
      ? null
      : parsed({
          ...base,
          status: status ?? base.status,
          headers: { ...base.headers, ...lowerCaseNames(headers) },
        });
  return diagnose({ ...exchange, response }, builtIn, { now: 0 });
}

const flat = (text: unknown): string =>
  String(text ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
const among = (value: unknown, allowed: unknown): boolean =>
  [allowed]
    .flat()
    .map(String)
    .includes(String(value ?? null));

/** Whether a value is what the label wants. */
const RIGHT: Record<ScoredRole, (diagnosis: Diagnosis, want: never) => boolean> = {
  code: ({ code }, want) => among(code, want),
  status: ({ status }, want) => among(status, want),
  message: ({ message }, want: string | null | (string | null)[]) => {
    const have = flat(message);
    return [want]
      .flat()
      .some((one) => one === null || have.includes(flat(one)) || (have.length > 8 && flat(one).includes(have)));
  },
  fields: ({ fields }, want: ({ path: string } | string)[]) => rightFields(fields, want),
  requestId: ({ requestId }, want) => among(requestId, want),
  category: ({ category }, want) => among(category, want),
  advice: ({ retry }, want) => among(retry.advice, want),
  answeredBy: ({ answeredBy }, { kind, name }: { kind?: string | string[]; name?: string | string[] }) => {
    const isKind =
      kind === undefined || among(answeredBy.kind, kind) || (answeredBy.kind === 'unknown' && among('api', kind));
    const named = [name ?? []].flat();
    const have = String(answeredBy.name).toLowerCase();
    return isKind && (named.length === 0 || named.some((one) => have.includes(one.toLowerCase())));
  },
  says: (diagnosis, patterns: string[]) => saysAny(diagnosis, patterns),
  neverSays: (diagnosis, patterns: string[]) => !saysAny(diagnosis, patterns),
};

/** Whether the causes or steps of a diagnosis say one of the patterns. */
function saysAny({ title, cause, causes, resolution }: Diagnosis, patterns: string[]): boolean {
  const advised = JSON.stringify([title, cause, causes, resolution]);
  return patterns.some((pattern) => new RegExp(pattern, 'i').test(advised));
}

/** True when all fields that are wanted are blamed, and no others. */
export function rightFields(fields: { path: string }[], want: ({ path: string } | string)[]): boolean {
  const have = new Set(fields.map(({ path }) => path).filter((path) => path !== ''));
  const wanted = want.map((one) => (typeof one === 'string' ? one : one.path)).filter((path) => path !== '');
  return wanted.every((path) => have.has(path)) && have.size === new Set(wanted).size;
}

/** How many labels of each role are right, and how many cases wholly. */
export interface Score {
  roles: Partial<Record<ScoredRole, { right: number; of: number }>>;
  wholly: number;
  of: number;
  misses: string[];
}

/** Scores the cases of a corpus; the roles that only pastes have are left out. */
export function scoreOf(cases: Labelled[]): Score {
  const score: Score = { roles: {}, wholly: 0, of: cases.length, misses: [] };
  for (const one of cases) {
    const diagnosis = explained(one);
    let isRight = true;
    for (const role of ROLES) {
      if (!(role in one.expect)) continue;
      const count = score.roles[role] ?? { right: 0, of: 0 };
      score.roles[role] = count;
      const right = diagnosis !== null && RIGHT[role](diagnosis, one.expect[role] as never);
      count.of += 1;
      if (right) count.right += 1;
      else score.misses.push(`${one.name} ${role}`);
      isRight &&= right;
    }
    if (isRight) score.wholly += 1;
  }
  return score;
}
