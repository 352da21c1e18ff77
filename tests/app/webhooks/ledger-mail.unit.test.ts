import { perform } from '../../../src/actions/perform';
import { features } from '../../../src/app/features';
import { LedgerMail } from '../../../src/app/webhooks/ledger-mail';
import { DepartmentScope } from '../../../src/auth/department-scope';
import { policyOf } from '../../../src/auth/policy';
import { rightsWith } from '../../../src/auth/policy-file';
import { Principal } from '../../../src/auth/principal';
import { EventStore } from '../../../src/event-store/event-store';
import { unwrap } from '../../../src/kernel/refusal';
import { Batch } from '../../../src/webhooks/delivery/mail';
import { subscriberOf } from '../../../src/webhooks/subscriber';
import { Webhook } from '../../../src/webhooks/webhook';
import { TestClock } from '../../support/clock';
import { notClosing, startLedger, TestLedger } from '../../support/ledger';
import { EVERY_WRITING_ROLE } from '../../support/writers';

/** What a webhook delivers is what its subscriber may see, by the rights of now. */

const NOW = '2023-06-30T04:00:00.000Z';
const WRITER: Principal = {
  sub: 'u-writer',
  name: '张编辑',
  roles: EVERY_WRITING_ROLE,
  departments: DepartmentScope.ALL,
  readDepartments: DepartmentScope.ALL,
};

let whole: TestLedger;
beforeAll(async () => {
  whole = await startLedger({ clock: new TestClock(NOW) });
  for (const code of ['D1', 'D2']) {
    const input = { code, name: '局', reason: '机构改革' };
    const caller = { principal: WRITER, correlationId: 'a-request' };
    unwrap(await perform(whole.ledger.services, features.actions.get('registerDepartment')!, input, caller));
  }
});
afterAll(() => whole.close());

const webhookOf = (more: Partial<Principal> = {}): Webhook => ({
  code: 'a',
  url: 'https://example.org/',
  filter: {},
  subscriber: subscriberOf({ ...WRITER, sub: 'u-admin', roles: ['admin'], ...more }),
  subscribedAt: 0,
  status: 'ACTIVE',
  secretHash: '',
  run: '',
  position: 0n,
  failures: 0,
  attempts: [],
});

const next = ({ ledger }: TestLedger, webhook: Webhook) =>
  new LedgerMail(ledger.services).next(webhook, { position: 0n }, new AbortController().signal);

/** The same ledger, under these rights. */
async function under(rights: string, check: (other: TestLedger) => Promise<void>): Promise<void> {
  const eventStore = (): EventStore => notClosing(whole.eventStore);
  const other = await startLedger({ clock: new TestClock(NOW), eventStore, policy: policyOf(rightsWith(rights)) });
  try {
    await check(other);
  } finally {
    await other.close();
  }
}

test('it has the changes of the departments that the subscriber reads', async () => {
  const positions = async (...departments: string[]) => {
    const webhook = webhookOf({ readDepartments: DepartmentScope.of(departments) });
    const { letters } = (await next(whole, webhook)) as Batch;
    return letters.map(({ position }) => position);
  };
  expect([await positions('*'), await positions('D2'), await positions()]).toEqual([[1n, 2n], [2n], []]);
});

test('it ends if the roles of the subscriber do not have the right any more', async () => {
  expect(await next(whole, webhookOf())).toMatchObject({ reached: { position: 2n } });
  expect(await next(whole, webhookOf({ roles: ['finance'] }))).toBe('RIGHT_LOST');
  await under('{ "admin": { "deny": ["manageWebhooks"] } }', async (other) => {
    expect(await next(other, webhookOf())).toBe('RIGHT_LOST');
  });
});

test('it has no details of persons if the subscriber may not see them now', async () => {
  const bodyOf = async (ledger: TestLedger) => ((await next(ledger, webhookOf())) as Batch).letters[0]!.body();
  expect(await bodyOf(whole)).toMatch(/张编辑.*机构改革/);
  await under('{ "admin": { "deny": ["readDetails"] } }', async (other) => {
    expect(await bodyOf(other)).not.toMatch(/张编辑|机构改革|u-writer/);
  });
});
