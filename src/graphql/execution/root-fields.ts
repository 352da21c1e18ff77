import { DocumentNode, Kind, OperationDefinitionNode, SelectionSetNode } from 'graphql';

const known = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** The names of the root fields of a valid operation, each once. */
export function rootFieldsOf(document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
  let names = known.get(operation);
  if (names === undefined) known.set(operation, (names = [...namesIn(document, operation)]));
  return names;
}

function namesIn(document: DocumentNode, operation: OperationDefinitionNode): ReadonlySet<string> {
  const names = new Set<string>();
  const visited = new Set<string>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = fragmentOf(document, selection.name.value);
        if (fragment !== undefined) visit(fragment);
      }
    }
  };
  visit(operation.selectionSet);
  return names;
}

/** What a fragment of the document selects. */
export function fragmentOf({ definitions }: DocumentNode, name: string): SelectionSetNode | undefined {
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name) return definition.selectionSet;
  return undefined;
}
