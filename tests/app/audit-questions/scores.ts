import { api, BUDGET, diff, record, shanghai, fieldTexts } from './ledger';

export function scores(): void {
  test('5. What were the scores before and after the review? Who changed them, when and why?', async () => {
    await record('2024-01-10 09:00', 'openEvaluation', BUDGET);
    await record('2024-01-15 09:00', 'submitEvaluation', { ...BUDGET, selfScore: '98.5', reason: '首次自评' });
    await record('2024-01-20 09:00', 'returnEvaluation', { ...BUDGET, reason: '满意度缺佐证' });
    const again = { ...BUDGET, selfScore: '97.63', effectiveAt: '2024-02-01', reason: '补充佐证' };
    await record('2024-02-05 09:00', 'submitEvaluation', again);
    api.clock.set(shanghai('2024-03-08 09:00'));
    await api.data(
      'mutation($input: ConfirmEvaluationInput!) { confirmEvaluation(input: $input) { position } }',
      { input: { ...BUDGET, reviewScore: '89.5', effectiveAt: '2024-03-05', reason: '材料不全' } },
      await api.token({ sub: 'u-review', name: '李复核', roles: ['finance'] }),
    );
    api.clock.set(shanghai('2024-04-01 09:00'));

    const evaluation = async (at: { knownAt?: string; effectiveAt?: string }, fields: string) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) { evaluation(department: "441300-DSJ", fiscalYear: 2023) { ${fields} } } }`,
        { at },
      );
      return asOf.evaluation;
    };
    const scores = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const found = await evaluation(at, 'status round selfScore reviewScore grade');
      return [found.status, found.round, found.selfScore, found.reviewScore, found.grade];
    };
    expect(await scores({ knownAt: '2024-01-15' })).toEqual(['SUBMITTED', 1, '98.5', null, 'EXCELLENT']);
    expect(await scores({ knownAt: '2024-02-04' })).toEqual(['RETURNED', 1, '98.5', null, 'EXCELLENT']);
    expect(await scores({ effectiveAt: '2024-02-04' })).toEqual(['SUBMITTED', 2, '97.63', null, 'EXCELLENT']);
    expect(await scores({ knownAt: '2024-03-07', effectiveAt: '2024-03-05' })).toEqual([
      'SUBMITTED',
      2,
      '97.63',
      null,
      'EXCELLENT',
    ]);
    expect(await scores({ effectiveAt: '2024-03-04' })).toEqual(['SUBMITTED', 2, '97.63', null, 'EXCELLENT']);
    expect(await scores({ effectiveAt: '2024-03-05' })).toEqual(['CONFIRMED', 2, '97.63', '89.5', 'GOOD']);

    const blamed = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { blame } = await evaluation(
        at,
        'blame { path value change { type reason recordedAt actor { sub name } } }',
      );
      const origins = blame.filter(({ path }: { path: string }) => path === '/selfScore' || path === '/reviewScore');
      return Object.fromEntries(origins.map(({ path, value, change }: any) => [path, { value, ...change }]));
    };
    const editor = { sub: 'u-editor', name: '张编辑' };
    const submitted = {
      value: '97.63',
      type: 'EvaluationSubmitted',
      reason: '补充佐证',
      recordedAt: shanghai('2024-02-05 09:00'),
      actor: editor,
    };
    const unreviewed = {
      value: null,
      type: 'EvaluationOpened',
      reason: null,
      recordedAt: shanghai('2024-01-10 09:00'),
      actor: editor,
    };
    expect(await blamed({ knownAt: '2024-03-07' })).toEqual({ '/selfScore': submitted, '/reviewScore': unreviewed });
    expect(await blamed({ effectiveAt: '2024-03-04' })).toEqual({
      '/selfScore': submitted,
      '/reviewScore': unreviewed,
    });
    expect(await blamed({})).toEqual({
      '/selfScore': submitted,
      '/reviewScore': {
        value: '89.5',
        type: 'EvaluationConfirmed',
        reason: '材料不全',
        recordedAt: shanghai('2024-03-08 09:00'),
        actor: { sub: 'u-review', name: '李复核' },
      },
    });

    const { history } = await evaluation({}, 'history { nodes { type reason fields { path before after } } }');
    expect(
      history.nodes.slice(1).map(({ type, reason, fields }: any) => [type, reason, ...fieldTexts(fields)]),
    ).toEqual([
      [
        'EvaluationSubmitted',
        '首次自评',
        '/status: DRAFT -> SUBMITTED',
        '/selfScore: null -> 98.5',
        '/grade: null -> EXCELLENT',
      ],
      ['EvaluationReturned', '满意度缺佐证', '/status: SUBMITTED -> RETURNED'],
      [
        'EvaluationSubmitted',
        '补充佐证',
        '/status: RETURNED -> SUBMITTED',
        '/round: 1 -> 2',
        '/selfScore: 98.5 -> 97.63',
      ],
      [
        'EvaluationConfirmed',
        '材料不全',
        '/status: SUBMITTED -> CONFIRMED',
        '/reviewScore: null -> 89.5',
        '/grade: EXCELLENT -> GOOD',
      ],
    ]);
    // Between the submission and the review, on either clock.
    const reviewed = ['/status: SUBMITTED -> CONFIRMED', '/reviewScore: null -> 89.5', '/grade: EXCELLENT -> GOOD'];
    const evaluations = { entityTypes: ['EVALUATION'] };
    expect(await diff({ knownAt: '2024-03-07' }, null, evaluations)).toEqual({ '441300-DSJ.2023': reviewed });
    expect(await diff({ effectiveAt: '2024-03-04' }, { effectiveAt: '2024-03-05' }, evaluations)).toEqual({
      '441300-DSJ.2023': reviewed,
    });
  });
}
