import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a TLS server shows, as PEM. */
export interface Credentials {
  readonly key: string;
  readonly cert: string;
}

export interface Authority {
  /** Its own certificate, for `NODE_EXTRA_CA_CERTS`. */
  readonly file: string;
  /** A certificate for one name of a server. */
  issue(name: string): Credentials;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];

/** An authority that signs itself, with its files in this folder. It is valid for two days. */
export function makeAuthority(folder: string, name: string): Authority {
  const at = (file: string): string => path.join(folder, `${name}-${file}`);
  const [key, file] = [at('authority.key'), at('authority.crt')];
  openssl('req', '-x509', ...KEY, '-subj', `/CN=${name}`, '-keyout', key, '-out', file);
  let issued = 0;
  return {
    file,
    issue(host) {
      const [hostKey, request, cert, extensions] = ['key', 'csr', 'crt', 'ext'].map((ending) =>
        at(`${issued}.${ending}`),
      ) as [string, string, string, string];
      issued++;
      writeFileSync(extensions, `subjectAltName = DNS:${host}\n`);
      openssl('req', '-new', ...KEY.slice(0, -2), '-subj', `/CN=${host}`, '-keyout', hostKey, '-out', request);
      openssl('x509', '-req', '-days', '2', '-in', request, '-CA', file, '-CAkey', key, '-CAcreateserial', '-extfile', extensions, '-out', cert); // prettier-ignore
      return { key: readFileSync(hostKey, 'utf8'), cert: readFileSync(cert, 'utf8') };
    },
  };
}

const openssl = (...options: readonly string[]): void => {
  execFileSync('openssl', options, { stdio: 'pipe' });
};
