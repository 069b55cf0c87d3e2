import type { Fix } from '../../model/diagnosis.ts';
import { nearest } from '../../text/nearest.ts';
import {
  CANNOT_TELL,
  CREDENTIALS,
  confirmed,
  type Facts,
  type Finding,
  ruledOut,
  type SentKey,
  sentKey,
  suspected,
} from './facts.ts';
import { type KeyFault, keyFault, SCHEME } from './key-form.ts';
import { crossing } from './response.ts';

/** Issuers whose keys are recognised by their prefix. */
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

/** Words in a key and in a host that indicate its environment. */
const TEST = /(?:^|[^a-z])(?:sandbox|test|testing|staging|stage|dev|uat)(?:[^a-z]|$)/i;
const LIVE = /(?:^|[^a-z])(?:live|prod|production)(?:[^a-z]|$)/i;

const of = ({ origins, auth }: Facts) => {
  const from = origins[auth?.header.toLowerCase() ?? ''];
  return from === undefined ? 'the key' : `the key from ${from}`;
};

/**
 * Runs a check on the key that was sent; without one, or if its form is unknown, it cannot tell.
 */
const onKey = (run: (key: string, sent: SentKey, facts: Facts) => Finding) => (facts: Facts) => {
  const sent = sentKey(facts);
  return sent?.key == null ? CANNOT_TELL : run(sent.key, sent, facts);
};

const fixKey = (key: Fix['key']): Fix | undefined => (key === undefined ? undefined : { key });

/** A check of the text of a key: it reports one problem, the one that explains the others. */
export const keyForm = (fault: KeyFault) =>
  onKey((key, sent, facts) => {
    const found = keyFault(key, sent, facts);
    if (found === null) return ruledOut(soundness(fault, facts));
    if (found.fault !== fault) return CANNOT_TELL;
    return fault === 'empty'
      ? confirmed(`${sent.header} has nothing where the key should be`, fixKey('replace'))
      : confirmed(`${of(facts)} ${found.seen}`, fixKey(found.fix));
  });

const SOUND: Record<KeyFault, string> = {
  empty: 'it is not empty',
  json: 'it is no JSON',
  'header-line': 'the name of the header is not in it',
  assignment: 'there is no name before it',
  scheme: 'the key stands alone',
  placeholder: 'it does not look like a placeholder',
  mask: 'it is not masked',
  quoted: 'there are no quotes around it',
  'cut-short': 'nothing shows that it was cut short',
  encoded: 'it is not encoded',
  whitespace: 'there is no white space in it',
  'not-ascii': 'all of it is ASCII',
};

/** Why a problem is ruled out. It must not claim anything untrue about a value, harmless or not. */
function soundness(fault: KeyFault, facts: Facts): string {
  const { auth, request } = facts;
  const raw = request.headers[auth?.header.toLowerCase() ?? ''] ?? '';
  return fault === 'whitespace' && raw !== raw.trim()
    ? 'white space around a header value never reaches a server (RFC 9110, section 5.5)'
    : SOUND[fault];
}

export function keyMissing(facts: Facts): Finding {
  const { auth, request, withheld } = facts;
  if (auth === null) return CANNOT_TELL;
  const raw = request.headers[auth.header.toLowerCase()];
  if (raw !== undefined) return raw.trim() === '' ? CANNOT_TELL : ruledOut(`the request has ${auth.header}`);
  const missing = `the request has no ${auth.header} header`;
  const crossed = crossing(facts);
  if (withheld !== null) return confirmed(`${missing}: errprobe kept the key back, since ${withheld}`);
  return crossed === null
    ? confirmed(missing + elsewhere(auth.header, facts), fixKey('send'))
    : confirmed(`${missing} any more: a redirect led ${crossed}, and a key does not follow`);
}

/** Headers that every client sends, and that are no misspellings of others. */
const USUAL = ['accept', 'content-type', 'user-agent', 'x-request-id', 'host', 'idempotency-key'];
const plain = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');

/** The request's header whose name is probably a misspelling of another, or undefined. */
export function nearHeader(wanted: string, { request }: Facts): string | undefined {
  const names = Object.keys(request.headers).filter((name) => name !== wanted.toLowerCase() && !USUAL.includes(name));
  const near = nearest(plain(wanted), names.map(plain));
  return names.find((name) => plain(name) === near);
}

/**
 * The apparent location of a key that is not in its header: in another one, under a similar name, or in the
 * query.
 */
function elsewhere(header: string, facts: Facts): string {
  const { headers, url } = facts.request;
  const other = nearHeader(header, facts) ?? CREDENTIALS.find((name) => headers[name] !== undefined);
  if (other !== undefined) return `, but ${other}, which the API does not read`;
  const [, inQuery] = /[?&](api[-_]?key|key|token|access[-_]token|auth)=/i.exec(url) ?? [];
  return inQuery === undefined ? '' : `, but ${inQuery} in the query`;
}

/** Like `key-missing`, for an unknown API: no header that could carry credentials. */
export function noCredentials({ auth, request, response }: Facts): Finding {
  const sent = CREDENTIALS.filter((name) => request.headers[name] !== undefined);
  if (sent.length > 0) return ruledOut(`the request has ${sent.join(' and ')}`);
  // Without a known scheme the key could be in the query; a challenge means that a header is
  // wanted.
  const wanted = response.headers['www-authenticate'] !== undefined;
  return auth === null && wanted ? confirmed('the request has no header with credentials') : CANNOT_TELL;
}

