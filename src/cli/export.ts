import { auditInterface } from '../open-data/audit-interface';
import { RowsOf } from '../open-data/dataset';
import { DEPARTMENTS } from '../open-data/datasets';
import { ExportFormat, Labels, WrittenFile } from '../open-data/export-format';
import { fiscalDataPackage } from '../open-data/fiscal-data-package';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { NewFolderError, makeFolder } from './new-folder';
import { publishedRows } from './published-rows';
import { AskedMoment, remoteMoment } from './remote-moment';
import { RemoteError, RemoteLedger } from './remote-ledger';
import { Environment, serverAccess } from './server-access';
import { printable } from './table';

const USAGE = `mingjian export <folder> [--format package|xml] [--department <code>]… [--fiscal-year <year>] [--as-of <moment>]
                [--known-at <moment> | --position <position>] [--title <text>] [--license <name>]
                [--server <url>] [--token <token>]

Writes open data of the ledger, as of a moment, into a new folder: budgets and their lines, departments, tasks, indicators, published
evaluations, the functional classification and COFOG. It asks a running server, and has what the token may read, without payees,
memos, reasons, persons and single payments. The same position, effective moment and options give the same bytes to the same reader.

  --format       package: a Fiscal Data Package (CSV files and datapackage.json), the default; xml: one XML document in the six groups
                 of GB/T 42940-2023, with its schema and the mapping; it claims no conformity
  --department   only this department; may be given several times
  --fiscal-year  only budgets, tasks, indicators and evaluations of this year
  --as-of        the effective moment, 2023-06-30 or 2023-06-30T08:00:00Z; a day means its end; without it, no bound
  --known-at     the known moment: the export ignores what was recorded later; now by default
  --position     the position to read at, in place of --known-at
  --title        the title of the package
  --license      the name of the licence that you publish the package under, for example CC-BY-4.0
  --server       the address of the server; MINGJIAN_URL by default, else http://127.0.0.1:4000
  --token        a bearer token; MINGJIAN_TOKEN by default, else, for a server on this machine, the auditor's in
                 DATA_DIR/demo-tokens.json

The folder must not exist. It appears only when it is complete.

Exit status: 0 written; 1 no such department, the folder exists, no answer, or refused; 2 wrong arguments.
`;

const FORMATS: Readonly<Record<string, ExportFormat>> = { package: fiscalDataPackage, xml: auditInterface };

/** Needs only the environment. The rest of the server's configuration does not matter here. */
export const exportCommand = (environment: Environment): Command => ({
  name: 'export',
  summary: 'writes open data of the ledger as of a moment',
  usage: USAGE,
  async run(arguments_, { out, err, signal }) {
    const { folder, format, departments, fiscalYear, asked, labels, ...options } = read(arguments_);
    const access = serverAccess(options, environment);
    try {
      const ledger = new RemoteLedger(access.address, access.token, signal);
      const moment = { ...(await remoteMoment(ledger, asked)), departments, fiscalYear };
      const rowsOf = publishedRows(access, moment, signal);
      await requireDepartments(departments ?? [], rowsOf);
      const data = { moment, rowsOf, labels };
      await makeFolder(folder, async (write) => {
        const written: WrittenFile[] = [];
        for (const file of format.files(data)) written.push(await write(file));
        for (const file of format.descriptions(data, written)) await write(file);
      });
      const { position, knownAt, effectiveAt } = moment;
      out.write(
        `${printable(folder)}: position ${position}, known at ${knownAt}, as of ${effectiveAt ?? 'no bound'}\n`,
      );
      return 0;
    } catch (error) {
      if (!(error instanceof RemoteError || error instanceof NewFolderError)) throw error;
      err.write(`${printable(error.message)}\n`);
      return 1;
    }
  },
});

/** A misspelt code must not publish an empty package. */
async function requireDepartments(wanted: readonly string[], rowsOf: RowsOf): Promise<void> {
  if (wanted.length === 0) return;
  const missing = new Set(wanted);
  for await (const { code } of rowsOf(DEPARTMENTS)) if (typeof code === 'string') missing.delete(code);
  if (missing.size > 0) throw new RemoteError(`There is no department ${[...missing].join(', ')} that you may read`);
}

interface Wanted {
  readonly folder: string;
  readonly format: ExportFormat;
  /** Sorted, so that their order does not matter; null: all. */
  readonly departments: readonly string[] | null;
  readonly fiscalYear: number | null;
  readonly asked: AskedMoment;
  readonly labels: Labels;
  readonly server?: string;
  readonly token?: string;
}

function read(arguments_: readonly string[]): Wanted {
  const { values, positionals } = parse(arguments_);
  const [folder, ...more] = positionals;
  if (folder === undefined || folder === '' || more.length > 0) throw new UsageError('export needs one folder to make');
  const { format: name, department, 'fiscal-year': year, title, license, server, token } = values;
  const { 'as-of': effectiveAt, 'known-at': knownAt, position } = values;
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (format === undefined) throw new UsageError(`--format takes ${Object.keys(FORMATS).join(' or ')}, not ${name}`);
  if (year !== undefined && !/^\d{4}$/.test(year)) throw new UsageError(`a year has four digits, not ${year}`);
  if (license !== undefined && !/^[-a-zA-Z0-9._]+$/.test(license))
    throw new UsageError('--license takes the name of a licence, for example CC-BY-4.0');
  if (format === auditInterface && (title ?? license) !== undefined)
    throw new UsageError('--title and --license are of --format package');
  return {
    folder,
    format,
    departments: department === undefined ? null : [...new Set(department)].sort(),
    fiscalYear: year === undefined ? null : Number(year),
    asked: { effectiveAt, knownAt, position },
    labels: { title, license },
    server,
    token,
  };
}

const parse = (arguments_: readonly string[]) =>
  readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'package' },
      department: { type: 'string', multiple: true },
      'fiscal-year': { type: 'string' },
      'as-of': { type: 'string' },
      'known-at': { type: 'string' },
      position: { type: 'string' },
      title: { type: 'string' },
      license: { type: 'string' },
      server: { type: 'string' },
      token: { type: 'string' },
    },
  });
