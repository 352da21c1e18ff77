import { KeyHolder } from '../../auth/verified-token';
import { Outage } from '../../kernel/outage';
import { Telemetry, TroubleSource } from '../../kernel/telemetry';
import { Clock } from '../../kernel/time';
import { Ledger } from '../ledger';
import { ClockWatch } from './clock-watch';
import { Health, Problems } from './health';
import { BUILDING } from './ledger-checks';
import { Outages } from './outages';

export interface HealthWatch {
  readonly health: Health;
  /** What an operator should know of the clocks; undefined: nothing. */
  readonly clockWarning: () => string | undefined;
}

export interface HealthWatchOptions {
  readonly clock: Clock;
  readonly outages: Outages;
  readonly telemetry: Telemetry;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** Watches what a server can do, and its clock. `keys`: of a server that takes tokens. */
export function watchHealth(
  ledger: Ledger,
  keys: KeyHolder | undefined,
  { clock, outages, telemetry, signal }: HealthWatchOptions,
): HealthWatch {
  const clockWatch = new ClockWatch({
    clock,
    newestRecord: () => ledger.services.reader.newestRecord,
    onTurn: (trouble, warning) => {
      telemetry.report({ kind: 'clocks-turned', trouble, warning });
    },
  });
  let wasReady = false;
  const health = new Health({
    checks: {
      ...ledger.checks,
      tokens: async () => {
        await keys?.requireKeys();
        return undefined;
      },
    },
    onLook: (problems) => {
      wasReady ||= problems.size === 0;
      outages.looked(wasReady ? problems : withoutStart(problems));
      clockWatch.look();
    },
    signal,
  });
  void health.run();
  return { health, clockWarning: () => clockWatch.warning };
}

/** A server that starts builds its read models: that is no outage. */
const withoutStart = (problems: Problems): Problems =>
  new Map([...problems].filter(([, problem]) => problem !== BUILDING));

/** Reports each turn of an outage. */
export const reportedOutages = (telemetry: Telemetry): Outages =>
  new Outages((turn) => {
    telemetry.report(
      turn.turn === 'ended'
        ? { kind: 'outage-ended', milliseconds: turn.milliseconds, refusals: turn.refusals }
        : { kind: 'outage-turned', turn: turn.turn, problems: turn.problems, cause: turn.cause },
    );
  });

/** Gives the outages that the ledger's own work meets to `outages`, which reports each once, and the other signals to `telemetry`. */
export const withoutOutages = (outages: Outages, telemetry: Telemetry): Telemetry => ({
  report(signal) {
    if (signal.kind === 'trouble' && OF_THE_LEDGER.has(signal.source) && signal.error instanceof Outage)
      outages.noticed(signal.error);
    else telemetry.report(signal);
  },
});

/** The engines report their own troubles before they are outages of the ledger. */
const OF_THE_LEDGER: ReadonlySet<TroubleSource> = new Set(['projector', 'live-feed', 'log-watch']);
