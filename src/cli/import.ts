import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isFileError } from '../machine/file-errors';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { ImportAnswer, importReport } from './import-answer';
import { reasonOf, RemoteError } from './remote-ledger';
import { Environment, ServerAccess, serverAccess } from './server-access';
import { printable } from './table';

const USAGE = `mingjian import <file> [--dry-run] [--map <mapping.json>] [--department <code>] [--year <year>]
                [--all-cells] [--json] [--server <url>] [--token <token>]

Imports a form of self-evaluation (.xlsx, .xls, .csv), or with --map a table of payments. All of it is read and judged first: if
anything is wrong, nothing is recorded. The same file again records nothing; a changed file records what has changed.

  --dry-run     shows what each cell becomes, or why it becomes nothing, and records nothing
  --map         a JSON file that says which columns of a table of payments mean what
  --department  the code of the department, if the form does not say it; --year: the fiscal year likewise
  --all-cells   prints every cell; without it, a dry run prints every cell, and an import only those that need a look
  --json        prints the answer of the server, for programs
  --server      the address of the server; MINGJIAN_URL by default, else http://127.0.0.1:4000
  --token       a bearer token that may record; MINGJIAN_TOKEN by default, else, for a server on this machine, the clerk's in
                DATA_DIR/demo-tokens.json

Exit status: 0 recorded, or a dry run without a refusal; 1 refused, waiting or incomplete, or no answer; 2 wrong arguments.
`;

/** Needs only the environment. The rest of the server's configuration does not matter here. */
export const importCommand = (environment: Environment): Command => ({
  name: 'import',
  summary: 'imports a form or a table of payments',
  usage: USAGE,
  async run(arguments_, { out, err, signal }) {
    const { order, json, allCells, ...options } = read(arguments_);
    const access = serverAccess(options, environment, 'clerk');
    try {
      const answer = await send(access, order, signal);
      out.write(json ? `${JSON.stringify(answer, null, 2)}\n` : importReport(answer, allCells));
      return answer.status === 'RECORDED' || answer.status === 'DRY_RUN' ? 0 : 1;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      err.write(`${printable(error.message)}\n`);
      return 1;
    }
  },
});

const TIMEOUT_MS = 120_000;

/** Throws `RemoteError` if the server cannot be reached, or refuses the request. */
async function send({ address, token }: ServerAccess, order: FormData, signal: AbortSignal): Promise<ImportAnswer> {
  let text: string;
  try {
    const response = await fetch(`${address}/imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: order,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    text = await response.text();
  } catch (error) {
    throw new RemoteError(`No answer from ${address}: ${reasonOf(error)}`);
  }
  const answer = parsed(text);
  if (answer?.status !== undefined) return answer;
  throw new RemoteError(answer?.errors?.[0]?.message ?? `The server at ${address} is not a Mingjian server`);
}

type Answer = ImportAnswer & { readonly errors?: readonly { readonly message: string }[] };

function parsed(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

function read(arguments_: readonly string[]) {
  const { values, positionals } = readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      map: { type: 'string' },
      department: { type: 'string' },
      year: { type: 'string' },
      'all-cells': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      server: { type: 'string' },
      token: { type: 'string' },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new UsageError('import needs one file, for example: import form.xlsx');
  const order = new FormData();
  order.set('file', new File([bytesOf(file)], path.basename(file)));
  order.set('dryRun', values['dry-run'] ? '1' : '0');
  if (values.map !== undefined) order.set('map', bytesOf(values.map).toString('utf8'));
  if (values.department !== undefined) order.set('department', values.department);
  if (values.year !== undefined) order.set('fiscalYear', values.year);
  const { json, server, token } = values;
  return { order, json, allCells: values['all-cells'] || values['dry-run'], server, token };
}

function bytesOf(file: string): Buffer<ArrayBuffer> {
  try {
    return Buffer.from(readFileSync(file));
  } catch (error) {
    if (isFileError(error)) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
