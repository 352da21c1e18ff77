import { acceptLoss } from '../event-store/adapters/sqlite/accept-loss';
import { embeddedLog, reportingFiles } from './backup';
import { Command, UsageError } from './command';

const USAGE = `mingjian accept-loss

If a server does not start because its ledger has lost events or because events were altered, this takes the log as it is from now on. What is
lost stays lost, although clients were told that it is on record. Restore a backup instead if you have one that holds more. Stop the server
first. The file ledger.db-losses records what was accepted and when.
`;

export const acceptLossCommand: Command = {
  name: 'accept-loss',
  summary: 'takes a ledger that has lost events as it is, and records that',
  usage: USAGE,
  run(arguments_, { config, out }) {
    if (arguments_.length > 0) throw new UsageError('accept-loss takes no arguments');
    const accepted = reportingFiles(() => acceptLoss(embeddedLog(config, 'ledger').path, new Date()));
    if (accepted === undefined) {
      out.write('The ledger holds what its anchor knows: there is nothing to accept\n');
      return Promise.resolve(0);
    }
    out.write(
      `${accepted.problem}\nAccepted: the log ends at position ${accepted.head}. Recorded in ${accepted.record}\n`,
    );
    if (config.redis !== undefined) out.write('Run mingjian rebuild before you start the server\n');
    return Promise.resolve(0);
  },
};
