import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import type { Certificate, Failure } from '../diagnosis/exchange.ts';

/** True for a failure about the certificate of the server: the codes of OpenSSL and the one of Node.js. */
export function isCertificate({ code }: Failure): boolean {
  return /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/.test(code) && !code.includes('CERTIFICATE_REQUIRED');
}

/**
 * The certificate that a server shows, whether it is trusted or not. For that a connection of its own is made, over which
 * nothing is sent.
 *
 * @returns undefined when none can be had within the time limit
 * @throws the signal's reason when it aborts
 */
export function seenCertificate(url: URL, timeoutMs: number, signal: AbortSignal): Promise<Certificate | undefined> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: url.port === '' ? 443 : Number(url.port),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
      timeout: timeoutMs,
    });
    const done = (certificate: Certificate | undefined) => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(certificate);
    };
    const onAbort = () => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('secureConnect', () => done(certificateOf(socket.getPeerCertificate(true))));
    socket.once('timeout', () => done(undefined));
    socket.on('error', () => done(undefined));
  });
}

function certificateOf(leaf: DetailedPeerCertificate): Certificate | undefined {
  const chain: DetailedPeerCertificate[] = [];
  // A certificate that signed itself is its own issuer.
  for (let one = leaf; one?.raw !== undefined && !chain.includes(one); one = one.issuerCertificate) chain.push(one);
  if (chain.length === 0) return undefined;
  const from = Math.max(...chain.map(({ valid_from }) => Date.parse(valid_from)));
  const to = Math.min(...chain.map(({ valid_to }) => Date.parse(valid_to)));
  const alternatives = (leaf.subjectaltname ?? '')
    .split(', ')
    .flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? []);
  return {
    names: alternatives.length > 0 ? alternatives : [text(leaf.subject.CN)].filter((name) => name !== ''),
    issuer: text(leaf.issuer.CN) || text(leaf.issuer.O) || 'an authority without a name',
    selfSigned: JSON.stringify(leaf.subject) === JSON.stringify(leaf.issuer),
    validFrom: new Date(from).toISOString(),
    validTo: new Date(to).toISOString(),
  };
}

/** A part of a name, which may stand there several times. */
const text = (part: string | string[] | undefined): string => [part ?? ''].flat().join(', ');
