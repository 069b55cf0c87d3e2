import { allKnown } from '../../catalogs/find.ts';
import type { ConfigLayer } from '../../config/layer.ts';
import type { Origin } from '../../diagnosis/context.ts';
import { diagnose, diagnoseReading, isRecognized, readExchange } from '../../diagnosis/diagnose.ts';
import { explainEntry } from '../../diagnosis/explain-entry.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import type { Reading } from '../../diagnosis/reading.ts';
import { statusOfPhrase } from '../../diagnosis/status.ts';
import { credentialsIn, credentialsInAnswer, maskHeaders } from '../../http/sensitive.ts';
import { withParsedBody } from '../../input/parse-body.ts';
import { isFile, readStdin, readTextFile } from '../../input/read-source.ts';
import { readSavedErrors } from '../../input/saved-error.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import {
  type Exchange,
  type Headers,
  lowerCaseNames,
  type Request,
  type Response,
  savedResponse,
} from '../../model/exchange.ts';
import { BLANK_RESULT, type Report, type Result } from '../../model/report.ts';
import type { SavedError } from '../../model/saved-error.ts';
import type { Api } from '../../model/settings.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { apiByHost } from '../find-api.ts';
import { shownBody } from '../shown-body.ts';
import { withAddCommand } from './add-command.ts';
import { entriesInWords } from './entries-in-words.ts';
import { apisNamed, lookUp } from './look-up.ts';
import { candidatesFor } from './plain-words.ts';
import { entriesReport, explained } from './reports.ts';

export interface ExplainOptions {
  /** A file, `-` for standard input, a status, a code, the id of an entry, or the text of an error. */
  input: string | undefined;
  /** True if the input is the text of an error, whatever it looks like. */
  isText?: boolean;
  status: number | undefined;
  headers: Headers;
  /** The API that the user named. */
  api: string | undefined;
  /** The API of the config. */
  preferred: string | null;
  /** Exits with the class of the error instead of 0. */
  exitStatus: boolean;
  layers: ConfigLayer[];
  apis: Api[];
  /** The most errors to explain; all memory is kept within bounds by it. */
  most?: number;
  /** Receives each of several results, redacted, as soon as it is known; false to be given no more. */
  show?: ((result: Result) => Promise<boolean>) | undefined;
}

/** The most errors that are explained at once: nobody reads more, and each takes several kilobytes. */
export const MOST_EXPLAINED = 2000;

/**
 * Explains a saved error, a status or a code. Opens no connection.
 *
 * @returns the report, redacted
 */
