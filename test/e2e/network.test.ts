import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { certificates } from '../helpers/certificates.ts';
import { cli } from '../helpers/cli.ts';
import { isInstalled } from '../helpers/programs.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

async function diagnosisOf(url: string, ...argv: string[]): Promise<Diagnosis> {
  const { code, stdout } = await run(['call', 'GET', url, '--format', 'json', ...argv]);
  const { diagnosis } = JSON.parse(stdout).results[0];
  expect(code).not.toBe(0);
  return diagnosis;
}

/** A server that answers anything with these bytes, and closes. */
const saying = (bytes: string | Buffer, end = true) =>
  serveTcp((socket) =>
    socket.once('data', () => {
      socket.write(bytes);
      if (end) socket.end();
    }),
  );

describe('every way to get no answer, met for real', () => {
  it.each<[string, string, () => Promise<number>]>([
    ['network/connection-refused', 'nothing listens', closedPort],
    [
      'network/connection-reset',
      'a reset before the answer',
      () => serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
    ],
    ['network/connection-reset', 'an end before the answer', () => saying('')],
    [
      'network/connection-reset',
      'a reset in the middle of a chunked body',
      () => saying('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
    ],
    ['network/not-http', 'a banner of SSH', () => serveTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))],
    [
      'network/not-http',
      'the preface of HTTP/2',
      () => saying(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100])),
    ],
    ['network/not-http', 'an alert of TLS', () => saying(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))],
    [
      'network/headers-too-large',
      'oversized headers',
      () => saying(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`),
    ],
    [
      'network/malformed-response',
      'a chunk that is none',
      () => saying('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n'),
    ],
    [
      'network/malformed-response',
      'two lengths',
      () => saying('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello'),
    ],
    [
      'network/body-cut-short',
      'a body shorter than its length',
      () => saying('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'),
    ],
  ])('is %s for %s', async (id, _, server) => {
    expect((await diagnosisOf(`http://127.0.0.1:${await server()}/`)).id).toBe(id);
  });

  it.each<[string, string, string]>([
    ['network/response-timeout', 'http', 'no answer'],
    ['network/tls-timeout', 'https', 'no handshake'],
  ])('is %s over %s for %s', async (id, scheme) => {
    const port = await serveTcp(() => {});
    expect((await diagnosisOf(`${scheme}://127.0.0.1:${port}/`, '--timeout', '300ms')).id).toBe(id);
  });

  it('is a time limit when the body does not come to its end', async () => {
    const port = await saying('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', false);
    expect((await diagnosisOf(`http://127.0.0.1:${port}/`, '--timeout', '300ms')).id).toBe('network/response-timeout');
  });

  it('is a port without TLS', async () => {
    const { url } = await serve((_, response) => response.end());
    expect((await diagnosisOf(url.replace('http:', 'https:'))).id).toBe('network/tls-on-plain-port');
  });

  it('is a loop of redirects', async () => {
    const { url } = await serve((_, response) => response.writeHead(302, { location: '/' }).end());
    expect((await diagnosisOf(url)).id).toBe('network/redirect-loop');
  });

  it('is a name that does not exist', async () => {
    expect((await diagnosisOf('http://no-such-host.invalid/')).category).toBe('dns');
  });
});

describe.skipIf(!isInstalled('openssl'))('certificates (need openssl)', () => {
  async function serveTls(options: TlsOptions): Promise<number> {
    const sockets: TLSSocket[] = [];
    const server = createTlsServer(options, (socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
    });
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  const make = certificates();

  it.each<[string, string, () => TlsOptions]>([
    ['network/certificate-self-signed', 'self-signed', () => make.selfSigned('localhost')],
    ['network/certificate-expired', 'expired', () => make.selfSigned('localhost', -1)],
    [
      'network/certificate-chain-incomplete',
      'of an unknown authority that is not sent',
      () => ({ ...make.signed('localhost'), ca: undefined }),
    ],
    [
      'network/certificate-authority-unknown',
      'of an unknown authority that is sent',
      () => {
        const { cert, key, ca } = make.signed('localhost');
        return { cert: cert + ca, key };
      },
    ],
  ])('are %s when %s', async (id, _, options) => {
    const port = await serveTls(options());
    const diagnosis = await diagnosisOf(`https://localhost:${port}/`);
    expect(diagnosis).toMatchObject({ id, category: 'tls', retry: { advice: 'never', safe: true } });
  });

  it.each<[string, RegExp, () => TlsOptions]>([
    [
      'past its date',
      /^the certificate was valid until 20\d\d-\d\d-\d\d; it was issued by /,
      () => make.selfSigned('localhost', -1),
    ],
    ['of its own making', /^the certificate for localhost was issued by itself$/, () => make.selfSigned('localhost')],
  ])('are told as they were seen: %s', async (_, evidence, options) => {
    const port = await serveTls(options());
    const argv = ['call', 'GET', `https://localhost:${port}/`, '--format', 'json'];
    // The certificates were issued today.
    const { stdout } = await run(argv, { now: Date.now });
    const { causes } = JSON.parse(stdout).results[0].diagnosis;
    expect(causes[0]).toMatchObject({ verdict: 'confirmed', evidence: expect.stringMatching(evidence) });
  });

  it('are told to be for another host, when they are trusted', async () => {
    const { ca, ...own } = make.signed('other.example');
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'ca.pem'), ca);
    const argv = ['call', 'GET', `https://localhost:${await serveTls(own)}/`, '--format', 'json'];
    const { stdout } = await cli(argv, { cwd, env: { NODE_EXTRA_CA_CERTS: 'ca.pem' } });
    const { diagnosis, failure } = JSON.parse(stdout).results[0];
    expect(diagnosis.id).toBe('network/certificate-name-mismatch');
    expect(diagnosis.causes[0]).toMatchObject({
      verdict: 'confirmed',
      evidence: 'the certificate is for other.example, and the host is localhost',
    });
    expect(failure.certificate).toMatchObject({ issuer: 'Test CA', selfSigned: false });
  });

  it('tell plain HTTP on a TLS port', async () => {
    const port = await serveTls(make.selfSigned('localhost'));
    expect((await diagnosisOf(`http://localhost:${port}/`)).id).toBe('network/connection-reset');
  });
});
