import { readArguments } from './arguments';
import { Command, CommandContext, UsageError } from './command';
import { CursorFile } from './cursor-file';
import { follow, RemoteItem } from './remote-feed';
import { RemoteError } from './remote-ledger';
import { Environment, serverAccess } from './server-access';
import { FIELDS_FOR_LINES, fieldsForPrograms, lineOf, objectOf, TailChange } from './tail-line';

const USAGE = `mingjian tail [--after <position>|start|now] [--department <code>]… [--fiscal-year <year>]… [--type <type>]…
              [--entity <code>]… [--cursor-file <path>] [--json [--fields]] [--server <url>]
              [--token <token>]

Prints every change of the ledger as it is recorded, one line each: when (UTC), position, entity, type, who, document, and the new
figures. If the connection is lost, it is made again; no change is left out or printed twice.

  --after        the position to begin after; start: from the first change; now (the default): only new changes
  --department   only changes of this department; each filter can be repeated
  --fiscal-year  only changes of budgets and evaluations of this year
  --type         only changes of this type, such as BudgetApproved
  --entity       only changes of the entity with this code, such as 441300-DSJ.2023
  --cursor-file  keeps the position after the last printed line in this file, and continues after it; --after counts only
               if the file does not exist. A process that is killed prints at most one line again
  --json         prints each change as one JSON object a line, for programs
  --fields       with --json: each change with the fields that it changed, before and after
  --server       the address of the server; MINGJIAN_URL by default, else http://127.0.0.1:4000
  --token        a bearer token; MINGJIAN_TOKEN by default, else, for a server on this machine, the auditor's in
                 DATA_DIR/demo-tokens.json

Ends at Ctrl-C, and prints where to continue. Exit status: 0 ended so; 1 refused; 2 wrong arguments.
`;

export const tailCommand = (environment: Environment): Command => ({
  name: 'tail',
  summary: 'follows the changes of the ledger as they are recorded',
  usage: USAGE,
  async run(arguments_, context) {
    const { json, fields, filter, cursor, after, ...options } = read(arguments_);
    const { err, signal } = context;
    let position: string | undefined;
    const items = follow({
      access: serverAccess(options, environment),
      query: queryOf(json ? fieldsForPrograms(fields) : FIELDS_FOR_LINES),
      filter,
      after: cursor?.read() ?? after,
      signal,
      onTrouble: (message) => err.write(`${message}\n`),
    });
    let status = 0;
    try {
      for await (const item of items) {
        if (item.__typename === 'Change' && !(await print(context, textOf(item, json)))) break;
        position = item.position;
        cursor?.store(position);
      }
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      err.write(`${error.message}\n`);
      status = 1;
    }
    if (position !== undefined) err.write(`Continue with --after ${position}\n`);
    return status;
  },
});

const queryOf = (fields: string): string => `subscription($after: Position, $filter: ChangeFilter) {
  feed: changes(after: $after, filter: $filter) {
    __typename
    ... on Change { ${fields} }
    ... on FeedMark { kind position }
  }
}`;

function textOf(item: RemoteItem, json: boolean): string {
  if (!json) return lineOf(item as unknown as TailChange);
  return `${JSON.stringify(objectOf(item))}\n`;
}

/** Resolves to false if the reader has closed the pipe, as `| head` does. */
function print({ out }: CommandContext, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EPIPE') resolve(false);
      else reject(error);
    };
    out.once('error', failed);
    out.write(text, (error) => {
      if (error) {
        failed(error);
        return;
      }
      out.off('error', failed);
      resolve(true);
    });
  });
}

interface Options {
  readonly after?: string;
  readonly cursor?: CursorFile;
  readonly filter: object;
  readonly json: boolean;
  readonly fields: boolean;
  readonly server?: string;
  readonly token?: string;
}

function read(arguments_: readonly string[]): Options {
  const { department, 'fiscal-year': years, type, entity, after = 'now', ...values } = parse(arguments_);
  if (!/^(start|now|0|[1-9]\d{0,19})$/.test(after)) throw new UsageError(`--after needs a position, start or now`);
  const year = years?.find((text) => !/^\d{4}$/.test(text));
  if (year !== undefined) throw new UsageError(`a year has four digits, not ${year}`);
  if (values.fields && !values.json) throw new UsageError('--fields needs --json');
  const file = values['cursor-file'];
  return {
    after: after === 'now' ? undefined : after === 'start' ? '0' : after,
    cursor: file === undefined ? undefined : new CursorFile(file),
    filter: { departments: department, fiscalYears: years?.map(Number), types: type, entities: entity },
    json: values.json,
    fields: values.fields,
    server: values.server,
    token: values.token,
  };
}

function parse(arguments_: readonly string[]) {
  return readArguments({
    args: [...arguments_],
    options: {
      after: { type: 'string' },
      department: { type: 'string', multiple: true },
      'fiscal-year': { type: 'string', multiple: true },
      type: { type: 'string', multiple: true },
      entity: { type: 'string', multiple: true },
      'cursor-file': { type: 'string' },
      json: { type: 'boolean', default: false },
      fields: { type: 'boolean', default: false },
      server: { type: 'string' },
      token: { type: 'string' },
    },
  }).values;
}
