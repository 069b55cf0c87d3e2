import type { Fix } from '../diagnosis.ts';
import { clockOf } from '../retry-hint.ts';
import {
  CANNOT_TELL,
  confirmed,
  type Facts,
  type Finding,
  ruledOut,
  type SentKey,
  sentKey,
  suspected,
} from './facts.ts';
import { crossing } from './response.ts';

/** A word that stands where a key should: a variable that was not replaced, or a text from documentation. */
const PLACEHOLDER =
  /^(?:\$\{?\w+\}?|\{\{?\w+\}?\}|%\w+%|<[^>]*>|\[[^\]]*\]|(?:your|my|the)[-_ ]?(?:api)?[-_ ]?(?:key|token|secret)\w*|api[-_ ]?key|undefined|null|none|nan|todo|changeme|change-me|replace-?me|x{3,}|\*+|\.{3,})$/i;

/** Schemes that a key may be sent with. */
const SCHEME = /^(Bearer|Basic|Token|Api-?Key|Digest|JWT)\s+/i;

/** Headers that carry credentials of one kind or another. */
const CREDENTIALS = ['authorization', 'x-api-key', 'api-key', 'apikey', 'x-auth-token', 'x-access-token'];

/** Whose keys are known by how they begin. */
const ISSUERS: [RegExp, string][] = [
  [/^(?:gh[pousr]_|github_pat_)/, 'GitHub'],
  [/^glpat-/, 'GitLab'],
  [/^xox[abeoprs]-/, 'Slack'],
  [/^A(?:KI|SI)A[0-9A-Z]{16}$/, 'AWS'],
  [/^AIza[\w-]{35}$/, 'Google'],
  [/^sk-ant-/, 'Anthropic'],
  [/^sk-proj-/, 'OpenAI'],
  [/^SG\.[\w-]{16,}\./, 'SendGrid'],
  [/^shp(?:at|ca|pa|ss)_/, 'Shopify'],
  [/^npm_[A-Za-z0-9]{30,}$/, 'npm'],
  [/^hf_[A-Za-z0-9]{30,}$/, 'Hugging Face'],
];

/** Words in a key and in an address that tell its environment. */
const TEST = /(?:^|[^a-z])(?:sandbox|test|testing|staging|stage|dev|uat)(?:[^a-z]|$)/i;
const LIVE = /(?:^|[^a-z])(?:live|prod|production)(?:[^a-z]|$)/i;

const of = ({ origins, auth }: Facts) => {
  const from = origins[auth?.header.toLowerCase() ?? ''];
  return from === undefined ? 'the key' : `the key from ${from}`;
};

/** Runs a check on the key that was sent; without one, or where its form is unknown, nothing can be told. */
const onKey = (run: (key: string, sent: SentKey, facts: Facts) => Finding) => (facts: Facts) => {
  const sent = sentKey(facts);
  return sent?.key == null ? CANNOT_TELL : run(sent.key, sent, facts);
};

const fixKey = (key: NonNullable<Fix['key']>): Fix => ({ key });

export function keyMissing(facts: Facts): Finding {
  const { auth, request, withheld } = facts;
  if (auth === null) return CANNOT_TELL;
  if (request.headers[auth.header.toLowerCase()] !== undefined) return ruledOut(`the request has ${auth.header}`);
  const missing = `the request has no ${auth.header} header`;
  const crossed = crossing(facts);
  if (withheld !== null) return confirmed(`${missing}: errprobe kept the key back, since ${withheld}`);
  return crossed === null
    ? confirmed(missing, fixKey('send'))
    : confirmed(`${missing} any more: a redirect led ${crossed}, and a key does not follow`);
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
  if (sent === null) return CANNOT_TELL;
  if (sent.raw !== undefined) return ruledOut(`the key is in ${sent.header}`);
  const other = CREDENTIALS.find((name) => facts.request.headers[name] !== undefined);
  return other === undefined
    ? ruledOut('no other header has credentials')
    : confirmed(`the request has ${other}, and the API reads ${sent.header}`, fixKey('send'));
}

export function keyScheme(facts: Facts): Finding {
  const sent = sentKey(facts);
  if (sent?.raw === undefined) return CANNOT_TELL;
  const wanted = sent.prefix.trim();
  if (sent.key === null) {
    const word = SCHEME.exec(sent.raw)?.[1];
    const what =
      word === undefined
        ? `${sent.header} lacks the word ${wanted} before the key`
        : `${sent.header} begins with ${word}, and the API wants ${wanted}`;
    return confirmed(what, fixKey('send'));
  }
  const doubled = SCHEME.exec(sent.key)?.[1];
  if (doubled === undefined)
    return ruledOut(wanted === '' ? 'the key stands alone' : `${sent.header} begins with ${wanted}`);
  const what =
    wanted === ''
      ? `${sent.header} has the word ${doubled} before the key, and the API wants the key alone`
      : `${sent.header} has a scheme twice: ${wanted} ${doubled}`;
  return confirmed(what, fixKey('strip-scheme'));
}

export const keyPlaceholder = onKey((key, _, facts) =>
  PLACEHOLDER.test(key.trim())
    ? confirmed(`${of(facts)} is a placeholder that was not replaced`, fixKey('replace'))
    : ruledOut('it does not look like a placeholder'),
);

export const keyEmpty = onKey((key, { header }) =>
  key.trim() === ''
    ? confirmed(`${header} has nothing where the key should be`, fixKey('replace'))
    : ruledOut('it is not empty'),
);

