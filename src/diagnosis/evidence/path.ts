import type { Finding } from '../../model/finding.ts';
import { type Assessment, CANNOT_TELL, confirmed, ruledOut } from './assessment.ts';
import type { Facts } from './facts.ts';
import { asksForValue, isNameOfId, isUnreplaced } from './placeholder.ts';
import { isGeneric } from './response-words.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);

/** The path of a request as it was sent: an encoded slash is part of an id. */
const rawPath = ({ request }: Facts): string =>
  /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(request.url)?.[1] ?? request.url.replace(/[?#].*$/s, '');

/** The segments of the path, each decoded as far as possible. */
const partsOf = (facts: Facts): string[] =>
  rawPath(facts)
    .split('/')
    .slice(1)
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });

export function pathPlaceholder(facts: Facts): Assessment {
  const found = partsOf(facts)
    .map((part) =>
      isUnreplaced(part) || isNameOfId(part) || asksForValue(part)
        ? part
        : /\{\{?\w+\}?\}|\$\{\w+\}|<\w+>/.exec(part)?.[0],
    )
    .find((part) => part !== undefined);
  return found === undefined
    ? ruledOut({ code: 'path-without-placeholder' })
    : confirmed({ code: 'path-placeholder', text: found });
}

export function pathDoubleSlash(facts: Facts): Assessment {
  // A URL within a path is deliberate.
  return /(?<!:)\/\//.test(rawPath(facts))
    ? confirmed({ code: 'path-double-slash' }, { path: 'single-slashes' })
    : ruledOut({ code: 'path-single-slashes' });
}

export function pathVersionTwice(facts: Facts): Assessment {
  const [, prefix] = /\/((?:api\/)?v\d+)\/\1(?:\/|$)/i.exec(rawPath(facts)) ?? [];
  return prefix === undefined
    ? ruledOut({ code: 'path-without-repetition' })
    : confirmed({ code: 'path-repetition', prefix }, { path: 'no-repetition' });
}

/** Quotes or white space copied along with an id. */
export function pathStray(facts: Facts): Assessment {
  const parts = partsOf(facts);
  if (parts.some((part) => part !== part.trim())) return confirmed({ code: 'path-space' });
  return parts.some((part) => /^(["'`]).*\1$/.test(part))
    ? confirmed({ code: 'path-quotes' })
    : ruledOut({ code: 'path-clean' });
}

/** A path segment rejected for its format, when no segment has that format. */
export function pathPartFormat(facts: Facts): Assessment {
  const { message = '' } = facts.fields.find((field) => field.in === 'path') ?? {};
  const [, kind = ''] = /\b(?:valid|an?|be) (uuid|guid|integer|int|number)\b/i.exec(message) ?? [];
  if (kind === '') return CANNOT_TELL;
  const isId = /id$/i.test(kind);
  const fits = partsOf(facts).some((part) => (isId ? isUuid(part) : /^-?\d+$/.test(part)));
  return fits ? CANNOT_TELL : confirmed({ code: 'path-part-format', format: isId ? 'uuid' : 'integer' });
}

/** RFC 3986, section 2.1. */
export function pathEncoding(facts: Facts): Assessment {
  return /%(?![0-9a-f]{2})/i.test(rawPath(facts))
    ? confirmed({ code: 'path-percent' })
    : ruledOut({ code: 'path-encoded' });
}

/** A parameter in a documented path. */
const isParameter = (part: string): boolean => part.startsWith('{');
const isVersion = (part: string): boolean => /^v\d+$/i.test(part);

/** The difference between the path and an otherwise equal documented one. */
export function pathNotDocumented(facts: Facts): Assessment {
  // "profile not found": the path did lead to profiles.
  if (!isGeneric(facts.message)) return CANNOT_TELL;
  const parts = rawPath(facts).split('/').slice(1);
  for (const documented of facts.paths) {
    const finding = difference(parts, documented);
    if (finding !== null) return confirmed(finding, parts.at(-1) === '' ? { path: 'other-slash' } : undefined);
  }
  return CANNOT_TELL;
}

function difference(parts: string[], documented: string): Finding | null {
  const wanted = documented.split('/').slice(1);
  const slash = parts.at(-1) === '';
  const given = parts.filter((part) => part !== '');
  const literal = wanted.find((part) => !isParameter(part) && !isVersion(part)) ?? '';
  const at = given.findIndex((part) => part.toLowerCase() === literal.toLowerCase());
  if (at < 0) return null;
  if (given[at] !== literal) return { code: 'path-other-case', part: given[at] ?? '', documented };
  const [version = ''] = wanted;
  const before = given[at - 1] ?? '';
  if (isVersion(version) && before !== version)
    return isVersion(before)
      ? { code: 'path-other-version', version: before, documented }
      : { code: 'path-without-version', version, before: literal, documented };
  // After an id, the response may be about the id instead.
  return slash && at === given.length - 1 && !isParameter(wanted.at(-1) ?? '')
    ? { code: 'path-slash-at-end', documented }
    : null;
}

/** An id in the path that lacks its documented format. */
export function pathIdFormat(facts: Facts): Assessment {
  const parts = partsOf(facts);
  const given = facts.pathIds.flatMap(({ after, format }) => {
    const id = parts[parts.indexOf(after) + 1] ?? '';
    return parts.includes(after) && id !== '' && format === 'uuid' ? [{ after, fits: isUuid(id) }] : [];
  });
  if (given.length === 0) return CANNOT_TELL;
  const wrong = given.find(({ fits }) => !fits);
  return wrong === undefined
    ? ruledOut({ code: 'path-id-uuid' })
    : confirmed({ code: 'path-id-not-uuid', after: wrong.after });
}
