import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import type { Headers } from '../../model/exchange.ts';
import { askSecret, canAsk } from '../../terminal/ask.ts';
import type { Sink } from '../../terminal/sink.ts';

/** The options that identify the caller. */
export interface CredentialOptions {
  /** `name:password`; without a password it is asked for. */
  user?: string | undefined;
  bearer?: string | undefined;
}

/**
 * The Authorization header of the options, or of the credentials in a URL.
 *
 * @returns null if there are none
 * @throws UsageError for several credentials, and for a missing password that nobody can be asked for
 */
export async function authorizationOf(
  { user, bearer }: CredentialOptions,
  url: URL | null,
  headers: Headers,
  effects: Effects,
  err: Sink,
): Promise<string | null> {
  const inUrl = url !== null && (url.username !== '' || url.password !== '');
  const byHeader = Object.entries(headers).some(([name, value]) => /^authorization$/i.test(name) && value !== '');
  const given = [user !== undefined && '-u', bearer !== undefined && '--bearer', inUrl && 'the URL', byHeader && '-H'];
  const [first, second] = given.filter((one) => one !== false);
  if (second !== undefined && !(first === '-u' && second === 'the URL')) {
    throw new UsageError(`${first} and ${second} both set Authorization: leave one of them out`);
  }
  if (bearer !== undefined) {
    if (bearer.trim() === '') throw new UsageError('--bearer is empty: is the variable set that it comes from?');
    return `Bearer ${bearer.trim()}`;
  }
  if (user !== undefined) return basic(await withPassword(user, effects, err));
  return inUrl ? basic(`${decoded(url.username)}:${decoded(url.password)}`) : null;
}

async function withPassword(user: string, effects: Effects, err: Sink): Promise<string> {
  if (user.includes(':')) return user;
  if (!canAsk(effects)) {
    throw new UsageError('-u has no password, and no terminal is there to ask for it: write it as -u name:password');
  }
  const password = await askSecret(`Password for ${user}: `, effects, err);
  if (password === null) throw new UsageError('no password was given');
  return `${user}:${password}`;
}

/** RFC 7617 */
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
