import { DepartmentScope } from '../../src/auth/department-scope';
import { ActingServices, perform } from '../../src/actions/perform';
import { features } from '../../src/app/features';
import { Principal } from '../../src/auth/principal';
import { ReadingRequest } from '../../src/reading/request';
import { CorruptLedger, LogMismatch, Outage, RequestAborted } from '../../src/kernel/outage';
import { TestClock } from '../support/clock';
import { startLedger, TestLedger } from '../support/ledger';
import { EVERY_WRITING_ROLE } from '../support/writers';

/** What every entry point relies on, without any of them. */

let whole: TestLedger;
beforeEach(async () => {
  whole = await startLedger({ clock: new TestClock('2023-06-30T04:00:00.000Z') });
});
afterEach(() => whole.close());

const WRITER: Principal = {
  sub: 'u-1',
  name: '张编辑',
  roles: EVERY_WRITING_ROLE,
  departments: DepartmentScope.of(['D1']),
  readDepartments: DepartmentScope.ALL,
};
const AUDITOR: Principal = { ...WRITER, roles: ['auditor'] };

interface Asked {
  readonly principal?: Principal;
  readonly signal?: AbortSignal;
}

const register = (input: unknown, { principal = WRITER, signal }: Asked = {}) =>
  perform({ ...whole.ledger.services, signal }, features.actions.get('registerDepartment')!, input, {
    principal,
    correlationId: 'a-request',
  });

const act = (name: string, input: unknown, asked: Partial<ActingServices> = {}, principal = WRITER) =>
  perform({ ...whole.ledger.services, ...asked }, features.actions.get(name)!, input, {
    principal,
    correlationId: 'a-request',
  });

const head = (): Promise<bigint> => whole.eventStore.head();

it('records the command, and gives the entity as the action left it', async () => {
  const performed = await register({ code: 'D1', name: '市政数局', effectiveAt: '2023-06-01', reason: '机构改革' });
  expect(performed).toMatchObject({
    ok: true,
    value: {
      position: await head(),
      projected: {
        entity: { entity: { entityType: 'DEPARTMENT', code: 'D1' }, view: { name: '市政数局', functions: [] } },
        changes: [
          {
            event: {
              type: 'DepartmentRegistered',
              metadata: {
                effectiveAt: '2023-05-31T16:00:00.000Z',
                actor: { sub: 'u-1', name: '张编辑' },
                reason: '机构改革',
                $correlationId: 'a-request',
              },
            },
          },
        ],
      },
    },
  });
});

test.each<[string, unknown, Principal, string]>([
  ['the input, also to an auditor', { code: 'a.b', name: 'x' }, AUDITOR, 'BAD_USER_INPUT'],
  ['no input at all', undefined, WRITER, 'BAD_USER_INPUT'],
  ['the role', { code: 'D1', name: 'x' }, AUDITOR, 'FORBIDDEN'],
  ['the department', { code: 'D2', name: 'x' }, WRITER, 'FORBIDDEN'],
  ['the revision', { code: 'D1', name: 'x', expectedRevision: 1 }, WRITER, 'CONFLICT'],
])('is refused for %s, and records nothing', async (_reason, input, principal, kind) => {
  expect(await register(input, { principal })).toMatchObject({ ok: false, refusal: { kind } });
  expect(await head()).toBe(0n);
});

it('gives the first outcome again if the same input comes with the same key', async () => {
  const input = { code: 'D1', name: '市政数局', idempotencyKey: 'k' };
  const first = await register(input);
  const again = await register({ ...input, level: null });
  expect(again).toMatchObject({ ok: true, value: { position: first.ok && first.value.position } });
  expect(await register({ ...input, name: '乙局' })).toMatchObject({ ok: false, refusal: { kind: 'CONFLICT' } });
});

it('is appended together with others that wait for the same entity', async () => {
  await register({ code: 'D1', name: '市政数局' });
  const lines = [{ code: 'L1', name: '建设', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '100' }];
  const budget = { department: 'D1', fiscalYear: 2023 };
  expect(await act('approveBudget', { ...budget, lines })).toMatchObject({ ok: true });
  const appends = jest.spyOn(whole.eventStore, 'append');
  const spending = { ...budget, line: 'L1', amount: '0.01', effectiveAt: '2023-06-01' };
  const all = await Promise.all(Array.from({ length: 5 }, () => act('recordExpenditure', spending)));
  expect(appends).toHaveBeenCalledTimes(1);
  expect(all.map((each) => each.ok && each.value.position)).toEqual([3n, 4n, 5n, 6n, 7n]);
});

it('begins nothing for a client that has left', async () => {
  await expect(register({ code: 'D1', name: 'x' }, { signal: AbortSignal.abort() })).rejects.toThrow(RequestAborted);
  expect(await head()).toBe(0n);
});

describe('a writer that may not read the department', () => {
  const blind: Principal = { ...WRITER, readDepartments: DepartmentScope.of(['D2']) };
  const INPUT = { code: 'D1', name: '市政数局' };
  const registering = (dryRun: boolean) => {
    const { services } = new ReadingRequest(whole.ledger.services, blind);
    const caller = { principal: blind, correlationId: 'a-request' };
    return perform(services, features.actions.get('registerDepartment')!, INPUT, caller, { dryRun });
  };

  it('records, and gets the position only', async () => {
    expect(await registering(false)).toEqual({ ok: true, value: { position: await head(), projected: undefined } });
    expect(await head()).toBeGreaterThan(0n);
  });

  it('gets the position only of a dry run, too', async () => {
    expect(await registering(true)).toEqual({ ok: true, value: { position: 0n, dryRun: true } });
    expect(await head()).toBe(0n);
  });
});

