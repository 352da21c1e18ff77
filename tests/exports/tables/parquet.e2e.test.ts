import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { startApi, TestApi } from '../../support/api';
import { exported, exportedRows, TABLES } from '../../support/tables';

/** Parquet files, read back by DuckDB. */

let api: TestApi;
let instance: DuckDBInstance;
let duckdb: DuckDBConnection;
const folder = mkdtempSync(path.join(tmpdir(), 'mingjian-parquet-'));

beforeAll(async () => {
  instance = await DuckDBInstance.create();
  duckdb = await instance.connect();
  api = await startApi({ now: '2023-03-01T04:00:00.123Z' });
  await api.write('registerDepartment', { code: 'D1', name: '甲局' });
  const lines = ['L1', 'L2'].map((code) => ({
    code,
    name: '甲',
    fundSource: 'UNIT_FUNDS',
    amount: '9007199254740993.11',
  }));
  const budget = { department: 'D1', fiscalYear: 2023 };
  await api.write('approveBudget', { ...budget, lines, goals: ['提高“服务”水平', '二'] });
  await api.write('reduceBudget', { ...budget, line: 'L1', amount: '0.01' });
  await api.write('recordExpenditure', { ...budget, line: 'L1', amount: '0.07', payee: '某公司', memo: '一,\n"二"' });
  const task = { department: 'D1', fiscalYear: 2023, title: '修路' };
  await api.write('planTask', { ...task, code: 'T1', dueOn: '2023-02-28', weight: '33.333333' });
  for (let code = 2; code <= 700; code += 100) {
    await api.write('planTask', { ...task, code: `T${code}` });
  }
  const indicator = { department: 'D1', fiscalYear: 2023, level1: 'OUTPUT', level2: 'QUANTITY' };
  await api.write('defineIndicator', { ...indicator, code: 'I1', name: '里程', direction: 'AT_LEAST', target: '12.5' });
  await api.write('openEvaluation', { department: 'D1', fiscalYear: 2023 });
  await api.write('recordObservation', { code: 'I1', observedOn: '2023-02-20', value: '12.50' });
});
afterAll(async () => {
  duckdb.closeSync();
  instance.closeSync();
  await api.close();
  rmSync(folder, { recursive: true });
});

async function file(address: string): Promise<string> {
  const { status, headers, bytes } = await exported(api, address);
  expect([status, headers.get('content-type')]).toEqual([200, 'application/vnd.apache.parquet']);
  const name = path.join(folder, `${address.replace(/\W/g, '-')}.parquet`);
  writeFileSync(name, bytes);
  return name;
}

async function read(sql: string): Promise<any[]> {
  return (await duckdb.runAndReadAll(sql)).getRowObjectsJson();
}

/** A row as the NDJSON export has it. */
function asExported(row: Record<string, unknown>, types: ReadonlyMap<string, string>): Record<string, unknown> {
  const shown = (name: string, value: unknown): unknown => {
    const type = types.get(name);
    if (value === null) return null;
    if (type === 'JSON') return JSON.parse(value as string);
    if (type === 'TIMESTAMP WITH TIME ZONE') return new Date(value as string).toISOString();
    return value;
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shown(name, value)]));
}

test.each(TABLES)('%s: the rows of the NDJSON export', async (table) => {
  const name = await file(`/${table}.parquet`);
  const columns = await read(`DESCRIBE SELECT * FROM '${name}'`);
  const types = new Map<string, string>(columns.map(({ column_name, column_type }) => [column_name, column_type]));
  const rows = await read(`SELECT * FROM '${name}'`);
  const expected = await exportedRows(api, `/${table}.ndjson`);
  expect(expected.length).toBeGreaterThan(0);
  expect(rows.map((row) => asExported(row, types))).toEqual(expected);
});

test('amounts are exact decimals, dates are dates, and other decimals are texts', async () => {
  const types = async (table: string) =>
    Object.fromEntries(
      (await read(`DESCRIBE SELECT * FROM '${await file(`/${table}.parquet?bom=0`)}'`)).map((column) => [
        column.column_name,
        column.column_type,
      ]),
    );
  expect(await types('budgets')).toMatchObject({
    opening: 'DECIMAL(38,2)',
    executionRate: 'VARCHAR',
    fiscalYear: 'INTEGER',
    closed: 'BOOLEAN',
    goals: 'JSON',
  });
  expect(await types('tasks')).toMatchObject({ dueOn: 'DATE', weight: 'VARCHAR' });
  expect(await types('entries')).toMatchObject({ effectiveAt: 'TIMESTAMP WITH TIME ZONE', amount: 'DECIMAL(38,2)' });
  const [sums] = await read(
    `SELECT sum(opening) AS opening, sum(adjustment) AS adjustment, sum(remaining) AS remaining FROM '${await file('/budgets.parquet')}'`,
  );
  expect(sums).toEqual({ opening: '18014398509481986.22', adjustment: '-0.01', remaining: '18014398509481986.14' });
});

test('the position is in the metadata of the file', async () => {
  const name = await file('/budgets.parquet?position=2');
  const metadata = await read(`SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('${name}')`);
  expect(metadata).toContainEqual({ key: 'position', value: '2' });
});

test('a table without rows is a file with its columns', async () => {
  const name = await file('/entries.parquet?position=1');
  expect(await read(`SELECT count(*)::INTEGER AS rows FROM '${name}'`)).toEqual([{ rows: 0 }]);
  expect((await read(`DESCRIBE SELECT * FROM '${name}'`)).map(({ column_name }) => column_name)).toContain('amount');
});
