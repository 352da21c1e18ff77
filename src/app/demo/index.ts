import { FastifyInstance } from 'fastify';
import { Config } from '../config';
import { buildDemoLedger } from './build';
import { serveGraphiQL } from './graphiql';
import { greeting } from './greeting';
import { DemoAccess, demoAccess } from './tokens';

export type { DemoAccess };

/** Makes the demo's tokens, and its ledger where there is none yet. */
export async function prepareDemo(config: Config, file: string): Promise<DemoAccess> {
  await buildDemoLedger({ path: file, streamPrefix: config.streamPrefix, timeZone: config.timeZone });
  return demoAccess(config);
}

export const serveDemo = (fastify: FastifyInstance, access: DemoAccess): Promise<void> =>
  serveGraphiQL(fastify, access);
export { greeting };
