import type { Catalog } from '../model/catalog.ts';
import { namesOf } from '../model/key-variables.ts';
import type { EnvUse, Key } from '../model/settings.ts';
import { isSensitiveName, looksLikeCredential } from '../secrets/names.ts';
import type { ConfigLayer } from './layer.ts';

/** Variables intended for errprobe and its checks in any project. */
const OURS = /^ERRPROBE_/;

/**
 * True when a project may send a variable to its hosts without permission. A folder that somebody
 * else wrote (a cloned repository, a shared parent folder) must not turn the environment of the
 * user into requests:
 *
 * - the key of an API may go to hosts that the project did not choose, and to this machine;
 * - any other variable may go to this machine unless it looks like a credential;
 * - a variable whose name begins with `ERRPROBE_`, or that the user allows by name, may go
 * anywhere.
 */
export function isGranted(use: EnvUse, allowed: ReadonlySet<string>): boolean {
  if (OURS.test(use.variable) || allowed.has(use.variable)) return true;
  const onlyHere = use.hosts.every((host) => host !== null && isLoopbackHost(host));
  if (use.isKey) return onlyHere || use.hosts.every((host) => host !== null && isKept(host, use.trusted));
  return onlyHere && !isSensitiveName(use.variable) && !looksLikeCredential(use.value);
}

const isKept = (host: string, trusted: string[]): boolean => trusted.includes(host) || isLoopbackHost(host);

/** True for this machine: 127.0.0.0/8, ::1 and localhost (RFC 6761, section 6.3), with or without a port. */
function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})(?::\d+)?$/.test(host);
}

/**
 * The variables that the user allows: by option, by `ERRPROBE_ALLOW_ENV`, and in their own config.
 */
export function allowedNames(
  options: string[],
  env: Record<string, string | undefined>,
  layers: { project: boolean; value: { allow?: { env?: string[] | undefined } | undefined } }[],
): Set<string> {
  const own = layers.filter(({ project }) => !project).flatMap(({ value }) => value.allow?.env ?? []);
  const given = [...options, env.ERRPROBE_ALLOW_ENV ?? ''].flatMap((text) => text.split(/[\s,]+/));
  return new Set([...own, ...given].filter((name) => name !== ''));
}

/** A text from a config with its variables replaced. */
export interface Expanded {
  value: string;
  /** For people: `.errproberc.yaml:4`. */
  at: string;
  layer: ConfigLayer;
  variables: { name: string; value: string }[];
  /** True for a text that consists of one variable. */
  whole: boolean;
}

/** A configured header, with its name in lower case. */
export type NamedHeader = Expanded & { name: string };

/**
 * Lists the user's variables and keys that project files send: variables that they name, and keys
 * to hosts that they choose.
 *
 * @param hosts those that may receive the key; the last one is that of the base URL
 * @param address the configured base URL, or null for that of the catalog
 * @param keySource the configured key, or null for the catalog's variable
 */
export function usesOf(
  catalog: Catalog | null,
  hosts: string[],
  address: Expanded | null,
  key: Key | null,
  keySource: Expanded | null,
  headers: NamedHeader[],
): { uses: EnvUse[]; trustedHosts: string[] } {
  // An address that is a single variable is chosen by the environment, no matter who names the
  // variable.
  const chosen = address?.layer.project && !address.whole ? address : null;
  const ofCatalog = address === null ? hosts : hosts.slice(0, -1);
  const trusted = [
    ...(catalog?.project === undefined ? ofCatalog : []),
    ...(address !== null && chosen === null ? hosts.slice(-1) : []),
  ];
  const chooser = chosen === null ? (catalog?.project ?? null) : { file: chosen.layer.path, at: chosen.at };
  const toStrangers = (variable: string, value: string): EnvUse[] =>
    chooser === null ? [] : [{ variable, value, isKey: true, hosts, trusted, ...chooser }];
  const anywhere = ({ variables, layer, at }: Expanded): EnvUse[] =>
    variables.map(({ name, value }) => {
      const goesTo = hosts.length === 0 ? [null] : hosts.slice(-1);
      return { variable: name, value, isKey: false, hosts: goesTo, trusted, file: layer.path, at };
    });
  const keys = keySource?.layer.project
    ? keySource.variables
    : key === null
      ? []
      : namesOf({ env: key.variable, user: key.user }).map((name) => ({ name, value: key.value }));
  const uses = [
    ...(chosen === null ? [] : anywhere(chosen)),
    ...keys.flatMap(({ name, value }) => toStrangers(name, value)),
    ...headers.flatMap((header) =>
      header.layer.project ? anywhere(header) : toStrangers(header.variables[0]?.name ?? header.name, header.value),
    ),
  ];
  return { uses, trustedHosts: trusted };
}
