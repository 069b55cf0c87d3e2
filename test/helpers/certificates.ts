import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from './terminal.ts';

/** A certificate and its key, as PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** Makes certificates with openssl in a folder of their own. */
export function certificates(): {
  selfSigned(name: string, days?: number): Certificate;
  signed(name: string): Certificate & { ca: string };
} {
  const folder = emptyFolder();
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const request = (id: string, name: string) => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${id}.key`];
    openssl('req', ...key, '-out', `${id}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(join(folder, `${id}.ext`), `subjectAltName=DNS:${name}\n`);
  };
  let made = 0;
  return {
    selfSigned(name, days = 1) {
      const id = `c${++made}`;
      request(id, name);
      openssl(
        'x509',
        '-req',
        '-in',
        `${id}.csr`,
        '-signkey',
        `${id}.key`,
        '-days',
        String(days),
        '-extfile',
        `${id}.ext`,
        '-out',
        `${id}.pem`,
      );
      return { cert: read(`${id}.pem`), key: read(`${id}.key`) };
    },
    signed(name) {
      const [ca, id] = [`c${++made}`, `c${++made}`];
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${ca}.key`];
      openssl('req', '-x509', ...key, '-out', `${ca}.pem`, '-subj', '/CN=Test CA', '-days', '1');
      request(id, name);
      openssl(
        'x509',
        '-req',
        '-in',
        `${id}.csr`,
        '-CA',
        `${ca}.pem`,
        '-CAkey',
        `${ca}.key`,
        '-CAcreateserial',
        '-days',
        '1',
        '-extfile',
        `${id}.ext`,
        '-out',
        `${id}.pem`,
      );
      return { cert: read(`${id}.pem`), key: read(`${id}.key`), ca: read(`${ca}.pem`) };
    },
  };
}
