import { api, budget, record, shanghai, WAN } from './ledger';

export function spendingByMonth(): void {
  test('how much of the year was spent in December, as known now and as known at the end of each month', async () => {
    const spend = (when: string, line: string, amount: string, effectiveAt: string) =>
      record(when, 'recordExpenditure', { ...WAN, line, amount, effectiveAt });
    await spend('2023-06-20 09:00', 'A', '1000.00', '2023-06-20');
    await spend('2023-12-02 09:00', 'A', '500.00', '2023-11-28');
    await spend('2023-12-28 09:00', 'A', '3000.00', '2023-12-28');
    await spend('2024-01-08 09:00', 'B', '2000.00', '2023-12-31');
    api.clock.set(shanghai('2024-02-01 09:00'));

    const months = async (clock: string, at: { knownAt?: string; effectiveAt?: string }, to = '2023-12-31') => {
      const { series } = await budget(
        at,
        `series(from: "2023-01-01", to: "${to}", step: MONTH, clock: ${clock}) { at executed(unit: WAN_YUAN) }`,
      );
      return series.map((point: any) => `${point.at.slice(0, 10)} ${point.executed}`);
    };
    const quiet = ['06-30', '07-31', '08-31', '09-30', '10-31'].map((day) => `2023-${day} 1000.00`);
    const early = ['02-28', '03-31', '04-30', '05-31'].map((day) => `2023-${day} 0.00`);
    expect(await months('EFFECTIVE', {})).toEqual([
      '2023-01-31 0.00',
      ...early,
      ...quiet,
      '2023-11-30 1500.00',
      '2023-12-31 6500.00',
    ]);
    // Before its approval the budget was not known at all.
    expect(await months('KNOWN', {})).toEqual([...early, ...quiet, '2023-11-30 1000.00', '2023-12-31 4500.00']);
    expect((await months('KNOWN', {}, '2024-01-31')).at(-1)).toBe('2024-01-31 6500.00');
    // The moments end at the bounds of the snapshot.
    expect((await months('EFFECTIVE', { knownAt: '2023-12-31' })).at(-1)).toBe('2023-12-31 4500.00');
    expect((await months('EFFECTIVE', { effectiveAt: '2023-11-30' })).at(-1)).toBe('2023-11-30 1500.00');
    expect((await months('KNOWN', { effectiveAt: '2023-11-30' })).slice(-2)).toEqual([
      '2023-11-30 1000.00',
      '2023-12-31 1500.00',
    ]);
  });
}
