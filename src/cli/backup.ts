import { ledgerFile } from '../app/engines';
import { readsFile } from '../app/reads';
import { Config } from '../app/config';
import { backUp } from '../event-store/adapters/sqlite/backup';
import { isFileError } from '../machine/file-errors';
import { Outage } from '../kernel/outage';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';

const USAGE = `mingjian backup <file> [--reads] [--force]

Copies the ledger of the embedded store to one file, while its server runs or not. The copy holds a part of the log from its beginning, with
everything that the server had acknowledged before. All of the copy is checked, and it gets its name only when it is complete and on disk.

  --reads    copies the record of who read what, in place of the ledger
  --force    replaces the file if it exists

Read models need no backup: they are built from the log. Of KurrentDB, back up the server (docs/backup.md).
`;

export const backupCommand: Command = {
  name: 'backup',
  summary: 'copies the ledger of the embedded store while its server runs',
  usage: USAGE,
  run(arguments_, { config, out }) {
    const { file, force, reads } = readCopyArguments(arguments_);
    const from = reads ? embeddedReads(config) : embeddedLedger(config);
    const { events, head } = reportingFiles(() => backUp({ from, to: file, overwrite: force }));
    out.write(`${file}: ${events} events, up to position ${head}; checked\n`);
    return Promise.resolve(0);
  },
};

/** The ledger file. Throws if the log is not in one. */
export function embeddedLedger(config: Config): string {
  requireEmbedded(config);
  return ledgerFile(config);
}

/** The file of the record of reads. Throws if it is not in one. */
export function embeddedReads(config: Config): string {
  requireEmbedded(config);
  return readsFile(config);
}

function requireEmbedded({ eventStoreUrl }: Config): void {
  if (eventStoreUrl === undefined) return;
  throw new UsageError(
    'EVENTSTORE_URL is set, so the log is not in the embedded store: docs/backup.md says what to back up',
  );
}

export interface CopyArguments {
  readonly file: string;
  readonly force: boolean;
  /** Whether the record of reads is meant, not the ledger. */
  readonly reads: boolean;
}

export function readCopyArguments(arguments_: readonly string[]): CopyArguments {
  const { positionals, values } = parse(arguments_);
  const [file, ...others] = positionals;
  if (file === undefined || file === '' || others.length > 0) throw new UsageError('name one file');
  return { file, force: values.force, reads: values.reads };
}

function parse(arguments_: readonly string[]) {
  return readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: { force: { type: 'boolean', default: false }, reads: { type: 'boolean', default: false } },
  });
}

/** An error of the file system is something that the operator can fix. */
export function reportingFiles<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isFileError(error) ? new Outage(error.message, { cause: error }) : error;
  }
}
