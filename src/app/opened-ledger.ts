import { setTimeout as pause } from 'node:timers/promises';
import { FastifyBaseLogger } from 'fastify';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { EventStore } from '../event-store/event-store';
import { Config } from './config';
import { withoutCredentials } from './config/masking';
import { ledgerFile } from './engines';

const RETRY_MS = 1_000;

/** What the configuration names as the ledger, in words for the operator. */
export const nameOfLedger = (config: Config): string =>
  config.eventStoreUrl === undefined
    ? resolve(ledgerFile(config))
    : `${withoutCredentials(config.eventStoreUrl)}, streams ${config.streamPrefix}*`;

/**
 * Logs which ledger the server has opened, and warns if it is empty: a mistake in the configuration would look like this. Waits
 * until the log can be reached.
 */
export async function reportOpenedLedger(
  log: Pick<EventStore, 'head'>,
  config: Config,
  { logger, signal }: { readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn'>; readonly signal: AbortSignal },
): Promise<void> {
  const head = await headOf(log, signal);
  if (head === undefined) return;
  const facts = {
    ledger: nameOfLedger(config),
    kind: config.demo ? 'demo' : 'real',
    head: String(head),
    timeZone: config.timeZone,
  };
  if (head > 0n) logger.info(facts, 'opened the ledger');
  else logger.warn(facts, 'opened a new ledger, which has no events yet');
  if (config.eventStoreUrl !== undefined && existsSync(ledgerFile(config))) {
    logger.warn(
      { file: resolve(ledgerFile(config)) },
      'DATA_DIR has a ledger too, which is not used: EVENTSTORE_URL is set',
    );
  }
}

async function headOf(log: Pick<EventStore, 'head'>, signal: AbortSignal): Promise<bigint | undefined> {
  while (!signal.aborted) {
    try {
      return await log.head();
    } catch {
      // Health and the requests report the outage.
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}
