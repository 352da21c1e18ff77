import * as xlsx from '@e965/xlsx';
import { features } from '../src/app/features';
import { DepartmentScope } from '../src/auth/department-scope';
import { readMapping } from '../src/forms/reading/payment-mapping';
import { readFile } from '../src/imports/file/read-file';
import { ProcessStarter } from '../src/machine/starter/process-starter';
import { RefusedFile } from '../src/imports/file/refused-file';
import { ImportDesk, importFile } from '../src/imports/import-file';
import { ReadingRequest } from '../src/reading/request';
import { EVERY_WRITING_ROLE } from '../tests/support/writers';
import { zipOf } from '../tests/support/zip';
import { benchLedger } from './bench-ledger';
import { median, Report } from './measure';
import * as seed from './seed';

const ROWS = 10_000;
const ROUNDS = 3;
const starter = new ProcessStarter();
const CALLER = {
  principal: {
    sub: 'bench',
    roles: EVERY_WRITING_ROLE,
    departments: DepartmentScope.ALL,
    readDepartments: DepartmentScope.ALL,
  },
  correlationId: 'bench',
};

const MAPPING = readMapping(
  JSON.stringify({
    department: 'D',
    fiscalYear: 2023,
    columns: { voucher: '凭证号', date: '日期', amount: '金额', payee: '收款人', memo: '摘要' },
    line: 'L1',
  }),
);

/** The payments of a month, as a treasury system exports them. */
function tableOf(month: number): Buffer {
  const day = (row: number): string =>
    `2023-${String(month).padStart(2, '0')}-${String(1 + (row % 28)).padStart(2, '0')}`;
  const rows = Array.from({ length: ROWS }, (_, row) => [
    `记-${month}-${row}`,
    day(row),
    0.01,
    `某软件公司 ${row}`,
    '软件采购款',
  ]);
  const book = xlsx.utils.book_new();
  const sheet = xlsx.utils.aoa_to_sheet([['凭证号', '日期', '金额', '收款人', '摘要'], ...rows]);
  xlsx.utils.book_append_sheet(book, sheet, '支付');
  return Buffer.from(xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer);
}

const BOMB_BYTES = 200_000_000;

/** Imports of 10,000 payments on the embedded store, and the refusal of a file that unpacks to 200 MB. */
export async function imports(): Promise<Report> {
  const ledger = await benchLedger(async (log) => {
    await seed.department(log, 'D');
    await seed.budget(log, 'D', 0);
  });
  const desk: ImportDesk = {
    open: () => new ReadingRequest(ledger.services, CALLER.principal),
    caller: CALLER,
    actions: features.actions,
    rules: features.rules,
    readFile: (file, work) => readFile(file, { work, starter }),
  };
  const seconds = async (file: Buffer, dryRun: boolean, status: string): Promise<number> => {
    const start = performance.now();
    const answer = await importFile(desk, { file: [file], name: 'payments.xlsx', dryRun, mapping: MAPPING });
    const took = (performance.now() - start) / 1_000;
    if (answer.status !== status) throw new Error(`${answer.status}: ${JSON.stringify(answer.facts).slice(0, 1_000)}`);
    return took;
  };
  const [dry, whole, again]: [number[], number[], number[]] = [[], [], []];
  for (let month = 1; month <= ROUNDS; month++) {
    const file = tableOf(month);
    dry.push(await seconds(file, true, 'DRY_RUN'));
    whole.push(await seconds(file, false, 'RECORDED'));
    again.push(await seconds(file, false, 'RECORDED'));
  }
  await ledger.close();
  const refusals = await refusalsOf();
  return [
    { what: `dry run of an import of ${ROWS} payments`, value: median(dry), unit: 's', bound: { atMost: 3 } },
    { what: `the whole import of ${ROWS} payments`, value: median(whole), unit: 's', bound: { atMost: 6 } },
    { what: 'the same file again, which records nothing', value: median(again), unit: 's' },
    {
      what: 'refusal of a file that unpacks to 200 MB',
      value: median(refusals.map(({ ms }) => ms)),
      unit: 'ms',
      bound: { atMost: 300 },
    },
    {
      what: 'memory of the process that refuses it',
      value: Math.max(...refusals.map(({ megabytes }) => megabytes)),
      unit: 'MB',
      bound: { atMost: 80 },
    },
  ];
}

/** One says what it is, one lies about its size. */
async function refusalsOf(): Promise<readonly { readonly ms: number; readonly megabytes: number }[]> {
  const content = Buffer.alloc(BOMB_BYTES);
  const entry = { name: 'xl/worksheets/sheet1.xml', content };
  const types = { name: '[Content_Types].xml', content: '<Types/>' };
  const bombs = [zipOf([types, entry]), zipOf([types, { ...entry, saidSize: 1_000 }])];
  const refusals = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const bomb of bombs) {
      const start = performance.now();
      const refused = await readFile([bomb], { starter }).catch((error: unknown) => error);
      const ms = performance.now() - start;
      if (!(refused instanceof RefusedFile)) throw new Error('a hostile file was read');
      refusals.push({ ms, megabytes: (refused.maxBytes ?? Infinity) / 1_000_000 });
    }
  }
  return refusals;
}
