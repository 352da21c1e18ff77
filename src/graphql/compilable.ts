import {
  DocumentNode,
  FragmentDefinitionNode,
  getNamedType,
  GraphQLNamedType,
  GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';

/** Compiling takes a tenth of a millisecond a field, and nothing else is done meanwhile. */
const MOST_FIELDS = 1_000;

/**
 * Whether the compiled form of an operation stays small: it has the fields of fragments wherever they are spread, and for each
 * type that an abstract one can be. For operations that are valid.
 */
export function isCompilable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  let left = MOST_FIELDS;

  const count = (set: SelectionSetNode, type: GraphQLNamedType | undefined, times: number): void => {
    const each = isAbstractType(type) ? times * schema.getPossibleTypes(type).length : times;
    for (const selection of set.selections) {
      if (left < 0) return;
      if (selection.kind === Kind.FIELD) {
        left -= each;
        if (selection.selectionSet) count(selection.selectionSet, fieldType(type, selection.name.value), each);
      } else {
        const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(selection.name.value);
        const condition = part?.typeCondition?.name.value;
        if (part) count(part.selectionSet, condition === undefined ? type : schema.getType(condition), times);
      }
    }
  };

  const fragmentOf = (name: string): FragmentDefinitionNode | undefined =>
    document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name) as
      FragmentDefinitionNode | undefined;

  count(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, 1);
  return left >= 0;
}

function fieldType(parent: GraphQLNamedType | undefined, name: string): GraphQLNamedType | undefined {
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  return field && getNamedType(field.type);
}
