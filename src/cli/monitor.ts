import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { localTimes } from './local-time';
import { MonitorAnswer, monitorReport } from './monitor-report';
import { RemoteError, RemoteLedger } from './remote-ledger';
import { Environment, serverAccess } from './server-access';
import { printable } from './table';

const USAGE = `mingjian monitor <department> <year> [--as-of <moment>] [--known-at <moment>] [--json]
                 [--server <url>] [--token <token>]

Shows budget progress beside goal progress and time (双监控), and the alerts of the day. It asks a running server.

  --as-of      the effective moment, 2023-06-30 or 2023-06-30T08:00:00Z; a day means its end
  --known-at   the known moment: the answer ignores what was recorded later; now by default. Without --as-of, it is the day, too
  --json       prints one JSON object, for programs
  --server     the address of the server; MINGJIAN_URL by default, else http://127.0.0.1:4000
  --token      a bearer token; MINGJIAN_TOKEN by default, else, for a server on this machine, the auditor's in
               DATA_DIR/demo-tokens.json

Exit status: 0 shown; 1 no such department, no answer, or refused; 2 wrong arguments.
`;

const MONITORING = `query($department: ID!, $fiscalYear: Int!, $at: AsOfInput!) {
  ledger { timeZone }
  asOf(at: $at) {
    position knownAt effectiveAt
    department(code: $department) { code name }
    monitoring(department: $department, fiscalYear: $fiscalYear) {
      budgetProgress timeProgress goalProgress
      alerts { rule level text value threshold entityType entity }
    }
  }
}`;

/** Needs only the environment. The rest of the server's configuration does not matter here. */
export const monitorCommand = (environment: Environment): Command => ({
  name: 'monitor',
  summary: 'shows budget progress beside goal progress, and alerts',
  usage: USAGE,
  async run(arguments_, { out, err, signal }) {
    const { variables, json, ...options } = read(arguments_);
    const { address, token } = serverAccess(options, environment);
    try {
      const ledger = new RemoteLedger(address, token, signal);
      const answer = await ledger.ask<MonitorAnswer>(MONITORING, variables);
      out.write(json ? `${JSON.stringify(answer.asOf, null, 2)}\n` : reportOf(answer, variables.fiscalYear));
      if (answer.asOf.monitoring !== null) return 0;
      err.write(`There is no department ${variables.department} recorded at ${answer.asOf.knownAt}\n`);
      return 1;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      err.write(`${printable(error.message)}\n`);
      return 1;
    }
  },
});

function reportOf({ ledger, asOf }: MonitorAnswer, fiscalYear: number): string {
  const { department, monitoring, effectiveAt, knownAt, position } = asOf;
  if (monitoring === null) return '';
  const print = localTimes(ledger.timeZone);
  const moments = `as of ${effectiveAt === null ? 'all that is on record' : print(effectiveAt)}, known at ${print(knownAt)}, position ${position}`;
  return monitorReport(`${department?.code ?? ''}.${fiscalYear}  ${department?.name ?? ''}  ${moments}`, monitoring);
}

function read(arguments_: readonly string[]) {
  const { values, positionals } = readArguments({
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
  const [department, year, ...more] = positionals;
  if (department === undefined || year === undefined || more.length > 0) {
    throw new UsageError('monitor needs a department and a year, for example: monitor 441300-DSJ 2023');
  }
  if (!/^\d{4}$/.test(year)) throw new UsageError(`a year has four digits, not ${year}`);
  const at = { effectiveAt: values['as-of'], knownAt: values['known-at'] };
  const { json, server, token } = values;
  return { variables: { department, fiscalYear: Number(year), at }, json, server, token };
}
