import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { whenAborted } from '../model/effects.ts';

/** One address of a host. */
export interface Address {
  address: string;
  family: 4 | 6;
}

/** The host of a URL as system functions expect it: without the brackets of an IPv6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** The port of a URL, explicit or implied. */
export function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** All addresses of a host, of both families, resolved as for requests; or an error code. */
export async function addressesOf(host: string): Promise<Address[] | string> {
  try {
    return (await lookup(host, { all: true })).map(({ address, family }) => ({
      address,
      family: family === 6 ? 6 : 4,
    }));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
  }
}

/**
 * Connects to an address and closes the connection.
 *
 * @returns null on success, else the error code
 * @throws the signal's reason when it aborts
 */
export function reach(host: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const done = (problem: string | null) => {
      forget();
      socket.destroy();
      resolve(problem);
    };
    const onAbort = () => {
      socket.destroy();
      reject(signal.reason);
    };
    const forget = whenAborted(signal, onAbort);
    socket.once('connect', () => done(null));
    socket.once('timeout', () => done('ETIMEDOUT'));
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'UNKNOWN'));
  });
}
