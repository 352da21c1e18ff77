import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importCommand } from '../../src/cli/import';
import { Access, printed } from './printed';
import { temporaryFolder } from './temporary-folder';

/** A table of payments from line A of a budget: the voucher and the amount of each, on one day. */
export interface Payments {
  readonly department: string;
  readonly fiscalYear: number;
  readonly rows: readonly (readonly [voucher: string, amount: string])[];
  readonly dryRun: boolean;
}

const tableOf = ({ rows, fiscalYear }: Payments): string =>
  ['凭证号,日期,明细,金额', ...rows.map(([voucher, amount]) => `${voucher},${fiscalYear}-06-01,甲,${amount}`)].join(
    '\n',
  );

const mappingOf = ({ department, fiscalYear }: Payments): string =>
  JSON.stringify({
    department,
    fiscalYear,
    columns: { voucher: '凭证号', date: '日期', line: '明细', amount: '金额' },
    lines: { 甲: 'A' },
  });

/** The answer as a text: JSON, or of the command line why there is none. */
type Import = (access: Access, payments: Payments) => Promise<string>;

async function byRequest({ api, token }: Access, payments: Payments): Promise<string> {
  const body = new FormData();
  body.set('file', new File([tableOf(payments)], 'payments.csv'));
  body.set('map', mappingOf(payments));
  body.set('dryRun', payments.dryRun ? '1' : '0');
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${api.url}/imports`, { method: 'POST', headers, body })).text();
}

async function byCommand(access: Access, payments: Payments): Promise<string> {
  const folder = temporaryFolder();
  const [file, map] = ['payments.csv', 'mapping.json'].map((name) => join(folder.path, name)) as [string, string];
  writeFileSync(file, tableOf(payments));
  writeFileSync(map, mappingOf(payments));
  const options = [...(payments.dryRun ? ['--dry-run'] : []), '--json', '--map', map];
  const text = await printed(access, importCommand, [file, ...options]);
  folder.remove();
  return text;
}

/** Each way by which a file comes in. A new one is a new row. */
export const IMPORT_ENTRIES: readonly (readonly [string, Import])[] = [
  ['POST /imports', byRequest],
  ['mingjian import', byCommand],
];
