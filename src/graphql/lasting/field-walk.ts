import {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  getNamedType,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  SelectionSetNode,
  Kind,
} from 'graphql';
import { fragmentsOf } from '../execution/compiled/selection';

export type FieldDefinition = GraphQLField<unknown, unknown>;

/** A field of an object type, as an operation selects it. */
export interface WalkedField {
  readonly definition: FieldDefinition;
  readonly node: FieldNode;
}

/** Visits the selected fields of a valid document, whatever its conditions are. A fragment is visited once. */
export class FieldWalk {
  private readonly fragments: Readonly<Record<string, FragmentDefinitionNode | undefined>>;
  private readonly visited = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    /** Returns whether to visit what is selected below the field. */
    private readonly see: (field: WalkedField) => boolean,
  ) {
    this.fragments = fragmentsOf(document);
  }

  visit(type: GraphQLNamedType, { selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        this.visitField(type, selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition, selectionSet } = selection;
        this.visit(typeCondition === undefined ? type : this.typeNamed(typeCondition.name.value), selectionSet);
      } else if (!this.visited.has(selection.name.value)) {
        this.visited.add(selection.name.value);
        const fragment = this.fragments[selection.name.value];
        if (fragment !== undefined)
          this.visit(this.typeNamed(fragment.typeCondition.name.value), fragment.selectionSet);
      }
    }
  }

  /** Fields of introspection are not in any type: they are left out. */
  private visitField(type: GraphQLNamedType, node: FieldNode): void {
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const declared = type.getFields()[node.name.value];
    if (declared === undefined) return;
    const types = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
    const definitions = types.flatMap((each) => each.getFields()[node.name.value] ?? []);
    const isWanted = definitions.map((definition) => this.see({ definition, node })).some(Boolean);
    if (isWanted && node.selectionSet !== undefined) this.visit(getNamedType(declared.type), node.selectionSet);
  }

  private typeNamed(name: string): GraphQLNamedType {
    const type = this.schema.getType(name);
    if (type === undefined) throw new Error(`The schema has no type ${name}`);
    return type;
  }
}
