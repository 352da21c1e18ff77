import { api, BUDGET, budget, record, shanghai, WAN } from './ledger';

export function executionRate(): void {
  test('2. Why does the execution rate that we reported on 31 July differ from the one computed today?', async () => {
    await record('2023-07-20 09:00', 'recordExpenditure', { ...WAN, line: 'A', amount: '968.99' });
    const later = await record('2023-07-30 09:00', 'recordExpenditure', { ...WAN, line: 'B', amount: '500.00' });
    await record('2023-08-01 09:00', 'reverseExpenditure', {
      ...BUDGET,
      change: later.eventId,
      effectiveAt: '2023-07-31',
    });
    await record('2023-08-03 09:00', 'recordExpenditure', {
      ...WAN,
      line: 'A',
      amount: '100.00',
      effectiveAt: '2023-07-20',
    });
    api.clock.set(shanghai('2023-12-01 09:00'));

    const FIELDS =
      'executed(unit: WAN_YUAN) executionRate entries(kinds: [EXPENDITURE, REVERSAL]) { nodes { kind state amount(unit: WAN_YUAN) } }';
    expect(await budget({ knownAt: '2023-07-31', effectiveAt: '2023-07-31' }, FIELDS)).toEqual({
      executed: '1468.99',
      executionRate: '15.16',
      entries: {
        nodes: [
          { kind: 'EXPENDITURE', state: 'IN_FORCE', amount: '968.99' },
          { kind: 'EXPENDITURE', state: 'IN_FORCE', amount: '500.00' },
        ],
      },
    });
    expect(await budget({ effectiveAt: '2023-07-31' }, FIELDS)).toEqual({
      executed: '1068.99',
      executionRate: '11.03',
      entries: {
        nodes: [
          { kind: 'EXPENDITURE', state: 'IN_FORCE', amount: '100.00' },
          { kind: 'EXPENDITURE', state: 'IN_FORCE', amount: '968.99' },
          { kind: 'EXPENDITURE', state: 'REVERSED', amount: '500.00' },
          { kind: 'REVERSAL', state: 'IN_FORCE', amount: '500.00' },
        ],
      },
    });
    // The recorded history has not changed: it has grown.
    const history = 'history { nodes { type revision } }';
    const [then, now] = [await budget({ knownAt: '2023-07-31' }, history), await budget({}, history)];
    expect(now.history.nodes.slice(0, 3)).toEqual(then.history.nodes);
  });
}
