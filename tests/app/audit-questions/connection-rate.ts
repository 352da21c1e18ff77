import { api, BUDGET, record, shanghai } from './ledger';

export function connectionRate(): void {
  test('7. What was the connection rate of 30 September?', async () => {
    await record('2023-02-11 09:00', 'defineIndicator', {
      code: 'K08',
      ...BUDGET,
      name: '12345 热线接通率',
      level1: 'OUTPUT',
      level2: 'QUALITY',
      direction: 'AT_LEAST',
      unit: '%',
      target: '98',
    });
    const first = await record('2023-10-08 09:00', 'recordObservation', {
      code: 'K08',
      observedOn: '2023-09-30',
      value: '97.4',
      qualifier: 'GT',
    });
    await record('2023-10-20 09:00', 'recordObservation', { code: 'K08', observedOn: '2023-08-31', value: '96.0' });
    await record('2023-11-02 09:00', 'correctObservation', {
      code: 'K08',
      observation: first.eventId,
      value: '98.2',
      reason: '漏计',
    });
    api.clock.set(shanghai('2023-12-01 09:00'));

    const reading = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) { indicator(code: "K08") {
          completionRate reached
          latest { observedOn value qualifier corrected change { recordedAt } corrections { reason actor { sub } } }
        } } }`,
        { at },
      );
      return asOf.indicator;
    };
    const change = { recordedAt: shanghai('2023-10-08 09:00') };
    const september = { observedOn: '2023-09-30', qualifier: 'GT', change };
    expect(await reading({ knownAt: '2023-10-10', effectiveAt: '2023-09-30' })).toEqual({
      completionRate: '99.39',
      reached: null,
      latest: { ...september, value: '97.4', corrected: false, corrections: [] },
    });
    // August's reading, recorded later, never becomes the latest one.
    expect((await reading({ knownAt: '2023-10-31' })).latest.value).toBe('97.4');
    expect(await reading({ effectiveAt: '2023-09-30' })).toEqual({
      completionRate: '100.20',
      reached: true,
      latest: {
        ...september,
        value: '98.2',
        corrected: true,
        corrections: [{ reason: '漏计', actor: { sub: 'u-editor' } }],
      },
    });
    expect((await reading({ effectiveAt: '2023-09-29' })).latest.value).toBe('96.0');
    // No reading is null, never 0.
    expect(await reading({ knownAt: '2023-10-07' })).toEqual({ completionRate: null, reached: null, latest: null });
  });
}
