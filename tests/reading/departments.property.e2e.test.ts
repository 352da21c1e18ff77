import fc from 'fast-check';
import { DepartmentScope } from '../../src/auth/department-scope';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { ProjectedChange, VersionRange } from '../../src/read-model/temporal-store';
import { startApi, TestApi } from '../support/api';
import { eventually } from '../support/eventually';
import { historyArbitrary } from '../support/histories/history';
import { notClosing } from '../support/ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { askAll, Asked, fill, wholeLedger } from '../support/whole-ledger';

/** Histories have the departments D1 and d-2. */
const SCOPES = [['D1'], ['d-2'], ['D*'], ['d-*', 'NONE'], ['NONE'], []] as const;
const NOW = '2023-02-01T02:00:00.000Z';

/** Read models from which a person has removed what belongs to other departments. Positions and times are those of the whole log. */
class FilteredByHand extends MemoryTemporalStore {
  constructor(private readonly departments: DepartmentScope) {
    super();
  }

  override write(batch: readonly ProjectedChange[]): Promise<void> {
    return super.write(batch.map((each) => (this.keeps(each) ? each : { ...each, documents: [], members: [] })));
  }

  override changes(range: VersionRange) {
    const { limit = Infinity, last = false, ...all } = range;
    const kept = super.changes(all).filter((change) => this.keeps({ change }));
    return last ? kept.slice(Math.max(0, kept.length - limit)) : kept.slice(0, limit);
  }

  private keeps({ change }: Pick<ProjectedChange, 'change'>): boolean {
    return this.departments.covers(change.department);
  }
}

/** The same server for a caller that reads these departments only. */
async function readingOnly(api: TestApi, sub: string, departments: readonly string[]): Promise<TestApi> {
  const token = await api.token({ sub, roles: ['auditor'], departments: [], readDepartments: departments });
  return {
    ...api,
    token: () => Promise.resolve(token),
    ask: (query, variables) => api.ask(query, variables, token),
    data: (query, variables) => api.data(query, variables, token),
  };
}

async function filteredByHand(whole: TestApi, departments: readonly string[]): Promise<TestApi> {
  const store = new FilteredByHand(DepartmentScope.of(departments));
  const api = await startApi({ now: NOW, eventStore: () => notClosing(whole.eventStore), readModels: () => store });
  api.clock.set('2024-01-01T00:00:00.000Z');
  const head = await whole.eventStore.head();
  await eventually('it is projected', () => Promise.resolve(store.watermark()?.position === head));
  const token = await api.token({ roles: ['auditor'], departments: [], readDepartments: '*' });
  return { ...(await readingOnly(api, 'u-filtered', ['*'])), token: () => Promise.resolve(token) };
}

async function expectFiltered(whole: TestApi, scopes: readonly (readonly string[])[]): Promise<void> {
  // Also what the callers may not see is asked for.
  const questions = await wholeLedger(whole);
  const callers = await Promise.all(scopes.map((scope, index) => readingOnly(whole, `u-${index}`, scope)));
  const answers = await Promise.all(callers.map((caller) => askAll(caller, questions)));
  for (const [index, departments] of scopes.entries()) {
    const filtered = await filteredByHand(whole, departments);
    const expected = await askAll(filtered, questions);
    await filtered.close();
    const asText = ({ question, before }: Asked) => ({ departments, text: question.text, ...before });
    for (const [place, each] of expected.entries()) expect(asText(answers[index]![place]!)).toEqual(asText(each));
  }
}

test(
  'two callers see what is left of the ledger if all other departments are removed, whoever asks first',
  () =>
    fc.assert(
      fc.asyncProperty(
        historyArbitrary(12),
        fc.constantFrom(...SCOPES),
        fc.constantFrom(...SCOPES),
        async (history, first, second) => {
          const whole = await startApi({ now: NOW });
          try {
            await fill(whole, history);
            whole.clock.set('2024-01-01T00:00:00.000Z');
            await expectFiltered(whole, [first, second]);
          } finally {
            await whole.close();
          }
        },
      ),
      runs(2),
    ),
  PROPERTY_TIMEOUT_MS,
);
