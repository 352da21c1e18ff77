import { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { Config } from '../config';
import { ledgerFile } from '../engines';
import { buildDemoLedger } from './build';
import { serveGraphiQL } from './graphiql';
import { greeting, OPEN_TO_ALL } from './greeting';
import { DemoAccess, demoAccess } from './tokens';

export type { DemoAccess };

/** Builds the demo's ledger if there is no ledger file yet. */
export async function buildDemo(config: Config): Promise<void> {
  const { streamPrefix, timeZone } = config;
  await buildDemoLedger({ path: ledgerFile(config), streamPrefix, timeZone });
}

/** Makes the demo's tokens, and warns of settings that have no effect. */
export async function grantDemo(config: Config, logger: Pick<FastifyBaseLogger, 'warn'>): Promise<DemoAccess> {
  const { secret, issuer, audience } = config.auth;
  if ([secret, issuer, audience].some((value) => value !== undefined)) {
    logger.warn('demo mode uses its own secret: AUTH_JWT_SECRET, AUTH_ISSUER and AUTH_AUDIENCE are not used');
  }
  if (config.demoPublic) logger.warn(OPEN_TO_ALL);
  return demoAccess(config);
}

export function serveDemo(fastify: FastifyInstance, access: DemoAccess): void {
  serveGraphiQL(fastify, access);
}

export const greetDemo = (address: string, access: DemoAccess, config: Config): Promise<string> =>
  greeting(address, access, config.demoPublic);
