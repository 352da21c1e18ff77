import { readFileSync, writeFileSync } from 'node:fs';
import { parseCheckpoint } from '../evidence/notes/checkpoint';
import { parseNote } from '../evidence/notes/signed-note';
import { UnsoundEvidence } from '../evidence/unsound';
import { isFileError } from '../machine/file-errors';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { evidencePath } from './evidence-path';
import { fetchFile } from './remote-file';
import { FILE_OPTIONS } from './file-options';
import { RemoteError } from './remote-ledger';
import { Environment, serverAccess } from './server-access';
import { printable } from './table';

const USAGE = `mingjian evidence budget <department> <year> [--as-of <moment>] [--known-at <moment>] [options] -o <file>
mingjian evidence department-year <department> <year> …
mingjian evidence <kind> <code> …
mingjian evidence change <position> [--tlog-proof] …

Gets an evidence file from a running server: it proves figures to people that do not trust the server (mingjian check).
The kinds are budget, evaluation, task, indicator, department, proposal and template.

  -o, --out        the file to write
  --as-of          the effective moment, 2023-06-30 or 2023-06-30T08:00:00Z; a day means its end; without it, no bound
  --known-at       the known moment: the answer ignores what was recorded later; now by default
  --position       a position in the log, instead of --known-at
  --from-as-of, --from-known-at, --from-position
                   a first moment: then the evidence shows how the two moments differ
  --kept           a file with a checkpoint that you kept: then the evidence shows that the log still begins with it
  --page           writes the page to print instead, as HTML
  --tlog-proof     of a change: writes the C2SP tlog-proof instead
  --server         the address of the server; MINGJIAN_URL by default, else http://127.0.0.1:4000
  --token          a bearer token; MINGJIAN_TOKEN by default, else, for a server on this machine, the auditor's in
                   DATA_DIR/demo-tokens.json

Exit status: 0 written; 1 no such thing, no answer, or refused; 2 wrong arguments.
`;

export const evidenceCommand = (environment: Environment): Command => ({
  name: 'evidence',
  summary: 'gets a file that proves figures without the server',
  usage: USAGE,
  async run(arguments_, { out, err, signal }) {
    const { values, positionals } = parse(arguments_);
    const { out: target, server, token, kept } = values;
    if (target === undefined || target === '') throw new UsageError('-o names the file to write');
    const path = evidencePath(positionals, values, kept === undefined ? undefined : keptSize(kept));
    try {
      const file = await fetchFile(serverAccess({ server, token }, environment), path, signal);
      writeFileSync(target, file);
      out.write(`${target}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof RemoteError || isFileError(error))) throw error;
      err.write(`${printable(error.message)}\n`);
      return 1;
    }
  },
});

function keptSize(file: string): bigint {
  try {
    return parseCheckpoint(parseNote(readFileSync(file, 'utf8')).text).treeSize;
  } catch (error) {
    if (!(error instanceof UnsoundEvidence || isFileError(error))) throw error;
    throw new UsageError(`--kept: ${file}: ${error.message}`);
  }
}

function parse(arguments_: readonly string[]) {
  return readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: {
      ...FILE_OPTIONS,
      'from-as-of': { type: 'string' },
      'from-known-at': { type: 'string' },
      'from-position': { type: 'string' },
      kept: { type: 'string' },
      page: { type: 'boolean', default: false },
      'tlog-proof': { type: 'boolean', default: false },
    },
  });
}
