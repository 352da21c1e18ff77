import { AppendResult, EventStore } from '../../src/event-store/event-store';
import { WriteWatch } from '../../src/event-store/write-watch';
import { LogMismatch, Outage } from '../../src/kernel/outage';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const APPENDED: AppendResult = { kind: 'appended', revision: 0n, position: 1n };

/** A log whose next append, and whose probe, do as a test says. */
function watched() {
  const log = { append: () => Promise.resolve(APPENDED), requireWritable: jest.fn(() => Promise.resolve()) };
  const parts: Pick<EventStore, 'append' | 'requireWritable'> = {
    append: () => log.append(),
    requireWritable: () => log.requireWritable(),
  };
  const watch = new WriteWatch(parts as EventStore);
  const append = (made: Promise<AppendResult>) => {
    log.append = () => made;
    return watch.watched.append('mingjian-a', [], 'any');
  };
  return { log, watch, append };
}
const full = new Outage('the disk is full');

test('while appends are made, the log is not asked whether it would take one', async () => {
  const { log, watch, append } = watched();
  await append(Promise.resolve(APPENDED));
  await watch.requireWriting();
  expect(log.requireWritable).not.toHaveBeenCalled();
});

test('a failed append is remembered until the log would take one again', async () => {
  const { log, watch, append } = watched();
  await expect(append(Promise.reject(full))).rejects.toBe(full);
  log.requireWritable.mockRejectedValue(new Outage('still full'));
  for (let look = 0; look < 2; look++) await expect(watch.requireWriting()).rejects.toBe(full);
  log.requireWritable.mockResolvedValue();
  await watch.requireWriting();
  log.requireWritable.mockRejectedValue(new Outage('not asked any more'));
  await watch.requireWriting();
});

test('or until one is made', async () => {
  const { log, watch, append } = watched();
  await expect(append(Promise.reject(full))).rejects.toBe(full);
  log.requireWritable.mockRejectedValue(full);
  await append(Promise.resolve(APPENDED));
  await watch.requireWriting();
});

test.each([new RangeError('a bug'), new LogMismatch('another log')])('%s is no failure to write', async (error) => {
  const { watch, append } = watched();
  await expect(append(Promise.reject(error))).rejects.toBe(error);
  await watch.requireWriting();
});

test('an append that is not answered counts as one that failed, until it is answered', async () => {
  const { watch, append } = watched();
  let answer: (result: AppendResult) => void = () => undefined;
  const appending = append(new Promise((resolve) => (answer = resolve)));
  jest.advanceTimersByTime(2_000);
  await watch.requireWriting();
  jest.advanceTimersByTime(1);
  await expect(watch.requireWriting()).rejects.toThrow('does not answer an append');
  answer(APPENDED);
  await appending;
  await watch.requireWriting();
});
