import { api, BUDGET, record, shanghai } from './ledger';

export function departmentName(): void {
  test('10. What was the department called on 1 March 2024?', async () => {
    const [before, after] = ['市政务服务数据管理局', '市政务和数据局'];
    await record('2024-01-10 09:00', 'openEvaluation', BUDGET);
    await record('2024-03-10 09:00', 'renameDepartment', {
      code: '441300-DSJ',
      name: after,
      effectiveAt: '2024-02-20',
      documentNo: '惠市编〔2024〕3号',
      reason: '机构改革',
    });
    api.clock.set(shanghai('2024-06-01 09:00'));

    const names = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) {
          department(code: "441300-DSJ") { name }
          evaluation(department: "441300-DSJ", fiscalYear: 2023) { department { name } }
        } }`,
        { at },
      );
      return [asOf.department.name, asOf.evaluation?.department.name];
    };
    expect(await names({ effectiveAt: '2024-03-01' })).toEqual([after, after]);
    expect(await names({ knownAt: '2024-03-01', effectiveAt: '2024-03-01' })).toEqual([before, before]);
    expect(await names({ knownAt: '2024-03-09' })).toEqual([before, before]);
    expect(await names({ effectiveAt: '2024-02-19' })).toEqual([before, before]);
    expect(await names({})).toEqual([after, after]);
    // The report of 2023 reads as of that year; the years in the report do not depend on the name.
    expect(await names({ effectiveAt: '2023-12-31' })).toEqual([before, before]);

    const blamed = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) { department(code: "441300-DSJ") {
          blame { path value change { type reason documentNo recordedAt effectiveAt actor { sub } } }
        } } }`,
        { at },
      );
      return asOf.department.blame.find(({ path }: { path: string }) => path === '/name');
    };
    const registered = {
      path: '/name',
      value: before,
      change: {
        type: 'DepartmentRegistered',
        reason: null,
        documentNo: null,
        recordedAt: shanghai('2023-02-10 10:00'),
        effectiveAt: shanghai('2023-02-10 10:00'),
        actor: { sub: 'u-editor' },
      },
    };
    expect(await blamed({ knownAt: '2024-03-09' })).toEqual(registered);
    expect(await blamed({ effectiveAt: '2024-02-19' })).toEqual(registered);
    expect(await blamed({ effectiveAt: '2024-03-01' })).toEqual({
      path: '/name',
      value: after,
      change: {
        type: 'DepartmentRenamed',
        reason: '机构改革',
        documentNo: '惠市编〔2024〕3号',
        recordedAt: shanghai('2024-03-10 09:00'),
        effectiveAt: shanghai('2024-02-20 00:00'),
        actor: { sub: 'u-editor' },
      },
    });
  });
}
