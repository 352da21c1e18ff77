// First, because the decorators in all other modules need it.
import 'reflect-metadata';
import pino from 'pino';
import { ConfigError, hintOf, lookalikesIn, readConfig } from './config';
import { logEverythingTo } from './process-log';
import { startServer } from './server';
import { Outage, CorruptLedger } from '../kernel/outage';
import { Tracing } from '../kernel/tracing';
import { stderrOutput } from '../telemetry/stderr-output';

/** The server: configured by environment variables, in the foreground, until SIGINT or SIGTERM. Logs go to stderr as JSON lines. */
async function main(tracing: Tracing | undefined): Promise<void> {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel }, stderrOutput());
  logEverythingTo(logger);
  for (const lookalike of lookalikesIn(process.env)) logger.warn(hintOf(lookalike));
  const server = await startServer(config, logger, tracing);
  logger.info({ address: server.address, metrics: server.metricsAddress, demo: config.demo }, 'listening');
  if (server.greet) process.stdout.write(await server.greet());

  const stopAll = async (): Promise<void> => {
    await server.stop();
    await tracing?.shutdown();
  };
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    // Under npm, a signal from the terminal arrives twice: from the terminal and from npm.
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, 'stopping');
    stopAll().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** Runs the server, or ends the process with a message. */
export function runServer(tracing: Tracing | undefined): void {
  main(tracing).catch((error: unknown) => {
    process.stderr.write(`mingjian: ${explain(error)}\n`);
    process.exit(1);
  });
}

/** One clear line for errors that the operator can fix, and a stack for the others. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof Outage || error instanceof CorruptLedger) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `PORT: ${error.message}; choose another`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST: ${error.message}; it is not an address of this machine`;
  return error.stack ?? error.message;
}
