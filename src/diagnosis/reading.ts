import type { Catalog, Entry } from '../model/catalog.ts';
import type { Answerer, ErrorBody } from '../model/diagnosis.ts';
import type { Exchange, Response } from '../model/exchange.ts';
import { answererOf } from './answered/answered-by.ts';
import type { Origin } from './context.ts';
import { impliedStatus } from './envelopes/read-envelope.ts';
import { type ApiChoice, chooseApi } from './match/choose-api.ts';
import { type EntryMatch, matchEntry } from './match/entry.ts';
import type { Knowledge } from './match/general.ts';
import { knownByHost, knownByShape } from './match/known.ts';
import { type Content, contentOf } from './read/content.ts';
import { readContent } from './read/read-error.ts';
import { softError } from './read/soft-error.ts';
import { statusOfHeading, statusOfPhrase } from './status.ts';
import { LIKE_AWS } from './tools/like-aws.ts';

/** The parsed and inspected response. It is made once; diagnosis, checks and report all use it. */
export interface Reading {
  response: Response;
  /** The body, parsed. */
  content: Content;
  /** The API that it comes from. */
  choice: ApiChoice;
  error: ErrorBody;
  /** From the status line, the body or the documentation. */
  status: number | null;
  /** The entry of the API's catalog. */
  matched: EntryMatch | null;
  /** True when the error has the shape that the API documents. */
  fromApi: boolean;
  /** Who answered instead of the API. */
  answerer: Answerer | null;
  /** Why a 2xx is a failure all the same. */
  soft: string | null;
}

/** Reads a response: parses its body, tells which API it comes from, what the error is and who answered. */
export function readResponse(
  exchange: Exchange,
  response: Response,
  knowledge: Pick<Knowledge, 'apis' | 'known'>,
  origin: Origin,
): Reading {
  const content = contentOf(response);
  let plain: ErrorBody | undefined;
  const unaided = () => {
    plain ??= ofServer(readContent(content, response), exchange.request?.url ?? response.url);
    return plain;
  };
  const named = catalogOf(exchange, response, knowledge, origin);
  const choice =
    named === null ? chosen(response, content, unaided, knowledge, origin) : { catalog: named, fitting: [] };

  const api = choice.catalog ?? undefined;
  // A catalog documents its own shape, or names the known shapes in which its errors come.
  const hasOwnShape = api !== undefined && api.envelopes === undefined;
  const read = hasOwnShape ? readContent(content, response, api) : unaided();
  const fromApi = api !== undefined && hasShapeOf(api, read);
  const error = fromApi ? { ...read, ambiguous: [] } : read;
  const stated = response.status ?? error.status;
  // If the API's code is the phrase of a status, that status selects the entry; so does a message that is no more.
  const meant = stated ?? (fromApi ? statusOfPhrase(error.code ?? error.message ?? '') : null);
  const matched = api === undefined ? null : matchEntry(api, meant, error, exchange.request);
  const status = stated ?? statusFrom(matched?.entry, error);

  const { request } = exchange;
  const isSuccess = response.status !== null && response.status >= 200 && response.status < 300;
  const seen = fromApi && !isSuccess ? null : answererOf(status, response.headers, response.around ?? response.body);
  const known = named !== null;
  const soft = isSuccess ? softError({ request, response, content, error, answerer: seen, known }) : null;
  // What looks like a code in a success is none.
  const isFine = isSuccess && soft === null && error.envelope === 'unknown';
  const calm = isFine ? { ...error, code: null } : error;
  return { response, content, choice, error: calm, status, matched, fromApi, answerer: fromApi ? null : seen, soft };
}

/** An error in the form of S3 from the host of another storage, which has codes of the same names for itself. */
const ofServer = (error: ErrorBody, url: string | undefined): ErrorBody =>
  error.envelope === 'aws-xml' && url !== undefined && LIKE_AWS.test(url)
    ? { ...error, envelope: 's3-compatible' }
    : error;

/** The catalog of the API that the user named, or else that of the host. */
function catalogOf(
  { request }: Exchange,
  { url }: Response,
  { apis, known }: Pick<Knowledge, 'apis' | 'known'>,
  { api }: Origin,
): Catalog | null {
  const id = api ?? knownByHost(request?.url ?? url, known.apis)?.id;
  return id === undefined ? null : (apis.find((catalog) => catalog.id === id) ?? known.load(id));
}

/** The API that the body tells: by a shape that only one has, or by what catalogs document. */
function chosen(
  response: Response,
  content: Content,
  unaided: () => ErrorBody,
  { apis, known }: Pick<Knowledge, 'apis' | 'known'>,
  { preferred = null }: Origin,
): ApiChoice {
  const shaped = knownByShape(unaided(), known, preferred);
  // A gateway answers in the shape of its vendor's APIs, but for whatever is behind it.
  if (shaped !== null && answererOf(response.status, response.headers, response.around ?? response.body) === null)
    return { catalog: shaped, fitting: [] };
  return chooseApi(apis, response, content, unaided, preferred);
}

/** Whether a body has a shape in which an API's errors come. */
const hasShapeOf = ({ id, envelopes }: Catalog, { envelope }: ErrorBody): boolean =>
  envelopes === undefined ? envelope === id : envelopes.includes(envelope);

/** The status that the entry is documented with, or the one whose phrase the body has as its code. */
function statusFrom(entry: Entry | undefined, error: ErrorBody): number | null {
  const statuses = entry?.match.status?.filter((status) => typeof status === 'number') ?? [];
  if (statuses.length === 1) return statuses[0] ?? null;
  return impliedStatus(error.envelope) ?? statusOfPhrase(error.code ?? '') ?? statusOfHeading(error.message ?? '');
}
