import {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  Kind,
  OperationDefinitionNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields';

/** The selected fields of one object type, with conditions decided and each response name once. */
export interface Selection {
  readonly type: GraphQLObjectType;
  readonly fields: readonly SelectedField[];
}

export interface SelectedField {
  readonly responseName: string;
  readonly definition: GraphQLField<unknown, unknown>;
  /** All nodes of this response name. They differ only in what they select below. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  /** For each object type that the value can have; undefined if the field is a leaf. */
  readonly below: readonly Selection[] | undefined;
}

export interface CountedSelection {
  readonly root: Selection;
  readonly fieldCount: number;
}

/** The values of the variables in conditions. */
export type Conditions = Readonly<Record<string, unknown>>;
type NodesByName = ReturnType<typeof collectFields>;

/**
 * Decides the conditions of a valid operation and merges its fragments, with the functions that graphql-js uses in execution.
 * Returns undefined if there are more than `mostFields` fields, or if graphql-jit would answer wrongly. Throws if a condition
 * is null.
 */
export function selectionOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  conditions: Conditions,
  mostFields: number,
): CountedSelection | undefined {
  const type = schema.getRootType(operation.operation);
  if (!type) return undefined;
  const fragments = fragmentsOf(document);
  const selector = new Selector(schema, fragments, conditions, mostFields);
  const nodes = collectFields(schema, fragments, conditions, type, operation.selectionSet);
  const root = selector.select(type, nodes, { key: '', lists: 0 });
  return root && { root, fieldCount: mostFields - selector.left };
}

/** The response names that a subscription selects. Validation allows only one, and no variables in its conditions. */
export function responseNamesOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): readonly string[] {
  const type = schema.getRootType(operation);
  return type ? [...collectFields(schema, fragmentsOf(document), {}, type, selectionSet).keys()] : [];
}

class Selector {
  private readonly keys = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: Record<string, FragmentDefinitionNode>,
    private readonly conditions: Conditions,
    public left: number,
  ) {}

  select(type: GraphQLObjectType, nodesByName: NodesByName, resolverKey: ResolverKey): Selection | undefined {
    // A type without selected fields is still part of the compiled form, so it counts as one.
    this.left -= Math.max(1, nodesByName.size);
    if (this.left < 0) return undefined;
    const fields: SelectedField[] = [];
    for (const [responseName, nodes] of nodesByName) {
      const field = this.field(type, responseName, nodes, below(resolverKey, responseName));
      if (field === undefined) return undefined;
      fields.push(field);
    }
    return { type, fields };
  }

  private field(
    parent: GraphQLObjectType,
    responseName: string,
    [first, ...others]: readonly FieldNode[],
    resolverKey: ResolverKey,
  ): SelectedField | undefined {
    const definition = first && definitionOf(parent, first);
    if (!definition || isUnsafe(responseName) || !this.claim(resolverKey)) return undefined;
    const nodes = [first, ...others] as const;
    const type = getNamedType(definition.type);
    if (!isCompositeType(type)) return { responseName, definition, nodes, below: undefined };
    const item = itemOf(definition.type, resolverKey);
    if (item !== resolverKey && !this.claim(item)) return undefined;
    const selections = this.selectBelow(type, nodes, item);
    return selections && { responseName, definition, nodes, below: selections };
  }

  private selectBelow(
    type: GraphQLCompositeType,
    nodes: readonly FieldNode[],
    resolverKey: ResolverKey,
  ): readonly Selection[] | undefined {
    const selections: Selection[] = [];
    for (const possible of isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type]) {
      const fields = collectSubfields(this.schema, this.fragments, this.conditions, possible, nodes);
      const selection = this.select(
        possible,
        fields,
        possible === type ? resolverKey : below(resolverKey, possible.name),
      );
      if (selection === undefined) return undefined;
      selections.push(selection);
    }
    return selections;
  }

  private claim({ key }: ResolverKey): boolean {
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    return true;
  }
}

/**
 * The key under which graphql-jit keeps a field's information for its resolver. Two paths can have the same key: the response
 * name `a_b`, and `b` below `a`.
 */
interface ResolverKey {
  readonly key: string;
  /** The number of lists around the field. */
  readonly lists: number;
}

const below = ({ key, lists }: ResolverKey, part: string): ResolverKey => ({ key: `${part}_${key}`, lists });

function itemOf(type: GraphQLOutputType, resolverKey: ResolverKey): ResolverKey {
  const nullable = getNullableType(type);
  if (!isListType(nullable)) return resolverKey;
  const { key, lists } = below(resolverKey, `idx${resolverKey.lists}`);
  return itemOf(nullable.ofType, { key, lists: lists + 1 });
}

/** graphql-jit writes objects as literals, and looks up response names in plain objects. */
const isUnsafe = (responseName: string): boolean => responseName in Object.prototype;

/** undefined for introspection fields: the schema for compiling differs slightly from the served one. */
const definitionOf = (parent: GraphQLObjectType, { name }: FieldNode): GraphQLField<unknown, unknown> | undefined =>
  name.value === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : parent.getFields()[name.value];

export function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  return fragments;
}
