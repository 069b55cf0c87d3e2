import { valueAt } from '../json/pointer.ts';
import type { Catalog, Entry } from '../model/catalog.ts';
import type { Diagnosis, ErrorBody } from '../model/diagnosis.ts';
import type { Exchange, Failure, Response } from '../model/exchange.ts';
import { clockOf } from '../text/moments.ts';
import { answererOf } from './answered-by.ts';
import { type Described, describe, factsOf } from './causes.ts';
import { type ApiChoice, chooseApi } from './choose-api.ts';
import type { Context } from './context.ts';
import { impliedStatus } from './envelopes/read.ts';
import { type EntryMatch, matchEntry } from './match-entry.ts';
import { type Found, type Knowledge, matchAnswerer, matchFailure, matchGeneral } from './match-general.ts';
import { disagreement, documentNotes } from './notes.ts';
import { readRateLimit } from './rate-limit.ts';
import { namedField, readError } from './read-error.ts';
import { requestIdOf } from './request-id.ts';
import { retryAdvice, stepsFor } from './retry-advice.ts';
import { softError } from './soft-error.ts';
import { statusOfHeading, statusOfPhrase, statusPhrase, statusPhrases } from './status.ts';

/**
 * Says what an exchange's error is, why it happened, what to do and whether trying again can help.
 *
 * The API's catalog comes first; what it does not document is explained from general knowledge, and said to be
 * undocumented. Pure: the same arguments give the same answer.
 */
export function diagnose(exchange: Exchange, knowledge: Knowledge, context: Context): Diagnosis {
  if (exchange.response === null) return diagnoseFailure(exchange, knowledge, context);
  return diagnoseResponse(exchange, exchange.response, knowledge, context);
}

/** A diagnosis of which nothing is known yet. */
const BLANK: Omit<Diagnosis, keyof Described | 'retry' | 'from'> = {
  id: null,
  api: null,
  apiName: null,
  documented: false,
  confidence: 'unrecognized',
  envelope: 'unknown',
  status: null,
  phrase: null,
  code: null,
  subcode: null,
  message: null,
  requestId: null,
  fields: [],
  values: {},
  answeredBy: { kind: 'unknown', name: null },
  rateLimit: null,
  support: null,
  docs: [],
  see: [],
  source: null,
  evidence: [],
  notes: [],
};

