import { DepartmentScope } from '../../src/auth/department-scope';
import { perform } from '../../src/actions/perform';
import { Performed } from '../../src/actions/performed';
import { features } from '../../src/app/features';
import { Principal } from '../../src/auth/principal';
import { DamagedReadModels } from '../../src/kernel/outage';
import { Result, unwrap } from '../../src/kernel/refusal';
import { LedgerServices } from '../../src/graphql/context';
import { TestClock } from '../support/clock';
import { startLedger, TestLedger } from '../support/ledger';
import { EVERY_WRITING_ROLE } from '../support/writers';

let whole: TestLedger;
beforeEach(async () => {
  whole = await startLedger({ clock: new TestClock('2023-06-30T04:00:00.000Z') });
  await rename('registerDepartment', '甲');
});
afterEach(() => whole.close());

const WRITER: Principal = {
  sub: 'u-1',
  roles: EVERY_WRITING_ROLE,
  departments: DepartmentScope.of(['D1', 'D2']),
  readDepartments: DepartmentScope.ALL,
};

const act = (name: string, input: object, services: Partial<LedgerServices>, dryRun: boolean) =>
  perform(
    { ...whole.ledger.services, ...services },
    features.actions.get(name)!,
    input,
    { principal: WRITER, correlationId: 'a-request' },
    { dryRun },
  );
const rename = (action: string, name: string) => act(action, { code: 'D1', name }, {}, false);
const rehearse = (name: string, services: Partial<LedgerServices> = {}): Promise<Result<Performed<unknown>>> =>
  act('renameDepartment', { code: 'D1', name }, services, true);

/** The services, with something that happens after the command is judged and before the answer is read. */
const meanwhile = (happens: () => Promise<unknown>): Partial<LedgerServices> => {
  const { log } = whole.ledger.services;
  return {
    log: {
      ...log,
      head: async () => {
        await happens();
        return log.head();
      },
    },
  };
};

it('shows the record on which it was judged, whatever is recorded before it is read', async () => {
  const judgedAt = await whole.eventStore.head();
  const shown = unwrap(
    await rehearse(
      '乙',
      meanwhile(async () => {
        await act('registerDepartment', { code: 'D2', name: '别处' }, {}, false);
        await rename('renameDepartment', '丙');
        await rename('renameDepartment', '丁');
      }),
    ),
  );
  expect(shown.position).toBeGreaterThan(judgedAt);
  expect(shown).toMatchObject({
    position: judgedAt + 1n,
    dryRun: true,
    projected: { entity: { view: { name: '乙' }, version: { revision: 2 } }, changes: [{ sequence: 3n }] },
  });
});

it('leaves the records that others read as they are', async () => {
  const { scope, entity } = unwrap(await rehearse('乙')).projected!;
  const { decider, reading } = features.actions.get('renameDepartment')!.target;
  await scope.record(decider, entity!);
  await rename('renameDepartment', '丙');
  const real = unwrap(await act('renameDepartment', { code: 'D1', name: '丁' }, {}, false)).projected!;
  const before = unwrap(await act('renameDepartment', { code: 'D1', name: '戊' }, {}, false)).projected!;
  for (const { scope: at, entity: loaded } of [real, before]) {
    const record = await at.record(decider, loaded!);
    expect(reading.view(record, undefined)).toEqual(loaded!.view);
  }
});

it('waits for the read models, and is refused if they do not come', async () => {
  const { reader } = whole.ledger.services;
  const late = new Proxy(reader, {
    get: (of, name) => (name === 'waitFor' ? () => Promise.resolve(false) : (Reflect.get(of, name) as unknown)),
  });
  expect(await rehearse('乙', { reader: late })).toMatchObject({ ok: false, refusal: { kind: 'READ_MODEL_BEHIND' } });
});

it('does not answer from read models that contradict the log', async () => {
  const { store } = whole.ledger.services;
  const empty = new Proxy(store, {
    get: (of, name) => (name === 'versions' ? () => [undefined] : (Reflect.get(of, name) as unknown)),
  });
  await expect(rehearse('乙', { store: empty })).rejects.toThrow(DamagedReadModels);
});
