import { AppendResult, EventStore } from '../../src/event-store/event-store';
import { reporting } from '../../src/event-store/reporting';
import { Signal } from '../../src/kernel/telemetry';
import { collect } from '../support/events';

const event = (position: bigint) => ({ position }) as never;

function reported(store: Partial<EventStore>) {
  const signals: Signal[] = [];
  return { store: reporting(store as EventStore, { report: (signal) => void signals.push(signal) }), signals };
}
const call = (name: string, failed: boolean) => ({
  kind: 'engine-called',
  engine: 'event-store',
  call: name,
  failed,
  ms: expect.any(Number),
});

test.each<[AppendResult['kind'], AppendResult]>([
  ['appended', { kind: 'appended', revision: 1n, position: 2n }],
  ['conflict', { kind: 'conflict', current: 4n }],
])('an append is reported as %s', async (result, answer) => {
  const { store, signals } = reported({ append: () => Promise.resolve(answer) });
  expect(await store.append('s', [event(1n), event(2n)], 'any')).toBe(answer);
  expect(signals).toEqual([call('append', false), { kind: 'appended', events: 2, result }]);
});

test('a call that fails is reported as failed, and fails', async () => {
  const failure = new Error('away');
  const { store, signals } = reported({ append: () => Promise.reject(failure), head: () => Promise.reject(failure) });
  await expect(store.append('s', [event(1n)], 'any')).rejects.toBe(failure);
  await expect(store.head()).rejects.toBe(failure);
  expect(signals).toEqual([call('append', true), call('head', true)]);
});

describe('a read is reported once', () => {
  async function* events(failure?: Error) {
    yield event(1n);
    yield event(2n);
    await Promise.resolve();
    if (failure !== undefined) throw failure;
  }

  it('at its end', async () => {
    const { store, signals } = reported({ readAll: () => events() });
    expect(await collect(store.readAll(0n))).toHaveLength(2);
    expect(signals).toEqual([call('readAll', false)]);
  });

  it('when its reader has enough', async () => {
    const { store, signals } = reported({ readStream: () => events() });
    for await (const _event of store.readStream('s')) break;
    expect(signals).toEqual([call('readStream', false)]);
  });

  it('when it fails', async () => {
    const failure = new Error('away');
    const { store, signals } = reported({ readAll: () => events(failure) });
    await expect(collect(store.readAll(0n))).rejects.toBe(failure);
    expect(signals).toEqual([call('readAll', true)]);
  });
});
