import { Ability } from '../../../src/app/health/health';
import { Outages, OutageTurn } from '../../../src/app/health/outages';
import { Outage } from '../../../src/kernel/outage';

function start() {
  const turns: OutageTurn[] = [];
  const outages = new Outages((turn) => turns.push(turn));
  const look = (problems: Partial<Record<Ability, string>> = {}) => {
    outages.looked(new Map(Object.entries(problems) as [Ability, string][]));
  };
  return { turns, outages, look };
}

const outage = new Outage('Redis: it cannot be reached');

test('an outage is reported when it begins, changes and ends, with all that it refused', () => {
  const { turns, outages, look } = start();
  look();
  for (let request = 0; request < 10; request++) outages.refused(outage);
  look({ reading: 'away' });
  for (let request = 0; request < 90; request++) outages.refused(outage);
  look({ reading: 'still away' });
  look({ reading: 'away', writing: 'full' });
  look({ writing: 'full' });
  look();
  look();
  expect(turns).toEqual([
    { turn: 'began', problems: { reading: 'away' }, cause: outage },
    { turn: 'changed', problems: { reading: 'away', writing: 'full' }, cause: undefined },
    { turn: 'changed', problems: { writing: 'full' }, cause: undefined },
    { turn: 'ended', milliseconds: expect.any(Number), refusals: 100 },
  ]);
});

test('refusals that no check explains are reported too, after two looks, and until nothing is refused', () => {
  const { turns, outages, look } = start();
  outages.refused(outage);
  look();
  expect(turns).toEqual([]);
  outages.refused(outage);
  look();
  expect(turns).toEqual([{ turn: 'began', problems: { requests: outage.message }, cause: outage }]);
  outages.refused(outage);
  look();
  expect(turns).toHaveLength(1);
  look();
  expect(turns[1]).toMatchObject({ turn: 'ended', refusals: 3 });
  look();
  expect(turns).toHaveLength(2);
});

test("what the server's own work met is reported like a refusal, but not counted", () => {
  const { turns, outages, look } = start();
  outages.noticed(outage);
  look({ reading: 'away' });
  look();
  expect(turns).toMatchObject([
    { turn: 'began', cause: outage },
    { turn: 'ended', refusals: 0 },
  ]);
});
