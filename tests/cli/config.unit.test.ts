import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Environment } from '../../src/app/config';
import { configCommand } from '../../src/cli/config';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { temporaryFolder } from '../support/temporary-folder';

const SECRET = { AUTH_JWT_SECRET: 'geheim-'.repeat(6) };

class Text extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function print(environment: Environment) {
  const [out, err] = [new Text(), new Text()];
  const { signal } = new AbortController();
  const context = {
    get config(): never {
      throw new Error('the command reads the environment itself');
    },
    ...{ out, err, signal },
  };
  const status = await configCommand(environment).run([], context);
  const rows = out.text
    .split('\n')
    .slice(2)
    .map((line) => line.split(/ {2,}/));
  const row = (name: string) => rows.find(([first]) => first === name)?.slice(1);
  return { status, out: out.text, err: err.text, row };
}

test('each setting is printed with its value and where it comes from', async () => {
  const { status, err, row } = await print({ ...SECRET, PORT: '4100', LOG_LEVEL: '' });
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(row('PORT')).toEqual(['4100', 'environment']);
  expect(row('LOG_LEVEL')).toEqual(['info', 'default']);
  expect(row('EVENTSTORE_URL')).toEqual(['(the embedded store)', 'default']);
  expect(row('AUTH_JWT_SECRET')).toEqual(['***', 'environment']);
  expect(row('(tokens)')).toEqual(['verified by AUTH_JWT_SECRET', 'derived']);
});

test('demo mode is named where it decides', async () => {
  const { row } = await print({ ...SECRET, DEMO: '1', REDIS_URL: 'redis://x' });
  expect(row('AUTH_JWT_SECRET')).toEqual(['(a secret of the demo)', 'demo mode; the environment is not used']);
  expect(row('AUTH_ISSUER')).toEqual(['(the demo)', 'demo mode']);
  expect(row('(read models)')).toEqual(['Redis, keys mingjian-demo-*', 'derived']);
});

const PASSWORD = 'pa/ss?w@rd';

test.each([
  ['EVENTSTORE_URL', `kurrentdb://admin:${PASSWORD}@a:2113,b:2113?tls=true`, 'kurrentdb://***@a:2113,b:2113?tls=true'],
  ['EVENTSTORE_URL', 'esdb://a:2113?tls=false&userKeyFile=pa/ss', 'esdb://a:2113?tls=false&userKeyFile=***'],
  ['REDIS_URL', 'redis://pass@a:6379/1', 'redis://***@a:6379/1'],
  ['REDIS_URL', 'rediss+sentinel://u:pass@a:1,b:2/m', 'rediss+sentinel://***@a:1,b:2/m'],
  ['REDIS_URL', 'u:pass@a:6379', '***'],
  ['AUTH_JWKS_URL', 'https://u:pass@keys/x?token=pass&pass#pass', 'https://***@keys/x?token=***&***#***'],
  ['AUTH_JWT_SECRET', 'pass', '***'],
])('%s=%s is printed as %s', async (variable, text, printed) => {
  const { out, err, row } = await print({ [variable]: text });
  expect(row(variable)).toEqual([printed, 'environment']);
  expect(`${out}${err}`).not.toMatch(/pass(?!words?\b)|pa\/ss|w@rd/);
});

test('a configuration that the server would refuse is printed too, with what is wrong', async () => {
  const { status, err, row } = await print({ DEMO: 'true', DATADIR: '/x' });
  expect(row('DEMO')).toEqual(['true', 'environment']);
  expect(status).toBe(1);
  expect(err).toMatch(/^The server would not start: DEMO: expected 0 or 1; DATADIR: .*expected DATA_DIR[^\n]*\n$/);
});

test('variables that are not known are printed', async () => {
  const { status, err } = await print({ ...SECRET, REDISURL: 'x' });
  expect({ status, err }).toEqual({
    status: 0,
    err: 'REDISURL: not a variable of Mingjian, and not used; is REDIS_URL meant?\n',
  });
});

test('it says whether the ledger is there, and does not create it', async () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const environment = { ...SECRET, DATA_DIR: folder.path };
  for (const _time of ['first', 'again']) {
    const { row } = await print(environment);
    expect(row('(ledger)')).toEqual([path, 'derived']);
    expect(row('(ledger is)')).toEqual(['new: a real ledger will be created', 'derived']);
  }
  await openSqliteEventStore({ path, prefix: 'mingjian-' }).close();
  expect((await print(environment)).row('(ledger is)')).toEqual(['there: a real ledger', 'derived']);
  folder.remove();
});
