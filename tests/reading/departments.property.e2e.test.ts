import fc from 'fast-check';
import { DepartmentScope } from '../../src/auth/department-scope';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { ProjectedChange, VersionRange } from '../../src/read-model/temporal-store';
import { startApi, TestApi } from '../support/api';
import { FeedClient, feedClient, Transport, TRANSPORTS } from '../support/feed-client';
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

const tokenFor = (api: TestApi, sub: string, readDepartments: readonly string[]): Promise<string> =>
  api.token({ sub, roles: ['auditor'], departments: [], readDepartments });

/** The same server for a caller that reads these departments only. */
async function readingOnly(api: TestApi, sub: string, departments: readonly string[]): Promise<TestApi> {
  const token = await tokenFor(api, sub, departments);
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

/** What a subscription that began with the ledger has received, up to its newest change. */
class Live {
  readonly items: any[] = [];
  private readonly client: FeedClient;
  private readonly results: AsyncIterableIterator<any>;

  constructor(api: TestApi, transport: Transport, token: string) {
    this.client = feedClient(transport, { url: api.url, token });
    this.results = this.client.ask({ query: LIVE });
  }

  /** Resolves when changes from now on are received. */
  async begin(): Promise<this> {
    expect(await this.next()).toMatchObject({ kind: 'CAUGHT_UP' });
    return this;
  }

  async readTo(head: bigint): Promise<readonly any[]> {
    for (;;) {
      const item = await this.next();
      if (item.kind === undefined) this.items.push(item);
      if (BigInt(item.position) === head) break;
    }
    this.client.dispose();
    return this.items;
  }

  private async next(): Promise<any> {
    const { value } = await this.results.next();
    expect(value.errors).toBeUndefined();
    return value.data.changes;
  }
}

const LIVE = `subscription { changes {
  ... on Change { eventId sequence position entity department data fields { path before after } }
  ... on FeedMark { kind position }
} }`;

/** What each caller received live is what is left of the changes of all departments. */
async function expectLiveFiltered(
  whole: TestApi,
  feeds: readonly (readonly [readonly string[], Live])[],
): Promise<void> {
  const head = await whole.eventStore.head();
  const { changes } = await whole.data(
    '{ changes(after: "0", first: 200) { nodes { eventId sequence position entity department data fields { path before after } } } }',
  );
  for (const [departments, live] of feeds) {
    const scope = DepartmentScope.of(departments);
    const left = changes.nodes.filter(({ department }: any) => scope.covers(department));
    expect({ departments, items: await live.readTo(head) }).toEqual({ departments, items: left });
  }
}

/** Commands on a task, or that refer to one, and the same of an indicator. Nothing is recorded. */
const referring = (code: string, own: string): readonly (readonly [string, object])[] => {
  const year = { department: own, fiscalYear: 2023 };
  const indicator = { name: '指标', level1: 'OUTPUT', level2: 'QUALITY', direction: 'AT_LEAST' };
  return [
    ['planTask', { ...year, code: 'NEW', title: '任务', parent: code }],
    ['defineIndicator', { ...year, code: 'NEW', ...indicator, task: code }],
    ['reportTaskProgress', { code, progress: '1', reason: '理由' }],
    ['reachMilestone', { code, milestone: 'M1' }],
    ['completeTask', { code }],
    ['cancelTask', { code }],
    ['reopenTask', { code }],
    ['reviseIndicatorTarget', { code, target: '1' }],
    ['recordObservation', { code, observedOn: '2023-01-01', value: '1' }],
    ['correctObservation', { code, observation: 'none', value: '1' }],
    ['retireIndicator', { code }],
  ];
};

/** A command that refers to what its writer may not see is answered as one that refers to nothing. */
async function expectUnseen(whole: TestApi, departments: readonly string[]): Promise<void> {
  const scope = DepartmentScope.of(departments);
  const token = await whole.token({ sub: 'u-writer', departments, readDepartments: departments });
  const { tasks, indicators } = await whole.data(
    '{ tasks { nodes { code department { code } } } indicators { nodes { code department { code } } } }',
  );
  const own = ['D1', 'd-2'].find((code) => scope.covers(code)) ?? 'NONE';
  const answers = async (code: string) => {
    const refused = [];
    for (const [mutation, input] of referring(code, own)) {
      const query = `mutation($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input, dryRun: true) { position } }`;
      const { errors = [] } = await whole.ask(query, { input }, token);
      refused.push([mutation, errors.map(({ message, extensions }) => [message.replaceAll(code, 'CODE'), extensions])]);
    }
    return refused;
  };
  const nothing = await answers('X-1');
  for (const [, errors] of nothing) expect(errors).not.toEqual([]);
  for (const { code, department } of [...tasks.nodes, ...indicators.nodes]) {
    if (!scope.covers(department.code))
      expect({ departments, code, refused: await answers(code) }).toEqual({ departments, code, refused: nothing });
  }
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
          const whole = await startApi({ now: NOW, progressMs: 50 });
          try {
            const feeds = await Promise.all(
              [first, second].flatMap((scope, index) =>
                TRANSPORTS.map(async (transport) => {
                  const token = await tokenFor(whole, `u-live-${index}`, scope);
                  return [scope, await new Live(whole, transport, token).begin()] as const;
                }),
              ),
            );
            await fill(whole, history);
            await expectLiveFiltered(whole, feeds);
            whole.clock.set('2024-01-01T00:00:00.000Z');
            await expectFiltered(whole, [first, second]);
            for (const scope of [first, second]) await expectUnseen(whole, scope);
          } finally {
            await whole.close();
          }
        },
      ),
      runs(2),
    ),
  PROPERTY_TIMEOUT_MS,
);
