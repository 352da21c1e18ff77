#!/usr/bin/env node
import 'reflect-metadata';
import { ConfigError, readConfig } from '../app/config';
import { CorruptLedger, Outage } from '../kernel/outage';
import { acceptLossCommand } from './accept-loss';
import { backupCommand } from './backup';
import { checkCommand } from './check';
import { Command, UsageError } from './command';
import { configCommand } from './config';
import { documentsCommand } from './documents';
import { evidenceCommand } from './evidence';
import { explainCommand } from './explain';
import { exportCommand } from './export';
import { exportLogCommand } from './export-log';
import { formCommand } from './form';
import { importCommand } from './import';
import { importLogCommand } from './import-log';
import { keyCommand } from './key';
import { monitorCommand } from './monitor';
import { rebuildCommand } from './rebuild';
import { reportCommand } from './report';
import { restoreCommand } from './restore';
import { tailCommand } from './tail';
import { verifyCommand } from './verify';

const COMMANDS: readonly Command[] = [
  acceptLossCommand,
  backupCommand,
  checkCommand,
  configCommand(process.env),
  documentsCommand,
  evidenceCommand(process.env),
  explainCommand(process.env),
  exportCommand(process.env),
  exportLogCommand,
  formCommand(process.env),
  importCommand(process.env),
  importLogCommand,
  keyCommand,
  monitorCommand(process.env),
  rebuildCommand,
  reportCommand(process.env),
  restoreCommand,
  tailCommand(process.env),
  verifyCommand,
];

const OVERVIEW = `mingjian <command> [options]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(13)}${summary}`).join('\n')}

mingjian <command> --help explains a command. The environment variables are the same as for the server.
Exit status: 0 done, 1 failed or differences found, 2 wrong arguments.
`;

/** The command line: `mingjian <command> [options]`. */
async function main(arguments_: readonly string[]): Promise<number> {
  const [name, ...rest] = arguments_;
  // Node replaces bytes that are not UTF-8 by this character.
  const broken = arguments_.findIndex((text) => text.includes('\ufffd'));
  if (broken >= 0) throw new UsageError(`argument ${broken + 1} is not UTF-8`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(OVERVIEW);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) throw new UsageError(`there is no command ${name}`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.usage);
    return 0;
  }
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return command.run(rest, {
    // Read on demand: a command that does not use the configuration must not fail because of it.
    get config() {
      return readConfig(process.env, 'tool');
    },
    out: process.stdout,
    err: process.stderr,
    signal: stopping.signal,
  });
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`mingjian: ${explain(error)}\n`);
    process.exit(error instanceof UsageError || error instanceof ConfigError ? 2 : 1);
  },
);

/** One clear line for errors that the operator can fix, and a stack for the others. */
function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}; mingjian --help lists the commands`;
  if (error instanceof ConfigError || error instanceof Outage || error instanceof CorruptLedger) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
