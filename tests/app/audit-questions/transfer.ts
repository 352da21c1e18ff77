import { api, budget, record, shanghai, WAN } from './ledger';

export function transfer(): void {
  test('4. 300 moved from A to B, corrected to 350: what were the lines and the total?', async () => {
    const transfer = await record('2023-05-10 09:00', 'transferBudget', {
      ...WAN,
      fromLine: 'A',
      toLine: 'B',
      amount: '300.00',
      effectiveAt: '2023-05-08',
    });
    await record('2023-06-01 09:00', 'correctBudgetFact', {
      ...WAN,
      change: transfer.eventId,
      amount: '350.00',
      reason: '文号所载为350万元',
    });
    api.clock.set(shanghai('2023-09-01 09:00'));

    const lines = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { revised: whole, lines } = await budget(
        at,
        'revised(unit: WAN_YUAN) lines { code revised(unit: WAN_YUAN) }',
      );
      return [whole, ...lines.map((line: { revised: string }) => line.revised)];
    };
    const before = ['9689.88', '6689.88', '3000.00'];
    expect(await lines({ effectiveAt: '2023-05-07' })).toEqual(before);
    expect(await lines({ knownAt: '2023-05-09', effectiveAt: '2023-05-08' })).toEqual(before);
    expect(await lines({ knownAt: '2023-05-31', effectiveAt: '2023-05-08' })).toEqual([
      '9689.88',
      '6389.88',
      '3300.00',
    ]);
    expect(await lines({ knownAt: '2023-06-01', effectiveAt: '2023-05-08' })).toEqual([
      '9689.88',
      '6339.88',
      '3350.00',
    ]);
    expect(await lines({})).toEqual(['9689.88', '6339.88', '3350.00']);
    expect(await lines({ knownAt: '2023-05-31' })).toEqual(['9689.88', '6389.88', '3300.00']);
  });
}
