import { finishAtStart, Unfinished } from '../../src/app/unfinished-changes';
import { CorruptLedger, Outage } from '../../src/kernel/outage';
import { troublesTo } from '../support/telemetry';

/** Two carry-overs and three claims that an earlier process did not finish. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  FOLLOW_UPS_DUE: ['BUDGET/next/damaged/c1', 'BUDGET/next/whole/c2', 'UNKNOWN/next/first/c3'],
  PROPOSAL_CLAIMS_MADE: ['a/c4', 'damaged/c5', 'z/c6'],
};

/** What is finished, and what is reported. `answer` may throw. */
async function finished(answer: (code: string) => void) {
  const done: string[] = [];
  const troubles: string[] = [];
  const finish = async (code: string): Promise<void> => {
    await Promise.resolve();
    answer(code);
    done.push(code);
  };
  const unfinished = {
    log: { head: () => Promise.resolve(9n) },
    store: {
      watermark: () => Promise.resolve({ position: 9n }),
      waitForWatermark: () => Promise.resolve(),
      members: (collection: string) => Promise.resolve(MEMBERS[collection] ?? []),
    },
    commands: { finish: (_decider: unknown, { code }: { code: string }) => finish(code) },
    proposals: { finishClaim: finish },
    deciders: new Map([['BUDGET', {}]]),
    telemetry: troublesTo((error) => void troubles.push((error as Error).message)),
  };
  await finishAtStart(unfinished as unknown as Unfinished, new AbortController().signal);
  return { done, troubles };
}

const failIfDamaged = (code: string): void => {
  if (code === 'damaged') throw new CorruptLedger('damaged');
};

test('what is damaged is reported, and what comes after it is finished', async () => {
  expect(await finished(failIfDamaged)).toEqual({
    done: ['whole', 'a', 'z'],
    troubles: ['damaged', 'No feature declares the entity type UNKNOWN', 'damaged'],
  });
});

test('after an outage everything is tried again, and what is damaged is not reported again', async () => {
  let isOut = true;
  const { done, troubles } = await finished((code) => {
    failIfDamaged(code);
    if (code !== 'z' || !isOut) return;
    isOut = false;
    throw new Outage('The log is out');
  });
  expect(done).toEqual(['whole', 'a', 'whole', 'a', 'z']);
  expect(troubles).toHaveLength(3);
});
