import type { Where } from '../../model/finding.ts';
import { type Assessment, CANNOT_TELL, confirmed, ruledOut } from './assessment.ts';
import type { Facts } from './facts.ts';
import { membersIn, queryOf } from './field-lookup.ts';

/** Words for what a server does not know. */
const UNKNOWN =
  /\b(?:(?:does not|doesn't) exist|not (?:be )?found|no such|unknown|(?:deprecated|retired|decommissioned)|not (?:a )?(?:valid|supported|available))\b/i;

/** Values of a request, and parts of its body, beyond which none is looked for. */
const MOST_VALUES = 500;

/** A value of the request that the response names as one that does not exist: a model, the ID of a customer. */
export function valueUnknown(facts: Facts): Assessment {
  const { message, category } = facts;
  if (message === null || (category !== 'not-found' && !UNKNOWN.test(message))) return CANNOT_TELL;
  const values = [...valuesIn(membersIn(facts), ''), ...queryOf(facts).map(([name, value]) => ofQuery(name, value))];
  const found = values.find(({ value }) => value.length > 2 && isNamed(value, message));
  if (found !== undefined) return confirmed({ code: 'value-refused', where: found.where });
  // Only where the message quotes one is it another than those that were sent.
  const [, quoted] = /["'`]([^"'`\s]{3,200})["'`]/.exec(message) ?? [];
  const model = values.find(({ where }) => where.name === '/model');
  return quoted === undefined || model === undefined || !/\bmodel\b/i.test(message)
    ? CANNOT_TELL
    : ruledOut({ code: 'value-not-named', where: model.where });
}

interface Sent {
  value: string;
  where: Where;
}

const ofQuery = (name: string, value: string): Sent => ({ value, where: { in: 'query', name } });

/** The texts in a body with their places. */
function valuesIn(body: unknown, at: string, found: Sent[] = []): Sent[] {
  if (found.length >= MOST_VALUES) return found;
  if (typeof body === 'string') found.push({ value: body, where: { in: 'body', name: at } });
  if (typeof body !== 'object' || body === null || at.split('/').length > 6) return found;
  for (const [name, value] of Object.entries(body)) {
    valuesIn(value, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, found);
  }
  return found;
}

/** Whether a value stands in a text by itself, and is no ordinary word of it unless quoted. */
function isNamed(value: string, message: string): boolean {
  const start = message.indexOf(value);
  if (start < 0) return false;
  const [before = ' ', after = ' '] = [message[start - 1], message[start + value.length]];
  if (/[\w-]/.test(before) || /[\w-]/.test(after)) return false;
  return /^["'`]$/.test(before) || /\d|[_./:-]/.test(value);
}
