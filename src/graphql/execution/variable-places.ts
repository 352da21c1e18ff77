import {
  ArgumentNode,
  DirectiveNode,
  DocumentNode,
  FragmentDefinitionNode,
  Kind,
  OperationDefinitionNode,
  SelectionSetNode,
  ValueNode,
} from 'graphql';
import { PathKey } from '../../kernel/json-pointer';

export interface Place {
  /** Of the first argument that the variable is used in, and of the place inside it. */
  readonly keys: readonly PathKey[];
  readonly uses: number;
}

/** The uses of an operation's variables, in the order of the document. A fragment counts at its first spread. */
export function placesOfVariables(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlyMap<string, Place> {
  const places = new Map<string, { readonly keys: readonly PathKey[]; uses: number }>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);

  const readValue = (value: ValueNode, keys: readonly PathKey[]): void => {
    if (value.kind === Kind.VARIABLE) {
      const known = places.get(value.name.value);
      if (known) known.uses++;
      else places.set(value.name.value, { keys, uses: 1 });
    } else if (value.kind === Kind.LIST) {
      value.values.forEach((item, index) => {
        readValue(item, [...keys, index]);
      });
    } else if (value.kind === Kind.OBJECT) {
      for (const field of value.fields) readValue(field.value, [...keys, field.name.value]);
    }
  };

  const readArguments = (given: readonly ArgumentNode[] = []): void => {
    for (const { name, value } of given) readValue(value, [name.value]);
  };

  const readDirectives = (directives: readonly DirectiveNode[] = []): void => {
    for (const directive of directives) readArguments(directive.arguments);
  };

  const readSelections = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) readArguments(selection.arguments);
      readDirectives(selection.directives);
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) readSelections(selection.selectionSet);
        continue;
      }
      const fragment = fragments.get(selection.name.value);
      fragments.delete(selection.name.value);
      if (fragment) readSelections(fragment.selectionSet);
    }
  };

  readDirectives(operation.directives);
  readSelections(operation.selectionSet);
  return places;
}
