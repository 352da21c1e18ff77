import { api, BUDGET, diff, record, shanghai, WAN } from './ledger';

export function difference(): void {
  describe('what differs between two moments', () => {
    const NOTHING = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
    let before: string;

    beforeEach(async () => {
      ({ position: before } = await record('2023-03-01 09:00', 'recordExpenditure', {
        ...WAN,
        line: 'A',
        amount: '100.00',
      }));
      await record('2023-04-01 09:00', 'registerDepartment', { code: '441300-JYJ', name: '市教育局' });
      await record('2023-04-02 09:00', 'planTask', { code: 'T1', ...BUDGET, title: '一网通办' });
      await record('2023-04-03 09:00', 'planTask', {
        code: 'T2',
        ...BUDGET,
        department: '441300-JYJ',
        title: '营养餐',
      });
      await record('2023-04-04 09:00', 'recordExpenditure', { ...WAN, line: 'A', amount: '10.00', memo: '四月' });
      api.clock.set(shanghai('2023-05-01 09:00'));
    });

    test('the difference in reverse undoes it', async () => {
      const budgets = { entityTypes: ['BUDGET'] };
      const [there, back] = [
        await diff({ position: before }, null, budgets),
        await diff({}, { position: before }, budgets),
      ];
      expect(there['441300-DSJ.2023']).toContain('/executed: 1000000.00 -> 1100000.00');
      expect(back['441300-DSJ.2023']).toContain('/executed: 1100000.00 -> 1000000.00');
      expect(back['441300-DSJ.2023']).toHaveLength(there['441300-DSJ.2023']!.length);
      // On the effective clock, too.
      const [early, late] = [{ effectiveAt: '2023-02-09' }, { effectiveAt: '2023-02-10' }];
      expect((await diff(early, late, budgets))['441300-DSJ.2023']).toContain('/opening: 0.00 -> 96898800.00');
      expect((await diff(late, early, budgets))['441300-DSJ.2023']).toContain('/opening: 96898800.00 -> 0.00');
    });

    test('without any difference, the page is empty', async () => {
      const ask = async (from: object, to: object) => {
        const { diff: page } = await api.data(
          `query($from: AsOfInput!, $to: AsOfInput) {
            diff(from: $from, to: $to) { nodes { entity } pageInfo { hasNextPage endCursor } }
          }`,
          { from, to },
        );
        return page;
      };
      expect(await ask({}, {})).toEqual(NOTHING);
      expect(await ask({ knownAt: '2023-03-02' }, { knownAt: '2023-03-31' })).toEqual(NOTHING);
      expect(await ask({ effectiveAt: '2023-02-11' }, { effectiveAt: '2023-02-28' })).toEqual(NOTHING);
      expect(await ask({ position: '0' }, { knownAt: '2022-12-31' })).toEqual(NOTHING);
    });

    test('an entity that did not exist before is added with every field', async () => {
      const tasks = { entityTypes: ['TASK'], departments: ['441300-JYJ'] };
      const added = await diff({ position: before }, null, tasks);
      expect(added.T2).toEqual(
        expect.arrayContaining(['/title: null -> 营养餐', '/status: null -> PLANNED', '/fiscalYear: null -> 2023']),
      );
      expect(added.T2!.filter((line) => !line.includes(': null -> '))).toEqual([]);
      const taken = await diff({}, { position: before }, tasks);
      expect(taken.T2).toHaveLength(added.T2!.length);
      expect(taken.T2).toContain('/title: 营养餐 -> null');
    });

    test('page by page, by type and code', async () => {
      const page = async (after: string | null) => {
        const { diff: found } = await api.data(
          `query($from: AsOfInput!, $after: String) { diff(from: $from, first: 2, after: $after) {
            edges { cursor } nodes { entityType entity } pageInfo { hasNextPage hasPreviousPage endCursor }
          } }`,
          { from: { position: before }, after },
        );
        expect(found.nodes.map(({ entityType, entity }: any) => `${entityType}/${entity}`)).toEqual(
          found.edges.map(({ cursor }: { cursor: string }) => cursor),
        );
        return { ...found.pageInfo, cursors: found.edges.map(({ cursor }: { cursor: string }) => cursor) };
      };
      const whole: string[] = [];
      let after: string | null = null;
      for (let more = true; more;) {
        const { cursors, hasNextPage, hasPreviousPage, endCursor } = await page(after);
        expect(hasPreviousPage).toBe(after !== null);
        whole.push(...cursors);
        more = hasNextPage;
        after = endCursor;
      }
      expect(whole).toEqual(['DEPARTMENT/441300-JYJ', 'BUDGET/441300-DSJ.2023', 'TASK/T1', 'TASK/T2']);

      const { errors } = await api.ask('{ diff(from: {}, after: "T1") { nodes { entity } } }');
      expect(errors?.[0]?.extensions).toEqual({
        code: 'BAD_USER_INPUT',
        violations: [{ path: '/after', message: expect.any(String) }],
      });
    });

    test('filters select entities, or changes whose effect differs', async () => {
      const found = async (filter: object) => Object.keys(await diff({ position: before }, null, filter));
      expect(await found({ departments: ['441300-JYJ'] })).toEqual(['441300-JYJ', 'T2']);
      expect(await found({ fiscalYears: [2023] })).toEqual(['441300-DSJ.2023', 'T1', 'T2']);
      expect(await found({ entities: ['T1', '441300-JYJ', 'nowhere'] })).toEqual(['441300-JYJ', 'T1']);
      expect(await found({ entityTypes: [] })).toEqual([]);
      expect(await found({ types: ['TaskPlanned'] })).toEqual(['T1', 'T2']);
      expect(await found({ actors: ['u-editor'], recordedFrom: '2023-04-03' })).toEqual(['441300-DSJ.2023', 'T2']);
      expect(await found({ recordedTo: '2023-04-01' })).toEqual(['441300-JYJ']);
      expect(await found({ effectiveFrom: '2023-04-04', effectiveTo: '2023-04-04' })).toEqual(['441300-DSJ.2023']);
      expect(await found({ corrections: true })).toEqual([]);
      // The payment of March is the same on both sides, so the budget is not found by it.
      expect(await found({ recordedTo: '2023-03-31' })).toEqual([]);
    });

    test('a moment in the future is refused, on either side', async () => {
      for (const moments of ['from: { knownAt: "2023-05-02" }', 'from: {}, to: { knownAt: "2023-05-02" }']) {
        const { errors, data } = await api.ask(`{ diff(${moments}) { nodes { entity } } }`);
        expect(errors?.[0]?.extensions.code).toBe('AS_OF_IN_FUTURE');
        expect(data).toEqual({ diff: null });
      }
    });
  });
}
