import fc from 'fast-check';
import { CommandOutcome } from '../../src/command-handling/command-request';
import { AppendTooLarge, Outage, UnansweredWrite } from '../../src/kernel/outage';
import { Patience } from '../../src/kernel/patience';
import { Result } from '../../src/kernel/refusal';
import { runs } from '../support/property';
import { done, FULL, once, PurseLedger, refusal } from './purse-ledger';

let ledger: PurseLedger;
beforeEach(async () => {
  ledger = await PurseLedger.open();
  await ledger.openPurse();
  ledger.appends = 0;
});
afterEach(() => ledger.close());

describe('commands that wait for one entity', () => {
  test('are appended together, and each is answered with its own events', async () => {
    const outcomes = (await Promise.all([ledger.add(1), ledger.add([2, 3]), ledger.add(4)])).map(done);
    const [, ...events] = await ledger.events();
    expect(ledger.appends).toBe(1);
    expect(events.map(({ data }) => data.coins)).toEqual([1, 2, 3, 4]);
    const told = outcomes.map(({ id, position, changes }) => ({ id, position, changes }));
    expect(told).toEqual(
      [0, 2, 3].map((last, index) => ({
        id: events[last]!.id,
        position: events[last]!.position,
        changes: [1, 2, 1][index],
      })),
    );
  });

  test('are each judged on what those before them append', async () => {
    const results = await Promise.all([
      ledger.add(FULL - 1, { expectedRevision: 1 }),
      ledger.add(1, { expectedRevision: 2 }),
      ledger.add(1),
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(refusal(results[2])).toMatchObject({ kind: 'RULE_VIOLATION' });
    expect(await ledger.coins()).toBe(FULL);
  });

  test('are recorded once under one key, and answered alike', async () => {
    const both = await Promise.all([1, 2].map(() => ledger.add(1, { idempotencyKey: 'key' })));
    const [first, second] = both.map(done);
    expect(second).toEqual({ ...first!, isRepeated: true });
    expect(await ledger.coins()).toBe(1);
  });

  test('are all judged again if another process has written meanwhile', async () => {
    ledger.onAppend = once(() => ledger.add(FULL - 1, {}, ledger.newHandler()));
    const results = await Promise.all([ledger.add(1), ledger.add(1), ledger.add(0)]);
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(await ledger.coins()).toBe(FULL);
  });

  test('are all answered with the outage of their append, and may be sent again under their keys', async () => {
    const outage = new Outage('The disk is full');
    ledger.onAppend = once(() => Promise.reject(outage));
    const send = () => [1, 2, 3].map((coins) => ledger.add(coins, { idempotencyKey: `key ${coins}` }));
    const answers = await Promise.allSettled(send());
    expect(answers).toEqual([1, 2, 3].map(() => ({ status: 'rejected', reason: outage })));
    expect(await ledger.coins()).toBe(0);

    ledger.onAppended = onceNow(() => {
      throw outage;
    });
    expect((await Promise.allSettled(send())).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ]);
    const repeated = (await Promise.all(send())).map(done);
    expect(repeated.map(({ isRepeated }) => isRepeated)).toEqual([true, true, true]);
    expect(await ledger.coins()).toBe(6);
  });

  test('are not refused for what was never recorded', async () => {
    ledger.onAppend = once(() => Promise.reject(new Outage('The disk is full')));
    const [fills, next] = await Promise.allSettled([ledger.add(FULL), ledger.add(1)]);
    expect(fills.status).toBe('rejected');
    expect(next).toMatchObject({ status: 'fulfilled', value: { ok: true } });
  });

  test('are appended one by one if the store does not accept them together', async () => {
    ledger.onAppend = once(() => Promise.reject(new AppendTooLarge('The append is too large')));
    const results = await Promise.all([ledger.add(1), ledger.add(2), ledger.add(3)]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(await ledger.coins()).toBe(6);
  });

  test('do not keep out what only judges', async () => {
    const judged = ledger.handler.judge(ledger.request({ kind: 'add', coins: [FULL] }));
    const [first, second] = [ledger.add(1), ledger.add(2)];
    expect((await judged).ok).toBe(true);
    expect((await Promise.all([first, second])).every(({ ok }) => ok)).toBe(true);
  });
});

test('a command that was recorded with another one is never said to be unrecorded', async () => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const patience = {
    require: () => undefined,
    // The caller waits until something else has its turn, and then no longer.
    bound: async (_work: unknown, failure: () => Error) => {
      await begun;
      throw failure();
    },
  } as unknown as Patience;
  const first = ledger.add(1);
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const other = ledger.handler.judgeAnd(ledger.request({ kind: 'add', coins: [1] }), () => {
    begin();
    return held;
  });
  await expect(ledger.add(2, { patience })).rejects.toThrow(UnansweredWrite);
  letGo();
  await Promise.all([first, other]);
  expect(await ledger.coins()).toBe(3);
});

test('a command whose caller gives up while others are judged is never recorded, and they are judged without it', async () => {
  let giveUp = (): void => undefined;
  let gaveUp = false;
  const patience = {
    require: () => {
      if (gaveUp) throw new Outage('The request has waited too long');
    },
    bound: (work: Promise<unknown>, failure: () => Error) => {
      work.catch(() => undefined);
      return new Promise((_, reject) => {
        giveUp = () => {
          gaveUp = true;
          reject(failure());
        };
      });
    },
  } as unknown as Patience;
  const authorize = onceNow(() => {
    giveUp();
  });
  const first = ledger.add(1);
  const second = ledger.add(FULL - 1, { patience });
  const third = ledger.add(0, {
    authorize: () => {
      authorize();
      return undefined;
    },
  });
  await expect(second).rejects.toThrow('Nothing was recorded in time');
  expect([await first, await third].every(({ ok }) => ok)).toBe(true);
  // Behind everything that was in the queue.
  await ledger.add(FULL - 1);
  const [, ...events] = await ledger.events();
  expect(events.map(({ data }) => data.coins)).toEqual([1, 0, FULL - 1]);
});

/** Happens only the first time, before anything else goes on. */
function onceNow(happen: () => void): () => void {
  let first = true;
  return () => {
    if (!first) return;
    first = false;
    happen();
  };
}

interface Sent {
  readonly coins: number;
  readonly key?: number;
  readonly expectedRevision?: number;
  readonly by: 0 | 1;
  readonly waits: boolean;
}

type Answer = { readonly sent: Sent; readonly result: Result<CommandOutcome> | 'unknown' };

const commands = fc.array(
  fc.record(
    {
      coins: fc.integer({ min: 0, max: 9 }),
      key: fc.nat({ max: 3 }),
      expectedRevision: fc.integer({ min: 1, max: 8 }),
      by: fc.constantFrom(0 as const, 1 as const),
      waits: fc.boolean(),
    },
    { requiredKeys: ['coins', 'by', 'waits'] },
  ),
  { minLength: 1, maxLength: 30 },
);
/** What becomes of each append in turn: it is made, it fails, or it is made and its answer is lost. */
const fates = fc.array(fc.constantFrom('made', 'made', 'made', 'fails', 'lost'), { maxLength: 10 });

test('concurrent commands have the results of some sequence of them, whatever becomes of the appends', async () => {
  await fc.assert(
    fc.asyncProperty(commands, fates, async (sent, fate) => {
      const purse = await PurseLedger.open();
      try {
        await purse.openPurse();
        await expectSequence(purse, await sendAll(purse, sent, fate));
      } finally {
        await purse.close();
      }
    }),
    runs(30),
  );
});

async function sendAll(purse: PurseLedger, all: readonly Sent[], fates: readonly string[]): Promise<readonly Answer[]> {
  const handlers = [purse.handler, purse.newHandler()];
  let appends = 0;
  purse.onAppend = () => (fates[appends++] === 'fails' ? Promise.reject(new Outage('Not now')) : undefined);
  purse.onAppended = () => {
    if (fates[appends - 1] === 'lost') throw new Outage('No answer');
  };
  const answers: Promise<Answer>[] = [];
  for (const sent of all) {
    const { coins, key, expectedRevision, by, waits } = sent;
    const idempotencyKey = key === undefined ? undefined : `key ${key}`;
    const result = purse.add(coins, { idempotencyKey, expectedRevision }, handlers[by]);
    const answer = result.then(
      (value): Answer => ({ sent, result: value }),
      (error: unknown): Answer => {
        if (!(error instanceof Outage)) throw error;
        return { sent, result: 'unknown' };
      },
    );
    answers.push(answer);
    if (waits) await answer;
  }
  return Promise.all(answers);
}

async function expectSequence(purse: PurseLedger, answers: readonly Answer[]): Promise<void> {
  const [, ...events] = await purse.events();
  const coins = await purse.coins();
  expect(coins).toBeLessThanOrEqual(FULL);
  const unclaimed = new Map(events.map((event) => [event.id, event]));
  for (const { sent, result } of answers) {
    if (result === 'unknown') continue;
    if (!result.ok) {
      if (result.refusal.kind === 'RULE_VIOLATION') expect(coins + sent.coins).toBeGreaterThan(FULL);
      else expect(result.refusal.kind).toBe('CONFLICT');
      continue;
    }
    const { id, position, isRepeated } = result.value;
    const event = events.find((each) => each.id === id)!;
    expect(event.position).toBe(position);
    expect(event.data.coins).toBe(sent.coins);
    if (isRepeated) expect(sent.key).toBeDefined();
    else {
      // Each event answers one command, or the same command that came to both processes.
      expect(unclaimed.delete(id) || sent.key !== undefined).toBe(true);
      if (sent.expectedRevision !== undefined) expect(event.revision).toBe(BigInt(sent.expectedRevision));
    }
  }
  // What is on record without an answer is of a command whose append was not answered.
  expect(unclaimed.size).toBeLessThanOrEqual(answers.filter(({ result }) => result === 'unknown').length);
}
