import pino from 'pino';
import { readConfig } from '../../../src/app/config';
import { startServer } from '../../../src/app/server';
import { CLIENT, RESOURCE, startOpenIdProvider } from '../../support/openid/start';
import { freePort } from '../../support/redis/server';
import { temporaryFolder } from '../../support/temporary-folder';

/** A server whose people sign in at an identity provider. Its ledger is empty. */
export async function serveWithProvider(onEnd: (cleanUp: () => unknown) => void): Promise<string> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const { issuer } = await startOpenIdProvider(onEnd, 0, `${address}/app/`);
  const folder = temporaryFolder();
  const config = readConfig({
    PORT: String(port),
    DATA_DIR: folder.path,
    AUTH_ISSUER: issuer,
    AUTH_AUDIENCE: RESOURCE,
    AUTH_ROLES_CLAIM: 'realm_access.roles',
    AUTH_DEPARTMENTS_CLAIM: 'https://mingjian.example/departments',
    PAGE_CLIENT_ID: CLIENT,
  });
  const server = await startServer(config, pino({ level: 'silent' }));
  onEnd(async () => {
    await server.stop();
    folder.remove();
  });
  return address;
}
