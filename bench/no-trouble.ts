import { Telemetry } from '../src/kernel/telemetry';

/** A benchmark must meet no trouble. */
export const NO_TROUBLE: Telemetry = {
  report(signal) {
    if (signal.kind === 'trouble') throw signal.error;
  },
};
