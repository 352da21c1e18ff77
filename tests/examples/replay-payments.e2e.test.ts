import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { temporaryFolder } from '../support/temporary-folder';

/** Published payments, with negative ones, leave nothing over in the ledger. */

const ROOT = path.resolve(__dirname, '../..');
const HOOK = path.join(ROOT, 'tests/support/run-typescript.cjs');
const onEnd = cleanUps();

/** Day, unit, supplier, and the amount as it is published. */
type Published = readonly [date: string, unit: string, supplier: string, amount: string, pence: number];

const ROADS = 'Roads, Transport';
const CARE = 'Adult Care';

const NOTABLE: readonly Published[] = [
  ['05/11/2023', CARE, 'Café Ltd', '1,500.00', 150_000],
  ['20/11/2023', CARE, 'Café Ltd', '-£500.00', -50_000],
  // More than is left of either payment.
  ['02/12/2023', CARE, 'Café Ltd', '250.5', 25_050],
  ['09/12/2023', CARE, 'Café Ltd', '(1,100.00)', -110_000],
  // The payment that it takes back is of the year before: nothing of this year is less than 0 without a reason.
  ['03/01/2024', CARE, 'Café Ltd', '-0.01', -1],
  // Before the payment.
  ['04/01/2024', ROADS, 'Tarmac plc', '-75.00', -7_500],
  ['2024-01-31 00:00:00', ROADS, 'Tarmac plc', '75.00', 7_500],
  // Of another unit, and of another supplier.
  ['29/02/2024', CARE, 'Tarmac plc', '-10.00', -1_000],
  ['29/02/2024', ROADS, 'Tarmac PLC', '-10.00', -1_000],
  // All that is left, and one penny more.
  ['01/03/2024', ROADS, 'Tarmac plc', '-75.00', -7_500],
  ['02/03/2024', ROADS, 'Tarmac plc', '-0.01', -1],
  ['31/12/2024', '', 'REDACTED', '0.00', 0],
  ['31/12/2024', '', 'REDACTED', '12.30', 1_230],
];

/** More than one command takes, so that the payments of a year are several commands. */
const MANY: readonly Published[] = Array.from({ length: 620 }, (_, index) => {
  const pence = 1 + ((index * 7_919) % 250_000);
  const amount = `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`;
  const date = `${String(1 + (index % 28)).padStart(2, '0')}/${String(1 + (index % 12)).padStart(2, '0')}/2024`;
  return [date, index % 3 === 0 ? ROADS : CARE, `Supplier ${index % 40}`, amount, pence];
});

const ALL = [...NOTABLE, ...MANY];

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const csvOf = (rows: readonly Published[]): string =>
  [
    'Payments to suppliers,,,,',
    'Date , Responsible unit,"Supplier",Ref,Amount',
    ...rows.map(([date, unit, supplier, amount]) => [date, unit, supplier, '007', amount].map(quoted).join()),
    ',,,,',
  ].join('\r\n');

