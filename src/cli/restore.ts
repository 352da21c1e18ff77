import { restore } from '../event-store/adapters/sqlite/restore';
import { readsPrefix } from '../reads/streams';
import { embeddedLedger, embeddedReads, readCopyArguments, reportingFiles } from './backup';
import { Command } from './command';

const USAGE = `mingjian restore <file> [--reads] [--force]

Puts a backup in the place of the ledger of the embedded store. Stop the server first. All of the backup is checked before anything is
changed.

  --reads    restores the record of who read what, from a backup that was made with --reads
  --force    if there is a ledger, puts it aside as ledger.db.replaced-<time>

If the read models are in Redis, they may hold events that the restored log does not have. Run mingjian rebuild before you start the
server. Otherwise the server refuses everything until then. Subscribers begin again from position 0.
`;

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'puts a backup in the place of the ledger',
  usage: USAGE,
  run(arguments_, { config, out }) {
    const { file, force, reads } = readCopyArguments(arguments_);
    const restored = reportingFiles(() =>
      restore({
        backup: file,
        ledger: reads ? embeddedReads(config) : embeddedLedger(config),
        prefix: reads ? readsPrefix(config.streamPrefix) : config.streamPrefix,
        kind: config.demo ? 'demo' : 'real',
        putAside: force,
      }),
    );
    out.write(`Restored ${restored.events} events, up to position ${restored.head}\n`);
    if (!restored.isMarked) {
      out.write(`${file} was not made by mingjian backup, so whether its events were changed is not known\n`);
    }
    if (restored.aside !== undefined) out.write(`The ledger that was there is now ${restored.aside}\n`);
    if (config.redis !== undefined && !reads) {
      out.write(
        'Run mingjian rebuild before you start the server: Redis may hold events that this log does not have\n',
      );
    }
    return Promise.resolve(0);
  },
};
