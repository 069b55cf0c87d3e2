import { CANNOT_TELL, confirmed, type Facts, type Finding, ruledOut } from './facts.ts';
import { asksForValue, isNameOfId, isUnreplaced } from './placeholder.ts';
import { isGeneric } from './said.ts';

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

export function pathPlaceholder(facts: Facts): Finding {
  const found = partsOf(facts)
    .map((part) =>
      isUnreplaced(part) || isNameOfId(part) || asksForValue(part)
        ? part
        : /\{\{?\w+\}?\}|\$\{\w+\}|<\w+>/.exec(part)?.[0],
    )
    .find((part) => part !== undefined);
  return found === undefined ? ruledOut('the path has no placeholder') : confirmed(`the path has ${found} in it`);
}

export function pathDoubleSlash(facts: Facts): Finding {
  // A URL within a path is deliberate.
  return /(?<!:)\/\//.test(rawPath(facts))
    ? confirmed('the path has two slashes in a row', { path: 'single-slashes' })
    : ruledOut('the slashes are single');
}

export function pathVersionTwice(facts: Facts): Finding {
  const [, twice] = /\/((?:api\/)?v\d+)\/\1(?:\/|$)/i.exec(rawPath(facts)) ?? [];
  return twice === undefined
    ? ruledOut('no prefix stands twice')
    : confirmed(`the path has ${twice} twice`, { path: 'no-repetition' });
}

/** Quotes or white space copied along with an id. */
export function pathStray(facts: Facts): Finding {
  const parts = partsOf(facts);
  if (parts.some((part) => part !== part.trim())) return confirmed('the path has white space at the end of a part');
  return parts.some((part) => /^(["'`]).*\1$/.test(part))
    ? confirmed('the path has quotes around a part')
    : ruledOut('no part of the path has quotes or white space around it');
}

/** A path segment rejected for its format, when no segment has that format. */
export function pathPartFormat(facts: Facts): Finding {
  const { message = '' } = facts.fields.find((field) => field.in === 'path') ?? {};
  const [, kind = ''] = /\b(?:valid|an?|be) (uuid|guid|integer|int|number)\b/i.exec(message) ?? [];
  if (kind === '') return CANNOT_TELL;
  const isId = /id$/i.test(kind);
  const fits = partsOf(facts).some((part) => (isId ? isUuid(part) : /^-?\d+$/.test(part)));
  const name = isId ? 'a UUID' : 'an integer';
  return fits ? CANNOT_TELL : confirmed(`no part of the path is ${name}`);
}

/** RFC 3986, section 2.1. */
export function pathEncoding(facts: Facts): Finding {
  return /%(?![0-9a-f]{2})/i.test(rawPath(facts))
    ? confirmed('the path has a percent sign that encodes nothing; as a character it is %25')
    : ruledOut('what is encoded in the path is whole');
}

/** A parameter in a documented path. */
const isParameter = (part: string): boolean => part.startsWith('{');
const isVersion = (part: string): boolean => /^v\d+$/i.test(part);

/** The difference between the path and an otherwise equal documented one. */
export function pathNotDocumented(facts: Facts): Finding {
  // "profile not found": the path did lead to profiles.
  if (!isGeneric(facts.message)) return CANNOT_TELL;
  const parts = rawPath(facts).split('/').slice(1);
  for (const documented of facts.paths) {
    const seen = difference(parts, documented.split('/').slice(1));
    if (seen !== null)
      return confirmed(
        `${seen}; the documented path is ${documented}`,
        parts.at(-1) === '' ? { path: 'other-slash' } : undefined,
      );
  }
  return CANNOT_TELL;
}

function difference(parts: string[], documented: string[]): string | null {
  const slash = parts.at(-1) === '';
  const given = parts.filter((part) => part !== '');
  const literal = documented.find((part) => !isParameter(part) && !isVersion(part)) ?? '';
  const at = given.findIndex((part) => part.toLowerCase() === literal.toLowerCase());
  if (at < 0) return null;
  if (given[at] !== literal) return `the path has ${given[at]}, in another case`;
  const [version = ''] = documented;
  const before = given[at - 1] ?? '';
  if (isVersion(version) && before !== version)
    return isVersion(before) ? `the path has ${before}` : `the path has no /${version} before /${literal}`;
  // After an id, the response may be about the id instead.
  return slash && at === given.length - 1 && !isParameter(documented.at(-1) ?? '')
    ? 'the path has a slash at its end'
    : null;
}

/** An id in the path that lacks its documented format. */
export function pathIdFormat(facts: Facts): Finding {
  const parts = partsOf(facts);
  const given = facts.pathIds.flatMap(({ after, format }) => {
    const id = parts[parts.indexOf(after) + 1] ?? '';
    return parts.includes(after) && id !== '' && format === 'uuid' ? [{ after, fits: isUuid(id) }] : [];
  });
  if (given.length === 0) return CANNOT_TELL;
  const wrong = given.find(({ fits }) => !fits);
  return wrong === undefined
    ? ruledOut('the id in the path has the form of a UUID')
    : confirmed(`what follows /${wrong.after}/ in the path is not a UUID`);
}
