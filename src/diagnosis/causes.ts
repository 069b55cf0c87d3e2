import type { Catalog, DocumentedCause, Entry } from '../catalog/catalog.ts';
import { fillTemplate, matchTemplate, type Values } from '../catalog/template.ts';
import type { Context } from './diagnose.ts';
import type { Cause, Diagnosis, ErrorBody } from './diagnosis.ts';
import { type CheckName, furtherCauses, verdictOf } from './evidence/checks.ts';
import { BLANK_FACTS, CANNOT_TELL, type Facts, NOTHING_SENT } from './evidence/facts.ts';
import { isGeneric } from './evidence/said.ts';
import { type Exchange, savedResponse } from './exchange.ts';
import type { Found } from './match-general.ts';

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
  const { values, confidence, template, byCode, entry } = found;
  const message = error?.message ?? null;
  const named = byCode || template !== null;
  return {
    ...BLANK_FACTS,
    ...(sent ?? NOTHING_SENT),
    request,
    response: response ?? savedResponse(''),
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
  return {
    category: entry.category,
    title: fillTemplate(entry.title, values),
    cause: whyOf(fillTemplate(entry.cause, values), documented, causes, facts),
    causes,
    resolution: entry.resolution.map((step) => fillTemplate(step, values)),
  };
}

/** The sentence that says why: a cause that is confirmed, else the entry's own, unless all that it says is ruled out. */
function whyOf(own: string, documented: Cause[], causes: Cause[], facts: Facts | null): string {
  const confirmed = causes.find(({ verdict }) => verdict === 'confirmed');
  if (confirmed !== undefined) return confirmed.text;
  const isRuledOut = documented.length > 0 && documented.every(({ verdict }) => verdict === 'ruled-out');
  if (!isRuledOut) return own;
  const [{ evidence } = { evidence: null }] = documented;
  const seen = evidence?.split('; ')[0] ?? '';
  const subject = facts?.now == null ? 'It was sent' : 'errprobe sent it';
  return `${seen.charAt(0).toUpperCase()}${seen.slice(1)}. ${subject}; something on the way removed it, or the value was not accepted.`;
}

/** Confirmed ones first, then those that something points to, then all that are possible, and last what is ruled out. */
function rank({ verdict, evidence }: Cause): number {
  if (verdict === 'possible') return evidence === null ? 2 : 1;
  return verdict === 'confirmed' ? 0 : 3;
}

/** Causes that something is missing: where a request is known, the message alone does not confirm them. */
const MISSING: CheckName[] = ['key-missing', 'header-missing', 'field-missing', 'neither-field', 'body-missing'];

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
  const isSeen = facts !== null && check?.some((name) => MISSING.includes(name)) === true;
  if (own === null || isSeen || seen.verdict !== 'possible') return { text: filled, ...seen };
  return { text: filled, verdict: 'confirmed', evidence: `the message reads “${message}”` };
}