function diagnoseResponse(exchange: Exchange, response: Response, knowledge: Knowledge, context: Context): Diagnosis {
  const called = knowledge.apis.find(({ id }) => id === context.api);
  const choice: ApiChoice =
    called === undefined
      ? chooseApi(knowledge.apis, response, context.preferred ?? null)
      : { catalog: called, tied: [], alike: [] };
  const api = choice.catalog ?? undefined;
  const error = readError(response.parsed ?? response.body, api, response);
  const fromApi = api !== undefined && error.envelope === api.id;
  const stated = response.status ?? error.status;
  // Where the API's code is the phrase of a status, that status decides among the entries.
  const named = stated ?? (fromApi ? statusOfPhrase(error.code ?? '') : null);
  const matched = api === undefined ? null : matchEntry(api, named, error);
  const status = stated ?? statusFrom(matched?.entry, error);
  const answerer = fromApi ? null : answererOf(status, response.headers, response.body);
  const soft = softError(exchange, error, called !== undefined);

  // A status alone does not make a gateway's page an error of the API.
  const byStatus = matched !== null && !matched.byCode && matched.template === null;
  const before = byStatus ? matchAnswerer(knowledge.gateways, status, error, answerer) : null;
  const documented = before === null ? matched : null;
  const found: Found | null =
    documented !== null && api !== undefined
      ? { ...documented, catalog: api }
      : (before ?? matchGeneral(knowledge, status, error, answerer, soft));
  // What a layer before the API calls its error says more than the heading of its page.
  const reason = answerer?.reason ?? null;
  const isCode = reason !== null && /^[\w.-]+$/.test(reason);
  const message = reason === null || isCode ? error.message : reason;
  const notes = [
    ...(soft === null ? [] : [`It failed although the status is ${status}: ${soft}.`]),
    // The document is about what the API answers.
    ...(api === undefined || found?.catalog === knowledge.gateways
      ? []
      : documentNotes(api, documented, status, error, exchange)),
    ...choiceNotes(choice),
    ...disagreement(response, error),
    ...(error.ambiguous.length > 0 ? [`The body could as well be of ${error.ambiguous.join(' or ')}.`] : []),
    ...(response.truncated ? [`The body was cut off after ${response.bytes} bytes.`] : []),
  ];

  const { category, title, cause, causes, resolution, from } =
    found === null && soft === null && saysNothing(error, status)
      ? NO_ERROR
      : describe(
          found,
          // Where fields are named, each has a message of its own.
          message ?? error.fields[0]?.message ?? null,
          factsOf(exchange, api, found, { ...error, message }, context),
        );
  const { from: source, ...retry } = retryAdvice(exchange, {
    found,
    api,
    status,
    error: { ...error, message },
    now: context.now,
  });
  const steps = stepsFor(resolution, { found, api }, retry.advice);
  // Each member by its name: this is made for every line of a log, and to spread objects takes longer than the rest.
  return {
    id: found === null ? null : `${found.catalog.id}/${found.entry.id}`,
    api: api?.id ?? null,
    apiName: api?.name ?? null,
    documented: documented !== null,
    confidence: found?.confidence ?? 'unrecognized',
    envelope: error.envelope,
    status,
    phrase: phraseOf(api, documented, status, error),
    code: error.code ?? documented?.entry.match.code?.[0] ?? (isCode ? reason : null),
    subcode: error.subcode,
    message,
    requestId: error.requestId ?? answerer?.requestId ?? requestIdOf(response.headers),
    fields: error.fields.length > 0 ? error.fields : namedField(found?.values ?? {}, error, category),
    values: found?.values ?? {},
    answeredBy: fromApi
      ? { kind: 'api', name: api.name }
      : { kind: answerer?.kind ?? 'unknown', name: answerer?.name ?? null },
    rateLimit: readRateLimit(response.headers, clockOf(response.headers, context.now)),
    support: api?.support ?? null,
    docs: error.docs,
    see: found?.entry.see ?? [],
    source: sourceOf(found?.entry, found?.catalog),
    evidence: evidence(response, error, documented, status),
    notes,
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

function diagnoseFailure(exchange: Exchange, { apis, network }: Knowledge, context: Context): Diagnosis {
  const failure: Failure = exchange.failure ?? { phase: 'response', code: 'UNKNOWN', message: '' };
  const found = matchFailure(network, failure, originOf(exchange.request?.url ?? ''));
  const entry = found?.entry ?? null;
  const api = apis.find(({ id }) => id === context.api);
  const described = describe(found, failure.message, factsOf(exchange, undefined, found, null, context));
  const { from, ...retry } = retryAdvice(exchange, { found, api, status: null, error: null, now: 0 });
  return {
    ...BLANK,
    ...described,
    id: entry === null ? null : `${network.id}/${entry.id}`,
    confidence: entry === null ? 'unrecognized' : 'general',
    code: failure.code,
    message: failure.message,
    retry,
    from: { ...described.from, retry: from },
    answeredBy: { kind: 'nobody', name: null },
    source: sourceOf(entry ?? undefined, network),
    evidence: [`${failure.code} in the phase ${failure.phase}`],
  };
}

/** The scheme and the host of a URL: a path says nothing of a network. */
function originOf(url: string): string {
  return /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
}

/** Whether an exchange is an error: a body that names neither a code nor a message nor a status of one is none. */
export function isRecognized(diagnosis: Diagnosis): boolean {
  if (diagnosis.confidence !== 'unrecognized') return true;
  return diagnosis.envelope !== 'unknown' && (diagnosis.code !== null || diagnosis.message !== null);
}

/** The diagnosis that an entry gives by itself, without any exchange: for a code or a status that somebody looks up. */
export function explainEntry(catalog: Catalog, entry: Entry): Diagnosis {
  const exact = entry.match.status?.find((status) => typeof status === 'number');
  const found = { entry, catalog };
  const nothing: Exchange = { request: null, response: null, failure: null };
  const described = describe(found, null);
  const { from, ...retry } = retryAdvice(nothing, { found, api: undefined, status: null, error: null, now: 0 });
  return {
    ...BLANK,
    ...described,
    id: `${catalog.id}/${entry.id}`,
    api: catalog.general ? null : catalog.id,
    apiName: catalog.general ? null : catalog.name,
    documented: !catalog.general,
    confidence: catalog.general ? 'general' : 'exact',
    status: exact ?? null,
    code: entry.match.code?.[0] ?? entry.match.failure?.[0] ?? null,
    retry,
    from: { ...described.from, retry: from },
    see: entry.see,
    support: catalog.support ?? null,
    source: sourceOf(entry, catalog),
  };
}

const NO_ERROR: Described = {
  category: 'unknown',
  title: 'No error recognized',
  cause: 'Nothing in it says that something failed.',
  causes: [],
  resolution: ['If it is an error, say where it comes from with --api, and its status with --status.'],
  from: { cause: 'general', resolution: ['general'] },
};

/** True when neither the status nor the body tells of an error. */
function saysNothing(error: ErrorBody, status: number | null): boolean {
  return (status === null || status < 300) && (error.envelope === 'unknown' || (error.code ?? error.message) === null);
}

/** The status that the entry is documented with, or the one whose phrase the body has as its code. */
function statusFrom(entry: Entry | undefined, error: ErrorBody): number | null {
  const statuses = entry?.match.status?.filter((status) => typeof status === 'number') ?? [];
  if (statuses.length === 1) return statuses[0] ?? null;
  // Pages of servers are headed `502 Bad Gateway`.
  const [, heading] = (error.envelope === 'html' && /^(?:Error )?([1-9]\d\d)\b/i.exec(error.message ?? '')) || [];
  if (heading !== undefined) return Number(heading);
  return impliedStatus(error.envelope) ?? statusOfPhrase(error.code ?? '') ?? statusOfHeading(error.message ?? '');
}

function sourceOf(entry: Entry | undefined, catalog: Catalog | undefined): Diagnosis['source'] {
  if (entry === undefined || catalog === undefined) return null;
  return { doc: catalog.docs[entry.source.doc] ?? entry.source.doc, section: entry.source.section };
}

/** What the API calls the status: in a member of its own, as its code, or as the example of the entry has it. */
function phraseOf(
  api: Catalog | undefined,
  match: EntryMatch | null,
  status: number | null,
  { code }: ErrorBody,
): string | null {
  const phrases = statusPhrases(status);
  const example = valueAt(match?.entry.example, api?.envelope.phrase ?? '/');
  const said = match?.entry.match.status?.includes(status ?? 0) ? [code, example] : [code];
  return (said.find((text) => typeof text === 'string' && phrases.includes(text.toLowerCase())) as string) ?? null;
}

function choiceNotes({ tied, alike }: ApiChoice): string[] {
  if (tied.length > 0) {
    return [`The body fits ${list(tied)} equally well: say which with --api.`];
  }
  return alike.length > 0
    ? [`The body has the shape that ${list(alike)} documents: say --api if it comes from there.`]
    : [];
}

function list(catalogs: Catalog[]): string {
  const ids = catalogs.map(({ id }) => id);
  return ids.length < 2 ? ids.join('') : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
}

function evidence(response: Response, error: ErrorBody, match: EntryMatch | null, status: number | null): string[] {
  const found: string[] = [];
  if (response.status !== null) found.push(`status ${response.status} ${statusPhrase(response.status)}`.trim());
  else if (error.status !== null) found.push(`the body says status ${error.status}`);
  else if (status !== null)
    found.push(`status ${status} follows from the ${match === null ? 'body' : 'documentation'}`);
  if (error.code !== null) found.push(`the body's code is ${JSON.stringify(error.code)}`);
  else if (match?.entry.match.code !== undefined) found.push('the code follows from status and message');
  if (match?.template != null) found.push(`the message fits ${JSON.stringify(match.template)}`);
  return found;
}
