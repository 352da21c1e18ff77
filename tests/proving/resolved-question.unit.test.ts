import { perform } from '../../src/actions/perform';
import { features } from '../../src/app/features';
import { DepartmentScope } from '../../src/auth/department-scope';
import { Principal } from '../../src/auth/principal';
import { unwrap } from '../../src/kernel/refusal';
import { Asked } from '../../src/proving/asked';
import { resolvedQuestion } from '../../src/proving/resolved-question';
import { ReadingRequest } from '../../src/reading/request';
import { TestClock } from '../support/clock';
import { INPUTS } from '../support/every-mutation';
import { startLedger, TestLedger } from '../support/ledger';
import { EVERY_WRITING_ROLE } from '../support/writers';

/** Evidence has the history of a department, so whoever asks for it must be one that may read that department. */

let whole: TestLedger;
beforeAll(async () => {
  whole = await startLedger({ clock: new TestClock('2023-06-30T04:00:00.000Z') });
  await record('registerDepartment', { code: 'D2', name: '乙局' });
  for (const name of ['registerDepartment', 'publishScoringTemplate', 'approveBudget'])
    await record(name, INPUTS[name]!);
});
afterAll(() => whole.close());

const WRITER: Principal = {
  sub: 'u-1',
  roles: EVERY_WRITING_ROLE,
  departments: DepartmentScope.ALL,
  readDepartments: DepartmentScope.ALL,
};

async function record(name: string, input: object): Promise<void> {
  const caller = { principal: WRITER, correlationId: 'a-request' };
  unwrap(await perform(whole.ledger.services, features.actions.get(name)!, input, caller));
}

const askedBy = async (departments: readonly string[], asked: Asked) => {
  const reader = { ...WRITER, readDepartments: DepartmentScope.of(departments) };
  return resolvedQuestion(new ReadingRequest(whole.ledger.services, reader).services, asked);
};

const at = {};
const keptSizes: readonly bigint[] = [];
const TEMPLATE = { entityType: 'SCORING_TEMPLATE', code: 'S1' };

// Every reader of the ledger sees a template, but not the history of its department.
test.each<[string, Asked]>([
  ['a year', { kind: 'STATE', about: { department: 'D1', fiscalYear: 2023 }, at, keptSizes }],
  ['a template', { kind: 'STATE', about: TEMPLATE, at, keptSizes }],
  ['what a template was', { kind: 'DIFFERENCE', about: TEMPLATE, from: { position: 2n }, to: at, keptSizes }],
  ['the change that published a template', { kind: 'CHANGE', position: 3n, keptSizes }],
])('of %s it is refused to whoever may not read the department', async (_what, asked) => {
  expect(await askedBy(['D1'], asked)).toMatchObject({ department: 'D1' });
  await expect(askedBy(['D2'], asked)).rejects.toMatchObject({ refusal: { kind: 'FORBIDDEN' } });
});

test('of what the caller may not read it says that it is not there', async () => {
  const budget = { entityType: 'BUDGET', code: 'D1.2023' };
  const questions: readonly Asked[] = [
    { kind: 'STATE', about: budget, at, keptSizes },
    { kind: 'CHANGE', position: 4n, keptSizes },
  ];
  for (const asked of questions) {
    expect(await askedBy(['D1'], asked)).toMatchObject({ department: 'D1' });
    await expect(askedBy(['D2'], asked)).rejects.toMatchObject({ refusal: { kind: 'NOT_FOUND' } });
  }
});

test('its moment is that of the newest change that the caller may see', async () => {
  const asked: Asked = { kind: 'STATE', about: { department: 'D2', fiscalYear: 2023 }, at, keptSizes };
  // The template, at position 3, is seen by everybody, and the budget of the other department is not.
  expect(await askedBy(['D2'], asked)).toMatchObject({ at: { position: 3n } });
  expect(await askedBy(['*'], asked)).toMatchObject({ at: { position: 4n } });
});
