import type { Catalog, DocumentedCause, Entry } from '../catalog/catalog.ts';
import { fillTemplate, matchTemplate, type Values } from '../catalog/template.ts';
import type { Context } from './diagnose.ts';
import type { Cause, Diagnosis, ErrorBody } from './diagnosis.ts';
import { furtherCauses, verdictOf } from './evidence/checks.ts';
import { BLANK_FACTS, CANNOT_TELL, type Facts, NOTHING_SENT } from './evidence/facts.ts';
import { type Exchange, savedResponse } from './exchange.ts';
import type { Found } from './match-general.ts';
import { namedField } from './read-error.ts';

/** What an entry says of an error. */
export type Described = Pick<Diagnosis, 'category' | 'title' | 'cause' | 'causes' | 'resolution'>;

/** What the checks of causes may look at; null where there is no request, or not the API answered. */
export function factsOf(
  { request, response, failure }: Exchange,
  api: Catalog | undefined,
  found: Found | null,
  error: ErrorBody | null,
  { sent, now }: Context,
): Facts | null {
  if (request === null || found === null || found.catalog.id === 'gateways') return null;
  const { values, confidence, template, byCode } = found;
  return {
    ...BLANK_FACTS,
    ...(sent ?? NOTHING_SENT),
    request,
    response: response ?? savedResponse(''),
    failure,
    category: found.entry.category,
    vague: confidence === 'status' || (template === null && confidence === 'general' && !byCode),
    api: api === undefined ? '' : `${api.id} ${api.name}`,
    auth: sent?.auth ?? api?.auth ?? null,
    requiredHeaders: api?.requiredHeaders ?? [],
    pathIds: api?.pathIds ?? [],
    values,
    message: error?.message ?? null,
    fields:
      error === null || error.fields.length === 0 ? namedField(values, error, found.entry.category) : error.fields,
    now: sent === undefined ? null : now,
  };
}

/** What the entry says, with the message's values in its texts, and which of its causes it is. */
export function describe(
  entry: Entry | null,
  values: Values,
  message: string | null,
  facts: Facts | null = null,
): Described {
  if (entry === null) {
    return {
      category: 'unknown',
      title: 'Unrecognized error',
      cause: 'Neither a catalog nor the general knowledge has this error.',
      causes: [],
      resolution: ['Look the code or the message up in the documentation of the API.'],
    };
  }
  const documented = entry.causes.map((cause) => judge(cause, message, values, facts));
  const used = entry.causes.flatMap(({ check }) => check ?? []);
  const further = facts === null ? [] : furtherCauses(facts, used);
  const causes = [...documented, ...further].toSorted((a, b) => rank(a) - rank(b));
  const confirmed = causes.find(({ verdict }) => verdict === 'confirmed');
  return {
    category: entry.category,
    title: fillTemplate(entry.title, values),
    cause: confirmed?.text ?? fillTemplate(entry.cause, values),
    causes,
    resolution: entry.resolution.map((step) => fillTemplate(step, values)),
  };
}

/** Confirmed ones first, then those that something points to, then all that are possible, and last what is ruled out. */
function rank({ verdict, evidence }: Cause): number {
  if (verdict === 'possible') return evidence === null ? 2 : 1;
  return verdict === 'confirmed' ? 0 : 3;
}

/**
 * A cause is confirmed by the message that fits its template, or by what its checks see; all others remain possible. What
 * the request itself shows counts more than words: a server says "missing" of what it could not read, too.
 */
function judge(
  { text, message: template, check }: DocumentedCause,
  message: string | null,
  values: Values,
  facts: Facts | null,
): Cause {
  const own = template === undefined || message === null ? null : matchTemplate(template, message);
  const seen = check === undefined || facts === null ? CANNOT_TELL : verdictOf(check, facts);
  const filled = fillTemplate(text, own ?? values);
  if (own === null || seen.verdict !== 'possible') return { text: filled, ...seen };
  return { text: filled, verdict: 'confirmed', evidence: `the message reads “${message}”` };
}
