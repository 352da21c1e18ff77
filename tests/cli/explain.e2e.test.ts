import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { Writable } from 'node:stream';
import { readConfig } from '../../src/app/config';
import { UsageError } from '../../src/cli/command';
import { explainCommand } from '../../src/cli/explain';
import { startApi, TestApi } from '../support/api';
import { temporaryFolder } from '../support/temporary-folder';

const BUDGET = { department: '441300-DSJ', fiscalYear: 2023 };
const WAN = { ...BUDGET, unit: 'WAN_YUAN' };

let api: TestApi;
let environment: Record<string, string>;
const shanghai = (text: string): string => new Date(`${text.replace(' ', 'T')}+08:00`).toISOString();

async function record(when: string, mutation: string, input: object): Promise<string> {
  api.clock.set(shanghai(when));
  return (await api.write(mutation, input)).changes[0].eventId;
}

/** A budget with a supplement, a transfer that was corrected twice, and a supplement that was withdrawn. */
beforeAll(async () => {
  api = await startApi({ now: shanghai('2023-02-10 10:00') });
  environment = {
    MINGJIAN_URL: api.url,
    MINGJIAN_TOKEN: await api.token({ sub: 'u-auditor', name: '王审计', roles: ['auditor'] }),
  };
  await api.write('registerDepartment', { code: '441300-DSJ', name: '市政务服务数据管理局' });
  const fundSource = 'GENERAL_PUBLIC_BUDGET';
  await record('2023-02-10 10:00', 'approveBudget', {
    ...WAN,
    effectiveAt: '2023-02-10',
    documentNo: '惠财预〔2023〕1号',
    lines: [
      { code: 'A', name: '甲项目', fundSource, amount: '6689.88' },
      { code: 'B', name: '乙项目', fundSource, amount: '3000.00' },
    ],
  });
  const transfer = { ...WAN, fromLine: 'A', toLine: 'B', amount: '300.00', effectiveAt: '2023-05-08' };
  const moved = await record('2023-05-10 09:00', 'transferBudget', transfer);
  await record('2023-06-01 09:00', 'correctBudgetFact', { ...WAN, change: moved, amount: '350.00', reason: '文载350' });
  const supplement = {
    ...WAN,
    line: 'A',
    amount: '1000.00',
    effectiveAt: '2023-06-28',
    documentNo: '惠财预〔2023〕12号',
  };
  await record('2023-07-05 09:00', 'supplementBudget', { ...supplement, reason: '政务云扩容' });
  const wrong = await record('2023-08-01 09:00', 'supplementBudget', {
    ...WAN,
    line: 'B',
    amount: '88.00',
    effectiveAt: '2023-06-29',
  });
  await record('2023-08-20 09:00', 'correctBudgetFact', { ...BUDGET, change: wrong, amount: '0', reason: '重复下达' });
  const newDate = { change: moved, correctEffectiveAt: '2023-05-09', reason: '日期有误' };
  await record('2023-09-01 09:00', 'correctBudgetFact', { ...BUDGET, ...newDate });
  await record('2023-10-01 09:00', 'recordExpenditure', { ...WAN, line: 'A', amount: '534.495' });
  api.clock.set(shanghai('2024-01-15 09:00'));
});
afterAll(() => api.close());

class Captured extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function explain(options: string, env = environment, signal = new AbortController().signal): Promise<Result> {
  const [out, err] = [new Captured(), new Captured()];
  const context = { config: readConfig({}, 'tool'), out, err, signal };
  const status = await explainCommand(env).run(options.split(' '), context);
  return { status, out: out.text, err: err.text };
}

test('30 June, as known on 31 July', async () => {
  expect(await explain('budget 441300-DSJ 2023 --as-of 2023-06-30 --known-at 2023-07-31')).toEqual({
    status: 0,
    err: '',
    out: `Budget 441300-DSJ.2023  市政务服务数据管理局  open, revision 4
as of     2023-06-30 23:59:59
known at  2023-07-31 23:59:59  position 5
times are those of Asia/Shanghai; @ is a position in the log

figure                  yuan      万元
--------------  ------------  --------
opening          96898800.00   9689.88
adjustment       10000000.00   1000.00
revised         106898800.00  10689.88
executed                0.00      0.00
remaining       106898800.00  10689.88
execution rate                  0.00 %

Bridge, from opening to revised, in yuan

date        document            change                       amount  revised after  lines
----------  ------------------  ---------------------  ------------  -------------  ----------------------------
                                opening                                96898800.00
2023-05-08                      @3 BudgetTransferred           0.00    96898800.00  A -3500000.00, B +3500000.00
2023-06-28  惠财预〔2023〕12号  @5 BudgetSupplemented  +10000000.00   106898800.00  A +10000000.00

Corrections

fact                                amount  date        recorded             by      why
------------------------------  ----------  ----------  -------------------  ------  -------
@3 TRANSFER A to B, first said  3000000.00  2023-05-08  2023-05-10 09:00:00  张编辑
  @4 corrected                                          2023-06-01 09:00:00  张编辑  文载350
  says now: CORRECTED           3500000.00  2023-05-08

Who set each figure last

figure                value  set by                 document            date        recorded             by      why
-------------  ------------  ---------------------  ------------------  ----------  -------------------  ------  ----------
closed                false  @2 BudgetApproved      惠财预〔2023〕1号   2023-02-10  2023-02-10 10:00:00  张编辑
opening         96898800.00  @2 BudgetApproved      惠财预〔2023〕1号   2023-02-10  2023-02-10 10:00:00  张编辑
adjustment      10000000.00  @5 BudgetSupplemented  惠财预〔2023〕12号  2023-06-28  2023-07-05 09:00:00  张编辑  政务云扩容
executed               0.00  @2 BudgetApproved      惠财预〔2023〕1号   2023-02-10  2023-02-10 10:00:00  张编辑
revised        106898800.00  @5 BudgetSupplemented  惠财预〔2023〕12号  2023-06-28  2023-07-05 09:00:00  张编辑  政务云扩容
remaining      106898800.00  @5 BudgetSupplemented  惠财预〔2023〕12号  2023-06-28  2023-07-05 09:00:00  张编辑  政务云扩容
executionRate          0.00  @2 BudgetApproved      惠财预〔2023〕1号   2023-02-10  2023-02-10 10:00:00  张编辑
`,
  });
});

