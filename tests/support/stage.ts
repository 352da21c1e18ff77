import { RedisTemporalStore } from '../../src/read-model/adapters/redis/redis-temporal-store';
import { expectAgreement } from './agreement';
import { Answer, ApiOptions } from './api';
import { eventually } from './eventually';
import { DAY, LINE, Load, YEAR } from './load';
import { ApiOnRedis, startApiOnRedis } from './redis/api';
import { openReadModels } from './redis/harness';

/** Short, because the load waits for it again and again while a store is away. */
const PATIENCE_MS = 500;

/** A server over Redis under load, for a fault to come. */
export interface Stage {
  readonly api: ApiOnRedis;
  readonly load: Load;
  /** The same read models over a connection of its own. */
  readonly store: RedisTemporalStore;
}

export interface StageOptions extends Pick<ApiOptions, 'eventStore' | 'now'> {
  readonly redisUrl: string;
  /** Where the server finds Redis, where that is somewhere else. */
  readonly through?: string;
  readonly timeoutMs?: number;
  readonly writers?: number;
  readonly onEnd: (cleanUp: () => unknown) => void;
}

export async function setStage({
  redisUrl,
  through = redisUrl,
  writers,
  onEnd,
  ...options
}: StageOptions): Promise<Stage> {
  const api = await startApiOnRedis(through, { patienceMs: PATIENCE_MS, ...options });
  onEnd(() => api.close());
  const store = openReadModels(redisUrl, () => undefined, { cacheBytes: undefined });
  onEnd(() => store.close());
  const load = await Load.start([api.ask], { writers });
  onEnd(() => load.abandon());
  await load.moreWrites(10);
  await load.moreAnswers(10);
  return { api, load, store };
}

/** That service is back without a restart, and that nothing was lost on the way. */
export async function expectRecovery({ api, load, store }: Stage): Promise<void> {
  await load.moreWrites(10);
  await load.moreAnswers(10);
  await load.finish(api.eventStore);
  await expectAgreement(api.eventStore, store);
  expect(await api.data('{ ledger { lagEvents } }')).toEqual({ ledger: { lagEvents: 0 } });
  expect(api.damage).toEqual([]);
  expect(api.ledger.failure()).toBeUndefined();
}

/** What becomes of the read models around one write. */
interface Loss {
  /** From then on what is written will not outlive the loss. */
  readonly keep: () => Promise<unknown>;
  readonly lose: () => Promise<unknown>;
}

/** That a budget is not answered from read models that have lost its last change, and is answered again once they are repaired. */
export async function expectNoAnswerFromLoss({ api, load, store }: Stage, { keep, lose }: Loss): Promise<void> {
  await load.finish(api.eventStore);
  await expectAgreement(api.eventStore, store);
  // A node keeps states, which stay right, and reads histories again.
  const fields = 'executed revision history(last: 1) { edges { node { position } } }';
  const question = `{ budget(department: "D1", fiscalYear: ${YEAR}) { ${fields} } }`;
  const before = await api.data(question);
  const { position } = (await api.data('{ asOf(at: {}) { position } }')).asOf;
  const pinned = `{ asOf(at: { position: "${position}" }) { budget(department: "D1", fiscalYear: ${YEAR}) { ${fields} } } }`;
  const state = `{ budget(department: "D1", fiscalYear: ${YEAR}) { executed revision } }`;

  await keep();
  const spend = { department: 'D1', fiscalYear: YEAR, line: LINE, amount: '12.34', effectiveAt: DAY };
  const written = await api.write('recordExpenditure', spend);
  expect(written.projected).toBe(true);
  const after = await api.data(question);
  await api.gate.close();
  await lose();

  await eventually('it is told to be behind', async () => {
    const { data, errors } = await api.ask(question);
    expect(data?.budget ?? null).toBeNull();
    return errors?.[0]?.extensions.code === 'READ_MODEL_BEHIND';
  });
  const expectBehindOr = ({ data, errors }: Answer, expected: unknown): void => {
    if (errors === undefined) expect(data).toMatchObject(expected as object);
    else expect(errors[0]?.extensions.code).toBe('READ_MODEL_BEHIND');
  };
  expectBehindOr(await api.ask(pinned), { asOf: before });
  const { executed, revision } = after.budget;
  expectBehindOr(await api.ask(state), { budget: { executed, revision } });

  api.gate.open();
  await expectAgreement(api.eventStore, store);
  expect(await api.data(question)).toEqual(after);
  expect((await api.data(pinned)).asOf).toEqual(before);
  expect(api.damage).toEqual([]);
}
