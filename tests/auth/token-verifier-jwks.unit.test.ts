import { createSecretKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import { createTokenVerifier } from '../../src/auth/token-verifier';
import { TokenVerifier } from '../../src/auth/verified-token';
import { Outage } from '../../src/kernel/outage';

const INVALID = { kind: 'UNAUTHENTICATED', message: 'The token is invalid.' };
const MINUTE = 60_000;

interface KeyPair {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

/** A real HTTP server that publishes what `body` is at the moment. */
class KeyServer {
  status = 200;
  body = '';
  requests = 0;
  private readonly server: Server = createServer((_, response) => {
    this.requests += 1;
    response.writeHead(this.status, { 'content-type': 'application/json' }).end(this.body);
  });

  publish(...keys: JWK[]): void {
    this.status = 200;
    this.body = JSON.stringify({ keys });
  }

  listen(port = 0): Promise<void> {
    return new Promise((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
}

const claims = (): JWTPayload => ({ sub: 'u1', roles: ['auditor'], exp: Math.floor(Date.now() / 1000) + 24 * 3600 });

const sign = (key: CryptoKey | JWK, header: JWTHeaderParameters, payload = claims()): Promise<string> =>
  new SignJWT(payload).setProtectedHeader(header).sign(key);

const publicJwk = async (pair: KeyPair, members: JWK): Promise<JWK> => ({
  ...(await exportJWK(pair.publicKey)),
  ...members,
});

async function answer(verifier: TokenVerifier, token: string): Promise<unknown> {
  const result = await verifier.verify(`Bearer ${token}`);
  return result.ok ? result.value.principal.sub : result.refusal;
}

describe('a token whose key is published as JWKS', () => {
  let rsa: KeyPair;
  let rsaJwk: JWK;
  let keys: KeyServer;
  let verifier: TokenVerifier;

  beforeAll(async () => {
    rsa = await generateKeyPair('RS256');
    rsaJwk = await publicJwk(rsa, { kid: 'rsa', alg: 'RS256', use: 'sig' });
  });

  beforeEach(async () => {
    keys = new KeyServer();
    keys.publish(rsaJwk);
    await keys.listen();
    verifier = createTokenVerifier({ jwksUrl: `http://127.0.0.1:${keys.port}/jwks` });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await keys.close();
  });

  it('names its principal, and synchronously the second time', async () => {
    const token = await sign(rsa.privateKey, { alg: 'RS256', kid: 'rsa' });
    expect(await answer(verifier, token)).toBe('u1');
    expect(verifier.verify(`Bearer ${token}`)).not.toBeInstanceOf(Promise);
    expect(keys.requests).toBe(1);
  });

  it.each(['RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'])('may be signed with %s', async (alg) => {
    const pair: KeyPair = await generateKeyPair(alg);
    keys.publish(rsaJwk, await publicJwk(pair, { kid: 'other', alg }));
    expect(await answer(verifier, await sign(pair.privateKey, { alg, kid: 'other' }))).toBe('u1');
  });

  it('is found among several keys by its kid', async () => {
    const next: KeyPair = await generateKeyPair('RS256');
    keys.publish(rsaJwk, await publicJwk(next, { kid: 'next', alg: 'RS256' }));
    expect(await answer(verifier, await sign(next.privateKey, { alg: 'RS256', kid: 'next' }))).toBe('u1');
    expect(await answer(verifier, await sign(next.privateKey, { alg: 'RS256', kid: 'rsa' }))).toEqual(INVALID);
    expect(await answer(verifier, await sign(next.privateKey, { alg: 'RS256' }))).toEqual(INVALID);
  });

  describe('under attack', () => {
    it('is refused when it is an HMAC made with the public key', async () => {
      const pem = await exportSPKI(rsa.publicKey);
      for (const secret of [pem, pem.trim(), JSON.stringify(rsaJwk), rsaJwk.n!]) {
        for (const alg of ['HS256', 'HS384', 'HS512']) {
          const forged = await new SignJWT({ ...claims(), roles: ['admin'] })
            .setProtectedHeader({ alg, kid: 'rsa' })
            .sign(createSecretKey(secret.padEnd(64, '\0'), 'utf8'));
          expect(await answer(verifier, forged)).toEqual(INVALID);
        }
      }
      expect(keys.requests).toBe(0);
    });

    it('is refused when it is an HMAC made with a secret that the key server publishes', async () => {
      const secret = 'published by mistake, 32 bytes and more';
      keys.publish({ kty: 'oct', k: Buffer.from(secret).toString('base64url'), kid: 'oct', alg: 'HS256' });
      const forged = await new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256', kid: 'oct' })
        .sign(createSecretKey(secret, 'utf8'));
      expect(await answer(verifier, forged)).toEqual(INVALID);
    });

    it('is refused when it is not signed', async () => {
      const [, payload] = (await sign(rsa.privateKey, { alg: 'RS256', kid: 'rsa' })).split('.');
      const header = Buffer.from('{"alg":"none","kid":"rsa"}').toString('base64url');
      for (const signature of ['', 'AA']) {
        expect(await answer(verifier, `${header}.${payload!}.${signature}`)).toEqual(INVALID);
      }
      expect(keys.requests).toBe(0);
    });

    it('is refused when it brings its own key, or the address of one', async () => {
      const own: KeyPair = await generateKeyPair('RS256');
      const jwk = await exportJWK(own.publicKey);
      const elsewhere = new KeyServer();
      elsewhere.publish({ ...jwk, kid: 'rsa', alg: 'RS256' });
      await elsewhere.listen();
      const jku = `http://127.0.0.1:${elsewhere.port}/jwks`;
      try {
        for (const header of [{ jwk }, { jku }, { x5u: jku }]) {
          const forged = await sign(own.privateKey, { alg: 'RS256', kid: 'rsa', ...header });
          expect(await answer(verifier, forged)).toEqual(INVALID);
        }
        expect(elsewhere.requests).toBe(0);
      } finally {
        await elsewhere.close();
      }
    });

    it('is refused when its payload was changed', async () => {
      const [header, , signature] = (await sign(rsa.privateKey, { alg: 'RS256', kid: 'rsa' })).split('.');
      const payload = Buffer.from(JSON.stringify({ ...claims(), roles: ['admin'] })).toString('base64url');
      expect(await answer(verifier, `${header!}.${payload}.${signature!}`)).toEqual(INVALID);
    });

    it('asks the key server once for a flood of unknown key ids', async () => {
      const stranger: KeyPair = await generateKeyPair('ES256');
      for (let i = 0; i < 20; i += 1) {
        const forged = await sign(stranger.privateKey, { alg: 'ES256', kid: `k${i}` });
        expect(await answer(verifier, forged)).toEqual(INVALID);
      }
      expect(keys.requests).toBe(1);
    });
  });

  describe('while the key server fails', () => {
    it.each<[string, (server: KeyServer) => Promise<void> | void]>([
      ['cannot be reached', (server) => server.close()],
      ['fails', (server) => void (server.status = 500)],
      ['answers 404', (server) => void (server.status = 404)],
      ['answers with something that is not JSON', (server) => void (server.body = '<html>')],
      ['answers with something that is not a key set', (server) => void (server.body = '{"keys":"none"}')],
      ['publishes a broken key', (server) => void (server.body = '{"keys":[{"kty":"RSA","kid":"rsa"}]}')],
    ])('is an outage when it %s', async (_, breakIt) => {
      await breakIt(keys);
      const token = await sign(rsa.privateKey, { alg: 'RS256', kid: 'rsa' });
      await expect(answer(verifier, token)).rejects.toThrow(Outage);
    });

    it('is accepted again as soon as the key server recovers', async () => {
      const token = await sign(rsa.privateKey, { alg: 'RS256', kid: 'rsa' });
      keys.status = 503;
      await expect(answer(verifier, token)).rejects.toThrow(Outage);
      keys.status = 200;
      expect(await answer(verifier, token)).toBe('u1');
    });

    it('is still accepted if it was seen before, and new ones are verified with the cached keys', async () => {
      const known = await sign(rsa.privateKey, { alg: 'RS256', kid: 'rsa' });
      await answer(verifier, known);
      keys.status = 503;
      expect(await answer(verifier, known)).toBe('u1');
      const fresh = await sign(rsa.privateKey, { alg: 'RS256', kid: 'rsa' }, { ...claims(), sub: 'u2' });
      expect(await answer(verifier, fresh)).toBe('u2');
    });
  });

  it('is refused soon after its key is withdrawn, even if it was seen before', async () => {
    const start = Date.now();
    const token = await sign(rsa.privateKey, { alg: 'RS256', kid: 'rsa' });
    expect(await answer(verifier, token)).toBe('u1');

    keys.publish();
    const now = jest.spyOn(Date, 'now').mockReturnValue(start + 9 * MINUTE);
    expect(await answer(verifier, token)).toBe('u1');
    now.mockReturnValue(start + 11 * MINUTE);
    expect(await answer(verifier, token)).toEqual(INVALID);
  });
});
