import { setImmediate as nextTurn } from 'node:timers/promises';
import { RequestAborted } from '../../src/kernel/outage';
import { Refused } from '../../src/kernel/refusal';
import { FIELDS_PER_TURN, Work } from '../../src/reading/work';

const LIMITS = { maxListLength: 100, maxAnswerFields: 10_000, maxAnswerBytes: 500, maxCpuMs: 50 };

const refusalOf = (act: () => void) => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
  return undefined;
};

test.each([
  ['fields', 'maxAnswerFields'],
  ['bytes', 'maxAnswerBytes'],
] as const)('a budget of %s may be spent to the last one', (what, limit) => {
  const work = new Work(LIMITS);
  const allowed = LIMITS[limit];
  expect(
    refusalOf(() => {
      work.charge(what, allowed);
    }),
  ).toBeUndefined();
  expect(work.refusal).toBeUndefined();
  const refusal = { kind: 'LIMIT_EXCEEDED', limit, spent: allowed + 1, allowed };
  expect(
    refusalOf(() => {
      work.charge(what, 1);
    }),
  ).toMatchObject(refusal);
  expect(work.cost[what]).toBe(allowed + 1);
});

test('CPU time ends the request at its next step', () => {
  const work = new Work(LIMITS);
  work.took(50);
  work.requireGoing();
  work.took(0.1);
  expect(
    refusalOf(() => {
      work.requireGoing();
    }),
  ).toMatchObject({ limit: 'maxCpuMs', spent: 50.1, allowed: 50 });
});

test('a spent budget refuses everything after it, and keeps its first reason', () => {
  const work = new Work(LIMITS);
  refusalOf(() => {
    work.charge('bytes', 501);
  });
  expect(
    refusalOf(() => {
      work.charge('fields', 1);
    }),
  ).toMatchObject({ limit: 'maxAnswerBytes' });
  work.took(1_000);
  expect(
    refusalOf(() => {
      work.requireGoing();
    }),
  ).toMatchObject({ limit: 'maxAnswerBytes' });
});

test('each item of a subscription has a budget of its own', () => {
  const work = new Work(LIMITS);
  refusalOf(() => {
    work.charge('bytes', 501);
  });
  work.restart();
  expect(work.cost).toEqual({ fields: 0, bytes: 0, cpuMs: 0 });
  expect(
    refusalOf(() => {
      work.charge('bytes', 500);
    }),
  ).toBeUndefined();
});

test('work that fits into the turn does not wait', () => {
  const work = new Work(LIMITS);
  expect(work.fits(FIELDS_PER_TURN)).toBe(true);
  expect(work.fits(1)).toBe(false);
});

test('longer work is done in order, turn by turn, and others go on in between', async () => {
  const work = new Work(LIMITS);
  const order: string[] = [];
  let isOver = false;
  const other = (): void => {
    order.push('-');
    if (!isOver) setImmediate(other);
  };
  setImmediate(other);
  const half = FIELDS_PER_TURN / 2;
  await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map(async (name) => {
      await work.turnFor(half);
      order.push(name);
    }),
  );
  isOver = true;
  expect(order.join('').replace(/-+/g, '-')).toMatch(/^-?ab-cd-e$/);
  await nextTurn();
});

test('a piece larger than a turn has a turn of its own', async () => {
  const work = new Work(LIMITS);
  await work.turnFor(FIELDS_PER_TURN * 3);
  expect(work.fits(1)).toBe(false);
});

test('nothing waits any longer if the client has gone', async () => {
  const gone = new AbortController();
  const work = new Work(LIMITS, gone.signal);
  const pieces = [work.turnFor(900), work.turnFor(900), work.turnFor(900)];
  gone.abort();
  const results = await Promise.allSettled(pieces);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(() => {
    work.requireGoing();
  }).toThrow(RequestAborted);
});
