import type { Auth } from './catalog.ts';

/** The variables that hold a key: one, or those with the user name and the password of Basic authentication. */
export type KeyVariables = Pick<Auth, 'env' | 'user'>;

/** Where the key of an API may be. */
type Places = Pick<Auth, 'env' | 'user' | 'or' | 'holds'>;

type Env = Record<string, string | undefined>;

/** Where the key of an API may be, in the order in which it is looked for. */
export function keyVariablesOf({ env, user, or = [] }: Places): KeyVariables[] {
  return [{ env, user }, ...or];
}

/**
 * The key in these variables: `user:password` for Basic authentication (RFC 7617, section 2).
 *
 * @returns null unless all of them are set
 */
export function keyIn(variables: KeyVariables, env: Env): string | null {
  const values = namesOf(variables).map((name) => env[name] ?? '');
  return values.includes('') ? null : values.join(':');
}

/** The variables that hold the key of an API, of those where it may be; null if none do. */
export function heldIn(auth: Places, env: Env): KeyVariables | null {
  return keyVariablesOf(auth).find((variables) => keyIn(variables, env) !== null) ?? null;
}

/** All that must not be shown: each value alone, since some may be set without the others, and the key. */
export function keySecretsIn(variables: KeyVariables, env: Env): string[] {
  return [...namesOf(variables).map((name) => env[name]), keyIn(variables, env)].flatMap((value) => value || []);
}

/** The names of the variables, that of the user first. */
export const namesOf = ({ env, user }: KeyVariables): string[] => (user === undefined ? [env] : [user, env]);

/** `GITHUB_TOKEN`; `TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN`. */
export const variablesInWords = (variables: KeyVariables): string => namesOf(variables).join(' and ');

/** Several places of a key in words: `GH_TOKEN or GITHUB_TOKEN`, `MY_USER and MY_PASSWORD, or MY_KEY`. */
export const alternatives = (places: string[][]): string =>
  places.map((names) => names.join(' and ')).join(places.some((names) => names.length > 1) ? ', or ' : ' or ');

/** The variables in which the key of an API may be, to be set: `GH_TOKEN or GITHUB_TOKEN`. */
export const keyInWords = (auth: Places): string => {
  const words = alternatives(keyVariablesOf(auth).map(namesOf));
  return auth.holds === undefined ? words : `${words} to ${auth.holds}`;
};

/** These variables as the setting `key` of a config names them. */
export const keySetting = ({ env, user }: KeyVariables): string =>
  user === undefined ? `{ env: ${env} }` : `{ user: ${user}, password: ${env} }`;
