import { FastifyBaseLogger } from 'fastify';
import { KeyHolder } from '../../auth/token-verifier';
import { Outage } from '../../kernel/outage';
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
  readonly logger: FastifyBaseLogger;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** Watches what a server can do, and its clock. `keys`: of a server that takes tokens. */
export function watchHealth(
  ledger: Ledger,
  keys: KeyHolder | undefined,
  { clock, outages, logger, signal }: HealthWatchOptions,
): HealthWatch {
  const clockWatch = new ClockWatch({
    clock,
    newestRecord: () => ledger.services.reader.newestRecord,
    onTurn: (trouble, warning) => {
      if (trouble === undefined) logger.warn('the clock of this node and the events agree again');
      else logger.warn({ trouble, warning }, 'the clock of this node and the events do not agree');
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

/** Logs one line for each turn of an outage. */
export const loggedOutages = (logger: Pick<FastifyBaseLogger, 'error'>): Outages =>
  new Outages((turn) => {
    if (turn.turn === 'ended') {
      const { milliseconds, refusals } = turn;
      logger.error({ milliseconds, refusals }, 'an outage is over');
    } else {
      const { problems, cause } = turn;
      logger.error({ problems, err: cause }, `an outage has ${turn.turn === 'began' ? 'begun' : 'changed'}`);
    }
  });

/** What the parts of a ledger report: outages go to `outages`, which logs each once, and the rest is logged. */
export const troubleReporter =
  (outages: Outages, logger: Pick<FastifyBaseLogger, 'error'>) =>
  (error: unknown): void => {
    if (error instanceof Outage) outages.noticed(error);
    else logger.error({ err: error }, 'the ledger reported an error');
  };
