import { readFileSync, writeFileSync } from 'node:fs';
import {
  APOLLO_FORMAT,
  hashOf,
  ListedDocument,
  ManifestError,
  readManifest,
  refusedAmong,
} from '../app/trusted-documents';
import { isFileError } from '../machine/file-errors';
import { readArguments } from './arguments';
import { apolloClientText } from './apollo-client-text';
import { Command, CommandContext, UsageError } from './command';
import { FolderError, FolderOperation, operationsIn } from './document-folder';
import { printable } from './table';

const USAGE = `mingjian documents <folder> [--format apollo|map] [--apollo-client] [--out <file>]
mingjian documents --check <manifest>

Makes a manifest of trusted documents (TRUSTED_DOCUMENTS) from the files of a folder that end with .graphql or .gql, and checks
each document against the schema and the limits of this version of the server. It needs no server.

Each operation needs a name of its own, and becomes one document with the fragments that it uses, from whatever file. Texts are
kept exactly as they are written. A client names a document by the SHA-256 of its text.

  --format         apollo: the format of Apollo's persisted query manifests, the default; map: a JSON object from SHA-256 to text
  --apollo-client  lists the texts that Apollo Client sends: printed anew, with __typename in each selection
  --out            the file to write; without it, the manifest is printed
  --check          checks a manifest that exists, in either format

Exit status: 0 every document is valid; 1 some are refused, and nothing was written; 2 wrong arguments.
`;

export const documentsCommand: Command = {
  name: 'documents',
  summary: 'makes and checks a manifest of trusted documents',
  usage: USAGE,
  run(arguments_, context) {
    const options = read(arguments_);
    try {
      return Promise.resolve('check' in options ? check(options.check, context) : make(options, context));
    } catch (error) {
      if (!(error instanceof ManifestError || error instanceof FolderError || isFileError(error))) throw error;
      context.err.write(`${printable(error.message)}\n`);
      return Promise.resolve(1);
    }
  },
};

function check(file: string, context: CommandContext): number {
  const listed = readManifest(readFileSync(file, 'utf8'));
  if (!allValid(listed, context)) return 1;
  context.out.write(`${listed.length} documents are valid\n`);
  return 0;
}

interface MakeOptions {
  readonly folder: string;
  readonly format: string;
  readonly apolloClient: boolean;
  readonly out?: string;
}

function make({ folder, format, apolloClient, out }: MakeOptions, context: CommandContext): number {
  const documents = operationsIn(folder).map(({ document, text, ...operation }) => {
    const body = apolloClient ? apolloClientText(document) : text;
    return { ...operation, text: body, hash: hashOf(body) };
  });
  if (!allValid(documents, context)) return 1;
  const manifest = `${JSON.stringify(format === 'map' ? asMap(documents) : asApollo(documents), null, 2)}\n`;
  if (out === undefined) context.out.write(manifest);
  else writeFileSync(out, manifest);
  context.err.write(`${documents.length} documents are valid\n`);
  return 0;
}

type NamedDocument = ListedDocument & Pick<FolderOperation, 'name' | 'type'>;

const asMap = (documents: readonly NamedDocument[]): object =>
  Object.fromEntries(documents.map(({ hash, text }) => [hash, text]));

const asApollo = (documents: readonly NamedDocument[]): object => ({
  format: APOLLO_FORMAT,
  version: 1,
  operations: documents.map(({ hash, name, type, text }) => ({ id: hash, name, type, body: text })),
});

/** Prints each error of each document that is refused. */
function allValid(listed: readonly ListedDocument[], { err }: CommandContext): boolean {
  const refused = refusedAmong(listed);
  for (const { listed: document, errors } of refused) {
    for (const { message, locations = [] } of errors) {
      const places = locations.map(({ line, column }) => `:${line}:${column}`).join('');
      err.write(`${printable(`${document.name ?? document.hash}${places}: ${message}`)}\n`);
    }
  }
  if (refused.length > 0) err.write(`${refused.length} of ${listed.length} documents are refused\n`);
  return refused.length === 0;
}

function read(arguments_: readonly string[]): MakeOptions | { readonly check: string } {
  const { values, positionals } = parse(arguments_);
  const { check: manifest, format, out, 'apollo-client': apolloClient } = values;
  const [folder, ...more] = positionals;
  if (manifest !== undefined) {
    if (folder !== undefined) throw new UsageError('documents takes a folder or --check, not both');
    return { check: manifest };
  }
  if (folder === undefined || more.length > 0)
    throw new UsageError('usage: documents <folder>, or documents --check <manifest>');
  if (format !== 'apollo' && format !== 'map') throw new UsageError('--format takes apollo or map');
  return { folder, format, apolloClient, out };
}

function parse(arguments_: readonly string[]) {
  return readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: {
      check: { type: 'string' },
      format: { type: 'string', default: 'apollo' },
      out: { type: 'string' },
      'apollo-client': { type: 'boolean', default: false },
    },
  });
}
