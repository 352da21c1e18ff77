import { perform } from '../../src/actions/perform';
import { features } from '../../src/app/features';
import { Principal } from '../../src/auth/principal';
import { RequestAborted } from '../../src/kernel/outage';
import { TestClock } from '../support/clock';
import { startLedger, TestLedger } from '../support/ledger';

/** What every entry point relies on, without any of them. */

let whole: TestLedger;
beforeEach(async () => {
  whole = await startLedger({ clock: new TestClock('2023-06-30T04:00:00.000Z') });
});
afterEach(() => whole.close());

const EDITOR: Principal = { sub: 'u-1', name: '张编辑', roles: ['editor'], departments: new Set(['D1']) };
const AUDITOR: Principal = { ...EDITOR, roles: ['auditor'] };

interface Asked {
  readonly principal?: Principal;
  readonly signal?: AbortSignal;
}

const register = (input: unknown, { principal = EDITOR, signal }: Asked = {}) =>
  perform({ ...whole.ledger.services, signal }, features.actions.get('registerDepartment')!, input, {
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
  ['no input at all', undefined, EDITOR, 'BAD_USER_INPUT'],
  ['the role', { code: 'D1', name: 'x' }, AUDITOR, 'FORBIDDEN'],
  ['the department', { code: 'D2', name: 'x' }, EDITOR, 'FORBIDDEN'],
  ['the revision', { code: 'D1', name: 'x', expectedRevision: 1 }, EDITOR, 'CONFLICT'],
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

it('begins nothing for a client that has left', async () => {
  await expect(register({ code: 'D1', name: 'x' }, { signal: AbortSignal.abort() })).rejects.toThrow(RequestAborted);
  expect(await head()).toBe(0n);
});
