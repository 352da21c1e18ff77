import { Entrance } from '../../src/http/entrance';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** So many requests of each owner, who all arrive in one turn. Each writes its name when it is let in. */
function arriving(entrance: Entrance, counts: Readonly<Record<string, number>>): string[] {
  const order: string[] = [];
  for (const [owner, count] of Object.entries(counts)) {
    for (let number = 1; number <= count; number++) {
      const turn = entrance.enter(owner);
      if (turn === undefined) order.push(`${owner}${number}`);
      else void turn.then(() => order.push(`${owner}${number}`));
    }
  }
  return order;
}

test('a few requests are let in at once', () => {
  expect(arriving(new Entrance(0), { a: 3 })).toEqual(['a1', 'a2', 'a3']);
});

test('while a turn has time, any number is let in at once', () => {
  expect(arriving(new Entrance(1_000_000), { a: 100 })).toHaveLength(100);
});

test('when the time of a turn is used up, the others wait for the next turns, in which their owners take turns', async () => {
  const order = arriving(new Entrance(0), { a: 9, b: 2 });
  expect(order).toEqual(['a1', 'a2', 'a3']);
  while (order.length < 11) await nextTurn();
  expect(order.slice(3)).toEqual(['a4', 'b1', 'a5', 'b2', 'a6', 'a7', 'a8', 'a9']);
});

test('a large body is looked at before it is let in, and so is whatever comes after it', async () => {
  const entrance = new Entrance(0);
  const order: string[] = [];
  for (const [name, bytes] of Object.entries({ small: 1, large: 1_000_000, next: 1 })) {
    const turn = entrance.enter('a', bytes);
    if (turn === undefined) order.push(name);
    else void turn.then(() => order.push(name));
  }
  expect(order).toEqual(['small']);
  while (order.length < 3) await nextTurn();
  expect(order).toEqual(['small', 'large', 'next']);
});

test('who comes while others wait goes behind them', async () => {
  const entrance = new Entrance(0);
  const order = arriving(entrance, { a: 5 });
  void (async () => {
    await entrance.enter('a');
    order.push('later');
  })();
  while (order.length < 6) await nextTurn();
  expect(order).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'later']);
});

test('what a request does before its first wait counts for the turn', async () => {
  const entrance = new Entrance(0);
  const order: string[] = [];
  arriving(entrance, { a: 3 });
  for (const name of ['b', 'c']) {
    void (async () => {
      await entrance.enter(name);
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} goes on`);
    })();
  }
  while (order.length < 4) await nextTurn();
  expect(order).toEqual(['b begins', 'b goes on', 'c begins', 'c goes on']);
});
