import { isIP } from 'node:net';
import { checkServerIdentity, connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { whenAborted } from '../model/effects.ts';
import type { Certificate, Failure } from '../model/exchange.ts';
import { isoTime } from '../text/duration.ts';
import { hostOf, portOf } from './reach.ts';

/** True for a failure caused by the server's certificate: OpenSSL's codes and Node.js's own. */
export function isCertificate({ code }: Failure): boolean {
  return /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/.test(code) && !code.includes('CERTIFICATE_REQUIRED');
}

/** The result of a TLS handshake. */
export interface Handshake {
  certificate: Certificate;
  /** `TLSv1.3` */
  protocol: string;
  /** Why the certificate is not trusted, as a code; null if it is. */
  problem: string | null;
}

/**
 * Opens a separate TLS connection, sends nothing over it, and examines the certificate, trusted or
 * not.
 *
 * @returns null when there is no handshake within the time limit
 * @throws the signal's reason when it aborts
 */
export function handshakeWith(url: URL, timeoutMs: number, signal: AbortSignal): Promise<Handshake | null> {
  const host = hostOf(url);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: portOf(url),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
      timeout: timeoutMs,
    });
    const done = (handshake: Handshake | null) => {
      forget();
      socket.destroy();
      resolve(handshake);
    };
    const onAbort = () => {
      socket.destroy();
      reject(signal.reason);
    };
    const forget = whenAborted(signal, onAbort);
    socket.once('secureConnect', () => {
      const certificate = certificateOf(socket.getPeerCertificate(true));
      if (certificate === null) return done(null);
      // At run time this is a code, despite its type. The host name is checked separately.
      const problem = socket.authorized ? nameProblem(host, socket) : String(socket.authorizationError);
      done({ certificate, protocol: socket.getProtocol() ?? 'TLS', problem });
    });
    socket.once('timeout', () => done(null));
    socket.on('error', () => done(null));
  });
}

function nameProblem(host: string, socket: TLSSocket): string | null {
  return checkServerIdentity(host, socket.getPeerCertificate()) === undefined ? null : 'ERR_TLS_CERT_ALTNAME_INVALID';
}

/** Parses the certificate of a server; null if it cannot be read. */
export function certificateOf(leaf: DetailedPeerCertificate): Certificate | null {
  const chain: DetailedPeerCertificate[] = [];
  // A self-signed certificate is its own issuer.
  for (let one = leaf; one?.raw !== undefined && !chain.includes(one); one = one.issuerCertificate) chain.push(one);
  // Certificates may contain impossible dates; then the code of the failure has to do.
  const validFrom = isoTime(Math.max(...chain.map(({ valid_from }) => Date.parse(valid_from))));
  const validTo = isoTime(Math.min(...chain.map(({ valid_to }) => Date.parse(valid_to))));
  if (chain.length === 0 || validFrom === null || validTo === null) return null;
  const alternatives = (leaf.subjectaltname ?? '')
    .split(', ')
    .flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? []);
  return {
    names: alternatives.length > 0 ? alternatives : [text(leaf.subject.CN)].filter((name) => name !== ''),
    issuer: text(leaf.issuer.CN) || text(leaf.issuer.O) || 'an authority without a name',
    selfSigned: JSON.stringify(leaf.subject) === JSON.stringify(leaf.issuer),
    validFrom,
    validTo,
  };
}

/** A name may have several parts of a kind. */
const text = (part: string | string[] | undefined): string => [part ?? ''].flat().join(', ');
