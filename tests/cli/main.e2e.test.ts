import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startApi } from '../support/api';
import { startRedis } from '../support/redis/server';
import { temporaryFolder } from '../support/temporary-folder';

/** The real process, as a user starts it. */

async function run(arguments_: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const script = path.join(__dirname, '../../src/cli/main.ts');
  const child = spawn(
    process.execPath,
    ['--require', path.join(__dirname, '../support/run-typescript.cjs'), script, ...arguments_],
    { env: { PATH: process.env.PATH, ...environment } },
  );
  const [[status], out, err] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { status: status as number, out, err };
}

test('--help lists the commands', async () => {
  const { status, out, err } = await run(['--help']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  for (const command of ['documents', 'explain', 'rebuild', 'tail', 'verify'])
    expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
});

test('without a command it prints the same, with status 2', async () => {
  expect(await run([])).toMatchObject({ status: 2, out: expect.stringMatching(/^mingjian <command>/) });
});

test('--help of a command prints its usage', async () => {
  expect(await run(['explain', '--help'])).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^mingjian explain budget <department> <year> /),
  });
});

test('wrong arguments give one line, with status 2', async () => {
  expect(await run(['reckon'])).toEqual({
    status: 2,
    out: '',
    err: 'mingjian: there is no command reckon; mingjian --help lists the commands\n',
  });
});

test('an argument that is not UTF-8 is refused', async () => {
  // A child process gets its arguments as UTF-8. Text that was decoded to this character could have been any bytes.
  expect(await run(['verify', 'department/\ufffd\ufffd'])).toMatchObject({
    status: 2,
    err: 'mingjian: argument 2 is not UTF-8; mingjian --help lists the commands\n',
  });
});

test('a wrong configuration stops the commands that need it', async () => {
  const { status, err } = await run(['verify'], { ROLES: 'api' });
  expect({ status, err }).toEqual({ status: 2, err: expect.stringMatching(/^mingjian: ROLES: [^\n]*\n$/) });
});

test('verify fails for an entity that does not exist', async () => {
  const redis = await startRedis();
  const folder = temporaryFolder();
  const environment = { DATA_DIR: folder.path, REDIS_URL: redis.url, LOG_LEVEL: 'silent' };
  try {
    expect(await run(['rebuild', '--grace', '0'], environment)).toMatchObject({ status: 0 });
    expect(await run(['verify'], environment)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^0 differences/),
    });
    expect(await run(['verify', 'department/NOPE'], environment)).toMatchObject({
      status: 1,
      out: '',
      err: 'Neither the log nor the read models have department/NOPE\n',
    });
  } finally {
    await redis.stop();
    folder.remove();
  }
});

test('explain asks a server, and ignores the rest of the configuration', async () => {
  const api = await startApi();
  try {
    await api.write('registerDepartment', { code: 'D', name: '甲局' });
    const lines = [{ code: 'A', name: '甲', fundSource: 'UNIT_FUNDS', amount: '1.00' }];
    await api.write('approveBudget', { department: 'D', fiscalYear: 2023, lines });
    const environment = {
      MINGJIAN_URL: api.url,
      MINGJIAN_TOKEN: await api.token(),
      ROLES: 'api',
      PORT: 'none',
      AUTH_JWKS_URL: 'none',
    };
    const { status, out, err } = await run(['explain', 'budget', 'D', '2023', '--json'], environment);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out).amounts.opening).toEqual({ yuan: '1.00', wanYuan: '0.0001' });

    const unknown = await run(['explain', 'budget', 'D', '2024'], environment);
    expect(unknown).toMatchObject({ status: 1, out: '', err: expect.stringContaining('no budget D.2024') });
  } finally {
    await api.close();
  }
});