it('refuses to refer to what the caller may neither read nor write as if it did not exist', async () => {
  const everywhere: Principal = { ...WRITER, departments: DepartmentScope.ALL };
  for (const code of ['D1', 'D2']) await act('registerDepartment', { code, name: code }, {}, everywhere);
  const task = { department: 'D2', fiscalYear: 2023, title: '建设' };
  await act('planTask', { ...task, code: 'T2' }, {}, everywhere);
  const own: Principal = { ...WRITER, readDepartments: DepartmentScope.of(['D1']) };
  const planned = (parent: string, principal: Principal) =>
    act('planTask', { ...task, department: 'D1', code: 'T1', parent }, {}, principal);
  const refusalOf = async (code: string, principal: Principal) => {
    const [parent, cancelled] = [await planned(code, principal), await act('cancelTask', { code }, {}, principal)];
    return JSON.stringify([parent, cancelled]).replaceAll(code, 'CODE');
  };
  expect(await refusalOf('T2', own)).toBe(await refusalOf('T9', own));
  expect(await refusalOf('T2', own)).toContain('NOT_FOUND');
  expect(await refusalOf('T2', WRITER)).toContain('FORBIDDEN');
});

it('asks the role before it says what exists', async () => {
  const input = { code: 'T9' };
  expect(await act('cancelTask', input, {}, AUDITOR)).toMatchObject({ refusal: { kind: 'FORBIDDEN' } });
  expect(await act('cancelTask', input)).toMatchObject({ refusal: { kind: 'NOT_FOUND' } });
});

describe('the effective date of a fact', () => {
  const completing = async (input: object) => {
    await register({ code: 'D1', name: '市政数局' });
    await act('planTask', { code: 'T1', department: 'D1', fiscalYear: 2023, title: '建设' });
    const performed = await act('completeTask', { code: 'T1', ...input });
    return performed.ok ? performed.value.projected?.changes[0]?.event.metadata.effectiveAt : performed.refusal;
  };

  test.each([
    ['is now', {}, '2023-06-30T04:00:00.000Z'],
    ['is the day of the fact itself', { completedOn: '2023-06-20' }, '2023-06-19T16:00:00.000Z'],
    [
      'is what the input says, whatever the day of the fact',
      { completedOn: '2023-06-20', effectiveAt: '2023-06-25' },
      '2023-06-24T16:00:00.000Z',
    ],
  ])('%s', async (_what, input, expected) => {
    expect(await completing(input)).toBe(expected);
  });
});

describe('what cannot be read back', () => {
  /** The read models fail when the written versions are read. */
  const failing = (error: Error): Partial<ActingServices> => {
    const { store } = whole.ledger.services;
    const walk = () => {
      throw error;
    };
    return {
      store: new Proxy(store, {
        get: (of, name) => (name === 'walk' ? walk : (Reflect.get(of, name) as unknown)),
      }),
    };
  };
  const input = { code: 'D1', name: '市政数局' };

  test.each([
    ['because of an outage', new Outage('away')],
    ['because of damage', new CorruptLedger('damaged')],
  ])('is on record all the same: %s', async (_reason, error) => {
    expect(await act('registerDepartment', input, failing(error))).toEqual({
      ok: true,
      value: { position: await head() },
    });
    expect(await head()).toBeGreaterThan(0n);
  });

  it('is on record all the same, with the fault of ours that kept it from being read', async () => {
    const error = new TypeError('a bug');
    const performed = await act('registerDepartment', input, failing(error));
    expect(performed).toEqual({ ok: true, value: { position: await head(), fault: error } });
  });

  it('is not acknowledged if the log is another one than that of the read models', async () => {
    await expect(act('registerDepartment', input, failing(new LogMismatch('another log')))).rejects.toThrow(
      LogMismatch,
    );
  });

  it('is left out if the read models do not come that far in time, after the logs were compared', async () => {
    const { reader } = whole.ledger.services;
    let compared = 0;
    const late = new Proxy(reader, {
      get: (of, name) => (name === 'waitFor' ? () => Promise.resolve(false) : (Reflect.get(of, name) as unknown)),
    });
    const requireSameLog = () => {
      compared++;
      return Promise.resolve();
    };
    const performed = await act('registerDepartment', input, { reader: late, requireSameLog });
    expect(performed).toEqual({ ok: true, value: { position: await head(), projected: undefined } });
    expect(compared).toBe(1);
  });

  it('is compared with the log if the read models hold another event there', async () => {
    const { store } = whole.ledger.services;
    let compared = 0;
    const empty = new Proxy(store, {
      get: (of, name) => (name === 'walk' ? () => [] : (Reflect.get(of, name) as unknown)),
    });
    const requireSameLog = () => {
      compared++;
      return Promise.resolve();
    };
    const performed = await act('registerDepartment', input, { store: empty, requireSameLog });
    expect(performed).toEqual({ ok: true, value: { position: await head() } });
    expect(compared).toBe(1);
  });
});
