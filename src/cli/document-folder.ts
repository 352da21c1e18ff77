import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  DefinitionNode,
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';

/** One operation with the fragments that it uses. */
export interface FolderOperation {
  readonly name: string;
  readonly type: OperationDefinitionNode['operation'];
  readonly document: DocumentNode;
  /** The text of its file, if the file has nothing else; else its parts as they are written in their files. */
  readonly text: string;
}

/** A folder that no manifest can be made from. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}

const EXTENSIONS = ['.graphql', '.gql'];

interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly definitions: readonly DefinitionNode[];
}

/** The operations in all GraphQL files of a folder and the folders in it. Throws `FolderError`. */
export function operationsIn(folder: string): readonly FolderOperation[] {
  const files = filesIn(folder);
  const fragments = fragmentsIn(files);
  const operations = new Map<string, FolderOperation>();
  for (const file of files) {
    for (const operation of file.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)) {
      const name = operation.name?.value;
      if (name === undefined) throw new FolderError(`${file.name}: an operation has no name`);
      if (operations.has(name)) throw new FolderError(`${file.name}: another operation is named ${name}, too`);
      operations.set(name, { name, type: operation.operation, ...wholeOf(operation, file, fragments) });
    }
  }
  if (operations.size === 0)
    throw new FolderError(`${folder} has no operation in files that end with .graphql or .gql`);
  return [...operations.values()];
}

function filesIn(folder: string): readonly SourceFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => EXTENSIONS.includes(path.extname(name)))
    .sort();
  return names.map((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    try {
      return { name, text, definitions: parse(text).definitions };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const [{ line, column } = { line: 1, column: 1 }] = error.locations ?? [];
      throw new FolderError(`${name}:${line}:${column}: ${error.message}`);
    }
  });
}

function fragmentsIn(files: readonly SourceFile[]): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const { name: file, definitions } of files) {
    for (const definition of definitions) {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
      const name = definition.name.value;
      if (fragments.has(name)) throw new FolderError(`${file}: another fragment is named ${name}, too`);
      fragments.set(name, definition);
    }
  }
  return fragments;
}

function wholeOf(
  operation: OperationDefinitionNode,
  file: SourceFile,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Pick<FolderOperation, 'document' | 'text'> {
  const used = new Set<FragmentDefinitionNode>();
  const use = (node: DefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        const fragment = fragments.get(value);
        if (fragment === undefined) throw new FolderError(`${file.name}: there is no fragment ${value}`);
        if (used.has(fragment)) return;
        used.add(fragment);
        use(fragment);
      },
    });
  };
  use(operation);
  const parts: readonly DefinitionNode[] = [operation, ...used];
  const isWholeFile =
    file.definitions.length === parts.length && file.definitions.every((part) => parts.includes(part));
  const definitions = isWholeFile ? file.definitions : parts;
  const text = isWholeFile ? file.text : parts.map(sourceOf).join('\n\n');
  return { document: { kind: Kind.DOCUMENT, definitions }, text };
}

const sourceOf = ({ loc }: DefinitionNode): string => loc?.source.body.slice(loc.start, loc.end) ?? '';
