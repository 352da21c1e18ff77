import { setImmediate as turn } from 'node:timers/promises';
import { Together } from '../../src/http/sent-together';

test('what becomes ready in one turn of the event loop is sent at its end, in order', async () => {
  const together = new Together(60_000);
  const sent: number[] = [];
  for (const each of [1, 2, 3]) together.add(() => sent.push(each));
  await Promise.resolve();
  expect(sent).toEqual([]);
  await turn();
  expect(sent).toEqual([1, 2, 3]);
});

test('what has waited for its time is sent with the next that becomes ready, each once', async () => {
  const together = new Together(0);
  const sent: number[] = [];
  for (const each of [1, 2]) together.add(() => sent.push(each));
  expect(sent).toEqual([1, 2]);
  together.add(() => sent.push(3));
  await turn();
  expect(sent).toEqual([1, 2, 3]);
});

test('what becomes ready while others are sent waits for the next turn', async () => {
  const together = new Together(60_000);
  const sent: string[] = [];
  together.add(() => {
    sent.push('first');
    together.add(() => sent.push('second'));
  });
  await turn();
  expect(sent).toEqual(['first']);
  await turn();
  expect(sent).toEqual(['first', 'second']);
});