test('now, with all corrections of each fact', async () => {
  const { status, out } = await explain('budget 441300-DSJ 2023');
  expect(status).toBe(0);
  expect(out).toContain('as of     all that is on record\nknown at  2024-01-15 09:00:00  position 9\n');
  expect(out).toContain(`executed          5344950.00    534.495
remaining       101553850.00  10155.385
execution rate                   5.00 %
`);
  expect(out).toContain(`
@3 TRANSFER A to B, first said  3000000.00  2023-05-08  2023-05-10 09:00:00  张编辑
  @4 corrected                                          2023-06-01 09:00:00  张编辑  文载350
  @8 corrected                                          2023-09-01 09:00:00  张编辑  日期有误
  says now: CORRECTED           3500000.00  2023-05-09
@6 SUPPLEMENT B, first said      880000.00  2023-06-29  2023-08-01 09:00:00  张编辑
  @7 corrected                                          2023-08-20 09:00:00  张编辑  重复下达
  says now: WITHDRAWN                 0.00  2023-06-29
`);
});

test('before anything is in effect there is a budget, without a bridge and without corrections', async () => {
  const { status, out } = await explain('budget 441300-DSJ 2023 --as-of 2023-02-09');
  expect(status).toBe(0);
  expect(out).toMatch(/^execution rate +none$/m);
  expect(out).toMatch(/^executionRate +none +@2 BudgetApproved /m);
  expect(out).toContain('Corrections\n\nnone\n');
});

test('--json prints one object, with the ids that a program needs for further queries', async () => {
  const { status, out, err } = await explain('budget 441300-DSJ 2023 --known-at 2023-08-20 --json');
  const told = JSON.parse(out);
  expect([status, err]).toEqual([0, '']);
  expect(told).toMatchObject({
    timeZone: 'Asia/Shanghai',
    position: '7',
    knownAt: shanghai('2023-08-20 23:59:59.999'),
    effectiveAt: null,
    department: { code: '441300-DSJ', name: '市政务服务数据管理局' },
    fiscalYear: 2023,
    closed: false,
    revision: 6,
    executionRate: '0.00',
    amounts: { opening: { yuan: '96898800.00', wanYuan: '9689.88' }, revised: { yuan: '106898800.00' } },
    bridge: [
      { amount: '0.00', legs: [{ line: 'A', amount: '-3500000.00' }, { line: 'B' }], change: { position: '3' } },
      { amount: '10000000.00', documentNo: '惠财预〔2023〕12号', revisedAfter: '106898800.00' },
      { amount: '0.00', revisedAfter: '106898800.00' },
    ],
    corrected: [
      { kind: 'TRANSFER', state: 'CORRECTED', corrections: [{ position: '4', reason: '文载350' }] },
      { kind: 'SUPPLEMENT', state: 'WITHDRAWN', corrections: [{ position: '7', actor: { sub: 'u-editor' } }] },
    ],
  });
  const { changes } = await api.data('{ changes(after: "2", first: 1) { nodes { eventId } } }');
  expect(told.bridge[0].change.id).toBe(changes.nodes[0].eventId);
  expect(told.blame.find(({ path }: { path: string }) => path === '/lines/0/revised')).toMatchObject({
    value: '73398800.00',
    change: { type: 'BudgetSupplemented' },
  });
});

