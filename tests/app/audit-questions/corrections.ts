import { api, BUDGET, budget, record, shanghai, fieldTexts, WAN } from './ledger';

export function corrections(): void {
  describe('corrections', () => {
    const FIELDS = `eventId type corrects { eventId } corrections { eventId }`;

    test('a fact of a budget: its first value, its present value, since when, by whom and why', async () => {
      const paid = await record('2023-07-01 09:00', 'recordExpenditure', {
        ...WAN,
        line: 'A',
        amount: '120.00',
        effectiveAt: '2023-06-20',
      });
      const first = await record('2023-07-10 09:00', 'correctBudgetFact', {
        ...WAN,
        change: paid.eventId,
        amount: '102.00',
        reason: '凭证所载为102万元',
      });
      const second = await record('2023-08-10 09:00', 'correctBudgetFact', {
        ...BUDGET,
        change: paid.eventId,
        correctEffectiveAt: '2023-06-25',
        reason: '付款日有误',
      });
      api.clock.set(shanghai('2023-12-01 09:00'));

      const entry = async (at: { knownAt?: string; effectiveAt?: string }) => {
        const { entries } = await budget(
          at,
          `entries(kinds: [EXPENDITURE]) { nodes {
            state amount(unit: WAN_YUAN) amountFirstRecorded(unit: WAN_YUAN) effectiveAt effectiveAtFirstRecorded
            corrections { eventId recordedAt reason actor { name } }
          } }`,
        );
        return entries.nodes[0];
      };
      const said = {
        amountFirstRecorded: '120.00',
        effectiveAt: shanghai('2023-06-20 00:00'),
        effectiveAtFirstRecorded: shanghai('2023-06-20 00:00'),
      };
      const by = { actor: { name: '张编辑' } };
      const firstCorrection = {
        eventId: first.eventId,
        recordedAt: shanghai('2023-07-10 09:00'),
        reason: '凭证所载为102万元',
        ...by,
      };
      const secondCorrection = {
        eventId: second.eventId,
        recordedAt: shanghai('2023-08-10 09:00'),
        reason: '付款日有误',
        ...by,
      };
      expect(await entry({ knownAt: '2023-07-09' })).toEqual({
        ...said,
        state: 'IN_FORCE',
        amount: '120.00',
        corrections: [],
      });
      expect(await entry({ knownAt: '2023-08-09', effectiveAt: '2023-06-20' })).toEqual({
        ...said,
        state: 'CORRECTED',
        amount: '102.00',
        corrections: [firstCorrection],
      });
      expect(await entry({})).toEqual({
        ...said,
        state: 'CORRECTED',
        amount: '102.00',
        effectiveAt: shanghai('2023-06-25 00:00'),
        corrections: [firstCorrection, secondCorrection],
      });
      expect(await entry({ effectiveAt: '2023-06-24' })).toBeUndefined();

      const history = async (at: { knownAt?: string }) =>
        (await budget(at, `history { nodes { ${FIELDS} } }`)).history.nodes;
      const payment = { eventId: paid.eventId, type: 'ExpenditureRecorded', corrects: null };
      const correction = { type: 'BudgetFactCorrected', corrects: { eventId: paid.eventId }, corrections: [] };
      expect((await history({ knownAt: '2023-07-09' })).slice(1)).toEqual([{ ...payment, corrections: [] }]);
      expect((await history({ knownAt: '2023-08-09' })).slice(1)).toEqual([
        { ...payment, corrections: [{ eventId: first.eventId }] },
        { ...correction, eventId: first.eventId },
      ]);
      expect((await history({})).slice(1)).toEqual([
        { ...payment, corrections: [{ eventId: first.eventId }, { eventId: second.eventId }] },
        { ...correction, eventId: first.eventId },
        { ...correction, eventId: second.eventId },
      ]);

      // The first correction changes the amount. The second changes only the date, which changes no recorded figure.
      const { changes } = await api.data(
        '{ changes(filter: { corrections: true }) { nodes { eventId fields { path before after } } } }',
      );
      expect(changes.nodes.map(({ eventId, fields }: any) => [eventId, fieldTexts(fields)[0]])).toEqual([
        [first.eventId, '/executed: 1200000.00 -> 1020000.00'],
        [second.eventId, undefined],
      ]);
      const others = await api.data('{ changes(filter: { corrections: false }) { nodes { type } } }');
      expect(others.changes.nodes.map(({ type }: { type: string }) => type)).toEqual([
        'DepartmentRegistered',
        'BudgetApproved',
        'ExpenditureRecorded',
      ]);
    });

    test('an observation of an indicator, with its own chain of corrections', async () => {
      await record('2023-02-11 09:00', 'defineIndicator', {
        code: 'K08',
        ...BUDGET,
        name: '12345 热线接通率',
        level1: 'OUTPUT',
        level2: 'QUALITY',
        direction: 'AT_LEAST',
        target: '98',
      });
      const said = await record('2023-10-08 09:00', 'recordObservation', {
        code: 'K08',
        observedOn: '2023-09-30',
        value: '97.4',
      });
      const correct = { code: 'K08', observation: said.eventId };
      const first = await record('2023-11-02 09:00', 'correctObservation', {
        ...correct,
        value: '98.2',
        reason: '漏计',
      });
      const second = await record('2023-11-20 09:00', 'correctObservation', {
        ...correct,
        withdraw: true,
        reason: '误报',
      });
      api.clock.set(shanghai('2023-12-01 09:00'));

      const indicator = async (at: { knownAt?: string; effectiveAt?: string }) => {
        const { asOf } = await api.data(
          `query($at: AsOfInput!) { asOf(at: $at) { indicator(code: "K08") {
            latest { value change { corrections { eventId } } corrections { eventId reason corrects { eventId } } }
            history(last: 3) { nodes { ${FIELDS} } }
          } } }`,
          { at },
        );
        return asOf.indicator;
      };
      expect((await indicator({ knownAt: '2023-11-01' })).latest).toEqual({
        value: '97.4',
        change: { corrections: [] },
        corrections: [],
      });
      expect((await indicator({ knownAt: '2023-11-19', effectiveAt: '2023-09-30' })).latest).toEqual({
        value: '98.2',
        change: { corrections: [{ eventId: first.eventId }] },
        corrections: [{ eventId: first.eventId, reason: '漏计', corrects: { eventId: said.eventId } }],
      });
      // After the withdrawal it is only in the history, which links the whole chain.
      const { latest, history } = await indicator({});
      expect(latest).toBeNull();
      const corrected = { type: 'ObservationCorrected', corrects: { eventId: said.eventId }, corrections: [] };
      expect(history.nodes).toEqual([
        {
          eventId: said.eventId,
          type: 'ObservationRecorded',
          corrects: null,
          corrections: [{ eventId: first.eventId }, { eventId: second.eventId }],
        },
        { ...corrected, eventId: first.eventId },
        { ...corrected, eventId: second.eventId },
      ]);
    });
  });
}
