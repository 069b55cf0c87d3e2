import { parseJson } from '../../json/read.ts';
import type { Catalog, DocumentedCause, Entry } from '../../model/catalog.ts';
import { fromOf, wordsOf } from '../../model/catalog-text.ts';
import type { Cause, Diagnosis, ErrorBody } from '../../model/diagnosis.ts';
import { type Exchange, savedResponse } from '../../model/exchange.ts';
import { fillTemplate, matchTemplate } from '../../text/template.ts';
import type { Context } from '../context.ts';
import type { Found } from '../match/entry.ts';
import { type Content, PLAIN_TEXT } from '../read/content.ts';
import { CANNOT_TELL, confirmed } from './assessment.ts';
import { assessmentOf, causeOf, furtherCauses } from './checks.ts';
import { BLANK_FACTS, type Facts, NOTHING_SENT } from './facts.ts';
import { isGeneric } from './response-words.ts';
import { contradictionOf } from './sentences.ts';

/** The texts of an entry for an error. */
export type Described = Pick<Diagnosis, 'category' | 'title' | 'cause' | 'causes' | 'resolution'> & {
  from: Pick<Diagnosis['from'], 'cause' | 'resolution'>;
};

/** The input of the checks; null without a request, or if something other than the API answered. */
export function factsOf(
  { request, response, failure }: Exchange,
  content: Content | null,
  api: Catalog | undefined,
  found: Found | null,
  error: ErrorBody | null,
  { sent, now }: Context,
): Facts | null {
  if (request === null || found === null || found.catalog.id === 'gateways') return null;
  const { values, confidence, template, byCode, entry } = found;
  const message = error?.message ?? null;
  const named = byCode || template !== null;
  return {
    ...BLANK_FACTS,
    ...(sent ?? NOTHING_SENT),
    request,
    response: response ?? savedResponse(''),
    content: content ?? PLAIN_TEXT,
    json: once(() => (request.body === null ? undefined : parseJson(request.body))),
    failure,
    category: entry.category,
    vague: (confidence === 'status' || (confidence === 'general' && !named)) && isGeneric(message),
    said: [error?.code, message, response?.headers['www-authenticate'], named ? entry.match.code?.[0] : null]
      .filter((text) => text != null)
      .join('; '),
    api: api === undefined ? '' : `${api.id} ${api.name}`,
    auth: sent?.auth ?? api?.auth ?? null,
    requiredHeaders: api?.requiredHeaders ?? [],
    pathIds: api?.pathIds ?? [],
    paths: api?.paths ?? [],
    values,
    message,
    fields: error?.fields ?? [],
    now: sent === undefined ? null : now,
  };
}

/** A function that is called at most once, and not before its value is asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The entry's texts, with the message's values in its causes and a verdict on each cause. */
export function describe(
  found: { entry: Entry; catalog: Catalog } | null,
  message: string | null,
  facts: Facts | null = null,
): Described {
  if (found === null) {
    return {
      category: 'unknown',
      title: 'Unrecognized error',
      cause: 'Neither a catalog nor the general knowledge has this error.',
      causes: [],
      resolution: ['Look the code or the message up in the documentation of the API.'],
      from: { cause: 'general', resolution: ['general'] },
    };
  }
  const { entry, catalog } = found;
  // A cause that only a message can tell is none where the message says something else.
  const fitting = entry.causes.filter(
    ({ message: template, check }) =>
      template === undefined || check !== undefined || message === null || matchTemplate(template, message) !== null,
  );
  const judged = fitting.map((cause) => judge(cause, message, facts, catalog));
  const documented = judged.map(({ isTold, isAbsence, ...cause }): Cause => cause);
  const used = entry.causes.flatMap(({ check }) => check ?? []);
  const further = facts === null ? [] : furtherCauses(facts, used);
  const causes = [...documented, ...further].toSorted((a, b) => rank(a) - rank(b));
  const why = whyOf(entry, judged, causes, facts, catalog);
  return {
    category: entry.category,
    title: entry.title,
    cause: why.text,
    causes,
    resolution: entry.resolution.map(wordsOf),
    from: { cause: why.from, resolution: entry.resolution.map((step) => fromOf(step, catalog)) },
  };
}

/**
 * The sentence that says why: a cause that is confirmed, else the entry's own, unless the request rules out what the
 * message says, or all that the entry says.
 */
function whyOf(
  { cause }: Entry,
  judged: Judged[],
  causes: Cause[],
  facts: Facts | null,
  catalog: Catalog,
): Pick<Cause, 'text' | 'from'> {
  const certain = causes.find(({ verdict }) => verdict === 'confirmed');
  if (certain !== undefined) return certain;
  const ruledOut = judged.filter(({ verdict }) => verdict === 'ruled-out');
  const untrue = ruledOut.find(({ isTold }) => isTold) ?? (ruledOut.length === judged.length ? ruledOut[0] : undefined);
  const [finding] = untrue?.findings ?? [];
  if (untrue === undefined || finding === undefined) return { text: wordsOf(cause), from: fromOf(cause, catalog) };
  return { text: contradictionOf(finding, untrue.isAbsence, facts?.now != null), from: 'general' };
}

/** Confirmed ones first, then those that something points to, then all that are possible, and last what is ruled out. */
function rank({ verdict, findings }: Cause): number {
  if (verdict === 'possible') return findings.length === 0 ? 2 : 1;
  return verdict === 'confirmed' ? 0 : 3;
}

/** Causes that something is missing: where a request is known, the message alone does not confirm them. */
const MISSING: string[] = ['key-missing', 'header-missing', 'field-missing', 'neither-field', 'body-missing'];

/** A documented cause in an exchange. */
interface Judged extends Cause {
  /** True when the message says that it is this one. */
  isTold: boolean;
  /** True when it is that something was not sent. */
  isAbsence: boolean;
}

/**
 * A cause is confirmed by the message that fits its template, or by what its checks see; all others remain possible. What
 * the request itself shows counts more than words: a server says "missing" of what it could not read, too.
 */
function judge(
  { text, named, message: template, check, limit }: DocumentedCause,
  message: string | null,
  facts: Facts | null,
  catalog: Catalog,
): Judged {
  const own = template === undefined || message === null ? null : matchTemplate(template, message);
  const seen =
    check === undefined || facts === null
      ? CANNOT_TELL
      : assessmentOf(check, limit === undefined ? facts : { ...facts, limit });
  const filled = named === undefined || own === null ? wordsOf(text) : fillTemplate(named, own);
  const isAbsence = check?.some((name) => MISSING.includes(name)) === true;
  const isTold = own !== null && message !== null;
  const isBySaying = isTold && !(facts !== null && isAbsence) && seen.verdict === 'possible';
  const assessment = isBySaying ? confirmed({ code: 'message-says', message }) : seen;
  return { ...causeOf(filled, fromOf(text, catalog), assessment), isTold, isAbsence };
}
