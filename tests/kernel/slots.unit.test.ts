import { Outage } from '../../src/kernel/outage';
import { Patience } from '../../src/kernel/patience';
import { Slots } from '../../src/kernel/slots';

/** A task that the test ends, and the order in which tasks begin. */
function tasks() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((end) => ends.set(name, end));
  };
  const end = (name: string): void => {
    ends.get(name)!();
  };
  return { begun, task, end };
}

const turn = () => new Promise(setImmediate);

test('runs as many tasks as there are slots, and lets owners take turns', async () => {
  const slots = new Slots(1);
  const { begun, task, end } = tasks();
  const running = [
    ['a', 'a1'],
    ['a', 'a2'],
    ['a', 'a3'],
    ['b', 'b1'],
  ].map(([owner, name]) => slots.run(owner!, task(name!)));
  for (const name of ['a1', 'a2', 'b1', 'a3']) {
    await turn();
    expect(begun.at(-1)).toBe(name);
    end(name);
  }
  await Promise.all(running);
  expect(begun).toHaveLength(4);
});

test('a task that fails, and one that was waited for in vain, give their slots back', async () => {
  const slots = new Slots(1);
  const { begun, task, end } = tasks();
  await expect(slots.run('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  const first = slots.run('a', task('first'));
  const inVain = { bound: () => Promise.reject(new Outage('No answer in time')) } as unknown as Patience;
  await expect(slots.run('b', task('second'), inVain)).rejects.toThrow('No answer in time');
  end('first');
  await first;
  const third = slots.run('c', task('third'));
  await turn();
  end('third');
  await third;
  expect(begun).toEqual(['first', 'third']);
});
