import { api, executed, record, WAN } from './ledger';

export function endOfYear(): void {
  test('3. Which year does a payment of 31 December, 23:59:59 belong to?', async () => {
    const lastOfTheYear = '2023-12-31T15:59:59.999Z';
    const firstOfTheNext = '2023-12-31T16:00:00.000Z';
    await record('2023-12-31 23:59:59.999', 'recordExpenditure', { ...WAN, line: 'A', amount: '1.00' });
    await record('2024-01-01 00:00', 'recordExpenditure', {
      ...WAN,
      line: 'A',
      amount: '2.00',
      effectiveAt: lastOfTheYear,
    });

    const refused = await api.refusal('recordExpenditure', {
      ...WAN,
      line: 'A',
      amount: '4.00',
      effectiveAt: firstOfTheNext,
    });
    expect(refused.extensions).toEqual({ code: 'RULE_VIOLATION', rule: 'OUTSIDE_FISCAL_YEAR' });

    expect(await executed({ effectiveAt: '2023-12-31' })).toBe('3.00');
    expect(await executed({ effectiveAt: '2023-12-31T15:59:59.998Z' })).toBe('0.00');
    // Known by the end of 2023: recorded at 15:59:59.999Z, but not at 16:00:00.000Z.
    expect(await executed({ knownAt: '2023-12-31' })).toBe('1.00');
    expect(await executed({ knownAt: firstOfTheNext })).toBe('3.00');
  });
}
