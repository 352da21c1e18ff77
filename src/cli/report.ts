import path from 'node:path';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { FILE_OPTIONS, queryOf, yearPath } from './file-options';
import { Environment, serverAccess } from './server-access';
import { writeRemoteFile } from './write-remote-file';

const USAGE = `mingjian report <department> <year> [--out <file>] [--format md|html|docx|pdf] [--as-of <moment>]
                [--known-at <moment> | --position <position>] [--server <url>] [--token <token>]
mingjian report <department> <year> --from <moment or position> [--to <moment or position>] …

Makes the report of a self-evaluation (部门整体支出绩效自评报告) as of a moment. With --from, it compares two moments: what changed between
them, and why. It asks a running server. The same position and effective moment give the same bytes of md, html and docx, on any machine;
a PDF has the same text and pages. The server needs LibreOffice for a PDF.

  -o, --out    the file to write; its ending is the format; without it, Markdown is printed
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
  run(arguments_, context) {
    const { values, positionals } = parse(arguments_);
    const [department, year, ...more] = positionals;
    const about = yearPath(department, year, more, 'report');
    const { out: file, format, from, to } = values;
    const address = `/reports/evaluation/${about}.${formatOf(format, file)}${queryOf(values, { from, to })}`;
    return writeRemoteFile(serverAccess(values, environment), address, file, context);
  },
});

function formatOf(given: string | undefined, file: string | undefined): Format {
  const wanted = given ?? (file === undefined ? 'md' : path.extname(file).slice(1));
  const found = FORMATS.find((format) => format === wanted);
  if (found === undefined) throw new UsageError(`--format takes ${FORMATS.join(', ')}, not ${wanted}`);
  return found;
}

const parse = (arguments_: readonly string[]) =>
  readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: { ...FILE_OPTIONS, format: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
  });
