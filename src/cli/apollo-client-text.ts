import { DocumentNode, FieldNode, Kind, print, SelectionSetNode, visit } from 'graphql';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The text that Apollo Client sends for a document: printed anew, with `__typename` at the end of each selection below the operation
 * that does not have it.
 */
export const apolloClientText = (document: DocumentNode): string =>
  print(
    visit(document, {
      SelectionSet(node, _key, parent) {
        const isRoot = parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
        return isRoot || selectsMeta(node) ? undefined : { ...node, selections: [...node.selections, TYPENAME] };
      },
    }),
  );

const selectsMeta = ({ selections }: SelectionSetNode): boolean =>
  selections.some((selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith('__'));
