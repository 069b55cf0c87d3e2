import type { Effects } from '../../model/effects.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { Setting } from '../setting.ts';

/** How checks are run. */
export interface CheckOptions {
  /** How many at once. */
  jobs: number;
  failFast: boolean;
  failOnFlaky: boolean;
  /** The time for all of them, in milliseconds, or null. */
  limitMs: number | null;
  timeoutMs: number | null;
  /** Retries of every check that says nothing of its own; true for as many as the API documents. */
  retry: number | true | null;
  /** The API of checks that name none. */
  api: string | null;
  variables: Record<string, string>;
  /** A script for the embedded mock, or null to go to the real APIs. */
  mock: string | null;
}

/** What a run of checks has to do with. */
export interface CheckRun {
  options: CheckOptions;
  setting: Setting;
  effects: Effects;
  secrets: Secrets;
}
