import { ledgerFile } from '../app/engines';
import { readsFile } from '../app/reads';
import { webhooksFile } from '../app/webhooks';
import { Config } from '../app/config';
import { backUp } from '../event-store/adapters/sqlite/backup';
import { isFileError } from '../machine/file-errors';
import { Outage } from '../kernel/outage';
import { readsPrefix } from '../reads/streams';
import { webhooksPrefix } from '../webhooks/streams';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';

const USAGE = `mingjian backup <file> [--reads | --webhooks] [--force]

Copies the ledger of the embedded store to one file, while its server runs or not. The copy holds a part of the log from its beginning, with
everything that the server had acknowledged before. All of the copy is checked, and it gets its name only when it is complete and on disk.

  --reads       copies the record of who read what, in place of the ledger
  --webhooks    copies the record of webhooks, in place of the ledger. Their secrets are not in it
  --force       replaces the file if it exists

Read models need no backup: they are built from the log. Of KurrentDB, back up the server (docs/backup.md).
`;

export const backupCommand: Command = {
  name: 'backup',
  summary: 'copies the ledger of the embedded store while its server runs',
  usage: USAGE,
  run(arguments_, { config, out }) {
    const { file, force, of } = readCopyArguments(arguments_);
    const from = embeddedLog(config, of).path;
    const { events, head } = reportingFiles(() => backUp({ from, to: file, overwrite: force }));
    out.write(`${file}: ${events} events, up to position ${head}; checked\n`);
    return Promise.resolve(0);
  },
};

/** A log that the embedded store keeps. */
export type EmbeddedLog = 'ledger' | 'reads' | 'webhooks';

interface LogFile {
  readonly path: string;
  readonly prefix: string;
}

const LOG_FILES: { readonly [Log in EmbeddedLog]: (config: Config) => LogFile } = {
  ledger: (config) => ({ path: ledgerFile(config), prefix: config.streamPrefix }),
  reads: (config) => ({ path: readsFile(config), prefix: readsPrefix(config.streamPrefix) }),
  webhooks: (config) => ({ path: webhooksFile(config), prefix: webhooksPrefix(config.streamPrefix) }),
};

/** The file of a log, and how its streams begin. Throws if the log is not in a file. */
export function embeddedLog(config: Config, log: EmbeddedLog): LogFile {
  if (config.eventStoreUrl === undefined) return LOG_FILES[log](config);
  throw new UsageError(
    'EVENTSTORE_URL is set, so the log is not in the embedded store: docs/backup.md says what to back up',
  );
}

export interface CopyArguments {
  readonly file: string;
  readonly force: boolean;
  readonly of: EmbeddedLog;
}

export function readCopyArguments(arguments_: readonly string[]): CopyArguments {
  const { positionals, values } = parse(arguments_);
  const [file, ...others] = positionals;
  if (file === undefined || file === '' || others.length > 0) throw new UsageError('name one file');
  return { file, force: values.force, of: chosenLog(values) };
}

/** The options that name another log than the ledger. */
export const LOG_OPTIONS = {
  reads: { type: 'boolean', default: false },
  webhooks: { type: 'boolean', default: false },
} as const;

export function chosenLog({
  reads,
  webhooks,
}: { readonly [Option in keyof typeof LOG_OPTIONS]: boolean }): EmbeddedLog {
  if (reads && webhooks) throw new UsageError('name one of --reads and --webhooks');
  return reads ? 'reads' : webhooks ? 'webhooks' : 'ledger';
}

function parse(arguments_: readonly string[]) {
  return readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: { ...LOG_OPTIONS, force: { type: 'boolean', default: false } },
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
