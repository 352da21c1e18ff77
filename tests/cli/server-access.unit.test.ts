import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../src/cli/command';
import { serverAccess } from '../../src/cli/server-access';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const environment = { DATA_DIR: folder.path };
beforeAll(() => {
  writeFileSync(join(folder.path, 'demo-tokens.json'), JSON.stringify({ auditor: { token: 'of-the-demo' } }));
});
afterAll(() => {
  folder.remove();
});

const OF_THIS_MACHINE = ['http://127.0.0.1:4000', 'http://127.1:4000', 'http://[::1]:4000', 'https://LOCALHOST'];
const OF_ANOTHER = [
  'http://ledger.example',
  'http://192.0.2.1:4000',
  'http://[2001:db8::1]',
  'http://127.0.0.1@ledger.example',
];

test.each(OF_THIS_MACHINE)('the demo’s token is sent to %s', (server) => {
  expect(serverAccess({ server }, environment).token).toBe('of-the-demo');
});

test.each(OF_ANOTHER)('the demo’s token is not sent to %s', (server) => {
  expect(() => serverAccess({ server }, environment)).toThrow(UsageError);
  expect(() => serverAccess({}, { ...environment, MINGJIAN_URL: server })).toThrow(/a token is needed/);
});

test.each([...OF_THIS_MACHINE, ...OF_ANOTHER])('an explicit token is sent to %s', (server) => {
  expect(serverAccess({ server, token: 'given' }, environment).token).toBe('given');
  expect(serverAccess({ server }, { ...environment, MINGJIAN_TOKEN: 'given' }).token).toBe('given');
});
