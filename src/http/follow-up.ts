import type { Request } from '../model/exchange.ts';
import type { PlainResponse } from './open.ts';
import type { Piece } from './pieces.ts';
import { asSent, becomesGet, chooserFor, type Route, redirect } from './route.ts';
import type { DigestCredentials, Transport } from './transport.ts';

/** A request to send, and its body where that is not its text. */
export interface Next {
  request: Request;
  upload: Piece[] | null;
}

/** A server that challenges for ever has to end somewhere. */
const MOST_ANSWERS = 5;

/**
 * The request that a response asks for before it is anybody's result: one that answers a challenge,
 * or one that follows a redirect with a body that has to be read again.
 *
 * @returns null for a response that is the result
 */
export async function nextAfter(
  { statusCode, headers }: Pick<PlainResponse, 'statusCode' | 'headers'>,
  { request, upload }: Next,
  route: Route,
  { digest }: Transport,
): Promise<Next | null> {
  if (route.onward !== null) return redirected({ request, upload }, route, route.onward);
  const challenge = headers['www-authenticate'];
  if (statusCode !== 401 || digest === null || challenge === undefined) return null;
  const asked = asSent(request, route.last.href, route);
  const authorization = await answerTo(challenge, asked, upload, route, digest);
  if (authorization === null) return null;
  digest.onAnswer?.(authorization);
  return {
    request: { ...asked, headers: { ...asked.headers, authorization } },
    upload: asked.body === null ? null : upload,
  };
}

/** The value of Authorization that answers a challenge; null if there is none, or if it was refused. */
async function answerTo(
  challenge: string,
  request: Request,
  upload: Piece[] | null,
  route: Route,
  credentials: DigestCredentials,
): Promise<string | null> {
  if (!chooserFor(route.last, route)({ kind: 'header', name: 'authorization', isShared: false })) return null;
  const { challengeIn, digestAnswer } = await import('./digest.ts');
  const found = challengeIn(challenge);
  const isRefused = route.answered === request.url && found?.stale !== true;
  if (found === null || isRefused || route.answers >= MOST_ANSWERS) return null;
  route.answered = request.url;
  route.answers++;
  const url = new URL(request.url);
  const target = {
    method: request.method,
    uri: url.pathname + url.search,
    body: upload === null ? request.body : null,
  };
  return digestAnswer(found, target, credentials);
}

function redirected({ request, upload }: Next, route: Route, by: { status: number; location: string }): Next {
  const options = {
    url: new URL(by.location, route.last),
    method: becomesGet(request, by.status) ? 'GET' : request.method,
    headers: { ...request.headers },
  };
  let isBodyDropped = false;
  redirect(route, request, options, by, () => {
    isBodyDropped = true;
  });
  const { method, headers } = options;
  const body = isBodyDropped ? null : request.body;
  return { request: { method, url: options.url.href, headers, body }, upload: body === null ? null : upload };
}
