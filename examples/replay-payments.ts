/*
 * Replays the payments that an authority publishes as CSV into a new department, and compares the ledger with the file: the sum of
 * each month and unit, to the fen. It exits with 1 if one of them differs.
 *
 *   MINGJIAN_URL=http://127.0.0.1:4000 MINGJIAN_TOKEN=… node examples/replay-payments.ts payments.csv COUNCIL \
 *     --date Date --unit 'Responsible unit' --supplier 'Supplier name' --amount Amount
 *
 * A published file says nothing about the budget: each unit is a line of 0, and its payments are overruns. A negative amount takes
 * back parts of earlier payments of its unit to its supplier, the newest first. It is a refund if there is not enough to take back.
 * Every request has a key, so after a failure the same command goes on.
 *
 * Node.js 22.18 or later runs it as it is.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { read, utils } from '@e965/xlsx';

interface Row {
  readonly number: number;
  readonly date: string;
  readonly unit: string;
  readonly supplier: string;
  readonly pence: bigint;
}

/** A payment on record, and what is left of it. */
interface Payment extends Row {
  readonly change: string;
  left: bigint;
}

interface Columns {
  readonly date: string;
  readonly unit: string;
  readonly supplier: string;
  readonly amount: string;
}

const ITEMS_AT_ONCE = 500;
const REASON = '来自公布的付款数据。From published payments.';

function readRows(file: string, columns: Columns): readonly Row[] {
  const bytes = readFileSync(file);
  const book = read(textOf(bytes), { type: 'string', raw: true, dense: true });
  const cells = utils.sheet_to_json<readonly string[]>(Object.values(book.Sheets)[0] ?? [], { header: 1, defval: '' });
  const names = Object.values(columns) as readonly string[];
  const top = cells.findIndex((row) => names.every((name) => row.some((cell) => cell.trim() === name)));
  const header = cells[top]?.map((cell) => cell.trim());
  if (header === undefined) throw new Error(`${file} has no row with the columns ${names.join(', ')}`);
  const cell = (row: readonly string[], name: string) => (row[header.indexOf(name)] ?? '').trim();
  return cells.slice(top + 1).flatMap((row, index): Row[] => {
    const number = top + 2 + index;
    if (cell(row, columns.date) === '' && cell(row, columns.amount) === '') return [];
    return [
      {
        number,
        date: dateOf(cell(row, columns.date), number),
        unit: cell(row, columns.unit) || '-',
        supplier: cell(row, columns.supplier),
        pence: penceOf(cell(row, columns.amount), number),
      },
    ];
  });
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** 31/01/2024, 31-01-2024 or 2024-01-31; a time of day after it is ignored. */
function dateOf(text: string, row: number): string {
  const [, day = '', month = '', year] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b/.exec(text) ?? [];
  const date = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text.slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Error(`Row ${row} has no date: ${text}`);
  return date;
}

/** 1,234.5 as well as -£20.00 and (20.00). */
function penceOf(text: string, row: number): bigint {
  const [, open, sign, pounds, fraction = ''] =
    /^(\()?(-)?£?(-?[\d,]+)(?:\.(\d{1,2})0*)?\)?$/.exec(text.replace(/\s/g, '')) ?? [];
  if (pounds === undefined) throw new Error(`Row ${row} has no amount: ${text}`);
  const isNegative = open !== undefined || sign !== undefined || pounds.startsWith('-');
  const pence = BigInt(pounds.replace(/[-,]/g, '') + fraction.padEnd(2, '0'));
  return isNegative ? -pence : pence;
}

const amountOf = (pence: bigint): string => `${pence / 100n}.${String(pence % 100n).padStart(2, '0')}`;

async function ask<Data>(query: string, variables: object): Promise<Data> {
  for (;;) {
    const response = await fetch(`${process.env.MINGJIAN_URL ?? 'http://127.0.0.1:4000'}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${process.env.MINGJIAN_TOKEN ?? ''}` },
      body: JSON.stringify({ query, variables }),
    });
    const retryAfter = response.headers.get('retry-after');
    if (response.status >= 429 && retryAfter !== null) {
      await pause(Number(retryAfter) * 1_000);
      continue;
    }
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }
}

