import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from './terminal.ts';

/** A certificate and its key, as PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** Creates certificates with openssl in a folder of their own. */
export function certificates(): {
  selfSigned(name: string, days?: number): Certificate;
  signed(name: string): Certificate & { ca: string };
} {
  const folder = emptyFolder();
  // In these command lines only the subject contains spaces.
  const openssl = (line: string, subject?: string) =>
    execFileSync('openssl', [...line.split(' '), ...(subject === undefined ? [] : ['-subj', subject])], {
      cwd: folder,
      stdio: 'ignore',
    });
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout';
  const issue = (id: string, name: string, signer: string) => {
    openssl(`req ${newKey} ${id}.key -out ${id}.csr`, `/CN=${name}`);
    writeFileSync(join(folder, `${id}.ext`), `subjectAltName=DNS:${name}\n`);
    openssl(`x509 -req -in ${id}.csr ${signer} -extfile ${id}.ext -out ${id}.pem`);
    return { cert: read(`${id}.pem`), key: read(`${id}.key`) };
  };
  let made = 0;
  return {
    selfSigned(name, days = 1) {
      const id = `c${++made}`;
      return issue(id, name, `-signkey ${id}.key -days ${days}`);
    },
    signed(name) {
      const [ca, id] = [`c${++made}`, `c${++made}`];
      openssl(`req -x509 ${newKey} ${ca}.key -out ${ca}.pem -days 1`, '/CN=Test CA');
      const leaf = issue(id, name, `-CA ${ca}.pem -CAkey ${ca}.key -CAcreateserial -days 1`);
      return { ...leaf, ca: read(`${ca}.pem`) };
    },
  };
}
