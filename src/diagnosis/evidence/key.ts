import { valueAt } from '../../json/pointer.ts';
import type { Fix } from '../../model/diagnosis.ts';
import type { Finding, KeyFault, Where } from '../../model/finding.ts';
import { SERVICES } from '../../services/index.ts';
import { nearest } from '../../text/nearest.ts';
import { bytesOfBase64 } from '../../text/utf8.ts';
import { type Assessment, CANNOT_TELL, confirmed, ruledOut, suspected } from './assessment.ts';
import { CREDENTIALS, type Facts, type SentKey, sentKey } from './facts.ts';
import { keyFault, SCHEME } from './key-form.ts';
import { crossing } from './response.ts';

/** Words in a key and in a host that indicate its environment. */
const TEST = /(?:^|[^a-z])(?:sandbox|test|testing|staging|stage|dev|uat)(?:[^a-z]|$)/i;
const LIVE = /(?:^|[^a-z])(?:live|prod|production)(?:[^a-z]|$)/i;

/**
 * Runs a check on the key that was sent; without one, or if its form is unknown, it cannot tell.
 */
const onKey = (run: (key: string, sent: SentKey, facts: Facts) => Assessment) => (facts: Facts) => {
  const sent = sentKey(facts);
  return sent?.key == null ? CANNOT_TELL : run(sent.key, sent, facts);
};

const fixKey = (key: Fix['key']): Fix | undefined => (key === undefined ? undefined : { key });

/** A check of the text of a key: it reports one problem, the one that explains the others. */
export const keyForm = (fault: KeyFault) =>
  onKey((key, sent, facts) => {
    const found = keyFault(key, sent, facts);
    if (found === null) return ruledOut(soundness(fault, facts));
    return found.fault === fault ? confirmed(found.finding, fixKey(found.fix)) : CANNOT_TELL;
  });

/** Why a fault is ruled out. */
function soundness(fault: KeyFault, facts: Facts): Finding {
  const { auth, request } = facts;
  const raw = request.headers[auth?.header.toLowerCase() ?? ''] ?? '';
  return fault === 'whitespace' && raw !== raw.trim() ? { code: 'key-space-stripped' } : { code: 'key-without', fault };
}

export function keyMissing(facts: Facts): Assessment {
  const { auth, request, withheld } = facts;
  if (auth === null) return CANNOT_TELL;
  const { header } = auth;
  const raw = request.headers[header.toLowerCase()];
  if (raw !== undefined)
    return raw.trim() === '' ? CANNOT_TELL : ruledOut({ code: 'header-present', headers: [header] });
  if (withheld !== null) return confirmed({ code: 'key-withheld', header, why: withheld });
  const crossed = crossing(facts);
  return crossed === null
    ? confirmed({ code: 'key-absent', header, instead: elsewhere(header, facts) }, fixKey('send'))
    : confirmed({ code: 'key-left-behind', header, ...crossed });
}

/** Headers that every client sends, and that are no misspellings of others. */
const USUAL = ['accept', 'content-type', 'user-agent', 'x-request-id', 'host', 'idempotency-key'];
const plain = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');

/** The request's header whose name is probably a misspelling of another, or null. */
export function nearHeader(wanted: string, { request }: Facts): string | null {
  const names = Object.keys(request.headers).filter((name) => name !== wanted.toLowerCase() && !USUAL.includes(name));
  const near = nearest(plain(wanted), names.map(plain));
  return names.find((name) => plain(name) === near) ?? null;
}

/**
 * The apparent location of a key that is not in its header: in another one, under a similar name, or in the
 * query.
 */
function elsewhere(header: string, facts: Facts): Where | null {
  const { headers, url } = facts.request;
  const other = nearHeader(header, facts) ?? CREDENTIALS.find((name) => headers[name] !== undefined);
  if (other !== undefined) return { in: 'header', name: other };
  const [, inQuery] = /[?&](api[-_]?key|key|token|access[-_]token|auth)=/i.exec(url) ?? [];
  return inQuery === undefined ? null : { in: 'query', name: inQuery };
}

/** Like `key-missing`, for an unknown API: no header that could carry credentials. */
export function noCredentials({ auth, request, response }: Facts): Assessment {
  const sent = CREDENTIALS.filter((name) => request.headers[name] !== undefined);
  if (sent.length > 0) return ruledOut({ code: 'header-present', headers: sent });
  // Without a known scheme the key could be in the query; a challenge means that a header is
  // wanted.
  const wanted = response.headers['www-authenticate'] !== undefined;
  return auth === null && wanted ? confirmed({ code: 'credentials-absent' }) : CANNOT_TELL;
}

/** RFC 7617, section 2: name and password with a colon between them, in Base64. */
export function basicMalformed({ auth, request }: Facts): Assessment {
  const [, sent] = /^Basic +(.*)$/i.exec(request.headers.authorization?.trim() ?? '') ?? [];
  if (sent === undefined || (auth !== null && !/^Basic /i.test(auth.value))) return CANNOT_TELL;
  if (/\*{3,}|redacted/i.test(sent)) return CANNOT_TELL;
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(sent)) return confirmed({ code: 'basic-not-base64' });
  const text = bytesOfBase64(sent);
  if (!text.includes(':')) return confirmed({ code: 'basic-without-colon' });
  return /[\r\n]$/.test(text) ? confirmed({ code: 'basic-line-break' }) : ruledOut({ code: 'basic-well-formed' });
}

