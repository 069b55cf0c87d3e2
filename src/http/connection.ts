import type { ClientRequest } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Headers } from '../model/exchange.ts';
import type { SendWatcher, Stage } from '../model/progress.ts';
import { certificateOf } from './certificate.ts';
import type { Connection } from './sent.ts';

/**
 * Reports which stage a request has reached on its way to the response.
 *
 * @param host is what the watcher is told, with the port
 */
export function reportStages(outgoing: ClientRequest, host: string, hasBody: boolean, watcher: SendWatcher): void {
  let last: Stage | null = null;
  const reached = (stage: Stage) => {
    if (stage !== last) watcher.reached(stage, host);
    last = stage;
  };
  const onConnected = () => {
    reached(hasBody && !outgoing.writableFinished ? 'upload' : 'response');
  };
  reached(isIP(outgoing.host.replace(/^\[|\]$/g, '')) === 0 ? 'name' : 'connection');
  outgoing.once('socket', (socket: Socket) => {
    const isTls = socket instanceof TLSSocket;
    if (!socket.connecting) return onConnected();
    socket.once('lookup', () => reached('connection'));
    socket.once('connect', () => (isTls ? reached('tls') : onConnected()));
    socket.once('secureConnect', onConnected);
  });
  outgoing.once('finish', () => {
    if (outgoing.socket?.connecting === false) reached('response');
  });
}

/** The connection that a request went over, and the header fields that went out. */
export function connectionOf(outgoing: ClientRequest): Connection {
  const { socket } = outgoing;
  const address = socket?.remoteAddress;
  return {
    address: address === undefined ? null : `${address.includes(':') ? `[${address}]` : address}:${socket?.remotePort}`,
    headers: headersOf(outgoing),
    tls:
      socket instanceof TLSSocket
        ? {
            protocol: socket.getProtocol() ?? 'TLS',
            cipher: socket.getCipher()?.standardName ?? '',
            certificate: certificateOf(socket.getPeerCertificate(true)),
          }
        : null,
  };
}

/** Only by name, since the requests of HTTP/2 have no `getHeaders`; without the pseudo-header fields of HTTP/2. */
function headersOf(outgoing: ClientRequest): Headers {
  const names = outgoing.getHeaderNames().filter((name) => !name.startsWith(':'));
  return Object.fromEntries(names.map((name) => [name, [outgoing.getHeader(name)].flat().join(', ')]));
}
