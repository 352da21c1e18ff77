import { copyFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { readConfig } from '../../src/app/config';
import { backupCommand } from '../../src/cli/backup';
import { Command } from '../../src/cli/command';
import { restoreCommand } from '../../src/cli/restore';
import { verifyCommand } from '../../src/cli/verify';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { startNodeHere } from '../support/node-process';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

test('a ledger that version 0.1.0 wrote gets a lock and an anchor, and is verified, backed up and restored', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const file = path.join(folder.path, 'ledger.db');
  const copy = path.join(folder.path, 'copy.db');
  copyFileSync(path.join(__dirname, '../fixtures/0.1.0/ledger.db'), file);
  const environment = { DATA_DIR: folder.path, LOG_LEVEL: 'silent' };

  async function run(command: Command, ...arguments_: string[]): Promise<string> {
    let printed = '';
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        printed += chunk.toString();
        done();
      },
    });
    const config = readConfig(environment, 'tool');
    const { signal } = new AbortController();
    expect(
      await command.run(arguments_, {
        config,
        out,
        err: new Writable({
          write: (_c, _e, done) => {
            done();
          },
        }),
        signal,
      }),
    ).toBe(0);
    return printed;
  }

  expect(await run(verifyCommand)).toMatch(
    /^0 differences .*\nThe log is sound: .* there is no anchor to compare it with\n$/,
  );
  const node = await startNodeHere(environment, onEnd);
  await eventually('it is ready', () => node.isReady());
  expect(readdirSync(folder.path)).toEqual(expect.arrayContaining(['ledger.db-anchor', 'ledger.db-lock']));
  await expect(startNodeHere(environment, onEnd)).rejects.toThrow(/ledger\.db: another process is using it/);
  const { errors } = await node.ask(
    'mutation { registerDepartment(input: { code: "NEW", name: "新局" }) { position } }',
  );
  expect(errors).toBeUndefined();

  expect(await run(verifyCommand)).toMatch(/^0 differences .*\nThe log is sound: .* it holds what its anchor knows\n$/);
  const backedUp = await run(backupCommand, copy);
  expect(backedUp).toMatch(/copy\.db: \d+ events, .* checked\n$/);
  await node.stop();
  const events = /(\d+) events/.exec(backedUp)?.[1];
  expect(await run(restoreCommand, copy, '--force')).toMatch(new RegExp(`^Restored ${events} events`));
  const restored = await startNodeHere(environment, onEnd);
  await eventually('it is ready', () => restored.isReady());
  const { data } = await restored.ask('{ department(code: "NEW") { name } }');
  expect(data).toEqual({ department: { name: '新局' } });
});
