import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo, connect, createServer as createTcpServer, Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { readConfig } from '../../src/app/config';
import { UsageError } from '../../src/cli/command';
import { tailCommand } from '../../src/cli/tail';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

let api: TestApi;
let environment: Record<string, string>;
beforeEach(async () => {
  api = await startApi({ now: '2023-06-30T04:00:00.000Z' });
  onEnd(() => api.close());
  environment = { MINGJIAN_URL: api.url, MINGJIAN_TOKEN: await api.token({ roles: ['auditor'] }) };
  await api.write('registerDepartment', { code: 'D1', name: '甲局' });
  await api.write('registerDepartment', { code: 'D2', name: '乙局' });
  const lines = [{ code: 'L1', name: '甲', fundSource: 'UNIT_FUNDS', amount: '100.00' }];
  await api.write('approveBudget', { department: 'D1', fiscalYear: 2023, lines, documentNo: '惠财预〔2023〕1号' });
});

interface Tail {
  /** The next lines. */
  readonly lines: (count: number) => Promise<readonly string[]>;
  readonly stop: () => void;
  readonly ended: Promise<{ readonly status: number; readonly err: string }>;
}

function tail(options: string, env = environment): Tail {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const stopping = new AbortController();
  const reader = createInterface({ input: out })[Symbol.asyncIterator]();
  let said = '';
  err.on('data', (text) => (said += String(text)));
  const running = tailCommand(env).run(options === '' ? [] : options.split(' '), {
    config: readConfig({}, 'tool'),
    out,
    err,
    signal: stopping.signal,
  });
  onEnd(() => {
    stopping.abort();
  });
  return {
    async lines(count) {
      const taken: string[] = [];
      while (taken.length < count) taken.push((await reader.next()).value as string);
      return taken;
    },
    stop: () => {
      stopping.abort();
    },
    ended: running.then((status) => ({ status, err: said })),
  };
}

const spend = () => api.write('recordExpenditure', { department: 'D1', fiscalYear: 2023, line: 'L1', amount: '12.00' });

test('one line per change, old and new', async () => {
  const { lines, stop, ended } = tail('--after 1');
  expect(await lines(2)).toEqual([
    '2023-06-30T04:00:00.000Z  @2  DEPARTMENT/D2  DepartmentRegistered  张编辑  name=乙局',
    '2023-06-30T04:00:00.000Z  @3  BUDGET/D1.2023  BudgetApproved  张编辑  惠财预〔2023〕1号  closed=false opening=100.00 adjustment=0.00 executed=0.00 …',
  ]);
  await spend();
  expect((await lines(1))[0]).toMatch(/@4 {2}BUDGET\/D1\.2023 {2}ExpenditureRecorded {2}张编辑 {2}.*executed=12\.00/);
  stop();
  expect(await ended).toEqual({ status: 0, err: 'Continue with --after 4\n' });
});

test('--json, filtered', async () => {
  const items = async (options: string, count: number) =>
    (await tail(`--json --after start ${options}`).lines(count)).map((line) => JSON.parse(line));
  const [second] = await items('--department D2 --type DepartmentRegistered', 1);
  const pulled = await fetch(`${api.url}/changes.ndjson?after=1&limit=1`, {
    headers: { authorization: `Bearer ${environment.MINGJIAN_TOKEN}` },
  });
  expect(second).toEqual(JSON.parse((await pulled.text()).split('\n')[0]!));
  expect((await items('--fiscal-year 2023', 1))[0].position).toBe('3');
  const positions = (await items('--entity D1 --entity D1.2023', 2)).map(({ position }) => position);
  expect(positions).toEqual(['1', '3']);
});

