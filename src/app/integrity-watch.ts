import { integrityProblem } from '../event-store/adapters/sqlite/integrity';
import { EventStore } from '../event-store/event-store';
import { CorruptLedger } from '../kernel/outage';
import { Telemetry } from '../kernel/telemetry';
import { Config } from './config';
import { ledgerFile } from './engines';

export interface IntegrityWatch {
  /** What is wrong with the ledger file; undefined while nothing is known. */
  readonly warning: () => string | undefined;
}

/** Checks the whole ledger file once, beside serving: what a start reads of it says nothing of the rest. */
export function watchIntegrity(
  log: Pick<EventStore, 'head'>,
  config: Config,
  { telemetry, signal }: { readonly telemetry: Telemetry; readonly signal: AbortSignal },
): IntegrityWatch {
  let warning: string | undefined;
  async function check(): Promise<void> {
    // A new ledger has nothing to check.
    if (config.eventStoreUrl !== undefined || (await log.head()) === 0n) return;
    warning = await integrityProblem(ledgerFile(config), signal);
    if (warning !== undefined) throw new CorruptLedger(warning);
  }
  check().catch((error: unknown) => {
    if (!signal.aborted) telemetry.report({ kind: 'trouble', source: 'log-watch', error });
  });
  return { warning: () => warning };
}