export function keyInOtherHeader(facts: Facts): Assessment {
  if (facts.auth === null) return CANNOT_TELL;
  const { header } = facts.auth;
  if (facts.request.headers[header.toLowerCase()] !== undefined) return ruledOut({ code: 'key-in-header', header });
  const other = CREDENTIALS.find((name) => facts.request.headers[name] !== undefined);
  return other === undefined
    ? ruledOut({ code: 'no-other-credentials' })
    : confirmed({ code: 'key-in-other-header', header: other, wanted: header }, fixKey('send'));
}

export function keyScheme(facts: Facts): Assessment {
  const sent = sentKey(facts);
  if (sent?.raw === undefined || sent.raw.trim() === '') return CANNOT_TELL;
  const { header, key, raw, prefix } = sent;
  const wanted = prefix.trim();
  if (key === null)
    return facts.auth === null ? CANNOT_TELL : confirmed(wrongScheme(raw.trim(), header, wanted), fixKey('send'));
  const found = keyFault(key, sent, facts);
  if (found !== null && found.fault !== 'scheme') return CANNOT_TELL;
  if (found !== null) return confirmed(found.finding, fixKey(found.fix));
  return ruledOut(
    wanted === '' ? { code: 'key-without', fault: 'scheme' } : { code: 'scheme-right', header, scheme: wanted },
  );
}

function wrongScheme(raw: string, header: string, wanted: string): Finding {
  const [, scheme] = SCHEME.exec(raw) ?? [];
  if (scheme !== undefined && scheme.toLowerCase() !== wanted.toLowerCase())
    return { code: 'scheme-wrong', header, wanted, scheme };
  return raw.toLowerCase().startsWith(wanted.toLowerCase())
    ? { code: 'scheme-without-space', header, wanted }
    : { code: 'scheme-absent', header, wanted };
}

/** Whether a URL is of a service that takes the keys that it issued; others may pass requests and keys on to any. */
function issuesItsOwn(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).host : '';
  return SERVICES.some(({ hosts = [], issued }) => issued !== undefined && hosts.includes(host));
}

/** A key may be valid for an API and its sandbox, which usually have similar ids. */
const related = (a: string, b: string): boolean => b !== '' && (a.startsWith(b) || b.startsWith(a));

/** Two APIs may share a key on purpose, so it only counts as another's if this API has its own. */
export const keyOfOtherApi = onKey((key, { from }, facts) => {
  const { api, otherKeys, ownKey, request } = facts;
  const same = otherKeys.find(({ value }) => value === key.trim());
  if (same !== undefined && related(same.api, api.split(' ')[0] ?? '')) return CANNOT_TELL;
  if (same !== undefined) {
    const finding: Finding = { code: 'key-of-other-api', from, sameAs: same.from, api: same.api };
    const hasOwn = ownKey !== null && ownKey.value.trim() !== key.trim();
    return hasOwn ? confirmed(finding, fixKey('send')) : suspected(finding);
  }
  const issuer = SERVICES.find(({ issued }) => issued !== undefined && new RegExp(issued).test(key.trim()))?.name;
  if (issuer !== undefined && !`${api} ${request.url}`.toLowerCase().includes(issuer.toLowerCase())) {
    const finding: Finding = { code: 'key-of-issuer', from, issuer };
    return issuesItsOwn(request.url) ? confirmed(finding, fixKey('send')) : suspected(finding);
  }
  return otherKeys.length > 0 ? ruledOut({ code: 'key-of-no-other-api' }) : CANNOT_TELL;
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

export const keyOfOtherEnvironment = onKey((key, { from }, facts) => {
  const inKey = environmentIn(key.split(/[-_.]/).slice(0, 3).join('-'));
  if (inKey === null) return CANNOT_TELL;
  const inUrl = environmentOf(facts.request.url);
  if (inKey === inUrl) return ruledOut({ code: 'key-environment-same' });
  // Many APIs have one address for both.
  return inUrl === null
    ? suspected({ code: 'key-environment', from, environment: inKey })
    : confirmed({ code: 'key-environment-differs', from, environment: inKey, address: inUrl });
});

/** The mode of a key, `sk_test_…` or `rk_live_…`. */
const MODE = /^[a-z]{2,6}_(test|live)_/i;

/** Words of a message for the mode that the key would have to be for. */
const WANTED_MODE =
  /\b(?:exists? in|only be used in|only available in|requires?|use (?:a|your)|switch to) (?:the )?(test|live)[ -]?mode\b/i;
const GIVEN_MODE = /\b(?:but )?an? (test|live)[ -]?mode (?:secret |publishable |api )?key was used\b/i;

/** A key for tests where what is asked for is in live mode, or the other way round, if the response says which. */
export const keyOfOtherMode = onKey((key, { from }, { message, content }) => {
  const mode = MODE.exec(key.trim())?.[1]?.toLowerCase() as 'test' | 'live' | undefined;
  if (mode === undefined) return CANNOT_TELL;
  const livemode = valueAt(content.value, '/error/livemode') ?? valueAt(content.value, '/livemode');
  const used = GIVEN_MODE.exec(message ?? '')?.[1]?.toLowerCase();
  if (used !== undefined) return used === mode ? confirmed({ code: 'key-mode-differs', from, mode }) : CANNOT_TELL;
  const told = WANTED_MODE.exec(message ?? '')?.[1]?.toLowerCase();
  const wanted = told ?? (typeof livemode === 'boolean' ? (livemode ? 'live' : 'test') : undefined);
  if (wanted === undefined) return CANNOT_TELL;
  return wanted === mode
    ? ruledOut({ code: 'key-mode-same', mode })
    : confirmed({ code: 'key-mode-differs', from, mode });
});
