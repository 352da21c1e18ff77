import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { explainBudget, Question } from './explain-question';
import { reportOf } from './explain-report';
import { RemoteError, RemoteLedger } from './remote-ledger';
import { Environment, serverAccess } from './server-access';
import { printable } from './table';

const USAGE = `mingjian explain budget <department> <year> [--as-of <moment>] [--known-at <moment>] [--json]
                       [--server <url>] [--token <token>]

Explains where the figures of a budget come from: the figures, the bridge from opening to revised, the corrections, and who set
each figure last. It explains only budgets. It asks a running server, because the embedded ledger belongs to the server's process.

  --as-of      the effective moment, 2023-06-30 or 2023-06-30T08:00:00Z; a day means its end; without it, no bound
  --known-at   the known moment: the answer ignores what was recorded later; now by default
  --json       prints one JSON object, for programs
  --server     the address of the server; MINGJIAN_URL by default, else http://127.0.0.1:4000
  --token      a bearer token; MINGJIAN_TOKEN by default, else, for a server on this machine, the auditor's in
               DATA_DIR/demo-tokens.json

Exit status: 0 explained; 1 no such budget, no answer, or refused; 2 wrong arguments.
`;

/** Needs only the environment. The rest of the server's configuration does not matter here. */
export const explainCommand = (environment: Environment): Command => ({
  name: 'explain',
  summary: 'explains where the figures of a budget come from',
  usage: USAGE,
  async run(arguments_, { out, err, signal }) {
    const { question, json, ...options } = read(arguments_);
    const { address, token } = serverAccess(options, environment);
    try {
      const explanation = await explainBudget(new RemoteLedger(address, token, signal), question);
      out.write(json ? `${JSON.stringify(explanation, null, 2)}\n` : reportOf(explanation));
      return 0;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      err.write(`${printable(error.message)}\n`);
      return 1;
    }
  },
});

interface Options {
  readonly question: Question;
  readonly json: boolean;
  readonly server?: string;
  readonly token?: string;
}

function read(arguments_: readonly string[]): Options {
  const { values, positionals } = parse(arguments_);
  const [kind, department, year, ...more] = positionals;
  if (kind !== 'budget') throw new UsageError('usage: explain budget <department> <year>');
  if (department === undefined || year === undefined || more.length > 0) {
    throw new UsageError('explain budget needs a department and a year, for example: explain budget 441300-DSJ 2023');
  }
  if (!/^\d{4}$/.test(year)) throw new UsageError(`a year has four digits, not ${year}`);
  const { json, server, token } = values;
  const question = { department, fiscalYear: Number(year), asOf: values['as-of'], knownAt: values['known-at'] };
  return { question, json, server, token };
}

function parse(arguments_: readonly string[]) {
  return readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: {
      'as-of': { type: 'string' },
      'known-at': { type: 'string' },
      json: { type: 'boolean', default: false },
      server: { type: 'string' },
      token: { type: 'string' },
    },
  });
}
