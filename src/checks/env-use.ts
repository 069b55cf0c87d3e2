import { type Check, variablesIn } from '../model/check.ts';
import type { ApiSettings, EnvUse } from '../model/settings.ts';
import { lookup } from '../text/lookup.ts';

type Values = Record<string, string | undefined>;

/**
 * The environment variables that a file of checks sends with one of its checks. A capture may
 * replace a variable and may decide on the host, so neither is assumed harmless.
 *
 * @param settings those of the API that the check is for
 * @param given variables of the command line, which the user wrote
 * @param file the absolute path of the file
 */
export function usesOfCheck(check: Check, settings: ApiSettings, given: Values, env: Values, file: string): EnvUse[] {
  const { key, ...rest } = check.request;
  const { variables } = check;
  const reached = (value: unknown): string[] => {
    const names = variablesIn(value).filter((name) => lookup(given, name) === undefined);
    const inner = names.flatMap((name) => (Object.hasOwn(variables, name) ? variablesIn(variables[name]) : name));
    return [...new Set(inner)].filter((name) => lookup(env, name) !== undefined);
  };
  const { hosts, trustedHosts: trusted = [] } = settings;
  const host = hostOf(withValues(check.request.target, given, variables, env), settings.baseUrl);
  const use = (variable: string, isKey: boolean, goesTo: EnvUse['hosts']): EnvUse => {
    const value = lookup(env, variable) ?? '';
    return { variable, value, isKey, hosts: goesTo, trusted, file, at: `${check.file}:${check.line}` };
  };
  const isOwnKey = (name: string) => name === settings.key?.variable && host !== null && hosts.includes(host);
  return [
    ...reached(rest).map((name) => use(name, isOwnKey(name), [host])),
    // The key is sent only to hosts that may receive it.
    ...reached(key).map((name) => use(name, true, hosts)),
  ];
}

/** The target with those variables replaced whose values are known before anything is sent. */
function withValues(target: string, given: Values, own: Values, env: Values): string {
  const replace = (text: string, value: (name: string) => string | undefined) =>
    text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => value(name) ?? whole);
  const inner = (text: string | undefined) => text && replace(text, (name) => lookup(env, name));
  return replace(target, (name) => lookup(given, name) ?? inner(lookup(own, name)) ?? lookup(env, name));
}

function hostOf(target: string, baseUrl: string | null): string | null {
  if (target.includes('${')) return null;
  const url = /^[a-z][a-z0-9+.-]*:/i.test(target) ? target : (baseUrl ?? '');
  return URL.canParse(url) ? new URL(url).host : null;
}
