import { DocumentNode, getOperationAST, Kind, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import { fragmentOf } from './root-fields';

/** Further fields are left out. */
const MOST_PATHS = 100;
/** A document may repeat a fragment in more ways than can be written out. */
const MOST_VISITED = 1_000;

const known = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** The fields that a valid operation selects, by their names in the schema, with those above them: `asOf.budget.executed`. */
export function selectedPaths(document: DocumentNode, operationName?: string | null): readonly string[] {
  const operation = getOperationAST(document, operationName);
  if (!operation) return [];
  let paths = known.get(operation);
  if (paths === undefined) known.set(operation, (paths = [...pathsIn(document, operation)].sort()));
  return paths;
}

function pathsIn(document: DocumentNode, operation: OperationDefinitionNode): ReadonlySet<string> {
  const paths = new Set<string>();
  let visited = 0;
  const visit = ({ selections }: SelectionSetNode, above: string): void => {
    for (const selection of selections) {
      if (paths.size >= MOST_PATHS || ++visited > MOST_VISITED) return;
      if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, above);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragmentOf(document, selection.name.value);
        if (fragment !== undefined) visit(fragment, above);
      } else if (selection.selectionSet !== undefined) {
        visit(selection.selectionSet, `${above}${selection.name.value}.`);
      } else if (selection.name.value !== '__typename') paths.add(`${above}${selection.name.value}`);
    }
  };
  visit(operation.selectionSet, '');
  return paths;
}
