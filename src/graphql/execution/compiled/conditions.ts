import { DocumentNode, Kind, OperationDefinitionNode, VariableDefinitionNode, visit } from 'graphql';

/** The variables that decide what an operation selects: those in `@skip` and `@include`, also in its fragments. */
export function conditionVariables(
  document: Pick<DocumentNode, 'definitions'>,
  operation: OperationDefinitionNode,
): readonly VariableDefinitionNode[] {
  const names = new Set<string>();
  const find = { Directive: { enter: (node: object) => void visit(node as never, { Variable: noteName }) } };
  const noteName = ({ name }: { readonly name: { readonly value: string } }): void => void names.add(name.value);
  visit(operation.selectionSet, find);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) visit(definition.selectionSet, find);
  return operation.variableDefinitions?.filter(({ variable }) => names.has(variable.name.value)) ?? [];
}
