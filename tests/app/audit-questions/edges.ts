import { api, budget, record, revised, shanghai, WAN } from './ledger';

export function edges(): void {
  describe('at the edges', () => {
    test('before the first event there is nothing, and no error', async () => {
      const { asOf } = await api.data(
        `{ asOf(at: { knownAt: "2022-01-01" }) {
          position knownAt
          department(code: "441300-DSJ") { name }
          budget(department: "441300-DSJ", fiscalYear: 2023) { revised }
          departments { nodes { code } pageInfo { hasNextPage } }
        } }`,
      );
      expect(asOf).toEqual({
        position: '0',
        knownAt: '2022-01-01T15:59:59.999Z',
        department: null,
        budget: null,
        departments: { nodes: [], pageInfo: { hasNextPage: false } },
      });
    });

    test('position zero is before all events, at the epoch', async () => {
      const { asOf } = await api.data(
        '{ asOf(at: { position: "0" }) { position knownAt departments { nodes { code } } } }',
      );
      expect(asOf).toEqual({ position: '0', knownAt: '1970-01-01T00:00:00.000Z', departments: { nodes: [] } });
    });

    test('effective before the opening, the budget and its lines exist, without amounts', async () => {
      const before = await budget(
        { effectiveAt: '2023-02-09' },
        'opening revised executionRate closed lines { code opening } entries { nodes { kind } } revision',
      );
      expect(before).toEqual({
        opening: '0.00',
        revised: '0.00',
        executionRate: null,
        closed: false,
        lines: [
          { code: 'A', opening: '0.00' },
          { code: 'B', opening: '0.00' },
        ],
        entries: { nodes: [] },
        revision: 1,
      });
    });

    test('a known moment in the future is refused; an effective date in the future includes the facts recorded for it', async () => {
      await record('2023-03-01 09:00', 'supplementBudget', {
        ...WAN,
        line: 'A',
        amount: '1.00',
        effectiveAt: '2023-12-01',
      });
      const { errors } = await api.ask('{ asOf(at: { knownAt: "2024-01-01" }) { position } }');
      expect(errors?.[0]?.extensions.code).toBe('AS_OF_IN_FUTURE');
      expect(await revised({ effectiveAt: '2023-06-30' })).toBe('9689.88');
      expect(await revised({ effectiveAt: '2023-12-31' })).toBe('9690.88');
      expect(await revised({})).toBe('9690.88');
    });

    test('29 February is a day only in a leap year', async () => {
      api.clock.set(shanghai('2024-02-29 12:00'));
      const budget2024 = { department: '441300-DSJ', fiscalYear: 2024 };
      await api.write('approveBudget', {
        ...budget2024,
        effectiveAt: '2024-02-29',
        lines: [{ code: 'A', name: '甲', fundSource: 'UNIT_FUNDS', amount: '1.00' }],
      });
      const { asOf } = await api.data(
        '{ asOf(at: { effectiveAt: "2024-02-29" }) { budget(department: "441300-DSJ", fiscalYear: 2024) { opening } } }',
      );
      expect(asOf.budget.opening).toBe('1.00');
      expect(
        (await api.ask('{ asOf(at: { effectiveAt: "2023-02-29" }) { position } }')).errors?.[0]?.extensions.code,
      ).toBe('BAD_USER_INPUT');
    });

    test('a grade is computed from two decimals: 89.995 is 优, and so is exactly 90', async () => {
      api.clock.set(shanghai('2024-02-01 09:00'));
      for (const [year, score, grade] of [
        [2001, '90', 'EXCELLENT'],
        [2002, '89.995', 'EXCELLENT'],
        [2003, '89.994', 'GOOD'],
        [2004, '80', 'GOOD'],
        [2005, '60', 'FAIR'],
        [2006, '59.99', 'POOR'],
      ]) {
        const evaluation = { department: '441300-DSJ', fiscalYear: year };
        await api.write('openEvaluation', evaluation);
        const written = await api.write(
          'submitEvaluation',
          { ...evaluation, selfScore: score },
          'evaluation { selfScore grade }',
        );
        expect(written.evaluation).toEqual({ selfScore: score, grade });
      }
    });

    test('a pinned answer never changes', async () => {
      const FIELDS =
        'position budget(department: "441300-DSJ", fiscalYear: 2023) { revised executed lines { executed } lastChange { eventId } }';
      const { asOf: pinned } = await api.data(`{ asOf(at: {}) { ${FIELDS} } }`);
      await record('2023-03-01 09:00', 'recordExpenditure', {
        ...WAN,
        line: 'A',
        amount: '7.00',
        effectiveAt: '2023-02-11',
      });
      const again = await api.data(`query($position: Position) { asOf(at: { position: $position }) { ${FIELDS} } }`, {
        position: pinned.position,
      });
      expect(again.asOf).toEqual(pinned);
    });

    test('ids of a past snapshot hold it, and node answers at that snapshot', async () => {
      const read = '{ id revised(unit: WAN_YUAN) }';
      const { asOf } = await api.data(
        `{ asOf(at: { effectiveAt: "2023-02-09" }) { budget(department: "441300-DSJ", fiscalYear: 2023) ${read} } }`,
      );
      const { budget: now } = await api.data(`{ budget(department: "441300-DSJ", fiscalYear: 2023) ${read} }`);
      expect(asOf.budget.id).not.toBe(now.id);
      await record('2023-03-01 09:00', 'supplementBudget', { ...WAN, line: 'A', amount: '1.00' });
      const node = async (id: string) =>
        (await api.data('query($id: ID!) { node(id: $id) { id ... on Budget { revised(unit: WAN_YUAN) } } }', { id }))
          .node;
      expect(await node(asOf.budget.id)).toEqual({ id: asOf.budget.id, revised: '0.00' });
      expect(await node(now.id)).toEqual({ id: now.id, revised: '9690.88' });
    });
  });
}
