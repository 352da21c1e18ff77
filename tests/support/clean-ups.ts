/** Registers a function to call after the test, last one first, even if the test or another one of them fails. */
export function cleanUps(when: (run: () => Promise<void>) => void = afterEach): (cleanUp: () => unknown) => void {
  const waiting: (() => unknown)[] = [];
  when(async () => {
    const failures: unknown[] = [];
    for (let cleanUp = waiting.pop(); cleanUp !== undefined; cleanUp = waiting.pop()) {
      try {
        await cleanUp();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  });
  return (cleanUp) => waiting.push(cleanUp);
}