/** RFC 7617, section 2: name and password with a colon between them, in Base64. */
export function basicMalformed({ auth, request }: Facts): Finding {
  const [, sent] = /^Basic +(.*)$/i.exec(request.headers.authorization?.trim() ?? '') ?? [];
  if (sent === undefined || (auth !== null && !/^Basic /i.test(auth.value))) return CANNOT_TELL;
  if (/\*{3,}|redacted/i.test(sent)) return CANNOT_TELL;
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(sent)) return confirmed('what follows Basic is not Base64');
  const text = Buffer.from(sent, 'base64').toString('latin1');
  if (!text.includes(':')) return confirmed('what follows Basic has no colon in it once it is decoded');
  return /[\r\n]$/.test(text)
    ? confirmed('what follows Basic ends in a line break once it is decoded')
    : ruledOut('what follows Basic is a name and a password in Base64');
}

export function keyInOtherHeader(facts: Facts): Finding {
  if (facts.auth === null) return CANNOT_TELL;
  const { header } = facts.auth;
  if (facts.request.headers[header.toLowerCase()] !== undefined) return ruledOut(`the key is in ${header}`);
  const other = CREDENTIALS.find((name) => facts.request.headers[name] !== undefined);
  return other === undefined
    ? ruledOut('no other header has credentials')
    : confirmed(`the request has ${other}, and the API reads ${header}`, fixKey('send'));
}

export function keyScheme(facts: Facts): Finding {
  const sent = sentKey(facts);
  if (sent?.raw === undefined || sent.raw.trim() === '') return CANNOT_TELL;
  const { header, key, raw, prefix } = sent;
  const wanted = prefix.trim();
  if (key === null)
    return facts.auth === null ? CANNOT_TELL : confirmed(wrongScheme(raw.trim(), header, wanted), fixKey('send'));
  const found = keyFault(key, sent, facts);
  if (found !== null && found.fault !== 'scheme') return CANNOT_TELL;
  const [, doubled] = SCHEME.exec(key.trim()) ?? [];
  if (doubled === undefined)
    return ruledOut(wanted === '' ? 'the key stands alone' : `${header} begins with ${wanted}`);
  const what =
    wanted === ''
      ? `${header} has the word ${doubled} before the key, and the API wants the key alone`
      : `${header} has a scheme twice: ${wanted} ${doubled}`;
  return confirmed(what, fixKey('strip-scheme'));
}

function wrongScheme(raw: string, header: string, wanted: string): string {
  const [, word] = SCHEME.exec(raw) ?? [];
  if (word !== undefined && word.toLowerCase() !== wanted.toLowerCase())
    return `${header} begins with ${word}, and the API wants ${wanted}`;
  return raw.toLowerCase().startsWith(wanted.toLowerCase())
    ? `${header} has no space between ${wanted} and the key`
    : `${header} lacks the word ${wanted} before the key`;
}

/** A key may be valid for an API and its sandbox, which usually have similar ids. */
const related = (a: string, b: string): boolean => b !== '' && (a.startsWith(b) || b.startsWith(a));

/** Two APIs may share a key on purpose, so it only counts as another's if this API has its own. */
export const keyOfOtherApi = onKey((key, _, facts) => {
  const { api, otherKeys, ownKey, request } = facts;
  const same = otherKeys.find(({ value }) => value === key.trim());
  if (same !== undefined && related(same.api, api.split(' ')[0] ?? '')) return CANNOT_TELL;
  if (same !== undefined) {
    const says = `${of(facts)} is the same as the one from ${same.from} for ${same.api}`;
    return ownKey !== null && ownKey.value.trim() !== key.trim() ? confirmed(says, fixKey('send')) : suspected(says);
  }
  const [, issuer] = ISSUERS.find(([form]) => form.test(key.trim())) ?? [];
  const own = issuer === undefined || `${api} ${request.url}`.toLowerCase().includes(issuer.toLowerCase());
  if (!own) return suspected(`${of(facts)} has the form of a key of ${issuer}`);
  return otherKeys.length > 0 ? ruledOut('it is none of the keys of the other APIs') : CANNOT_TELL;
});

type Environment = 'test' | 'live' | null;
const environmentIn = (text: string): Environment => {
  const [test, live] = [TEST.test(text), LIVE.test(text)];
  return test === live ? null : test ? 'test' : 'live';
};

/**
 * The environment in a URL's host or the first part of its path; other words in a path are names.
 */
function environmentOf(url: string): Environment {
  const [, host = '', first = '', second = ''] = /^[a-z]+:\/\/([^/?#]*)\/?([^/?#]*)\/?([^/?#]*)/i.exec(url) ?? [];
  const isEnvironment = /^(?:sandbox|staging|uat|production|prod)$/i.test(first) || /^v\d+$/i.test(second);
  return environmentIn(host) ?? (isEnvironment ? environmentIn(first) : null);
}

export const keyOfOtherEnvironment = onKey((key, _, facts) => {
  const inKey = environmentIn(key.split(/[-_.]/).slice(0, 3).join('-'));
  if (inKey === null) return CANNOT_TELL;
  const inUrl = environmentOf(facts.request.url);
  if (inKey === inUrl) return ruledOut('key and address name the same environment');
  const words = { test: 'tests', live: 'production' };
  const says = `${of(facts)} says that it is for ${words[inKey]}`;
  // Many APIs have one address for both.
  return inUrl === null ? suspected(says) : confirmed(`${says}, and the address that it is for ${words[inUrl]}`);
});
