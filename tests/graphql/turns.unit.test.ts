import { Turns } from '../../src/graphql/transports/turns';

let now = 0;
beforeEach(() => {
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

test('who comes first, and whoever comes when the time is over, lets others have their turn', async () => {
  const turns = new Turns(10);
  const order: string[] = [];
  for (now of [0, 10, 25]) {
    setImmediate(() => order.push(`another at ${now}`));
    await turns.pass();
    order.push(`on at ${now}`);
  }
  expect(order).toEqual(['another at 0', 'on at 0', 'another at 10', 'on at 10', 'another at 25', 'on at 25']);
});

test('until then it goes on at once, also for others who share the work', async () => {
  const turns = new Turns(10);
  await turns.pass();
  for (now of [0, 9]) expect(turns.pass()).toBeUndefined();
  now = 10;
  expect(turns.pass()).toBeDefined();
});

test('the time begins when it is its turn again', async () => {
  const turns = new Turns(10);
  const passing = turns.pass();
  now = 7;
  await passing;
  now = 16;
  expect(turns.pass()).toBeUndefined();
  now = 17;
  expect(turns.pass()).toBeDefined();
});