async function replay(api: TestApi, file: string) {
  const columns = ['--unit', 'Responsible unit'];
  const script = path.join(ROOT, 'examples/replay-payments.ts');
  const child = spawn(process.execPath, ['--require', HOOK, script, file, 'COUNCIL', ...columns], {
    env: { PATH: process.env.PATH, MINGJIAN_URL: api.url, MINGJIAN_TOKEN: await api.token() },
  });
  onEnd(() => child.kill('SIGKILL'));
  const [printed, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const lines = printed
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
  return { lines, said, code: code as unknown };
}

interface Entry {
  readonly kind: string;
  readonly line: string;
  readonly amount: string;
  readonly effectiveAt: string;
}

async function entriesOf(api: TestApi, fiscalYear: number): Promise<readonly Entry[]> {
  const all: Entry[] = [];
  let after: string | null = null;
  do {
    const { budget } = await api.data(
      `query($year: Int!, $after: String) { budget(department: "COUNCIL", fiscalYear: $year) {
        entries(first: 200, after: $after, kinds: [EXPENDITURE, REVERSAL, REFUND]) {
          nodes { kind line amount effectiveAt } pageInfo { hasNextPage endCursor }
        }
      } }`,
      { year: fiscalYear, after },
    );
    all.push(...budget.entries.nodes);
    after = budget.entries.pageInfo.hasNextPage ? budget.entries.pageInfo.endCursor : null;
  } while (after !== null);
  return all;
}

const sumsBy = <T>(items: readonly T[], keyOf: (item: T) => string, penceOf: (item: T) => number) => {
  const sums: Record<string, number> = {};
  for (const item of items) sums[keyOf(item)] = (sums[keyOf(item)] ?? 0) + penceOf(item);
  return sums;
};

test('the sums by month and unit are those of the file, and what is recorded besides is found', async () => {
  const api = await startApi({ now: '2025-01-31T02:00:00.000Z' });
  onEnd(() => api.close());
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const file = path.join(folder.path, 'payments.csv');
  // As spreadsheets write it.
  writeFileSync(file, csvOf(ALL), 'latin1');

  const first = await replay(api, file);
  expect(first).toEqual({
    said: '',
    code: 0,
    lines: [
      { year: '2023', rows: 4, rowsOfZero: 0, payments: 2, reversals: 3, refunds: 0 },
      { year: '2024', rows: 629, rowsOfZero: 1, payments: 622, reversals: 1, refunds: 5 },
      { differences: [] },
    ],
  });

  const { budget } = await api.data('{ budget(department: "COUNCIL", fiscalYear: 2024) { lines { code name } } }');
  const names = Object.fromEntries(budget.lines.map(({ code, name }: any) => [code, name]));
  const entries = [...(await entriesOf(api, 2023)), ...(await entriesOf(api, 2024))];
  const inLedger = sumsBy(
    entries,
    ({ effectiveAt, line }) =>
      `${new Date(Date.parse(effectiveAt) + 8 * 3_600_000).toISOString().slice(0, 7)} ${names[line]}`,
    ({ kind, amount }) => Number(amount.replace('.', '')) * (kind === 'EXPENDITURE' ? 1 : -1),
  );
  const inFile = sumsBy(
    ALL,
    ([date, unit]) =>
      `${date.charAt(4) === '-' ? date.slice(0, 7) : `${date.slice(6)}-${date.slice(3, 5)}`} ${unit || '-'}`,
    ([, , , , pence]) => pence,
  );
  expect(inLedger).toEqual(inFile);

  // Again: nothing is recorded twice. And with a payment that the file does not have.
  const head = async () => (await api.data('{ ledger { head } }')).ledger.head;
  const before = await head();
  expect(await replay(api, file)).toEqual(first);
  expect(await head()).toBe(before);
  const other = { department: 'COUNCIL', fiscalYear: 2024, line: 'U2', effectiveAt: '2024-05-31' };
  await api.write('recordExpenditure', { ...other, amount: '0.01', overrun: true, reason: '另一笔' });
  const { lines, code } = await replay(api, file);
  expect([lines.at(-1), code]).toEqual([{ differences: ['2024-05 U2'] }, 1]);
});

test('a file that cannot be read whole is refused before anything is recorded', async () => {
  const api = await startApi();
  onEnd(() => api.close());
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const wrong = [
    [csvOf(ALL).replace('Amount', 'Total'), 'has no row with the columns Date, Responsible unit, Supplier, Amount'],
    [csvOf([['soon', CARE, 'Café Ltd', '1.00', 100]]), 'Row 3 has no date: soon'],
    [csvOf([['05/11/2023', CARE, 'Café Ltd', '1.005', 0]]), 'Row 3 has no amount: 1.005'],
  ] as const;
  for (const [index, [csv, message]] of wrong.entries()) {
    const file = path.join(folder.path, `payments-${index}.csv`);
    writeFileSync(file, csv);
    const { said, code, lines } = await replay(api, file);
    expect([said, code, lines]).toEqual([expect.stringContaining(message), 1, []]);
  }
  expect((await api.data('{ ledger { head } }')).ledger.head).toBeNull();
});
