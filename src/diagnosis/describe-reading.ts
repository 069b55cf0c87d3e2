import { valueAt } from '../json/pointer.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Diagnosis, ErrorBody } from '../model/diagnosis.ts';
import type { Exchange } from '../model/exchange.ts';
import { clockOf } from '../text/moments.ts';
import { readRateLimit } from './advice/rate-limit.ts';
import { retryAdvice, stepsFor } from './advice/retry-advice.ts';
import { sourceOf } from './blank-diagnosis.ts';
import type { Context } from './context.ts';
import { type Described, describe, factsOf } from './evidence/causes.ts';
import { candidatesOf } from './match/candidates.ts';
import type { Knowledge } from './match/general.ts';
import type { Match } from './match/reading.ts';
import { noError } from './no-error.ts';
import { notesOn } from './notes.ts';
import { namedField } from './read/read-error.ts';
import { requestIdOf } from './read/request-id.ts';
import type { Reading } from './reading.ts';
import { statusPhrase, statusPhrases } from './status.ts';
import { inTermsOf, namedTool } from './tools/steps.ts';

/** The envelope of a line of a log that is an error by its level, whatever it says. */
export const BY_LEVEL = 'log-line';

/** Puts into words what was read of a response and what is known of it. */
export function describeReading(
  exchange: Exchange,
  reading: Reading,
  match: Match,
  knowledge: Knowledge,
  context: Context,
): Diagnosis {
  const { response, content, choice, status, answerer } = reading;
  const { documented, found } = match;
  const api = choice.catalog ?? undefined;
  const { error, ownCode } = errorOf(exchange, reading);
  const described = explain(exchange, reading, match, error, context);
  const inTerms = inTermsOf(described, found, exchange.seen?.tool, context);
  const { category, title, cause, causes, resolution, from } = inTerms;
  const { from: source, ...retry } = retryAdvice(exchange, { found, api, status, error, content, now: context.now });
  const steps = stepsFor(resolution, { found, api }, retry.advice);
  const candidates = candidatesOf(reading, match, knowledge, exchange);
  // Each member by its name: this is made for every line of a log, and to spread objects takes longer than the rest.
  return {
    id: found === null ? null : `${found.catalog.id}/${found.entry.id}`,
    api: api?.id ?? null,
    apiName: api?.name ?? null,
    documented: documented !== null,
    confidence: found?.confidence ?? 'unrecognized',
    envelope: error.envelope,
    status,
    phrase: phraseOf(reading, match),
    code: error.code ?? documented?.entry.match.code?.[0] ?? ownCode,
    subcode: error.subcode,
    message: error.message,
    requestId:
      error.requestId ?? answerer?.requestId ?? requestIdOf(response.headers) ?? exchange.seen?.requestId ?? null,
    fields: error.fields.length > 0 ? error.fields : namedField(found?.values ?? {}, reading.error, category),
    values: found?.values ?? {},
    answeredBy: answeredBy(reading, api),
    tool: namedTool(exchange.seen?.tool),
    rateLimit: readRateLimit(response.headers, clockOf(response.headers, context.now)),
    support: api?.support ?? null,
    docs: error.docs,
    see: found?.entry.see ?? [],
    source: sourceOf(found?.entry, found?.catalog),
    evidence: evidenceOf(reading, match),
    reading: reading.error.parts ?? {},
    candidates,
    notes: notesOn(exchange, reading, match, knowledge, candidates),
    category,
    title,
    cause,
    causes,
    resolution: steps,
    retry,
    from: {
      cause: from.cause,
      resolution: steps === resolution ? from.resolution : steps.map(() => 'general'),
      retry: source,
    },
  };
}

/** The error to describe, and the code of a gateway's own, which counts where the body has none. */
function errorOf({ seen }: Exchange, { error, answerer }: Reading): { error: ErrorBody; ownCode: string | null } {
  // The reason of a gateway is more specific than the heading of its page.
  const reason = answerer?.reason ?? null;
  const isCode = reason !== null && /^(?![A-Z][a-z]+$)[\w.-]+$/.test(reason);
  const read = reason === null || isCode ? error : { ...error, message: reason };
  const byLevel = seen?.isError === true && read.envelope === 'unknown' && read.message !== null;
  return { error: byLevel ? { ...read, envelope: BY_LEVEL } : read, ownCode: isCode ? reason : null };
}

/** Who answered: the API, or what stood before it. */
function answeredBy({ fromApi, answerer }: Reading, api: Catalog | undefined): Diagnosis['answeredBy'] {
  if (fromApi && api !== undefined) return { kind: 'api', name: api.name };
  return { kind: answerer?.kind ?? 'unknown', name: answerer?.name ?? null };
}

function explain(
  exchange: Exchange,
  { response, content, choice, status, soft }: Reading,
  { found }: Match,
  error: ErrorBody,
  context: Context,
): Described {
  if (found === null && soft === null && saysNothing(error, status))
    return noError(response.body, content, error, status);
  const facts = factsOf(exchange, content, choice.catalog ?? undefined, found, error, context);
  // Named fields have messages of their own.
  return describe(found, error.message ?? error.fields[0]?.message ?? null, facts);
}

/** True when neither the status nor the body tells of an error. */
function saysNothing(error: ErrorBody, status: number | null): boolean {
  if (status !== null) return status < 300;
  return error.envelope === 'unknown' || (error.code ?? error.message) === null;
}

/** The API's own name of the status: in a member, as its code, or in the example of the entry. */
function phraseOf({ choice, status, error }: Reading, { documented }: Match): string | null {
  const phrases = statusPhrases(status);
  const example = valueAt(documented?.entry.example, choice.catalog?.envelope.phrase ?? '/');
  const said = documented?.entry.match.status?.includes(status ?? 0) ? [error.code, example] : [error.code];
  return (said.find((text) => typeof text === 'string' && phrases.includes(text.toLowerCase())) as string) ?? null;
}

/** The parts of the response that led to the entry. */
function evidenceOf({ response, error, status }: Reading, { documented }: Match): string[] {
  const found: string[] = [];
  if (response.status !== null) found.push(`status ${response.status} ${statusPhrase(response.status)}`.trim());
  else if (error.status !== null) found.push(`the body says status ${error.status}`);
  else if (status !== null)
    found.push(`status ${status} follows from the ${documented === null ? 'body' : 'documentation'}`);
  if (error.code !== null) found.push(`the body's code is ${JSON.stringify(error.code)}`);
  else if (documented?.entry.match.code !== undefined) found.push('the code follows from status and message');
  if (documented?.template != null) found.push(`the message fits ${JSON.stringify(documented.template)}`);
  return found;
}
