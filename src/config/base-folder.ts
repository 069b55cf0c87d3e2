import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The variable and the default of each base directory (XDG Base Directory Specification). */
const BASES = {
  cache: ['XDG_CACHE_HOME', '.cache'],
  config: ['XDG_CONFIG_HOME', '.config'],
  state: ['XDG_STATE_HOME', '.local/state'],
} as const;

/**
 * A base directory of the user; null without a home. Relative paths are ignored, as the specification demands: they
 * would lead into the working directory, which may be a stranger's.
 */
export function baseFolder(base: keyof typeof BASES, env: Record<string, string | undefined>): string | null {
  const [variable, fallback] = BASES[base];
  const given = env[variable] ?? '';
  if (isAbsolute(given)) return given;
  const home = env.HOME || systemHome();
  return home !== null && isAbsolute(home) ? join(home, fallback) : null;
}

/** Null for a user that the system does not know, such as one that only a container has. */
function systemHome(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}
