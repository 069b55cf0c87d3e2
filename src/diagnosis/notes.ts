import { MOST_VALUES } from '../json/read.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Candidate, ErrorBody } from '../model/diagnosis.ts';
import type { Exchange, Response } from '../model/exchange.ts';
import { BODIES } from '../services/bodies.ts';
import { SERVICES } from '../services/index.ts';
import { ruleFor } from './advice/retry-advice.ts';
import { readRetryHint } from './advice/retry-hint.ts';
import { OTHER_APIS, SERVICE_SHAPES } from './envelopes/services.ts';
import { isFromElsewhere } from './match/candidates.ts';
import type { ApiChoice } from './match/choose-api.ts';
import { type EntryMatch, fitsStatus } from './match/entry.ts';
import type { Knowledge } from './match/general.ts';
import type { Match } from './match/reading.ts';
import { isCut, LONGEST_TEXT } from './read/values.ts';
import type { Reading } from './reading.ts';

/** Facts about a response that are not part of its diagnosis. */
export function notesOn(
  exchange: Exchange,
  reading: Reading,
  match: Match,
  knowledge: Knowledge,
  candidates: Candidate[],
): string[] {
  const { response, content, choice, status, error, soft } = reading;
  const { documented, found } = match;
  const api = choice.catalog;
  return [
    ...(soft === null ? [] : [`It failed although the status is ${status}: ${soft}.`]),
    // The document is about what the API answers.
    ...(api === null || found?.catalog === knowledge.gateways
      ? []
      : documentNotes(api, documented, status, error, exchange, candidates)),
    ...(candidates.length > 0 || isWellKnown(found) || isFromElsewhere(exchange, match) ? [] : choiceNotes(choice)),
    ...disagreement(response, error),
    ...ambiguityNotes(error, found, exchange),
    ...(response.truncated ? [`The body was cut off after ${response.bytes} bytes.`] : []),
    ...(content.whole ? [] : [NOT_WHOLE]),
    ...cutNotes(error),
  ];
}

/** The note on JSON that holds more values than are read. Its number is formatted by hand: to load Intl takes 7 ms. */
const NOT_WHOLE = `The body is too large to be read whole: only the first ${MOST_VALUES / 1000},000 values in it were read.`;

/** Which of the texts that were read are only the beginnings of longer ones. */
function cutNotes({ code, message, fields }: ErrorBody): string[] {
  const texts = { code: [code], message: [message], fields: fields.flatMap((field) => [field.path, field.message]) };
  const long = Object.entries(texts).filter(([, of]) => of.some((text) => text !== null && isCut(text)));
  const what = listOf(long.map(([name]) => name));
  return what === '' ? [] : [`Too long and cut after ${LONGEST_TEXT / 1000},000 characters: ${what}.`];
}

/** Who else a body could be of: a service is named for certain only by its host or by what no other one sends. */
function ambiguityNotes(
  { ambiguous, envelope }: ErrorBody,
  found: Match['found'],
  { request, seen }: Exchange,
): string[] {
  if (ambiguous.length === 0) {
    const isShared = found?.catalog.envelopes?.includes(envelope) === true && !SERVICE_SHAPES.has(envelope);
    const isGuess = isShared && found?.confidence === 'general' && seen?.api === undefined;
    return isGuess ? [looksLike(found.catalog.name)] : [];
  }
  if (!ambiguous.includes(OTHER_APIS)) return [`The body could as well be of ${ambiguous.join(' or ')}.`];
  const owner = BODIES.find(({ id, bodies }) => bodies.some((own) => (own.envelope ?? id) === envelope))?.id;
  const service = SERVICES.find(({ id }) => id === owner);
  const shapes = found?.entry.match.envelope ?? found?.catalog.envelopes ?? [];
  if (service === undefined || !shapes.includes(envelope)) return [];
  const host = request !== null && URL.canParse(request.url) ? `.${new URL(request.url).hostname}` : '';
  if (service.hosts?.some((own) => host.endsWith(`.${own}`))) return [];
  return [looksLike(service.name)];
}

