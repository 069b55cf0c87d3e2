import type { Certificate, Failure, Phase } from '../model/exchange.ts';
import type { Attempt, Timings } from '../model/report.ts';
import { isoTime } from '../text/duration.ts';

/**
 * Parses parts of a HAR or of an errprobe report. The file may have been edited or come from
 * elsewhere, so members of the wrong type are dropped.
 */

const PHASES: readonly unknown[] = ['dns', 'connect', 'tls', 'request', 'response', 'timeout'] satisfies Phase[];

/** Why there was no response; null without a code. */
export function failureIn(value: unknown): Failure | null {
  if (!isObject(value) || typeof value.code !== 'string' || value.code === '') return null;
  const phase = PHASES.includes(value.phase) ? (value.phase as Phase) : 'response';
  const certificate = certificateIn(value.certificate);
  const message = textIn(value.message) ?? value.code;
  return { phase, code: value.code, message, ...(certificate === null ? {} : { certificate }) };
}

function certificateIn(value: unknown): Certificate | null {
  if (!isObject(value) || !Array.isArray(value.names) || typeof value.issuer !== 'string') return null;
  const [validFrom, validTo] = [timeIn(value.validFrom), timeIn(value.validTo)];
  if (validFrom === null || validTo === null || !value.names.every((name) => typeof name === 'string')) return null;
  return { names: value.names, issuer: value.issuer, selfSigned: value.selfSigned === true, validFrom, validTo };
}

/** The attempts of a call, without those that lack a time. */
export function attemptsIn(value: unknown): Attempt[] | null {
  if (!Array.isArray(value)) return null;
  return value.filter(isObject).flatMap((attempt, i): Attempt[] => {
    const at = timeIn(attempt.at);
    if (at === null) return [];
    return [
      {
        n: i + 1,
        at,
        status: numberIn(attempt.status),
        code: textIn(attempt.code),
        requestId: textIn(attempt.requestId),
        ms: numberIn(attempt.ms) ?? 0,
        waitMs: numberIn(attempt.waitMs),
        waitFrom: textIn(attempt.waitFrom),
        reason: textIn(attempt.reason) ?? '',
      },
    ];
  });
}

/** The duration of each phase. */
export function timingsIn(value: unknown): Timings | null {
  if (!isObject(value)) return null;
  const { dns, connect, tls, firstByte, download, total } = value;
  return {
    dns: numberIn(dns),
    connect: numberIn(connect),
    tls: numberIn(tls),
    firstByte: numberIn(firstByte),
    download: numberIn(download),
    total: numberIn(total),
  };
}

function timeIn(value: unknown): string | null {
  return typeof value === 'string' ? isoTime(Date.parse(value)) : null;
}

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Milliseconds and statuses: JSON has no infinite numbers, and none of these is negative. */
function numberIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
