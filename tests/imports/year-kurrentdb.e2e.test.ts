import * as xlsx from '@e965/xlsx';
import { cleanUps } from '../support/clean-ups';
import { openLog, startStandIn } from '../support/kurrentdb-log';
import { startApiOnRedis } from '../support/redis/api';
import { sharedRedis } from '../support/redis/shared-redis';

/** The self-evaluation of a year, from its forms to the printed report, on EventStoreDB with read models in Redis. */

const redis = sharedRedis();
const onEnd = cleanUps();

type Row = readonly (string | number)[];
const OF = { department: 'D1', fiscalYear: 2023 };
const HEAD: readonly Row[] = [['部门整体支出绩效自评表'], ['部门名称', 'D1-甲局', '年度', 2023]];
const FUNDS: readonly Row[] = [
  ['资金来源', '年初预算', '年度预算调整', '调整后的预算', '全年执行数', '预算执行率%'],
  ['一般公共预算资金', 80, 20, 100, '—', ''],
];
const INDICATORS: readonly Row[] = [
  ['一级指标', '二级指标', '三级指标', '指标性质', '指标值', '度量单位', '实际完成值', '分值'],
  ['产出指标', '质量指标', '接通率', '≥', 100, '%', '80%', 50],
];
const PAYMENTS: readonly Row[] = [
  ['凭证号', '日期', '金额'],
  ['记-3', '2023-12-02', '（100,000.00）'],
  ['记-2', '2023-12-01', '500000'],
  ['记-1', '2023-11-01', '５００，０００'],
];
const MAP = JSON.stringify({
  ...OF,
  line: 'GENERAL_PUBLIC_BUDGET',
  columns: { voucher: '凭证号', date: '日期', amount: '金额' },
});
const LINES = [
  { code: 'spent', name: '执行', points: '50', rule: 'EXECUTION_RATE', parameters: { denominator: 'REVISED' } },
  { code: 'done', name: '产出', points: '50', rule: 'RATIO', parameters: { level1: 'OUTPUT' } },
];

function fileOf(rows: readonly Row[]): Buffer {
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows as unknown[][]), '表');
  return Buffer.from(xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
}

test('a department does its self-evaluation, and imports of what is on record change nothing', async () => {
  const api = await startApiOnRedis(redis.url, {
    now: '2024-02-01T02:00:00.000Z',
    eventStore: async (clock) => openLog((await startStandIn(onEnd, { clock })).url),
  });
  onEnd(() => api.close());
  const headers = { authorization: `Bearer ${await api.token()}` };
  const send = async (file: Buffer, fields: Readonly<Record<string, string>> = {}): Promise<any> => {
    const body = new FormData();
    body.set('file', new File([new Uint8Array(file)], '表.xlsx'));
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const answer: any = await (await fetch(`${api.url}/imports`, { method: 'POST', headers, body })).json();
    return [answer.status, ...answer.facts.map(({ action }: any) => action)];
  };
  const get = async (address: string): Promise<Buffer> => {
    const response = await fetch(`${api.url}${address}`, { headers });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };

  await api.write('registerDepartment', { code: 'D1', name: '甲局' });
  const form = fileOf([...HEAD, ...FUNDS, ...INDICATORS]);
  const inForm = ['approveBudget', 'supplementBudget', 'defineIndicator', 'recordObservation'];
  expect(await send(form, { dryRun: '1' })).toEqual(['DRY_RUN', ...inForm]);
  expect(await send(form)).toEqual(['RECORDED', ...inForm]);
  const payments = fileOf(PAYMENTS);
  // At the same time: one of them records, and the other one finds it on record.
  const both = await Promise.all([send(payments, { map: MAP }), send(payments, { map: MAP })]);
  expect(both.map(([status]) => status)).toEqual(['RECORDED', 'RECORDED']);
  expect(await send(payments, { map: MAP })).toEqual(['RECORDED']);

  const template = { code: 'T', department: 'D1', name: '模板', lines: LINES };
  await api.write('publishScoringTemplate', template);
  await api.write('openEvaluation', { ...OF, template: 'T' });
  await api.write('submitEvaluation', { ...OF, selfScore: '85', conclusion: '良好' });
  const { evaluation } = await api.data('{ evaluation(department: "D1", fiscalYear: 2023) { computedScore status } }');
  expect(evaluation).toEqual({ computedScore: '85.00', status: 'SUBMITTED' });

  const report = '/reports/evaluation/D1/2023';
  expect((await get(`${report}.md`)).toString()).toContain('执行 90.00 万元 ÷ 调整后预算 100.00 万元');
  const position = await api.eventStore.head();
  const [first, second] = [await get(`${report}.docx?position=${position}`), await get(`${report}.docx`)];
  expect(first.equals(second)).toBe(true);
  expect(await send(await get('/forms/department/D1/2023.xlsx'))).toEqual(['RECORDED']);
  expect(await api.eventStore.head()).toBe(position);
  expect(api.damage).toEqual([]);
});
