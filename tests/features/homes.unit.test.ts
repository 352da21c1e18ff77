import { perform } from '../../src/actions/perform';
import { features } from '../../src/app/features';
import { DepartmentScope } from '../../src/auth/department-scope';
import { Principal } from '../../src/auth/principal';
import { unwrap } from '../../src/kernel/refusal';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { ProjectedChange } from '../../src/read-model/temporal-store';
import { DepartmentReader } from '../../src/reading/departments/department-reader';
import { kindOf } from '../../src/reading/departments/homes';
import { Visibility } from '../../src/reading/departments/visibility';
import { TestClock } from '../support/clock';
import { BEGINNINGS, INPUTS } from '../support/every-mutation';
import { startLedger, TestLedger } from '../support/ledger';
import { EVERY_WRITING_ROLE } from '../support/writers';

/** Whatever a feature writes belongs to the department of the change. A reader of other departments does not see it. */

class WrittenStore extends MemoryTemporalStore {
  readonly written: ProjectedChange[] = [];

  override write(batch: readonly ProjectedChange[]): Promise<void> {
    this.written.push(...batch);
    return super.write(batch);
  }
}

const store = new WrittenStore();
let whole: TestLedger;
let head: bigint;

beforeAll(async () => {
  const fourEyes = [{ action: 'supplementBudget', closedOnly: false }] as const;
  const clock = new TestClock('2023-06-30T04:00:00.000Z');
  whole = await startLedger({ clock, fourEyes, readModels: () => store });
  for (const name of BEGINNINGS) await record(name, INPUTS[name]!);
  const year = { department: 'D1', fiscalYear: 2023 };
  await record('planTask', { ...year, code: 'T2', title: '子任务', parent: 'T1' });
  const indicator = { name: '指标', level1: 'OUTPUT', level2: 'QUALITY', direction: 'AT_LEAST', task: 'T1' };
  await record('defineIndicator', { ...year, code: 'I2', ...indicator });
  const code = await record('supplementBudget', INPUTS.supplementBudget!);
  await record('confirmProposal', { code }, 'u-2');
  head = await whole.eventStore.head();
});
afterAll(() => whole.close());

/** Answers the code of the proposal, if the command became one. */
async function record(name: string, input: object, sub = 'u-1'): Promise<string | undefined> {
  const departments = DepartmentScope.ALL;
  const principal: Principal = { sub, roles: EVERY_WRITING_ROLE, departments, readDepartments: departments };
  const caller = { principal, correlationId: 'a-request' };
  const { projected } = unwrap(await perform(whole.ledger.services, features.actions.get(name)!, input, caller));
  return projected?.proposal?.entity.code;
}

const readerOf = (department: string) =>
  new DepartmentReader(store, new Visibility(DepartmentScope.of([department]), features.homes));

/** The kinds of all documents that were written and that a reader of the department sees. */
async function kindsSeenBy(department: string): Promise<readonly string[]> {
  const keys = store.written.flatMap(({ documents }) => documents.map(({ key }) => key));
  const versions = await readerOf(department).versions(keys, head);
  return [...new Set(keys.filter((_, index) => versions[index] !== undefined).map(kindOf))].sort();
}

/** All collections that were written and that have members for a reader of the department. */
async function collectionsSeenBy(department: string): Promise<readonly string[]> {
  const all = store.written.flatMap(({ members }) => members.map(({ collection }) => collection));
  const seen: string[] = [];
  for (const collection of new Set(all)) {
    if ((await readerOf(department).members(collection, head, {})).length > 0) seen.push(collection);
  }
  return seen.sort();
}

test('of the documents of another department, only scoring templates are seen', async () => {
  expect(await kindsSeenBy('D1')).toEqual([
    'BUDGET',
    'BUDGET_LINE',
    'DEPARTMENT',
    'EVALUATION',
    'INDICATOR',
    'PROPOSAL',
    'SCORING_TEMPLATE',
    'TASK',
  ]);
  expect(await kindsSeenBy('D2')).toEqual(['SCORING_TEMPLATE']);
});

test('of the collections, only those of scoring templates, and those that no answer shows, have members', async () => {
  expect(await collectionsSeenBy('D1')).toEqual([
    'BUDGET',
    'BUDGET_LINE/D1.2023',
    'DEPARTMENT',
    'EVALUATION',
    'FISCAL_YEAR/D1',
    'INDICATOR',
    'INDICATOR/D1',
    'PROPOSAL',
    'PROPOSAL/D1',
    'PROPOSAL_CLAIMS_MADE',
    'PROPOSAL_CLAIMS_SETTLED',
    'SCORING_TEMPLATE',
    'SCORING_TEMPLATE/D1',
    'SUBTASK/T1',
    'TASK',
    'TASK/D1',
    'TASK_INDICATOR/T1',
  ]);
  expect(await collectionsSeenBy('D2')).toEqual([
    'PROPOSAL_CLAIMS_MADE',
    'PROPOSAL_CLAIMS_SETTLED',
    'SCORING_TEMPLATE',
    'SCORING_TEMPLATE/D1',
  ]);
});