test('corrections are found on every page of the entries', async () => {
  const year = { department: '441300-DSJ', fiscalYear: 2024 };
  const line = { code: 'A', name: '甲', fundSource: 'UNIT_FUNDS', amount: '1000.00' };
  await record('2024-02-01 09:00', 'approveBudget', { ...year, lines: [line] });
  let last = '';
  for (let payment = 1; payment <= 210; payment++) {
    last = (await api.write('recordExpenditure', { ...year, line: 'A', amount: '1.00' })).changes[0].eventId;
  }
  await api.write('correctBudgetFact', { ...year, change: last, amount: '2.00' });
  const { corrected } = JSON.parse((await explain('budget 441300-DSJ 2024 --json')).out);
  expect(corrected).toMatchObject([{ amount: '2.00', amountFirstRecorded: '1.00', change: { id: last } }]);
});

test('a budget that has carried something over says how much, and who said so', async () => {
  const [left, entered] = [
    { department: '441300-DSJ', fiscalYear: 2030 },
    { department: '441300-DSJ', fiscalYear: 2031 },
  ];
  const line = { code: 'A', name: '甲', fundSource: 'UNIT_FUNDS', amount: '10.00' };
  for (const year of [left, entered])
    await api.write('approveBudget', { ...year, lines: [{ ...line, vintage: 'CARRIED_OVER' }] });
  await api.write('closeBudget', left);
  const carried = { ...left, toFiscalYear: 2031, lines: [{ line: 'A', amount: '7.00' }], idempotencyKey: 'carry' };
  await api.write('carryOverBudget', carried);
  const { out } = await explain('budget 441300-DSJ 2030');
  expect(out).toMatch(/^carriedOut +7\.00 +0\.0007$/m);
  expect(out).toMatch(/^carriedOut +7\.00 +@\d+ BudgetCarriedOut/m);
});

describe('refusals, in one line and with status 1', () => {
  const refusal = async (options: string, env = environment) => {
    const { status, out, err } = await explain(options, env);
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/^[^\n]+\n$/);
    return err.trim();
  };

  test('a budget that is not recorded, or was not recorded then', async () => {
    expect(await refusal('budget 441300-DSJ 2022')).toMatch(/^There is no budget 441300-DSJ\.2022 recorded at 2024-/);
    expect(await refusal('budget 441300-DSJ 2023 --known-at 2023-02-09')).toBe(
      'There is no budget 441300-DSJ.2023 recorded at 2023-02-09T15:59:59.999Z',
    );
  });

  test('a moment in the future, and an invalid one', async () => {
    expect(await refusal('budget 441300-DSJ 2023 --known-at 2099-01-01')).toBe('The moment asked for has not come yet');
    expect(await refusal('budget 441300-DSJ 2023 --as-of 2023-02-29')).toMatch(/^\/at\/effectiveAt must be/);
  });

  test('an invalid token', async () => {
    expect(await refusal('budget 441300-DSJ 2023 --token none')).toBe('The token is invalid.');
  });

  test('no server, or one that is not Mingjian', async () => {
    const other = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect(await refusal(`budget 441300-DSJ 2023 --server ${address}/`)).toBe(
      `The server at ${address} is not a Mingjian server`,
    );
    other.close();
    await once(other, 'close');
    expect(await refusal(`budget 441300-DSJ 2023 --server ${address}`)).toMatch(/^No answer from .*ECONNREFUSED/);
  });

  test('stopped by the user', async () => {
    expect(await explain('budget 441300-DSJ 2023', environment, AbortSignal.abort())).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringMatching(/^No answer from .* aborted\n$/),
    });
  });
});

describe('which server, with which token', () => {
  test("the options override the environment, and the demo's token is the last choice", async () => {
    const folder = temporaryFolder();
    const token = environment.MINGJIAN_TOKEN!;
    writeFileSync(path.join(folder.path, 'demo-tokens.json'), JSON.stringify({ auditor: { token } }));
    const question = 'budget 441300-DSJ 2023';
    try {
      const demo = { MINGJIAN_URL: api.url, DATA_DIR: folder.path };
      expect((await explain(question, demo)).status).toBe(0);
      expect((await explain(question, { ...demo, MINGJIAN_TOKEN: 'none' })).err).toBe('The token is invalid.\n');
      const wrong = { ...demo, MINGJIAN_TOKEN: 'none', MINGJIAN_URL: 'http://127.0.0.1:1' };
      expect((await explain(`${question} --server ${api.url} --token ${token}`, wrong)).status).toBe(0);
    } finally {
      folder.remove();
    }
  });

  test('without any token, nothing is sent', async () => {
    await expect(explain('budget 441300-DSJ 2023', { DATA_DIR: '/nowhere' })).rejects.toThrow(UsageError);
  });
});

test.each([
  ['', /budget <department> <year>/],
  ['task T1', /budget <department> <year>/],
  ['budget 441300-DSJ', /a department and a year/],
  ['budget 441300-DSJ 2023 2024', /a department and a year/],
  ['budget 441300-DSJ year', /four digits/],
  ['budget 441300-DSJ 2023 --when now', /--when/],
  ['budget 441300-DSJ 2023 --as-of', /--as-of/],
  ['budget 441300-DSJ 2023 --server here', /http:\/\/host:port/],
])('wrong arguments: %s', async (options, message) => {
  const error: unknown = await explain(options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toMatch(message);
});
