import type { DigestCredentials } from '../../http/transport.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import type { Headers } from '../../model/exchange.ts';
import { askSecret, canAsk } from '../../terminal/ask.ts';
import type { Sink } from '../../terminal/sink.ts';
import type { Login, NetrcOptions } from './netrc.ts';

/** The options that identify the caller. */
export interface CredentialOptions extends NetrcOptions {
  /** `name:password`; without a password it is asked for. */
  user?: string | undefined;
  bearer?: string | undefined;
  /** Answers a challenge for Digest authentication, in place of Basic. */
  digest?: boolean | undefined;
}

/** The credentials that identify the caller. */
export interface Credentials {
  /** The value of the Authorization header; empty to send none, null to leave it alone. */
  authorization: string | null;
  digest: DigestCredentials | null;
  /** True if a file chose them, which binds them to its hosts. */
  isShared: boolean;
}

const NONE: Credentials = { authorization: null, digest: null, isShared: false };

/**
 * The credentials of the options, of a URL, or of a netrc file.
 *
 * @throws UsageError for several credentials, and for a missing password that nobody can be asked for
 */
export async function credentialsOf(
  options: CredentialOptions,
  url: URL | null,
  headers: Headers,
  effects: Effects,
  err: Sink,
): Promise<Credentials> {
  const { user, bearer } = options;
  const inUrl = url !== null && (url.username !== '' || url.password !== '');
  const byHeader = Object.entries(headers).some(([name, value]) => /^authorization$/i.test(name) && value !== '');
  const given = [user !== undefined && '-u', bearer !== undefined && '--bearer', inUrl && 'the URL', byHeader && '-H'];
  const [first, second] = given.filter((one) => one !== false);
  if (second !== undefined && !(first === '-u' && second === 'the URL')) {
    throw new UsageError(`${first} and ${second} both set Authorization: leave one of them out`);
  }
  if (bearer !== undefined) {
    if (bearer.trim() === '') throw new UsageError('--bearer is empty: is the variable set that it comes from?');
    return { ...NONE, authorization: `Bearer ${bearer.trim()}` };
  }
  if (byHeader) return NONE;
  const login = user !== undefined ? loginIn(user) : inUrl ? loginOf(url) : null;
  if (login?.password !== undefined) return sentAs({ ...login, password: login.password }, options, false);
  const saved = url === null ? null : await savedLogin(url, login?.user ?? null, options, effects, err);
  if (saved !== null) return sentAs(saved, options, true);
  if (login !== null) return sentAs(await withPassword(login.user, effects, err), options, false);
  if (options.digest) throw new UsageError('--digest needs a user: give it with -u');
  return NONE;
}

async function savedLogin(url: URL, user: string | null, options: NetrcOptions, effects: Effects, err: Sink) {
  if (!options.netrc && !options.netrcOptional && options.netrcFile === undefined) return null;
  const { loginFor } = await import('./netrc.ts');
  const found = await loginFor(url.hostname, user, options, effects);
  if (found !== null && found.login === null && !options.netrcOptional) {
    await err.write(`${found.file} has no login for ${url.hostname}.\n`);
  }
  return found?.login ?? null;
}

function sentAs(login: Login, { digest }: CredentialOptions, isShared: boolean): Credentials {
  if (digest) return { authorization: '', digest: login, isShared };
  return { authorization: basic(`${login.user}:${login.password}`), digest: null, isShared };
}

/** @returns no password if none is written */
function loginIn(text: string): { user: string; password?: string } {
  const at = text.indexOf(':');
  return at < 0 ? { user: text } : { user: text.slice(0, at), password: text.slice(at + 1) };
}

const loginOf = ({ username, password }: URL): Login => ({ user: decoded(username), password: decoded(password) });

async function withPassword(user: string, effects: Effects, err: Sink): Promise<Login> {
  if (!canAsk(effects)) {
    throw new UsageError('-u has no password, and no terminal is there to ask for it: write it as -u name:password');
  }
  const password = await askSecret(`Password for ${user}: `, effects, err);
  if (password === null) throw new UsageError('no password was given');
  return { user, password };
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
