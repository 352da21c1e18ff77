import timeLimits from './time-limits.json';

const asked = process.env.FC_RUNS === undefined ? undefined : Number(process.env.FC_RUNS);

/** More runs may take longer. */
export const PROPERTY_TIMEOUT_MS = timeLimits.property * Math.max(1, (asked ?? 0) / 10);

/**
 * The number of runs of a property: as given, or as set by FC_RUNS. A failure prints the seed that repeats it. Shrinking ends
 * before the test's timeout, even if no smaller case was found.
 */
export const runs = (usual: number) => ({
  numRuns: asked ?? usual,
  interruptAfterTimeLimit: PROPERTY_TIMEOUT_MS * 0.8,
  markInterruptAsFailure: true,
});
