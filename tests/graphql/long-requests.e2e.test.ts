import { TestClock } from '../support/clock';
import { withLedger } from '../support/local-ledger';

/** Requests that scan a lot of memory yield to the event loop. */

const DEPARTMENTS = 30;
const CHANGES = 30;
const FIRST = '2023-01-01T00:00:00+08:00';

afterEach(() => jest.restoreAllMocks());

/** How many turns of the event loop begin during some work, if each check finds the time of its turn used up. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let [now, turns, isOver] = [performance.now(), 0, false];
  jest.spyOn(performance, 'now').mockImplementation(() => (now += 11));
  const next = () => {
    turns++;
    if (!isOver) setImmediate(next);
  };
  setImmediate(next);
  await work();
  isOver = true;
  return turns;
}

test.each([
  ['two effective moments', '{ effectiveAt: "2023-01-01" }', '{ effectiveAt: "2024-01-01" }'],
  ['two positions', '{ position: "0" }', '{}'],
])('a diff of %s that finds nothing', async (_what, from, to) => {
  const clock = new TestClock(FIRST);
  await withLedger(clock, async (ledger) => {
    for (let index = 0; index < DEPARTMENTS; index++) {
      await ledger.data(`mutation { registerDepartment(input: { code: "D${index}", name: "局" }) { position } }`);
    }
    const query = `{ diff(from: ${from}, to: ${to}, filter: { actors: ["nobody"] }) { nodes { entity } } }`;
    let answer: unknown;
    const turns = await turnsDuring(async () => (answer = await ledger.data(query)));
    expect(answer).toEqual({ diff: { nodes: [] } });
    expect(turns).toBeGreaterThanOrEqual(DEPARTMENTS);
  });
});

test('the blame of a long history', async () => {
  const clock = new TestClock(FIRST);
  await withLedger(clock, async (ledger) => {
    await ledger.data('mutation { registerDepartment(input: { code: "D", name: "局" }) { position } }');
    for (let index = 1; index < CHANGES; index++) {
      await ledger.data(`mutation { renameDepartment(input: { code: "D", name: "局${index}" }) { position } }`);
    }
    let answer: any;
    const query = '{ department(code: "D") { blame { path change { revision } } } }';
    const turns = await turnsDuring(async () => (answer = await ledger.data(query)));
    expect(answer.department.blame).toContainEqual({ path: '/name', change: { revision: CHANGES } });
    expect(turns).toBeGreaterThanOrEqual(CHANGES - 1);
  });
});
