import { FORM_IDS } from '../forms/layouts/layout';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { FILE_OPTIONS, queryOf, yearPath } from './file-options';
import { Environment, serverAccess } from './server-access';
import { writeRemoteFile } from './write-remote-file';

const USAGE = `mingjian form <form> <department> <year> --out <file.xlsx> [--line <code>] [--as-of <moment>]
              [--known-at <moment> | --position <position>] [--server <url>] [--token <token>]

Fills a form of the self-evaluation from the ledger, as of a moment, and writes it as .xlsx. The forms are ${FORM_IDS.join(', ')}.
It asks a running server. The same position and effective moment give the same bytes.

  -o, --out    the file to write
  --line       the line of the budget that a form about a project is about, if the budget has several
  --as-of      the effective moment, 2023-06-30 or 2023-06-30T08:00:00Z; a day means its end; without it, no bound
  --known-at   the known moment: the form ignores what was recorded later; now by default
  --position   the position to read at, in place of --known-at
  --server     the address of the server; MINGJIAN_URL by default, else http://127.0.0.1:4000
  --token      a bearer token; MINGJIAN_TOKEN by default, else, for a server on this machine, the auditor's in
               DATA_DIR/demo-tokens.json

Exit status: 0 written; 1 no such department, no answer, or refused; 2 wrong arguments.
`;

/** Needs only the environment. The rest of the server's configuration does not matter here. */
export const formCommand = (environment: Environment): Command => ({
  name: 'form',
  summary: 'fills a form of the self-evaluation from the ledger',
  usage: USAGE,
  run(arguments_, context) {
    const { values, positionals } = parse(arguments_);
    const [form, department, year, ...more] = positionals;
    if (!FORM_IDS.some((id) => id === form)) throw new UsageError(`form takes ${FORM_IDS.join(', ')}`);
    const about = yearPath(department, year, more, 'form');
    const { out: file, line } = values;
    if (file === undefined) throw new UsageError('form needs --out <file.xlsx>');
    const address = `/forms/${form ?? ''}/${about}.xlsx${queryOf(values, { line })}`;
    return writeRemoteFile(serverAccess(values, environment), address, file, context);
  },
});

const parse = (arguments_: readonly string[]) =>
  readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: { ...FILE_OPTIONS, line: { type: 'string' } },
  });