test('--json --fields: what each change did, and which change it reverses', async () => {
  const {
    changes: [change],
  } = await spend();
  await api.write('reverseExpenditure', {
    department: 'D1',
    fiscalYear: 2023,
    change: change.eventId,
    reason: '退回',
  });
  const lines = await tail('--json --fields --after 3').lines(2);
  const pulled = await fetch(`${api.url}/changes.ndjson?after=3&fields=1`, {
    headers: { authorization: `Bearer ${environment.MINGJIAN_TOKEN}` },
  });
  const expected = (await pulled.text()).split('\n').slice(0, 2);
  expect(lines.map((line) => JSON.parse(line))).toEqual(expected.map((line) => JSON.parse(line)));
  expect(JSON.parse(lines[1]!)).toMatchObject({ corrects: null, reverses: change.eventId });
});

test('the cursor file overrides --after, and marks move it, too', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const file = path.join(folder.path, 'cursor');
  const options = `--json --after 1 --cursor-file ${file}`;
  const first = tail(options);
  await first.lines(2);
  first.stop();
  expect((await first.ended).err).toBe('Continue with --after 3\n');
  expect(readFileSync(file, 'utf8')).toBe('3\n');
  await spend();
  const second = tail(options);
  expect(JSON.parse((await second.lines(1))[0]!).position).toBe('4');
  second.stop();
  await second.ended;
  writeFileSync(file, 'somewhere\n');
  await expect(tail(options).ended).rejects.toThrow(UsageError);
});

test('a lost connection is made again, and no change is printed twice', async () => {
  const sockets: Socket[] = [];
  const line = createTcpServer((client) => {
    const server = connect(Number(new URL(api.url).port), '127.0.0.1');
    sockets.push(
      client.on('error', () => undefined),
      server.on('error', () => undefined),
    );
    client.pipe(server).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(line, 'listening');
  onEnd(() => {
    for (const socket of sockets) socket.destroy();
    line.close();
  });
  const address = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  const { lines, stop, ended } = tail('--json --after start', { ...environment, MINGJIAN_URL: address });
  await lines(3);
  for (const socket of sockets.splice(0)) socket.destroy();
  await spend();
  expect(JSON.parse((await lines(1))[0]!).position).toBe('4');
  stop();
  const { status, err } = await ended;
  expect(status).toBe(0);
  expect(err).toMatch(/retrying in 0\.5 s\nContinue with --after 4\n$/);
});

describe('refusals, in one line and with status 1', () => {
  test.each([
    ['--after 99', /beyond the head/],
    ['--token none', /^The token is invalid\.\n$/],
    ['--after 0 --type budgetapproved', /^\/filter\/types\/0 must be a type of event, such as "BudgetApproved"\n$/],
    ['--after 0 --department D1,D2', /^\/filter\/departments\/0 must be a code/],
    ['--after 0 --entity D1.23', /^\/filter\/entities\/0 must be the code of an entity/],
    ['--after 0 --fiscal-year 0001', /^\/filter\/fiscalYears\/0 must be a year from 1949 to 9998\n$/],
  ])('%s', async (options, message) => {
    const { status, err } = await tail(options).ended;
    expect([status, err]).toEqual([1, expect.stringMatching(message)]);
  });

  test('a server that is not Mingjian', async () => {
    const other = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    onEnd(() => other.close());
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect(await tail(`--server ${address}`).ended).toEqual({
      status: 1,
      err: `The server at ${address} is not a Mingjian server\n`,
    });
  });
});

test.each([['--after then'], ['--fields'], ['--fiscal-year 23'], ['--when now'], ['more']])(
  'wrong arguments: %s',
  async (options) => {
    await expect(tail(options).ended).rejects.toThrow(UsageError);
  },
);

test('the process ends at SIGINT, and prints where to continue', async () => {
  const script = path.join(__dirname, '../../src/cli/main.ts');
  const hook = path.join(__dirname, '../support/run-typescript.cjs');
  const child = spawn(process.execPath, ['--require', hook, script, 'tail', '--json', '--after', 'start'], {
    env: { PATH: process.env.PATH, ...environment },
  });
  onEnd(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  for await (const line of createInterface({ input: child.stdout })) {
    if (JSON.parse(line).position === '3') child.kill('SIGINT');
  }
  expect([await ended, said]).toEqual([[0, null], 'Continue with --after 3\n']);
});