export const keyWhitespace = onKey((key, _, facts) =>
  // What surrounds a value is taken away on the way (RFC 9110, section 5.5).
  /\s/.test(key.trim()) && SCHEME.exec(key) === null
    ? confirmed(`${of(facts)} has white space in it`, fixKey('strip-spaces'))
    : ruledOut('there is no white space in it'),
);

export const keyQuoted = onKey((key, _, facts) =>
  /^(["'`]).*\1$/.test(key.trim())
    ? confirmed(`${of(facts)} has quotes around it`, fixKey('strip-quotes'))
    : ruledOut('there are no quotes around it'),
);

export const keyNotAscii = onKey((key, _, facts) =>
  /[^\x20-\x7e\t]/.test(key)
    ? confirmed(
        `${of(facts)} has a character that is not ASCII, such as a typographic dash`,
        // What cannot be seen is no part of the key; for all else nobody knows what should stand there.
        /[^\x20-\x7e\t\u200b-\u200f\u2060\ufeff\u00a0]/.test(key) ? undefined : fixKey('strip-invisible'),
      )
    : ruledOut('all of it is ASCII'),
);

/** The same key may serve an API and its sandbox, which mostly have similar ids. */
const related = (a: string, b: string): boolean => b !== '' && (a.startsWith(b) || b.startsWith(a));

export const keyOfOtherApi = onKey((key, _, facts) => {
  const { api, otherKeys, request } = facts;
  const same = otherKeys.find(({ value }) => value === key.trim());
  if (same !== undefined && related(same.api, api.split(' ')[0] ?? '')) return CANNOT_TELL;
  if (same !== undefined) return confirmed(`${of(facts)} is the same as the one from ${same.from} for ${same.api}`);
  const [, issuer] = ISSUERS.find(([form]) => form.test(key.trim())) ?? [];
  const own = issuer === undefined || `${api} ${request.url}`.toLowerCase().includes(issuer.toLowerCase());
  if (!own) return suspected(`${of(facts)} has the form of a key of ${issuer}`);
  return otherKeys.length > 0 ? ruledOut('it is none of the keys of the other APIs') : CANNOT_TELL;
});

export const keyOfOtherEnvironment = onKey((key, _, facts) => {
  const { url } = facts.request;
  const [inKey, inUrl] = [key, url].map((text) => (TEST.test(text) ? 'test' : LIVE.test(text) ? 'live' : null));
  if (inKey == null) return CANNOT_TELL;
  if (inKey === inUrl) return ruledOut('key and address name the same environment');
  const words = { test: 'tests', live: 'production' };
  const says = `${of(facts)} says that it is for ${words[inKey]}`;
  // Many APIs have one address for both.
  return inUrl == null ? suspected(says) : confirmed(`${says}, and the address that it is for ${words[inUrl]}`);
});

/** RFC 7519, section 4.1.3. An audience need not be an address, so the answer has to speak of it. */
export const tokenAudience = onKey((key, _, { request, response, message }) => {
  const aud = claimsOf(key)?.aud;
  const audiences = (Array.isArray(aud) ? aud : [aud]).filter((one): one is string => typeof one === 'string');
  if (audiences.length === 0) return CANNOT_TELL;
  const { host, origin } = URL.canParse(request.url) ? new URL(request.url) : { host: '', origin: '' };
  if (audiences.some((one) => one === host || one.replace(/\/$/, '').startsWith(origin)))
    return ruledOut(`the token is meant for ${host}`);
  const meant = `the token is meant for ${audiences.join(', ')}`;
  const said = /\baud(?:ience)?\b/i.test(`${message} ${response.headers['www-authenticate'] ?? ''}`);
  return said ? confirmed(`${meant}, and the answer speaks of its audience`) : suspected(meant);
});

/** RFC 7519, sections 4.1.4 and 4.1.5, measured by the server's clock. */
export const tokenExpired = onKey((key, _, facts) => {
  const exp = timeOf(claimsOf(key)?.exp);
  const clock = clockFor(facts);
  if (exp === null || clock === null) return CANNOT_TELL;
  const at = exp.toISOString();
  return exp.getTime() <= clock ? confirmed(`the token expired at ${at}`) : ruledOut(`the token is valid until ${at}`);
});

export const tokenNotYetValid = onKey((key, _, facts) => {
  const nbf = timeOf(claimsOf(key)?.nbf);
  const clock = clockFor(facts);
  if (nbf === null || clock === null) return CANNOT_TELL;
  const at = nbf.toISOString();
  return nbf.getTime() > clock ? confirmed(`the token is valid only from ${at}`) : ruledOut(`it is valid since ${at}`);
});

/** A time in seconds since 1970, or null for what is none. */
function timeOf(claim: unknown): Date | null {
  const at = new Date(typeof claim === 'number' ? claim * 1000 : Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

function clockFor({ response, now }: Facts): number | null {
  return response.headers.date === undefined && now === null ? null : clockOf(response.headers, now ?? 0);
}

/** The claims of a JSON Web Token, which everybody can read; its signature is not looked at. */
function claimsOf(key: string): { exp?: unknown; nbf?: unknown; aud?: unknown } | null {
  const [, payload = ''] = /^eyJ[\w-]+\.([\w-]+)\.[\w-]*$/.exec(key.trim()) ?? [];
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' ? claims : null;
  } catch {
    return null;
  }
}
