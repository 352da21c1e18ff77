import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { RemoteError } from './remote-ledger';
import { fetchFile } from './remote-file';
import { Environment, serverAccess } from './server-access';
import { reportingFiles } from './backup';
import { printable } from './table';

const USAGE = `mingjian report <department> <year> [--out <file>] [--format md|html|docx|pdf] [--as-of <moment>]
                [--known-at <moment> | --position <position>] [--server <url>] [--token <token>]
mingjian report <department> <year> --from <moment or position> [--to <moment or position>] …

Makes the report of a self-evaluation (部门整体支出绩效自评报告) as of a moment. With --from, it compares two moments: what changed between
them, and why. It asks a running server. The same position and effective moment give the same bytes of md, html and docx, on any machine;
a PDF has the same text and pages. The server needs LibreOffice for a PDF.

  --out        the file to write; its ending is the format; without it, Markdown is printed
  --format     the format, if the file has another ending
  --as-of      the effective moment, 2023-06-30 or 2023-06-30T08:00:00Z; a day means its end; without it, no bound
  --known-at   the known moment: the report ignores what was recorded later; now by default
  --position   the position to read at, in place of --known-at
  --from, --to the two moments to compare, each a known moment or a position; --to is now by default
  --server     the address of the server; MINGJIAN_URL by default, else http://127.0.0.1:4000
  --token      a bearer token; MINGJIAN_TOKEN by default, else, for a server on this machine, the auditor's in
               DATA_DIR/demo-tokens.json

Exit status: 0 written; 1 no such department, no answer, or refused; 2 wrong arguments.
`;

const FORMATS = ['md', 'html', 'docx', 'pdf'] as const;
type Format = (typeof FORMATS)[number];

/** Needs only the environment. The rest of the server's configuration does not matter here. */
export const reportCommand = (environment: Environment): Command => ({
  name: 'report',
  summary: 'makes the report of a self-evaluation, or compares two moments',
  usage: USAGE,
  async run(arguments_, { out, err, signal }) {
    const { department, year, format, file, query, ...options } = read(arguments_);
    const access = serverAccess(options, environment);
    const address = `/reports/evaluation/${department}/${year}.${format}${query}`;
    try {
      const bytes = await fetchFile(access, address, signal);
      if (file === undefined) out.write(bytes);
      else {
        reportingFiles(() => {
          writeFileSync(file, bytes);
        });
      }
      return 0;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      err.write(`${printable(error.message)}\n`);
      return 1;
    }
  },
});

interface Options {
  readonly department: string;
  readonly year: string;
  readonly format: Format;
  readonly file?: string;
  /** With its question mark; empty if there are no parameters. */
  readonly query: string;
  readonly server?: string;
  readonly token?: string;
}

function read(arguments_: readonly string[]): Options {
  const { values, positionals } = parse(arguments_);
  const [department, year, ...more] = positionals;
  if (department === undefined || year === undefined || more.length > 0) {
    throw new UsageError('report needs a department and a year, for example: report 441300-DSJ 2023');
  }
  if (!/^\d{4}$/.test(year)) throw new UsageError(`a year has four digits, not ${year}`);
  const { out: file, server, token, 'as-of': effectiveAt, 'known-at': knownAt, position, from, to } = values;
  const given = Object.entries({ effectiveAt, knownAt, position, from, to }).filter(([, value]) => value !== undefined);
  const query = given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][]).toString()}`;
  const format = formatOf(values.format, file);
  return { department: encodeURIComponent(department), year, format, file, query, server, token };
}

function formatOf(given: string | undefined, file: string | undefined): Format {
  const wanted = given ?? (file === undefined ? 'md' : path.extname(file).slice(1));
  const found = FORMATS.find((format) => format === wanted);
  if (found === undefined) throw new UsageError(`--format takes ${FORMATS.join(', ')}, not ${wanted}`);
  return found;
}

function parse(arguments_: readonly string[]) {
  return readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      format: { type: 'string' },
      'as-of': { type: 'string' },
      'known-at': { type: 'string' },
      position: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      server: { type: 'string' },
      token: { type: 'string' },
    },
  });
}
