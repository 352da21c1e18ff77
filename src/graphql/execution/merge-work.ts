import { DocumentNode, FieldNode, FragmentDefinitionNode, Kind, SelectionSetNode } from 'graphql';

/**
 * Whether graphql-js' rule OverlappingFieldsCanBeMerged would make more than `most` comparisons. It compares fields with the same
 * response name in pairs, at every level, with fragments written out. Fragments must have no cycle.
 */
export function exceedsMergeWork({ definitions }: DocumentNode, most: number): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  let left = most;

  /** The fields that the sets select together, by response name. */
  const collect = (sets: readonly SelectionSetNode[]): ReadonlyMap<string, FieldNode[]> => {
    const groups = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const open = [...sets];
    for (let set = open.pop(); set !== undefined && left >= 0; set = open.pop()) {
      for (const selection of set.selections) {
        left--;
        if (selection.kind === Kind.INLINE_FRAGMENT) open.push(selection.selectionSet);
        else if (selection.kind === Kind.FIELD) {
          const name = (selection.alias ?? selection.name).value;
          const group = groups.get(name);
          left -= group?.length ?? 0;
          if (group) group.push(selection);
          else groups.set(name, [selection]);
        } else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = fragments.get(selection.name.value);
          if (fragment) open.push(fragment.selectionSet);
        }
      }
    }
    return groups;
  };

  const open: (readonly SelectionSetNode[])[] = [];
  for (const definition of definitions) if ('selectionSet' in definition) open.push([definition.selectionSet]);
  for (let sets = open.pop(); sets !== undefined && left >= 0; sets = open.pop()) {
    for (const group of collect(sets).values()) {
      const below = group.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (below.length > 0) open.push(below);
    }
  }
  return left < 0;
}
