import { api, budget, record, shanghai, WAN } from './ledger';

export function adjustments(): void {
  test('9. Do all adjustments of the year, one by one, come to 1914.20?', async () => {
    const KEY = { idempotencyKey: 'sent twice' };
    const supplement = { ...WAN, line: 'A', amount: '1548.91', effectiveAt: '2023-06-28', documentNo: '文一', ...KEY };
    await record('2023-07-05 09:00', 'supplementBudget', supplement);
    await record('2023-07-05 09:01', 'supplementBudget', supplement);
    const mistaken = await record('2023-08-01 09:00', 'supplementBudget', {
      ...WAN,
      line: 'B',
      amount: '88.00',
      effectiveAt: '2023-08-01',
      documentNo: '文二',
    });
    await record('2023-08-01 10:00', 'reduceBudget', {
      ...WAN,
      line: 'B',
      amount: '34.71',
      effectiveAt: '2023-08-01',
      documentNo: '文三',
    });
    await record('2023-09-01 09:00', 'correctBudgetFact', {
      ...WAN,
      change: mistaken.eventId,
      amount: '0',
      reason: '重复下达',
    });
    await record('2023-12-20 09:00', 'supplementBudget', { ...WAN, line: 'B', amount: '400.00', documentNo: '文四' });
    api.clock.set(shanghai('2024-01-15 09:00'));

    const steps = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { adjustment, entries } = await budget(
        at,
        'adjustment(unit: WAN_YUAN) entries(kinds: [SUPPLEMENT, REDUCTION]) { nodes { kind documentNo state amount(unit: WAN_YUAN) effectiveAt } }',
      );
      const summaries = entries.nodes.map((node: any) => [node.documentNo, node.kind, node.amount, node.state]);
      return { adjustment, summaries };
    };
    expect(await steps({})).toEqual({
      adjustment: '1914.20',
      summaries: [
        ['文一', 'SUPPLEMENT', '1548.91', 'IN_FORCE'],
        ['文二', 'SUPPLEMENT', '0.00', 'WITHDRAWN'],
        ['文三', 'REDUCTION', '34.71', 'IN_FORCE'],
        ['文四', 'SUPPLEMENT', '400.00', 'IN_FORCE'],
      ],
    });
    expect(await steps({ knownAt: '2023-08-31', effectiveAt: '2023-08-31' })).toEqual({
      adjustment: '1602.20',
      summaries: [
        ['文一', 'SUPPLEMENT', '1548.91', 'IN_FORCE'],
        ['文二', 'SUPPLEMENT', '88.00', 'IN_FORCE'],
        ['文三', 'REDUCTION', '34.71', 'IN_FORCE'],
      ],
    });

    const bridge = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const found = await budget(
        at,
        `opening(unit: WAN_YUAN) revised(unit: WAN_YUAN)
         bridge { documentNo effectiveAt amount(unit: WAN_YUAN) revisedAfter(unit: WAN_YUAN) legs { line amount(unit: WAN_YUAN) } }`,
      );
      return [
        found.opening,
        ...found.bridge.map((step: any) => [
          step.documentNo,
          step.effectiveAt,
          step.amount,
          step.revisedAfter,
          ...step.legs.map(({ line, amount }: any) => `${line} ${amount}`),
        ]),
        found.revised,
      ];
    };
    const first = ['文一', shanghai('2023-06-28 00:00'), '1548.91', '11238.79', 'A 1548.91'];
    const day = shanghai('2023-08-01 00:00');
    expect(await bridge({})).toEqual([
      '9689.88',
      first,
      ['文二', day, '0.00', '11238.79', 'B 0.00'],
      ['文三', day, '-34.71', '11204.08', 'B -34.71'],
      ['文四', shanghai('2023-12-20 09:00'), '400.00', '11604.08', 'B 400.00'],
      '11604.08',
    ]);
    expect(await bridge({ knownAt: '2023-08-31' })).toEqual([
      '9689.88',
      first,
      ['文二', day, '88.00', '11326.79', 'B 88.00'],
      ['文三', day, '-34.71', '11292.08', 'B -34.71'],
      '11292.08',
    ]);
    expect(await bridge({ effectiveAt: '2023-07-31' })).toEqual(['9689.88', first, '11238.79']);
    expect(await bridge({ knownAt: '2023-07-04' })).toEqual(['9689.88', '9689.88']);
  });
}