/** The event ids of the changes. */
async function record(mutation: string, idempotencyKey: string, input: object): Promise<readonly string[]> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { done: ${mutation}(input: $input) { changes { eventId } } }`;
  const { done } = await ask<{ done: { changes: readonly { eventId: string }[] } }>(query, {
    input: { ...input, reason: REASON, idempotencyKey },
  });
  return done.changes.map(({ eventId }) => eventId);
}

/** What a negative row takes back of each payment; undefined if the payments have not enough left. */
function partsToReverse(row: Row, payments: readonly Payment[]): readonly (readonly [Payment, bigint])[] | undefined {
  const meant = payments
    .filter(({ unit, supplier, date }) => unit === row.unit && supplier === row.supplier && date <= row.date)
    .toReversed();
  const whole = meant.find(({ left }) => left >= -row.pence);
  const parts: (readonly [Payment, bigint])[] = [];
  let wanted = -row.pence;
  for (const payment of whole === undefined ? meant : [whole]) {
    const part = payment.left < wanted ? payment.left : wanted;
    if (part > 0n) parts.push([payment, part]);
    wanted -= part;
  }
  return wanted === 0n ? parts : undefined;
}

/** Records the rows of one calendar year, in the order of their dates. */
async function replayYear(department: string, fiscalYear: number, rows: readonly Row[], lineOf: Map<string, string>) {
  const budget = { department, fiscalYear };
  const lines = [...lineOf].map(([name, code]) => ({ code, name, fundSource: 'UNATTRIBUTED', amount: '0' }));
  await record('approveBudget', `approve-${fiscalYear}`, { ...budget, lines, effectiveAt: `${fiscalYear}-01-01` });

  const byDate = rows.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const positive = byDate.filter(({ pence }) => pence > 0n);
  const payments: Payment[] = [];
  for (let at = 0; at < positive.length; at += ITEMS_AT_ONCE) {
    const some = positive.slice(at, at + ITEMS_AT_ONCE);
    const items = some.map(({ number, date, unit, supplier, pence }) => ({
      line: lineOf.get(unit),
      amount: amountOf(pence),
      effectiveAt: date,
      payee: supplier,
      memo: `row ${number}`,
      overrun: true,
    }));
    const changes = await record('recordExpenditures', `pay-${fiscalYear}-${at}`, { ...budget, items });
    payments.push(...some.map((row, index) => ({ ...row, change: changes[index] as string, left: row.pence })));
  }

  let [reversals, refunds] = [0, 0];
  for (const row of byDate.filter(({ pence }) => pence < 0n)) {
    const { number, date: effectiveAt, unit, supplier: payer, pence } = row;
    const parts = partsToReverse(row, payments);
    for (const [index, [payment, part]] of (parts ?? []).entries()) {
      const input = { ...budget, change: payment.change, amount: amountOf(part), effectiveAt };
      await record('reverseExpenditure', `row-${number}-${index}`, input);
      payment.left -= part;
      reversals++;
    }
    if (parts !== undefined) continue;
    const refund = { line: lineOf.get(unit), amount: amountOf(-pence), effectiveAt, payer, memo: `row ${number}` };
    await record('recordRefund', `row-${number}`, { ...budget, ...refund });
    refunds++;
  }
  return { payments: payments.length, reversals, refunds };
}

/** By month and line, what the ledger has executed more at its end than at its beginning; in pence. */
async function executedByMonth(department: string, fiscalYear: number): Promise<ReadonlyMap<string, bigint>> {
  const sums = new Map<string, bigint>();
  let before = new Map<string, bigint>();
  for (let month = 1; month <= 12; month++) {
    const end = new Date(Date.UTC(fiscalYear, month, 0)).toISOString().slice(0, 10);
    const { asOf } = await ask<{ asOf: { budget: { lines: readonly { code: string; executed: string }[] } } }>(
      `query($department: ID!, $fiscalYear: Int!, $end: Moment!) {
        asOf(at: { effectiveAt: $end }) { budget(department: $department, fiscalYear: $fiscalYear) { lines { code executed } } }
      }`,
      { department, fiscalYear, end },
    );
    const now = new Map(asOf.budget.lines.map(({ code, executed }) => [code, BigInt(executed.replace('.', ''))]));
    for (const [code, pence] of now) sums.set(`${end.slice(0, 7)} ${code}`, pence - (before.get(code) ?? 0n));
    before = now;
  }
  return sums;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { date: text, unit: text, supplier: text, amount: text },
  });
  const [file, department] = positionals;
  const { date = 'Date', unit = 'Unit', supplier = 'Supplier', amount = 'Amount' } = values;
  if (file === undefined || department === undefined) throw new Error('Name a file and the code of a new department');

  const rows = readRows(file, { date, unit, supplier, amount });
  const lineOf = new Map([...new Set(rows.map((row) => row.unit))].map((name, index) => [name, `U${index + 1}`]));
  await record('registerDepartment', 'register', { code: department, name: department });

  const differences: string[] = [];
  for (const year of [...new Set(rows.map((row) => row.date.slice(0, 4)))].sort()) {
    const ofYear = rows.filter((row) => row.date.startsWith(year));
    const done = await replayYear(department, Number(year), ofYear, lineOf);
    const published = new Map<string, bigint>();
    for (const row of ofYear) {
      const key = `${row.date.slice(0, 7)} ${lineOf.get(row.unit)}`;
      published.set(key, (published.get(key) ?? 0n) + row.pence);
    }
    for (const [key, pence] of await executedByMonth(department, Number(year))) {
      if (pence !== (published.get(key) ?? 0n)) differences.push(key);
    }
    const rowsOfZero = ofYear.filter(({ pence }) => pence === 0n).length;
    process.stdout.write(`${JSON.stringify({ year, rows: ofYear.length, rowsOfZero, ...done })}\n`);
  }
  process.stdout.write(`${JSON.stringify({ differences })}\n`);
  process.exitCode = differences.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : JSON.stringify(error)}\n`);
  process.exitCode = 1;
});
