import { acceptLoss } from '../event-store/adapters/sqlite/accept-loss';
import { readArguments } from './arguments';
import { chosenLog, embeddedLog, LOG_OPTIONS, reportingFiles } from './backup';
import { Command } from './command';

const USAGE = `mingjian accept-loss [--reads | --webhooks]

If a server does not start because its ledger has lost events or because events were altered, this takes the log as it is from now on. What is
lost stays lost, although clients were told that it is on record. Restore a backup instead if you have one that holds more. Stop the server
first. The file ledger.db-losses records what was accepted and when.

  --reads       takes the record of who read what as it is, in place of the ledger
  --webhooks    takes the record of webhooks as it is, in place of the ledger

After a loss of the ledger, webhooks that had come further stop (LOG_REPLACED). After a loss of the record of webhooks, changes may be sent
again.
`;

export const acceptLossCommand: Command = {
  name: 'accept-loss',
  summary: 'takes a ledger that has lost events as it is, and records that',
  usage: USAGE,
  run(arguments_, { config, out }) {
    const of = chosenLog(readArguments({ args: [...arguments_], options: LOG_OPTIONS }).values);
    const { path } = embeddedLog(config, of);
    const accepted = reportingFiles(() => acceptLoss(path, new Date()));
    if (accepted === undefined) {
      out.write(`${path} holds what its anchor knows: there is nothing to accept\n`);
      return Promise.resolve(0);
    }
    out.write(
      `${accepted.problem}\nAccepted: the log ends at position ${accepted.head}. Recorded in ${accepted.record}\n`,
    );
    if (config.redis !== undefined && of === 'ledger') out.write('Run mingjian rebuild before you start the server\n');
    return Promise.resolve(0);
  },
};
