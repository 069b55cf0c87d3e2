import type { JsonText } from '../json/text.ts';
import type { Backoff } from './catalog.ts';
import type { CheckResult, Outcome } from './check.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Failure, Headers, Request } from './exchange.ts';

/** The exit codes, and when each is used. */
export const EXITS = [
  { code: 0, name: 'ok', when: 'the call succeeded, explain could explain, or all checks passed' },
  {
    code: 1,
    name: 'failed',
    when: 'a check failed; audit, doctor or catalog lint found a problem; explain found no error',
  },
  { code: 2, name: 'usage', when: 'errprobe could not run: bad options, config, catalog or input' },
  { code: 3, name: 'redirect', when: 'a 3xx that was not followed' },
  { code: 4, name: 'client-error', when: 'a 4xx not covered below' },
  { code: 5, name: 'server-error', when: 'a 5xx' },
  { code: 6, name: 'network', when: 'no HTTP response: a DNS, TCP, TLS, timeout or protocol failure' },
  { code: 7, name: 'rate-limited', when: 'a rate limit or a quota' },
  { code: 8, name: 'auth', when: 'authentication or permission' },
  { code: 9, name: 'soft-error', when: 'a 2xx response whose body reports a failure' },
  { code: 70, name: 'bug', when: 'an unexpected failure of errprobe itself' },
  { code: 130, name: 'interrupted', when: 'SIGINT' },
  { code: 143, name: 'terminated', when: 'SIGTERM' },
] as const;

export type ExitName = (typeof EXITS)[number]['name'];

/** One row of the table of exit codes. */
export interface Exit {
  code: number;
  name: ExitName;
}

/** The exit with a name. */
export function exitOf(name: ExitName): Exit {
  const exit = EXITS.find((row) => row.name === name);
  return { code: exit?.code ?? 70, name };
}

/** The exit for an interrupt, by the name of its signal. */
export function exitOfInterrupt(signal: unknown): Exit {
  return exitOf(signal === 'SIGTERM' ? 'terminated' : 'interrupted');
}

/** The exit for an error: its category takes precedence over its status. */
export function exitOfDiagnosis(diagnosis: Diagnosis): Exit {
  const { category, status } = diagnosis;
  if (status !== null && status >= 200 && status < 300) return exitOf('soft-error');
  if (category === 'rate-limit' || category === 'quota') return exitOf('rate-limited');
  if (category === 'authentication' || category === 'permission') return exitOf('auth');
  if (status === null) return exitOf(diagnosis.answeredBy.kind === 'nobody' ? 'network' : 'client-error');
  // An invalid status counts as an error of the server (RFC 9110, section 15).
  if (status >= 500 || status < 200) return exitOf('server-error');
  if (status >= 400) return exitOf('client-error');
  return exitOf('redirect');
}

/** An attempt of a call: its outcome, and the wait after it with the reason. */
export interface Attempt {
  /** Counts from 1. */
  n: number;
  /** When it was sent, ISO 8601. */
  at: string;
  status: number | null;
  code: string | null;
  requestId: string | null;
  /** How long it took, in milliseconds. */
  ms: number;
  /** The wait after it, or null if none followed. */
  waitMs: number | null;
  /** The source of the wait: `backoff`, or the header or member that asked for it. */
  waitFrom: string | null;
  /** Why it was or was not retried. */
  reason: string;
}

/**
 * The duration of each phase of the last attempt, in milliseconds; null for a phase that did not
 * take place.
 */
export interface Timings {
  dns: number | null;
  connect: number | null;
  tls: number | null;
  firstByte: number | null;
  download: number | null;
  total: number | null;
}

/** One result of a command. */
export interface Result {
  name: string | null;
  /** As sent, with credentials masked. */
  request: Request | null;
  response: {
    status: number | null;
    headers: Headers;
    /** JSON in its own text, anything else as text; null if it is not kept. */
    body: JsonText | string | null;
    /**
     * Size of the body after decompression; of a body not read to its end, the size as far as
     * known.
     */
    bytes: number;
    /** Present if the report has only the beginning of the body. */
    truncated?: boolean | undefined;
  } | null;
  failure: Failure | null;
  /** Null if there was nothing to diagnose. */
  diagnosis: Diagnosis | null;
  attempts: Attempt[];
  /** True if it succeeded only after a retry. */
  flaky: boolean;
  timings: Timings | null;
  /** How a dry run would be retried. */
  plan: RetryPlan | null;
  /** Present if redirects were followed to the request: what was asked before, and how it redirected. */
  redirects?: { method: string; url: string; status: number; location: string }[] | undefined;
  /** The corrected command, if the fix is mechanical. */
  next?: string | undefined;
  /** The command that adds an undocumented error to a catalog of the user's own. */
  add?: string | undefined;
  /** For checks only. */
  check?: CheckResult | undefined;
}

/**
 * The waits of a call that fails to the end, in milliseconds: each without jitter, and the maximum
 * in total.
 */
export interface RetryPlan {
  retries: number;
  waitsMs: number[];
  totalMs: number;
  /** The figures documented by the API; the others are errprobe's or the user's. */
  documented: (keyof Backoff)[];
}

/** The result of a command: the document that `--format json` prints. Version 1; fields are only added within it. */
export interface Report {
  schema: 'errprobe/report@1';
  command: string;
  ok: boolean;
  exit: Exit;
  /** Why errprobe could not run; null if it did. */
  error: { name: string; message: string } | null;
  results: Result[];
  /** The number of errors of the input beyond the most that are explained; absent if there are none. */
  omitted?: number | undefined;
  /** For checks only. */
  summary?: CheckSummary | undefined;
}

/** The number of checks by outcome. */
export interface CheckSummary {
  passed: number;
  failed: number;
  undocumented: number;
  error: number;
  skipped: number;
  notRun: number;
  /** How many of the passed checks needed a retry. */
  flaky: number;
  /** The total time, in milliseconds. */
  ms: number;
}

/** A report with results, or with the error that prevented them. */
export function reportOf(command: string, exit: Exit, results: Result[], error: Report['error'] = null): Report {
  return { schema: 'errprobe/report@1', command, ok: exit.code === 0, exit, error, results };
}

/** A result to be filled in. */
export const BLANK_RESULT: Result = {
  name: null,
  request: null,
  response: null,
  failure: null,
  diagnosis: null,
  attempts: [],
  flaky: false,
  timings: null,
  plan: null,
};

/** Counts checks by outcome. */
export function summaryOf(results: Result[], ms: number): CheckSummary {
  const count = (outcome: Outcome) => results.filter(({ check }) => check?.outcome === outcome).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    undocumented: count('undocumented'),
    error: count('error'),
    skipped: count('skipped'),
    notRun: count('not-run'),
    flaky: results.filter(({ flaky }) => flaky).length,
    ms,
  };
}

/** True when a check did not pass and was not skipped. */
export function isBad({ failed, undocumented, error, notRun }: CheckSummary): boolean {
  return failed + undocumented + error + notRun > 0;
}
