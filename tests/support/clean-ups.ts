/** What is given to it is called after the test, the last first, also where the test or another of them fails. */
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
