import { api, budget, record, shanghai, WAN } from './ledger';

export function fundSource(): void {
  test('6. Which fund do 365.29 of 31 December come from?', async () => {
    const fund = { code: 'C', name: '未归集来源', fundSource: 'UNATTRIBUTED' };
    await record('2023-11-20 09:00', 'supplementBudget', { ...WAN, line: 'A', amount: '1548.91' });
    const unattributed = await record('2023-12-20 09:00', 'supplementBudget', {
      ...WAN,
      line: 'C',
      newLine: fund,
      amount: '365.29',
    });
    // In May of the next year the documents are found: the money came from the government fund, by the end of 2023.
    const known = { ...fund, code: 'D', name: '政府性基金', fundSource: 'GOVERNMENT_FUND' };
    await record('2024-05-06 09:00', 'supplementBudget', {
      ...WAN,
      line: 'D',
      newLine: known,
      amount: '365.29',
      effectiveAt: '2023-12-31',
      documentNo: '惠财〔2024〕5号',
    });
    await record('2024-05-06 09:01', 'correctBudgetFact', {
      ...WAN,
      change: unattributed.eventId,
      amount: '0',
      reason: '来源已查明',
    });
    api.clock.set(shanghai('2024-06-01 09:00'));

    const bySource = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { lines, revised: whole } = await budget(
        at,
        'revised(unit: WAN_YUAN) lines { fundSource revised(unit: WAN_YUAN) }',
      );
      const amounts = lines.map((line: { fundSource: string; revised: string }) => [line.fundSource, line.revised]);
      return {
        whole,
        ...Object.fromEntries(amounts.filter(([source]: [string]) => source !== 'GENERAL_PUBLIC_BUDGET')),
      };
    };
    expect(await bySource({ knownAt: '2024-04-30', effectiveAt: '2023-12-31' })).toEqual({
      whole: '11604.08',
      UNATTRIBUTED: '365.29',
    });
    expect(await bySource({ effectiveAt: '2023-12-31' })).toEqual({
      whole: '11604.08',
      UNATTRIBUTED: '0.00',
      GOVERNMENT_FUND: '365.29',
    });
  });
}
