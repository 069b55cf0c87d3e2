import type { Failure, Phase } from '../model/exchange.ts';
import { formatDuration } from '../text/duration.ts';
import type { Arrived } from './body-reader.ts';

/** The times at which a request reached each phase, in milliseconds since 1970. */
export interface Moments {
  lookup?: number | undefined;
  connect?: number | undefined;
  secureConnect?: number | undefined;
  upload?: number | undefined;
  response?: number | undefined;
  /** True for a reused connection. */
  reused?: boolean;
}

interface NodeError {
  name?: string;
  code?: string;
  message?: string;
  cause?: unknown;
  errors?: unknown[];
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'ENODATA', 'ESERVFAIL', 'ETIMEOUT']);

const DOING: Record<Phase, string> = {
  dns: 'looking up the host name',
  connect: 'connecting',
  tls: 'agreeing on encryption',
  request: 'sending the request',
  response: 'waiting for the response',
  timeout: 'waiting',
};

/**
 * Converts an error thrown by a client to a failure. The phase follows from the moments that were
 * reached.
 *
 * @param arrived what came of the response, if it had begun
 */
export function failureOf(
  thrown: unknown,
  moments: Moments,
  url: URL,
  timeoutMs: number,
  arrived: Arrived | null = null,
): Failure {
  const error = thrown as NodeError;
  const cause = innermost(error);
  const timedOut = error.name === 'TimeoutError';
  const code = timedOut ? 'ETIMEDOUT' : (cause.code ?? error.code ?? 'UNKNOWN');
  const phase = phaseOf(code, moments, url);
  const reason = messageOf(error) || messageOf(cause) || code;
  if (arrived !== null) {
    const then = timedOut ? stalled(arrived, timeoutMs) : `then the connection failed: ${reason}`;
    return { phase, code, message: `${arrived.what} came, ${then}`, status: arrived.status };
  }
  const message = timedOut ? `no answer within ${formatDuration(timeoutMs)}, while ${DOING[phase]}` : reason;
  return { phase, code, message };
}

/** Whether nothing more came, or too slowly. */
function stalled({ silentMs }: Arrived, timeoutMs: number): string {
  if (silentMs >= timeoutMs * 0.9) return `then nothing for ${formatDuration(timeoutMs)}`;
  return `then the ${formatDuration(timeoutMs)} of the time limit were over`;
}

function phaseOf(code: string, moments: Moments, url: URL): Phase {
  if (DNS_CODES.has(code)) return 'dns';
  const secured = url.protocol === 'https:' ? moments.secureConnect : moments.connect;
  if (moments.reused || secured !== undefined) {
    return moments.upload !== undefined || moments.response !== undefined ? 'response' : 'request';
  }
  // Node.js counts a request as uploaded once it is written to a TLS socket, even before the
  // handshake.
  if (moments.connect !== undefined) return 'tls';
  const isAddress = /^[\d.]+$|^\[/.test(url.hostname);
  return moments.lookup === undefined && !isAddress && code === 'ETIMEDOUT' ? 'dns' : 'connect';
}

/** The innermost wrapped error, which has the most specific code. */
function innermost(error: NodeError): NodeError {
  const { cause } = error;
  if (typeof cause !== 'object' || cause === null) return error;
  return (cause as NodeError).code === undefined ? error : innermost(cause as NodeError);
}

/** If every address of a host failed, the message is empty and the reasons are in `errors`. */
function messageOf(error: NodeError): string {
  const list = error.errors ?? (error.cause as NodeError | undefined)?.errors;
  if (Array.isArray(list) && list.length > 0) return list.map((each) => (each as NodeError).message ?? '').join('; ');
  return error.message ?? '';
}
