import { Telemetry } from '../../src/kernel/telemetry';

/** Gives the error of each trouble that a part reports to `receive`. */
export const troublesTo = (receive: (error: unknown) => void): Telemetry => ({
  report(signal) {
    if (signal.kind === 'trouble') receive(signal.error);
  },
});

/** For parts that must meet no trouble. */
export const NO_TROUBLE = troublesTo((error) => {
  throw error;
});
