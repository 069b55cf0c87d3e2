import type { Field } from '../../model/diagnosis.ts';
import { nearest } from '../../text/nearest.ts';
import { type Assessment, CANNOT_TELL, confirmed, ruledOut, suspected } from './assessment.ts';
import type { Facts } from './facts.ts';
import { hasHeader } from './field-lookup.ts';
import { nearHeader } from './key.ts';
import { ABSENT, isSameName, nameOf } from './names.ts';

/**
 * Headers that the client adds on sending, so that a request does not list them (RFC 9110, sections
 * 7.2 and 8.6).
 */
const ADDED = /^(?:host|connection|content-length|transfer-encoding|accept-encoding|user-agent)$/i;

/** Headers that tools omit when saving. */
const LEFT_OUT = /^(?:cookie|authorization|proxy-authorization)$/i;

/** The parameter that the response lists as missing from a part of the request; null if none. */
function missingFrom(part: Field['in'], { fields }: Facts): string | null {
  const found = fields.find((field) => field.in === part && field.path !== '' && ABSENT.test(field.message));
  return found === undefined ? null : nameOf(found.path);
}

/** A header that the response lists among its fields. */
export function headerListedMissing(facts: Facts): Assessment {
  const name = missingFrom('header', facts);
  if (name === null || ADDED.test(name) || (facts.now === null && LEFT_OUT.test(name))) return CANNOT_TELL;
  if (hasHeader(name, facts)) return ruledOut({ code: 'header-present', headers: [name] });
  return confirmed(
    { code: 'header-absent', header: name, instead: nearHeader(name, facts) },
    { header: [name, '<value>'] },
  );
}

/** A cookie that the response lists among its fields (RFC 6265, section 4.2.1). */
export function cookieMissing(facts: Facts): Assessment {
  const name = missingFrom('cookie', facts);
  const { cookie } = facts.request.headers;
  // A saved exchange often has no cookies, or only a mask.
  if (name === null || (facts.now === null && (cookie === undefined || /redacted|\*{3,}|…/i.test(cookie)))) {
    return CANNOT_TELL;
  }
  const names = (cookie ?? '').split(';').map((pair) => pair.split('=', 1)[0]?.trim() ?? '');
  if (names.includes(name)) return ruledOut({ code: 'cookie-present', name });
  const same = names.find((own) => isSameName(own, name));
  if (same !== undefined) return suspected({ code: 'cookie-absent', name, instead: same });
  return confirmed({ code: 'cookie-absent', name, instead: nearest(name, names, 2) });
}

/** A path parameter that the response lists among its fields: that part of the path is empty. */
export function pathPartMissing(facts: Facts): Assessment {
  const name = missingFrom('path', facts);
  if (name === null) return CANNOT_TELL;
  const path = facts.request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return /\/(?:\/|$)/.test(path) ? confirmed({ code: 'path-part-empty', parameter: name }) : CANNOT_TELL;
}
