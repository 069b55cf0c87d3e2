import { clockOf } from '../retry-hint.ts';
import { CANNOT_TELL, confirmed, type Facts, type Finding, ruledOut, type SentKey, sentKey } from './facts.ts';

/** A word that stands where a key should: a variable that was not replaced, or a text from documentation. */
const PLACEHOLDER =
  /^(?:\$\{?\w+\}?|\{\{?\w+\}?\}|%\w+%|<[^>]*>|\[[^\]]*\]|(?:your|my|the)[-_ ]?(?:api)?[-_ ]?(?:key|token|secret)\w*|api[-_ ]?key|undefined|null|none|nan|todo|changeme|change-me|replace-?me|x{3,}|\*+|\.{3,})$/i;

/** Schemes that a key may be sent with. */
const SCHEME = /^(Bearer|Basic|Token|Api-?Key|Digest|JWT)\s+/i;

/** Headers that carry credentials of one kind or another. */
const CREDENTIALS = ['authorization', 'x-api-key', 'api-key', 'apikey', 'x-auth-token', 'x-access-token'];

/** More than this between two clocks is worth a word, in milliseconds. */
const SKEW = 5 * 60_000;

const of = ({ keyFrom }: Facts) => (keyFrom === null ? 'the key' : `the key from ${keyFrom}`);

/** Runs a check on the key that was sent; without one, or where its form is unknown, nothing can be told. */
const onKey = (run: (key: string, sent: SentKey, facts: Facts) => Finding) => (facts: Facts) => {
  const sent = sentKey(facts);
  return sent?.key == null ? CANNOT_TELL : run(sent.key, sent, facts);
};

export function keyMissing(facts: Facts): Finding {
  const { auth, request, withheld } = facts;
  if (auth === null) return CANNOT_TELL;
  if (request.headers[auth.header.toLowerCase()] !== undefined) return ruledOut(`the request has ${auth.header}`);
  return confirmed(
    `the request has no ${auth.header} header${withheld === null ? '' : `: errprobe kept the key back, since ${withheld}`}`,
  );
}

/** The same for an API of which nothing is known: no header that could hold credentials. */
export function noCredentials({ auth, request, response }: Facts): Finding {
  const sent = CREDENTIALS.filter((name) => request.headers[name] !== undefined);
  if (sent.length > 0) return ruledOut(`the request has ${sent.join(' and ')}`);
  // Without a known scheme a key could stand in the query; the challenge says that a header is wanted.
  const wanted = response.headers['www-authenticate'] !== undefined;
  return auth === null && wanted ? confirmed('the request has no header with credentials') : CANNOT_TELL;
}

export function keyInOtherHeader(facts: Facts): Finding {
  const sent = sentKey(facts);
  if (sent === null || sent.raw !== undefined) return CANNOT_TELL;
  const other = CREDENTIALS.find((name) => facts.request.headers[name] !== undefined);
  return other === undefined
    ? ruledOut('no other header has credentials')
    : confirmed(`the request has ${other}, and the API reads ${sent.header}`);
}

export function keyScheme(facts: Facts): Finding {
  const sent = sentKey(facts);
  if (sent?.raw === undefined) return CANNOT_TELL;
  const wanted = sent.prefix.trim();
  if (sent.key === null) {
    const word = SCHEME.exec(sent.raw)?.[1];
    return confirmed(
      word === undefined
        ? `${sent.header} lacks the word ${wanted} before the key`
        : `${sent.header} begins with ${word}, and the API wants ${wanted}`,
    );
  }
  const doubled = SCHEME.exec(sent.key)?.[1];
  if (doubled === undefined)
    return ruledOut(wanted === '' ? 'the key stands alone' : `${sent.header} begins with ${wanted}`);
  return confirmed(
    wanted === ''
      ? `${sent.header} has the word ${doubled} before the key, and the API wants the key alone`
      : `${sent.header} has a scheme twice: ${wanted} ${doubled}`,
  );
}

export const keyPlaceholder = onKey((key, _, facts) =>
  PLACEHOLDER.test(key.trim())
    ? confirmed(`${of(facts)} is a placeholder that was not replaced`)
    : ruledOut('it does not look like a placeholder'),
);

export const keyEmpty = onKey((key, { header }) =>
  key.trim() === '' ? confirmed(`${header} has nothing where the key should be`) : ruledOut('it is not empty'),
);

export const keyWhitespace = onKey((key, _, facts) =>
  // What surrounds a value is taken away on the way (RFC 9110, section 5.5).
  /\s/.test(key.trim()) && SCHEME.exec(key) === null
    ? confirmed(`${of(facts)} has white space in it`)
    : ruledOut('there is no white space in it'),
);

export const keyQuoted = onKey((key, _, facts) =>
  /^(["'`]).*\1$/.test(key.trim())
    ? confirmed(`${of(facts)} has quotes around it`)
    : ruledOut('there are no quotes around it'),
);

export const keyNotAscii = onKey((key, _, facts) =>
  /[^\x20-\x7e\t]/.test(key)
    ? confirmed(`${of(facts)} has a character that is not ASCII, such as a typographic dash`)
    : ruledOut('all of it is ASCII'),
);

/** RFC 7519, sections 4.1.4 and 4.1.5, measured by the server's clock. */
export const tokenExpired = onKey((key, _, facts) => {
  const claims = claimsOf(key);
  const clock = clockFor(facts);
  if (typeof claims?.exp !== 'number' || clock === null) return CANNOT_TELL;
  const at = new Date(claims.exp * 1000).toISOString();
  return claims.exp * 1000 <= clock
    ? confirmed(`the token expired at ${at}`)
    : ruledOut(`the token is valid until ${at}`);
});

export const tokenNotYetValid = onKey((key, _, facts) => {
  const claims = claimsOf(key);
  const clock = clockFor(facts);
  if (typeof claims?.nbf !== 'number' || clock === null) return CANNOT_TELL;
  const at = new Date(claims.nbf * 1000).toISOString();
  return claims.nbf * 1000 > clock
    ? confirmed(`the token is valid only from ${at}`)
    : ruledOut(`it is valid since ${at}`);
});

export function clockSkew({ response, now }: Facts): Finding {
  const date = Date.parse(response.headers.date ?? '');
  if (Number.isNaN(date) || now === null) return CANNOT_TELL;
  const skew = now - date;
  if (Math.abs(skew) <= SKEW) return ruledOut('the clocks agree');
  const minutes = Math.round(Math.abs(skew) / 60_000);
  return confirmed(`the clock here is ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} that of the server`);
}

function clockFor({ response, now }: Facts): number | null {
  return response.headers.date === undefined && now === null ? null : clockOf(response.headers, now ?? 0);
}

/** The claims of a JSON Web Token, which everybody can read; its signature is not looked at. */
function claimsOf(key: string): { exp?: unknown; nbf?: unknown } | null {
  const [, payload = ''] = /^eyJ[\w-]+\.([\w-]+)\.[\w-]*$/.exec(key.trim()) ?? [];
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' ? claims : null;
  } catch {
    return null;
  }
}
