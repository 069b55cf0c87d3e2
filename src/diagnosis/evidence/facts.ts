import type { Auth, RequiredHeader } from '../../catalog/catalog.ts';
import type { Values } from '../../catalog/template.ts';
import type { Category, Fix } from '../diagnosis.ts';
import type { Request, Response } from '../exchange.ts';

/** All that a check of a cause may look at. */
export interface Facts {
  request: Request;
  response: Response;
  category: Category;
  /** True when the answer says no more than its status. */
  vague: boolean;
  /** How the API wants its key; null where it is not known. */
  auth: Pick<Auth, 'header' | 'value'> | null;
  requiredHeaders: RequiredHeader[];
  /** Where the key came from, for people; null when none was configured or nothing is known of it. */
  keyFrom: string | null;
  /** Why the key was kept back, or null. */
  withheld: string | null;
  /** What the placeholders of the message's template stood for. */
  values: Values;
  /** Pointers of the fields that the answer names. */
  fields: string[];
  /** The local time in milliseconds since 1970, or null where the exchange is old. */
  now: number | null;
}

/** What a check says of its cause in this very exchange, and what it saw. `possible` where it cannot tell. */
export interface Finding {
  verdict: 'confirmed' | 'possible' | 'ruled-out';
  evidence: string | null;
  /** What would put it right, where that is mechanical. */
  fix?: Fix | undefined;
}

export const CANNOT_TELL: Finding = { verdict: 'possible', evidence: null };
export const confirmed = (evidence: string, fix?: Fix): Finding => ({
  verdict: 'confirmed',
  evidence,
  ...(fix && { fix }),
});
export const ruledOut = (evidence: string): Finding => ({ verdict: 'ruled-out', evidence });

/** What was sent in the place of the key: the whole header, and the key in it as far as the scheme fits. */
export interface SentKey {
  header: string;
  raw: string | undefined;
  /** Null when the scheme is another. */
  key: string | null;
  /** The scheme that the API wants before the key, `Bearer `, or "". */
  prefix: string;
}

/** The key of a request; null where it is not known how the API wants it, or the value was masked. */
export function sentKey({ auth, request }: Facts): SentKey | null {
  if (auth === null) return null;
  const raw = request.headers[auth.header.toLowerCase()];
  // A saved exchange often has only a mask.
  if (raw !== undefined && /redacted|\*{4,}|…/i.test(raw)) return null;
  const [prefix = ''] = auth.value.split('{key}');
  const fits = raw?.toLowerCase().startsWith(prefix.toLowerCase()) === true;
  return { header: auth.header, raw, key: fits && raw !== undefined ? raw.slice(prefix.length) : null, prefix };
}
