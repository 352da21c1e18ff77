import { api, BUDGET, diff, record, shanghai, WAN } from './ledger';

export function carryOver(): void {
  test('8. What is carried over into 2024, and what is there at the beginning of that year?', async () => {
    const spent = await record('2023-12-20 09:00', 'recordExpenditure', { ...WAN, line: 'A', amount: '6389.88' });
    await record('2023-12-25 09:00', 'recordExpenditure', { ...WAN, line: 'B', amount: '3000.00' });
    await record('2024-01-05 09:00', 'closeBudget', { ...BUDGET, effectiveAt: '2023-12-31' });
    const next = { department: '441300-DSJ', fiscalYear: 2024, unit: 'WAN_YUAN' };
    const source = 'GENERAL_PUBLIC_BUDGET';
    const opening = await record('2024-01-10 09:00', 'approveBudget', {
      ...next,
      effectiveAt: '2024-01-01',
      lines: [
        { code: 'A', name: '甲项目', fundSource: source, amount: '5000.00' },
        { code: 'J', name: '甲项目结转', fundSource: source, vintage: 'CARRIED_OVER', amount: '300.00' },
      ],
    });
    // The final account of 2023 finds 50.00 more: the closed year accepts the correction, and the carry-over follows it.
    const finalAccount = await record('2024-02-20 09:00', 'correctBudgetFact', {
      ...WAN,
      change: spent.eventId,
      amount: '6439.88',
      effectiveAt: '2023-12-31',
      reason: '决算调整',
    });
    const carryOver = await record('2024-02-28 09:00', 'correctBudgetFact', {
      ...next,
      change: opening.eventId,
      line: 'J',
      amount: '250.00',
      effectiveAt: '2024-01-01',
      reason: '按决算调整结转',
    });
    api.clock.set(shanghai('2024-06-01 09:00'));

    const rollOver = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) {
          left: budget(department: "441300-DSJ", fiscalYear: 2023) { remaining(unit: WAN_YUAN) }
          next: budget(department: "441300-DSJ", fiscalYear: 2024) {
            opening(unit: WAN_YUAN)
            lines { vintage opening(unit: WAN_YUAN) }
          }
        } }`,
        { at },
      );
      const carriedOver = asOf.next?.lines.find(({ vintage }: { vintage: string }) => vintage === 'CARRIED_OVER');
      return [asOf.left.remaining, carriedOver?.opening, asOf.next?.opening];
    };
    expect(await rollOver({ knownAt: '2024-01-09' })).toEqual(['300.00', undefined, undefined]);
    expect(await rollOver({ knownAt: '2024-01-15' })).toEqual(['300.00', '300.00', '5300.00']);
    expect(await rollOver({ knownAt: '2024-02-21' })).toEqual(['250.00', '300.00', '5300.00']);
    expect(await rollOver({ knownAt: '2024-03-15' })).toEqual(['250.00', '250.00', '5250.00']);
    // On the other clock, the year begins with the corrected amounts.
    expect(await rollOver({ effectiveAt: '2024-01-01' })).toEqual(['250.00', '250.00', '5250.00']);
    expect(await rollOver({ effectiveAt: '2023-12-31' })).toEqual(['250.00', '0.00', '0.00']);
    expect(await rollOver({ knownAt: '2024-01-15', effectiveAt: '2024-01-01' })).toEqual([
      '300.00',
      '300.00',
      '5300.00',
    ]);

    // The fiscal year is the budget's, in whatever year a fact is recorded.
    const changes = async (filter: object) =>
      (
        await api.data(
          'query($filter: ChangeFilter) { changes(filter: $filter) { nodes { eventId fiscalYear recordedAt } } }',
          { filter },
        )
      ).changes.nodes;
    const lateOf2023 = { eventId: finalAccount.eventId, fiscalYear: 2023, recordedAt: shanghai('2024-02-20 09:00') };
    expect(await changes({ fiscalYears: [2023], recordedFrom: '2024-01-06' })).toEqual([lateOf2023]);
    expect(await changes({ fiscalYears: [2023], lateByDays: 51 })).toEqual([lateOf2023]);
    expect(await changes({ fiscalYears: [2023], lateByDays: 52 })).toEqual([]);
    expect((await changes({ lateByDays: 6 })).map(({ eventId }: { eventId: string }) => eventId)).toEqual([
      opening.eventId,
      finalAccount.eventId,
      carryOver.eventId,
    ]);

    const [january, march] = [{ knownAt: '2024-01-15' }, { knownAt: '2024-03-15' }];
    expect(await diff(january, march)).toEqual({
      '441300-DSJ.2023': [
        '/executed: 93898800.00 -> 94398800.00',
        '/remaining: 3000000.00 -> 2500000.00',
        '/executionRate: 96.90 -> 97.42',
        '/lines/0/executed: 63898800.00 -> 64398800.00',
        '/lines/0/remaining: 3000000.00 -> 2500000.00',
        '/lines/0/executionRate: 95.52 -> 96.26',
      ],
      '441300-DSJ.2024': [
        '/opening: 53000000.00 -> 52500000.00',
        '/revised: 53000000.00 -> 52500000.00',
        '/remaining: 53000000.00 -> 52500000.00',
        '/lines/1/opening: 3000000.00 -> 2500000.00',
        '/lines/1/revised: 3000000.00 -> 2500000.00',
        '/lines/1/remaining: 3000000.00 -> 2500000.00',
      ],
    });
    const { diff: found } = await api.data(
      'query($from: AsOfInput!, $to: AsOfInput) { diff(from: $from, to: $to) { nodes { entity changes { eventId reason } } } }',
      { from: january, to: march },
    );
    expect(found.nodes).toEqual([
      { entity: '441300-DSJ.2023', changes: [{ eventId: finalAccount.eventId, reason: '决算调整' }] },
      { entity: '441300-DSJ.2024', changes: [{ eventId: carryOver.eventId, reason: '按决算调整结转' }] },
    ]);
    // The same two days as of the end of 2023: nothing of 2024 is in effect.
    const endOf2023 = { effectiveAt: '2023-12-31' };
    expect(Object.keys(await diff({ ...january, ...endOf2023 }, { ...march, ...endOf2023 }))).toEqual([
      '441300-DSJ.2023',
    ]);
  });

  test('8. The same, if the ledger carries over: the year entered follows what the year left has', async () => {
    const spent = await record('2023-12-20 09:00', 'recordExpenditure', { ...WAN, line: 'A', amount: '6389.88' });
    await record('2024-01-05 09:00', 'closeBudget', { ...BUDGET, effectiveAt: '2023-12-31' });
    await record('2024-01-08 09:00', 'approveBudget', {
      department: '441300-DSJ',
      fiscalYear: 2024,
      unit: 'WAN_YUAN',
      effectiveAt: '2024-01-01',
      lines: [{ code: 'B', name: '乙项目', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '5000.00' }],
    });
    const carried = await record('2024-01-10 09:00', 'carryOverBudget', {
      ...WAN,
      toFiscalYear: 2024,
      lines: [{ line: 'A', amount: '300.00' }],
      idempotencyKey: '2023 into 2024',
      documentNo: '惠财结〔2024〕1号',
    });
    await record('2024-02-20 09:00', 'correctBudgetFact', {
      ...WAN,
      change: spent.eventId,
      amount: '6439.88',
      effectiveAt: '2023-12-31',
      reason: '决算调整',
    });
    await record('2024-02-28 09:00', 'correctBudgetFact', {
      ...WAN,
      change: carried.eventId,
      amount: '250.00',
      reason: '按决算调整结转',
    });
    api.clock.set(shanghai('2024-06-01 09:00'));

    const rollOver = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) {
          left: budget(department: "441300-DSJ", fiscalYear: 2023) {
            remaining(unit: WAN_YUAN) carriedOut(unit: WAN_YUAN) lines { carriedOut(unit: WAN_YUAN) }
          }
          next: budget(department: "441300-DSJ", fiscalYear: 2024) {
            opening(unit: WAN_YUAN) revised(unit: WAN_YUAN) lines { code vintage revised(unit: WAN_YUAN) }
            bridge { documentNo amount(unit: WAN_YUAN) }
          }
        } }`,
        { at },
      );
      const { left, next } = asOf;
      const line = next.lines.find(({ vintage }: { vintage: string }) => vintage === 'CARRIED_OVER');
      return {
        left: [left.remaining, left.carriedOut, left.lines[0].carriedOut],
        next: [next.opening, next.revised, line?.code, line?.revised],
        steps: next.bridge,
      };
    };
    const step = (amount: string) => [{ documentNo: '惠财结〔2024〕1号', amount }];
    expect(await rollOver({ knownAt: '2024-01-09' })).toEqual({
      left: ['3300.00', '0.00', '0.00'],
      next: ['5000.00', '5000.00', undefined, undefined],
      steps: [],
    });
    expect(await rollOver({ knownAt: '2024-01-15' })).toEqual({
      left: ['3300.00', '300.00', '300.00'],
      next: ['5000.00', '5300.00', 'A', '300.00'],
      steps: step('300.00'),
    });
    // The books of 2023 have taken a correction, which the carry-over does not follow yet: a finding.
    expect(await rollOver({ knownAt: '2024-02-21' })).toEqual({
      left: ['3250.00', '300.00', '300.00'],
      next: ['5000.00', '5300.00', 'A', '300.00'],
      steps: step('300.00'),
    });
    expect(await rollOver({ knownAt: '2024-03-15' })).toEqual({
      left: ['3250.00', '250.00', '250.00'],
      next: ['5000.00', '5250.00', 'A', '250.00'],
      steps: step('250.00'),
    });
    // The carry-over is of 1 January: at the end of 2023 it is not in effect, and the line is there with nothing.
    expect(await rollOver({ effectiveAt: '2023-12-31' })).toEqual({
      left: ['3250.00', '0.00', '0.00'],
      next: ['0.00', '0.00', 'A', '0.00'],
      steps: [],
    });
    expect(await rollOver({ knownAt: '2024-01-15', effectiveAt: '2024-01-01' })).toMatchObject({
      next: ['5000.00', '5300.00', 'A', '300.00'],
    });
    expect(await diff({ knownAt: '2024-02-21' }, { knownAt: '2024-03-15' })).toEqual({
      '441300-DSJ.2023': ['/carriedOut: 3000000.00 -> 2500000.00', '/lines/0/carriedOut: 3000000.00 -> 2500000.00'],
      '441300-DSJ.2024': [
        '/adjustment: 3000000.00 -> 2500000.00',
        '/revised: 53000000.00 -> 52500000.00',
        '/remaining: 53000000.00 -> 52500000.00',
        '/lines/0/adjustment: 3000000.00 -> 2500000.00',
        '/lines/0/revised: 3000000.00 -> 2500000.00',
        '/lines/0/remaining: 3000000.00 -> 2500000.00',
      ],
    });
  });
}
