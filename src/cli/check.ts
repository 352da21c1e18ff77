import { writeFileSync } from 'node:fs';
import { evidenceChecker } from '../app/evidence/checker';
import { FILE_BOUNDS } from '../evidence/files/canonical-file';
import { Checkpoint } from '../evidence/notes/checkpoint';
import { keptCheckpoint } from '../evidence/notes/kept-note';
import { isTlogProof } from '../evidence/notes/tlog-proof';
import { parsePolicy, Policy } from '../evidence/notes/policy';
import { UnsoundEvidence } from '../evidence/unsound';
import { readBoundedFile } from '../machine/bounded-file';
import { isFileError } from '../machine/file-errors';
import { evidencePage } from '../proving/page/evidence-page';
import { readArguments } from './arguments';
import { reportOfEvidence, reportOfProof } from './check-report';
import { Command, UsageError } from './command';
import { printable } from './table';
import { checkedProof } from './tlog-proof-check';

const USAGE = `mingjian check <file> --policy <policy> [<old checkpoint>] [--page <html>]

Checks an evidence file, or a .tlog-proof of a change, without a server and without a network: verifies its proofs and signatures, and computes
the answer again from the events. Names the first thing that is wrong.

  --policy           whom you trust: the keys of the ledger and of its witnesses (C2SP tlog-policy)
  <old checkpoint>   a checkpoint that you kept (GET /checkpoint): the log has to begin with the same events
  --page             writes the page to print, as HTML, if all is right

Exit status: 0 proven; 1 not proven, or a file cannot be read; 2 wrong arguments.
`;

/** A hostile file could make a message as long as itself. */
const LONGEST_REASON = 1_000;

export const checkCommand: Command = {
  name: 'check',
  summary: 'checks an evidence file without a server',
  usage: USAGE,
  async run(arguments_, { out, err }) {
    const { file, policy, kept, page } = read(arguments_);
    try {
      const bytes = bytesOf(file);
      const trusted = inFile(policy, () => parsePolicy(bytesOf(policy).toString()));
      const old =
        kept === undefined ? undefined : inFile(kept, () => keptCheckpoint(bytesOf(kept).toString(), trusted));
      out.write(await checked(bytes, trusted, old, page));
      return 0;
    } catch (error) {
      if (error instanceof UnsoundEvidence)
        err.write(`NOT PROVEN 未获证明: ${printable(error.message).slice(0, LONGEST_REASON)}\n`);
      else if (isFileError(error)) err.write(`${printable(error.message)}\n`);
      else throw error;
      return 1;
    }
  },
};

async function checked(
  bytes: Buffer,
  policy: Policy,
  kept: Checkpoint | undefined,
  page: string | undefined,
): Promise<string> {
  if (isTlogProof(bytes)) {
    if (kept !== undefined || page !== undefined) throw new UsageError('a .tlog-proof takes only a policy');
    return reportOfProof(checkedProof(bytes.toString(), policy));
  }
  const evidence = await evidenceChecker().check(bytes, policy, kept);
  if (page !== undefined) writeFileSync(page, evidencePage(evidence.file, evidence.fingerprint));
  return reportOfEvidence(evidence, kept);
}

function bytesOf(file: string): Buffer {
  const bytes = readBoundedFile(file, FILE_BOUNDS.bytes);
  if (bytes === undefined) throw new UnsoundEvidence(`${file} has more than ${FILE_BOUNDS.bytes} bytes`);
  return bytes;
}

function inFile<Value>(file: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    throw error instanceof UnsoundEvidence ? new UnsoundEvidence(`${file}: ${error.message}`) : error;
  }
}

function read(arguments_: readonly string[]) {
  const { values, positionals } = readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: { policy: { type: 'string' }, page: { type: 'string' } },
  });
  const [file, kept, ...more] = positionals;
  const { policy, page } = values;
  if (file === undefined || policy === undefined || more.length > 0) {
    throw new UsageError('usage: check <file> --policy <policy> [<old checkpoint>]');
  }
  return { file, policy, kept, page };
}
