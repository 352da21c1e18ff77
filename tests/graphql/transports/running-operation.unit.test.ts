import { Reply } from '../../../src/graphql/transports/reply';
import { runningOperation } from '../../../src/graphql/transports/running-operation';
import { mapIterator } from '../../../src/kernel/async';

const reply: Reply = { result: { data: { n: 1 } }, text: '{"data":{"n":1}}' };
const DONE = { done: true, value: undefined };

test('one reply comes once', async () => {
  const running = runningOperation(() => Promise.resolve(reply), new AbortController());
  expect(await running.next()).toEqual({ done: false, value: reply });
  expect(await running.next()).toEqual(DONE);
});

test('the operation starts with the first request for a reply, and only once', async () => {
  let starts = 0;
  const running = runningOperation(
    () => Promise.resolve({ ...reply, position: BigInt(++starts) }),
    new AbortController(),
  );
  expect(starts).toBe(0);
  await running.next();
  await running.next();
  expect(starts).toBe(1);
});

test('an operation that nobody waits for is aborted, and gives nothing more', async () => {
  const over = new AbortController();
  const start = () =>
    new Promise<Reply>((_resolve, reject) => {
      over.signal.addEventListener('abort', () => {
        reject(new Error('gone'));
      });
    });
  const running = runningOperation(start, over);
  const next = running.next();
  expect(await running.return()).toEqual(DONE);
  await expect(next).rejects.toThrow('gone');
});

test('a subscription is ended with its operation', async () => {
  let ended = false;
  const source = {
    next: () => Promise.resolve({ done: false as const, value: reply }),
    return: () => Promise.resolve({ done: true as const, value: undefined }),
    throw: (error: Error) => Promise.reject(error),
  };
  const items = mapIterator(
    source,
    (item: Reply) => item,
    () => {
      ended = true;
    },
  );
  const over = new AbortController();
  const running = runningOperation(() => Promise.resolve(items), over);
  await running.next();
  await running.return();
  expect([ended, over.signal.aborted]).toEqual([true, true]);
});

test('an operation that never started is aborted too', async () => {
  const over = new AbortController();
  expect(await runningOperation(() => Promise.reject(new Error('not started')), over).return()).toEqual(DONE);
  expect(over.signal.aborted).toBe(true);
});