const looksLike = (name: string): string => `It looks like an error of ${name}, but other APIs use the same form.`;

/** Whether a well-known API explained the error, so that no other one need be named. */
const isWellKnown = (found: Match['found']): boolean => found?.catalog.envelopes !== undefined;

/** The APIs whose shape a body has, where none of their entries could be listed as a candidate. */
function choiceNotes({ fitting }: ApiChoice): string[] {
  if (fitting.length === 0) return [];
  const one = fitting.length === 1;
  const from = one ? 'it comes from there' : 'it comes from one of them';
  const ids = listOf(fitting.map(({ catalog }) => catalog.id));
  return [`The body has the shape that ${ids} ${one ? 'documents' : 'document'}: add --api if ${from}.`];
}

/**
 * Differences between a response and the API's document: what is not documented, a code under another status than its own, a
 * promised header that is not there.
 *
 * @param match the entry of the API's catalog, or null
 */
function documentNotes(
  api: Catalog,
  match: EntryMatch | null,
  status: number | null,
  error: ErrorBody,
  exchange: Exchange,
  candidates: Candidate[],
): string[] {
  // A catalog of ours has only the errors worth explaining.
  const isChosen = api.envelopes !== undefined;
  const notes =
    match === null
      ? isChosen
        ? []
        : undocumented(api, status, error, exchange, candidates)
      : otherStatus(api, match, status, error);
  const header = ruleFor(api, exchange, status)?.header;
  const { response } = exchange;
  if (header === undefined || response === null || Object.keys(response.headers).length === 0) return notes;
  if (response.headers[header.toLowerCase()] !== undefined || readRetryHint(response.headers, error, 0) !== null) {
    return notes;
  }
  return [...notes, `${api.name} documents a ${header} header on every ${status}; this response has none.`];
}

/** That status line and body name different statuses. */
function disagreement(response: Response, error: ErrorBody): string[] {
  return response.status !== null && error.status !== null && response.status !== error.status
    ? [`The status line says ${response.status}, the body says ${error.status}.`]
    : [];
}

function undocumented(
  api: Catalog,
  status: number | null,
  { code }: ErrorBody,
  exchange: Exchange,
  candidates: Candidate[],
): string[] {
  const ofStatus = status === null ? [] : api.entries.filter((entry) => fitsStatus(entry, status));
  const codes = ofStatus.flatMap(({ match }) => match.code ?? []);
  const unknown = code === null ? '' : `${api.name} does not document the code ${code}`;
  if (codes.length > 0) {
    const has = `for status ${status} it documents ${listOf(codes)}`;
    if (code !== null) return [`${unknown}; ${has}.`];
    if (candidates.length === ofStatus.length) return [];
    return [`The response has no code; for status ${status} ${api.name} documents ${listOf(codes)}.`];
  }
  if (ofStatus.length > 0 && code !== null) return [`${unknown}, but it documents status ${status}.`];
  const rule = ruleFor(api, exchange, status);
  if (rule?.status !== undefined && status !== null && !rule.status.includes(status)) {
    const what = code === null ? '' : ` and the code ${code}`;
    const known = `${api.name} documents ${Math.floor(status / 100)}xx errors as a class`;
    return [`${known}, but not status ${status}${what} by itself.`];
  }
  const what = [status === null ? '' : `status ${status}`, code === null ? '' : `code ${code}`];
  return [`${api.name} does not document this error (${what.filter((part) => part !== '').join(', ') || 'no code'}).`];
}

/** A code that came with another status than it is documented with. */
function otherStatus(
  api: Catalog,
  { entry, byCode }: EntryMatch,
  status: number | null,
  { code }: ErrorBody,
): string[] {
  const { status: documented = [] } = entry.match;
  if (!byCode || code === null || status === null || documented.length === 0 || fitsStatus(entry, status)) return [];
  return [`${api.name} documents the code ${code} with status ${listOf(documented.map(String))}, not ${status}.`];
}

function listOf(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
