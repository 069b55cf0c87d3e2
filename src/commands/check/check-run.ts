import type { Effects } from '../../model/effects.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { LoadedConfig } from '../loaded-config.ts';

/** How checks are run. */
export interface CheckOptions {
  /** How many run at once. */
  jobs: number;
  failFast: boolean;
  failOnFlaky: boolean;
  /** The time limit for all of them, in milliseconds, or null. */
  limitMs: number | null;
  timeoutMs: number | null;
  /** Retries of checks that do not set their own; true for the documented number. */
  retry: number | true | null;
  /** The API of checks that name none. */
  api: string | null;
  variables: Record<string, string>;
  /** How to send a request without a key that is missing, for the message; null if nothing can be done. */
  withoutKey: string | null;
  /** A script for the embedded mock, or null to call the real APIs. */
  mock: string | null;
}

/** The inputs of a run of checks. */
export interface CheckRun {
  options: CheckOptions;
  config: LoadedConfig;
  effects: Effects;
  secrets: Secrets;
}