export async function explain(
  options: ExplainOptions,
  knowledge: Knowledge,
  effects: Effects,
  secrets: Secrets,
): Promise<Report> {
  const { input } = options;
  const isTerm = options.isText === true || !(input === undefined || input === '-' || isFile(input, effects.cwd));
  const term = isTerm && input !== undefined ? input.trim() : null;
  if (term !== null && options.isText !== true && !/[\s{[]/.test(term))
    return secrets.redactAll(lookUp(term, options, knowledge));

  if (term !== null && options.isText !== true && options.api === undefined && statusOfPhrase(term) !== null)
    return secrets.redactAll(lookUp(term, options, knowledge));

  // A status without piped input is looked up.
  if (input === undefined && effects.stdin.isTTY === true && options.status !== undefined) {
    return secrets.redactAll(lookUp(String(options.status), options, knowledge));
  }
  const saved = await readInput(term, options, effects);
  const { count, results } = await explainAll(saved, options, knowledge, effects, secrets);
  // Words that are no more than a subject have several meanings.
  const candidates =
    term === null || options.isText === true || isResponseDescribed(options) || options.api !== undefined
      ? []
      : candidatesFor(term, knowledge);
  const entries = term === null ? [] : entriesBeyond(term, results, options, knowledge);
  const isKnown = results.some(
    ({ diagnosis }) => diagnosis !== null && isRecognized(diagnosis) && diagnosis.id !== null,
  );
  if (entries.length === 0 && candidates.length > (isKnown ? 1 : 0))
    return secrets.redactAll(entriesReport(candidates, options));
  if (entries.length > 0) {
    const shown = entries.map(({ catalog, entry }) => explainEntry(catalog, entry));
    return secrets.redactAll(entriesReport(shown, options));
  }
  const isAlone = count === 1;
  const ended = isAlone ? results.map((one) => secrets.redactAll(withAddCommand(one, options, knowledge))) : results;
  const report = explained(ended, options.exitStatus);
  const omitted = count - (options.most ?? MOST_EXPLAINED);
  return omitted > 0 ? { ...report, omitted } : report;
}

/** Explains one saved error after the other, up to the limit, and counts them; each result is redacted. */
async function explainAll(
  saved: Iterable<SavedError>,
  options: ExplainOptions,
  knowledge: Knowledge,
  { signal, now }: Effects,
  secrets: Secrets,
): Promise<{ count: number; results: Result[] }> {
  let count = 0;
  const kept: SavedError[] = [];
  // An earlier response may repeat what a later request sends.
  for await (const error of interruptible(saved, signal)) {
    const { exchange } = error;
    if (count++ < (options.most ?? MOST_EXPLAINED)) kept.push(error);
    if (exchange.request !== null) registerCredentials(exchange.request, secrets);
    for (const secret of credentialsInAnswer(exchange.response?.headers ?? {})) secrets.add(secret);
  }
  const results: Result[] = [];
  for await (const { name, exchange, recorded } of interruptible(kept, signal)) {
    const { response: read } = exchange;
    // Redacts first: later steps extract parts of a body, in which a secret would no longer be
    // recognised.
    const safe = read === null ? null : redacted(read, secrets);
    const response = safe === null ? null : await withParsedBody(safe);
    const result = explainOne(name, { ...exchange, response }, options, knowledge, now());
    results.push(secrets.redactAll({ ...result, ...recorded }));
    if (count > 1 && (await options.show?.(results.at(-1) as Result)) === false) break;
  }
  return { count, results };
}

/** How many errors are explained between two looks at the signals. */
const AT_ONCE = 20;

/**
 * The items of a list, between which the process receives signals.
 *
 * @throws the signal's reason when it aborts
 */
async function* interruptible<T>(items: Iterable<T>, signal: AbortSignal): AsyncIterable<T> {
  let i = 0;
  for (const item of items) {
    if (++i % AT_ONCE === 0) await new Promise(setImmediate);
    signal.throwIfAborted();
    yield item;
  }
}

function redacted(read: Response, secrets: Secrets): Response {
  const body = secrets.redactBody(read.body);
  return read.around === undefined ? { ...read, body } : { ...read, body, around: secrets.redactBody(read.around) };
}

/** The entries for a half-remembered message, where they say more than what was read out of it. */
function entriesBeyond(
  term: string,
  results: Result[],
  { api }: ExplainOptions,
  knowledge: Knowledge,
): ReturnType<typeof entriesInWords> {
  const diagnoses = results.flatMap(({ diagnosis }) => diagnosis ?? []);
  if (diagnoses.some(({ documented }) => documented)) return [];
  const { codes, known } = knowledge;
  const named = entriesInWords(term, apisNamed(api, knowledge));
  if (named.length > 0 || diagnoses.some(isRecognized)) return named;
  return entriesInWords(term, api === undefined ? [...codes, ...allKnown(known)] : codes);
}

function explainOne(
  name: string | null,
  saved: Exchange,
  options: ExplainOptions,
  knowledge: Knowledge,
  now: number,
): Result {
  const { request, failure } = saved;
  const said = isResponseDescribed(options);
  const response: Response | null =
    saved.response === null && !said
      ? null
      : {
          ...(saved.response ?? savedResponse('')),
          status: options.status ?? saved.response?.status ?? null,
          headers: { ...saved.response?.headers, ...lowerCaseNames(options.headers) },
        };
  const exchange = { request, response, failure: response === null ? failure : null, seen: saved.seen };
  const origin = originOf(exchange, options, knowledge);
  const reading = readExchange(exchange, knowledge, origin);
  return {
    ...BLANK_RESULT,
    name,
    request: request === null ? null : { ...request, headers: maskHeaders(request.headers), named: undefined },
    response: reading === null ? null : shown(reading),
    failure: response === null ? failure : null,
    diagnosis: diagnoseReading(exchange, reading, knowledge, { ...origin, now }),
  };
}

/** True if status or header fields were given separately from the body. */
function isResponseDescribed({ status, headers }: Pick<ExplainOptions, 'status' | 'headers'>): boolean {
  return status !== undefined || Object.keys(headers).length > 0;
}

/** Diagnoses a saved exchange. Its API is the named one, or else the one that its URL belongs to. */
export function diagnoseSaved(
  exchange: Exchange,
  options: Pick<ExplainOptions, 'api' | 'preferred' | 'layers' | 'apis'>,
  knowledge: Knowledge,
  now: number,
): Diagnosis {
  return diagnose(exchange, knowledge, { ...originOf(exchange, options, knowledge), now });
}

function originOf(
  exchange: Exchange,
  { api, preferred, layers, apis }: Pick<ExplainOptions, 'api' | 'preferred' | 'layers' | 'apis'>,
  knowledge: Knowledge,
): Origin {
  const url = exchange.request?.url ?? exchange.response?.url ?? '';
  const byHost = apiByHost(url, { apis, knowledge }, layers)?.catalog?.id ?? null;
  return { api: api ?? byHost, preferred };
}

function shown(reading: Reading): Result['response'] {
  const { status, headers, bytes } = reading.response;
  return { status, headers: maskHeaders(headers), bytes, body: shownBody(reading) };
}

/** A saved request may contain the key that it was sent with. */
function registerCredentials(request: Request, secrets: Secrets): void {
  for (const secret of credentialsIn(request)) secrets.add(secret);
}

async function readInput(
  text: string | null,
  options: ExplainOptions,
  effects: Effects,
): Promise<Iterable<SavedError>> {
  const { input } = options;
  const isBody = isResponseDescribed(options);
  const reading = { decoding: 'any', signal: effects.signal, mayBeEmpty: isBody } as const;
  if (text !== null) return readSavedErrors(text, 'the argument', isBody);
  if (input !== undefined && input !== '-')
    return readSavedErrors(await readTextFile(input, effects.cwd, reading), input, isBody);
  const { stdin } = effects;
  if (stdin.isTTY === true && input === undefined) {
    throw new UsageError('nothing to explain: name a file, a status or a code, or pipe an error into errprobe explain');
  }
  return readSavedErrors(await readStdin(stdin, reading), 'standard input', isBody);
}
