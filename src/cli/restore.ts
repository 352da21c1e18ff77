import { restore } from '../event-store/adapters/sqlite/restore';
import { embeddedLog, readCopyArguments, reportingFiles } from './backup';
import { Command } from './command';

const USAGE = `mingjian restore <file> [--reads | --webhooks] [--force]

Puts a backup in the place of the ledger of the embedded store. Stop the server first. All of the backup is checked before anything is
changed.

  --reads       restores the record of who read what, from a backup that was made with --reads
  --webhooks    restores the record of webhooks, from a backup that was made with --webhooks
  --force       if there is a ledger, puts it aside as ledger.db.replaced-<time>

If the read models are in Redis, they may hold events that the restored log does not have. Run mingjian rebuild before you start the
server. Otherwise the server refuses everything until then. Subscribers begin again from position 0. Webhooks that
had come further than the backup stop (LOG_REPLACED).
`;

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'puts a backup in the place of the ledger',
  usage: USAGE,
  run(arguments_, { config, out }) {
    const { file, force, of } = readCopyArguments(arguments_);
    const { path, prefix } = embeddedLog(config, of);
    const restored = reportingFiles(() =>
      restore({
        backup: file,
        ledger: path,
        prefix,
        kind: config.demo ? 'demo' : 'real',
        putAside: force,
      }),
    );
    out.write(`Restored ${restored.events} events, up to position ${restored.head}\n`);
    if (!restored.isMarked) {
      out.write(`${file} was not made by mingjian backup, so whether its events were changed is not known\n`);
    }
    if (restored.aside !== undefined) out.write(`The ledger that was there is now ${restored.aside}\n`);
    if (config.redis !== undefined && of === 'ledger') {
      out.write(
        'Run mingjian rebuild before you start the server: Redis may hold events that this log does not have\n',
      );
    }
    return Promise.resolve(0);
  },
};
