const STEP_MS = 1_000;
const LONGEST_MS = 5_000;

/**
 * Tries something that may fail for a while. After the first failure it may be tried again at once; after each further one the
 * pause is longer. Within the pause, the last error is thrown again.
 */
export class FailurePause {
  private failures = 0;
  private lastError: unknown;
  private until = -Infinity;

  async attempt<T>(work: () => Promise<T>): Promise<T> {
    if (performance.now() < this.until) throw this.lastError;
    try {
      const result = await work();
      this.failures = 0;
      return result;
    } catch (error) {
      this.lastError = error;
      this.until = performance.now() + Math.min(this.failures * STEP_MS, LONGEST_MS);
      this.failures += 1;
      throw error;
    }
  }
}
