import { readNetworkText } from '../input/network-text.ts';
import { type Exchange, type Failure, type Response, savedResponse } from '../model/exchange.ts';
import { headersOf, isFetchResponse, readBody, responseOf, textOf } from './answer.ts';
import { memberAt, textAt } from './member.ts';
import { requestOf } from './requested.ts';

/** What an exception tells of an exchange. */
export interface Thrown {
  exchange: Exchange;
  /** The id of the API, if only its own SDK throws this. */
  api: string | null;
}

/** More wrapped errors are a cycle. */
const DEEPEST = 10;

/** Members in which clients keep the error that they wrap: the standard, Stripe's SDK and Slack's. */
const WRAPPED = ['cause', 'detail', 'original', 'error'];

/**
 * Reads what a program caught: the exception of an HTTP client or an SDK, or a `Response` that it did not expect. Null
 * for an exception that is about no request.
 *
 * Nothing is imported from the clients, and no prototype is looked at: several copies of a package may be in one program.
 * The body of a `Response` is read from a clone, so the program can still read it.
 */
export async function readThrown(thrown: unknown): Promise<Thrown | null> {
  const request = requestOf(thrown);
  const api = sdkOf(thrown);
  for (const error of chainOf(thrown)) {
    const response = await responseIn(error);
    if (response !== null) return { exchange: { request: request ?? requestOf(error), response, failure: null }, api };
  }
  const failure = failureOf(thrown);
  const exchange = (response: Response | null): Thrown => ({
    exchange: { request, response, failure: response === null ? failure : null },
    api,
  });
  // Octokit gives a failed connection a status, but no headers.
  const stated = chainOf(thrown).find((error) => statusOf(error) !== null && (failure === null || hasHeaders(error)));
  if (stated !== undefined) return exchange(withStatus(stated));
  return failure === null ? null : exchange(null);
}

/** An exception and the ones that it wraps, the outermost first. */
function chainOf(thrown: unknown): object[] {
  const chain: object[] = [];
  for (let next = [thrown]; next.length > 0 && chain.length < DEEPEST; ) {
    const errors = next.filter((one): one is object => typeof one === 'object' && one !== null && !chain.includes(one));
    chain.push(...errors);
    next = errors.flatMap((error) => WRAPPED.map((name) => memberAt(error, name)).filter(isException));
  }
  return chain;
}

// Not `instanceof`: a test runner has a global object of its own.
const isException = (value: unknown): boolean => typeof memberAt(value, 'message') === 'string';

/** The response that an exception carries, or the one that it is. */
async function responseIn(error: object): Promise<Response | null> {
  if (isFetchResponse(error)) return await readBody(error);
  const response = memberAt(error, 'response');
  // The body that ky has read already.
  const read = textOf(memberAt(error, 'data'));
  if (isFetchResponse(response)) return await readBody(response, read);
  return responseOf(response) ?? ofSdk(error);
}

/** The response as the SDK of an API took it apart. */
function ofSdk(error: object): Response | null {
  for (const { holds, response } of SDKS) if (holds(error)) return response(error);
  return null;
}

/** The SDKs that keep the parts of a response as members of the exception itself. */
const SDKS: { holds: (error: object) => boolean; response: (error: object) => Response }[] = [
  {
    // The AWS SDK: the code is the exception's name.
    holds: (error) => Number.isInteger(memberAt(error, '$metadata.httpStatusCode')),
    response: (error) =>
      answered(error, '$metadata.httpStatusCode', {
        headers: {
          'x-amzn-errortype': textAt(error, 'Code') ?? textAt(error, 'name') ?? '',
          'x-amzn-requestid': textAt(error, '$metadata.requestId') ?? '',
        },
        body: { message: textAt(error, 'message') },
      }),
  },
  {
    // Stripe: the error without its envelope, and parts of the response among its members.
    holds: (error) => memberAt(error, 'rawType') !== undefined && isStatus(memberAt(error, 'statusCode')),
    response: (error) => {
      const { headers, statusCode, requestId, ...inner } = memberAt(error, 'raw') as Record<string, unknown>;
      return answered(error, 'statusCode', { headers: headersOf(memberAt(error, 'headers')), body: { error: inner } });
    },
  },
  {
    // Slack: the body of a success that says that it failed.
    holds: (error) => memberAt(error, 'data.ok') === false,
    response: (error) =>
      savedResponse(textOf(memberAt(error, 'data')) ?? '', 200, headersOf(memberAt(error, 'headers'))),
  },
  {
    // gRPC: no status of HTTP.
    holds: (error) => typeof memberAt(error, 'details') === 'string' && Number.isInteger(memberAt(error, 'code')),
    response: (error) => {
      const said = encodeURIComponent(textAt(error, 'details') ?? '');
      return savedResponse('', null, { 'grpc-status': String(memberAt(error, 'code')), 'grpc-message': said });
    },
  },
  {
    // OpenAI keeps the inner error, Anthropic the whole body.
    holds: (error) => isStatus(memberAt(error, 'status')) && typeof memberAt(error, 'error') === 'object',
    response: (error) => {
      const inner = memberAt(error, 'error');
      const body = memberAt(inner, 'error') === undefined ? { error: inner } : inner;
      return answered(error, 'status', { headers: headersOf(memberAt(error, 'headers')), body });
    },
  },
];

/** The status of an exception of any other client. */
const statusOf = (error: object): number | null =>
  ['statusCode', 'status', 'code'].map((name) => memberAt(error, name)).find(isStatus) ?? null;

const hasHeaders = (error: object): boolean => typeof memberAt(error, 'headers') === 'object';

/** The error of such a client: its body, or else its own members are the error. */
function withStatus(error: object): Response {
  const body = ['body', 'data'].map((name) => textOf(memberAt(error, name))).find((text) => text !== null);
  const text = body ?? JSON.stringify(ownMembers(error));
  return savedResponse(text, statusOf(error), headersOf(memberAt(error, 'headers')));
}

const isStatus = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 400 && value < 600;

function answered(
  error: object,
  status: string,
  { headers, body }: { headers: Record<string, string>; body: unknown },
): Response {
  return savedResponse(textOf(body) ?? '', memberAt(error, status) as number, headers);
}

/** The members of an exception that an API's error may have; `moreInfo` for `more_info` is read as well. */
function ownMembers(error: object): Record<string, unknown> {
  const own = Object.entries(error).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  return { message: textAt(error, 'message'), ...Object.fromEntries(own) };
}

/** The API of an SDK that is for this API alone. */
function sdkOf(error: unknown): string | null {
  if (memberAt(error, 'rawType') !== undefined || /^Stripe\w+Error$/.test(textAt(error, 'type') ?? '')) return 'stripe';
  return /^slack_webapi_/.test(textAt(error, 'code') ?? '') ? 'slack' : null;
}

/** Why there was no response: the innermost code and what the texts say of it. */
function failureOf(thrown: unknown): Failure | null {
  if (typeof thrown === 'string') return readNetworkText(thrown);
  const chain = chainOf(thrown).reverse();
  for (const error of chain) {
    const code = textAt(error, 'code') ?? '';
    const all = memberAt(error, 'errors');
    const texts = [error, ...(Array.isArray(all) ? all : [])].map((one) => textAt(one, 'message') ?? '');
    const message = texts.filter((text) => text !== '').join('; ');
    const failure = readNetworkText(`${textAt(error, 'name') ?? ''}: ${message} ${code}`);
    if (failure === null) continue;
    const own = /^[A-Z][A-Z0-9_]+$/.test(code) ? code : failure.code;
    return { phase: failure.phase, code: own, message: message || code };
  }
  return null;
}
