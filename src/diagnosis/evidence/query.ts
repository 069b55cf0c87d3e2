import { type Assessment, CANNOT_TELL, confirmed } from './assessment.ts';
import type { Facts } from './facts.ts';
import { queryOf } from './field-lookup.ts';
import { namedFields, nameOf } from './names.ts';

/** The text of each query parameter as sent. */
function rawQuery({ request }: Facts): [name: string, raw: string][] {
  const at = request.url.indexOf('?');
  const query = at < 0 ? '' : request.url.slice(at + 1).replace(/#.*$/, '');
  return query.split('&').map((part) => {
    const end = part.indexOf('=');
    return end < 0 ? [part, ''] : [part.slice(0, end), part.slice(end + 1)];
  });
}

/** A repeated query parameter that the response says is not a single value. */
export function parameterRepeated(facts: Facts): Assessment {
  const names = queryOf(facts).map(([name]) => name);
  for (const { path, message } of namedFields(facts)) {
    const name = nameOf(path);
    const times = names.filter((own) => own === name).length;
    const isSaid =
      /\breceived (?:an )?(?:array|list)|\b(?:single|once|only one|multiple|several|repeated|duplicated?|twice|more than one)\b/i.test(
        message,
      ) || /\bmust be (?:an? )?(?:string|number|integer|boolean)\b/i.test(message);
    if (times > 1 && isSaid) return confirmed({ code: 'parameter-repeated', parameter: name, times });
  }
  return CANNOT_TELL;
}

/**
 * Values in which a plus has a meaning: a time with its offset, an address with a tag, a telephone
 * number, Base64. In a query a plus is a space (application/x-www-form-urlencoded), so it has to be
 * sent as %2B.
 */
const WITH_PLUS = [
  /^\d{4}-\d{2}-\d{2}T[\d:.]+\+\d{2}:?\d{2}$/,
  /^[^\s@+]+\+[^\s@]+@[^\s@]+$/,
  /^\+\d{6,15}$/,
  /^(?=.{8,})(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9/]+(?:\+[A-Za-z0-9/]+)+={0,2}$/,
];

export function queryPlus(facts: Facts): Assessment {
  for (const { path } of namedFields(facts)) {
    const [, raw] = rawQuery(facts).find(([name]) => name === nameOf(path)) ?? [];
    const text = raw
      ?.replaceAll(/%3A/gi, ':')
      .replaceAll(/%40/g, '@')
      .replaceAll(/%3D/gi, '=')
      .replaceAll(/%2F/gi, '/');
    if (text?.includes('+') && WITH_PLUS.some((form) => form.test(text)))
      return confirmed({ code: 'query-plus', parameter: nameOf(path) });
  }
  return CANNOT_TELL;
}
