import { EvaluationCommand, evaluationDecider } from '../../../src/features/evaluations/decider';
import { DatedFact } from '../../support/specification';
import { confirmed, given, opened, published, recordOf, returned, submitted } from './history';

const D1_2023 = { department: 'D1', fiscalYear: 2023 } as const;
const SUBMISSION = { selfScore: '88.50', conclusion: '良好', problems: ['数据共享不足'], improvements: [] };

const open = { kind: 'open', ...D1_2023 } as const;
const submit = { kind: 'submit', ...D1_2023, submission: SUBMISSION } as const;
const giveBack = { kind: 'return', ...D1_2023 } as const;
const confirm = { kind: 'confirm', ...D1_2023, reviewScore: '86' } as const;
const publish = { kind: 'publish', ...D1_2023 } as const;
const revise = { kind: 'revise', ...D1_2023 } as const;

describe('opening', () => {
  test('records the department and the fiscal year', () => {
    given().when(open).then('EvaluationOpened', D1_2023);
  });

  test('happens once', () => {
    given(opened()).when(open).thenRefused({ kind: 'CONFLICT', message: 'Evaluation D1.2023 is open already' });
  });

  test('needs the department', () => {
    given().when(open, { existing: [] }).thenRefused({ kind: 'NOT_FOUND', message: 'There is no department D1' });
  });

  test('an evaluation that is open already is refused before a missing department', () => {
    given(opened()).when(open, { existing: [] }).thenRefused({ kind: 'CONFLICT' });
  });

  test('is the only command that refers to the department', () => {
    expect(evaluationDecider.references(open)).toEqual([{ entityType: 'DEPARTMENT', code: 'D1' }]);
    expect(evaluationDecider.references(submit)).toEqual([]);
  });
});

describe('each step', () => {
  const IN_STATUS: Readonly<Record<string, readonly DatedFact[]>> = {
    DRAFT: [opened()],
    SUBMITTED: [opened(), submitted('2024-02-01')],
    RETURNED: [opened(), submitted('2024-02-01'), returned('2024-02-10')],
    CONFIRMED: [opened(), submitted('2024-02-01'), confirmed('2024-03-01')],
    PUBLISHED: [opened(), submitted('2024-02-01'), confirmed('2024-03-01'), published('2024-04-01')],
  };
  const STEPS: readonly (readonly [EvaluationCommand, readonly string[], string, object])[] = [
    [submit, ['DRAFT', 'RETURNED'], 'EvaluationSubmitted', SUBMISSION],
    [giveBack, ['SUBMITTED'], 'EvaluationReturned', {}],
    [confirm, ['SUBMITTED'], 'EvaluationConfirmed', { reviewScore: '86' }],
    [publish, ['CONFIRMED'], 'EvaluationPublished', {}],
    [revise, ['PUBLISHED'], 'EvaluationRevised', {}],
  ];
  const cases = STEPS.flatMap(([command, legal, type, data]) =>
    Object.entries(IN_STATUS).map(([status, facts]) => ({
      kind: command.kind,
      verdict: legal.includes(status) ? 'is legal' : 'is refused',
      status,
      facts,
      command,
      type,
      data,
    })),
  );

  test.each(cases)('$kind $verdict from $status', ({ verdict, status, facts, command, type, data }) => {
    const outcome = given(...facts).when(command);
    if (verdict === 'is legal') outcome.then(type, data);
    else {
      outcome.thenRefused({ kind: 'RULE_VIOLATION', rule: 'EVALUATION_STATE' });
      outcome.thenRefused({ message: expect.stringContaining(`D1.2023 is ${status};`) });
    }
  });

  test.each(STEPS)('$kind needs an evaluation that is open', (command) => {
    given().when(command).thenRefused({ kind: 'NOT_FOUND', message: 'There is no evaluation D1.2023' });
  });

  test('takes any effective date, even one before that of the previous step', () => {
    given(opened(), submitted('2024-02-01'))
      .when(confirm, { on: '2024-01-20' })
      .then('EvaluationConfirmed', { reviewScore: '86' });
  });

  test('is judged by the effective order of what is on record, not by the order of recording', () => {
    const facts = [opened(), submitted('2024-02-01'), returned('2024-01-20')];
    given(...facts)
      .when(submit)
      .thenRefused({ rule: 'EVALUATION_STATE' });
    given(...facts)
      .when(confirm)
      .then('EvaluationConfirmed', { reviewScore: '86' });
  });

  test('is judged also on facts whose effective date has not come', () => {
    given(opened(), submitted('2030-01-01')).when(submit).thenRefused({ rule: 'EVALUATION_STATE' });
  });
});

describe('the person that submitted', () => {
  const first = { ...submitted('2024-02-01'), by: 'u-first' };
  const second = { ...submitted('2024-02-20'), by: 'u-second' };
  const OWN = { kind: 'RULE_VIOLATION', rule: 'OWN_SUBMISSION' } as const;

  test('does not confirm', () => {
    given(opened(), first).when(confirm, { actor: 'u-first' }).thenRefused(OWN);
    given(opened(), first).when(confirm, { actor: 'u-second' }).then('EvaluationConfirmed', { reviewScore: '86' });
  });

  test('does not publish what somebody else confirmed', () => {
    const history = [opened(), first, confirmed('2024-03-01')];
    given(...history)
      .when(publish, { actor: 'u-first' })
      .thenRefused(OWN);
    given(...history)
      .when(publish, { actor: 'u-1' })
      .then('EvaluationPublished', {});
  });

  test('is the one of the round that counts', () => {
    const history = [opened(), first, returned('2024-02-10'), second];
    given(...history)
      .when(confirm, { actor: 'u-second' })
      .thenRefused(OWN);
    given(...history)
      .when(confirm, { actor: 'u-first' })
      .then('EvaluationConfirmed', { reviewScore: '86' });
  });

  test('returns what he submitted, and submits again', () => {
    given(opened(), first).when(giveBack, { actor: 'u-first' }).then('EvaluationReturned', {});
    given(opened(), first, returned('2024-02-10'))
      .when(submit, { actor: 'u-first' })
      .then('EvaluationSubmitted', SUBMISSION);
  });

  test('is refused for the status first', () => {
    given(opened(), first).when(publish, { actor: 'u-first' }).thenRefused({ rule: 'EVALUATION_STATE' });
  });
});

test('a confirmation may give no score', () => {
  given(opened(), submitted('2024-02-01'))
    .when({ kind: 'confirm', ...D1_2023 })
    .then('EvaluationConfirmed', {});
});

test('a command writes to the department that it names', () => {
  expect(evaluationDecider.departmentOf(undefined, open)).toBe('D1');
  expect(evaluationDecider.departmentOf(undefined, publish)).toBe('D1');
  expect(evaluationDecider.departmentOf(recordOf(opened()), publish)).toBe('D1');
});
