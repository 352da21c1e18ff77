import { api, record, revised, shanghai, WAN } from './ledger';

export function revisedBudget(): void {
  test('1. What was the revised budget on 30 June?', async () => {
    await record('2023-07-05 09:00', 'supplementBudget', {
      ...WAN,
      line: 'A',
      amount: '1000.00',
      effectiveAt: '2023-06-28',
    });
    api.clock.set(shanghai('2024-03-01 09:00'));

    expect(await revised({ effectiveAt: '2023-06-30' })).toBe('10689.88');
    expect(await revised({ knownAt: '2023-06-30', effectiveAt: '2023-06-30' })).toBe('9689.88');
    expect(await revised({ knownAt: '2023-06-30' })).toBe('9689.88');
    expect(await revised({ knownAt: '2023-07-05', effectiveAt: '2023-06-27' })).toBe('9689.88');
  });
}
