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

/** What is selected of one object type: conditions are decided, and each response name occurs once. */
export interface Selection {
  readonly type: GraphQLObjectType;
  readonly fields: readonly SelectedField[];
}

export interface SelectedField {
  readonly responseName: string;
  readonly definition: GraphQLField<unknown, unknown>;
  /** All nodes of this response name. They differ in what they select below only. */
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
 * Decides the conditions of a valid operation and merges its fragments, by the functions that graphql-js executes with. It gives
 * undefined if that is more than `mostFields`, or if graphql-jit would answer it wrongly. It throws if a condition is null.
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

/** The response names that a subscription selects; validation allows one, and no variables in its conditions. */
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

  select(type: GraphQLObjectType, nodesByName: NodesByName, place: Place): Selection | undefined {
    // A type of which nothing is selected takes part in the compiled form all the same.
    this.left -= Math.max(1, nodesByName.size);
    if (this.left < 0) return undefined;
    const fields: SelectedField[] = [];
    for (const [responseName, nodes] of nodesByName) {
      const field = this.field(type, responseName, nodes, below(place, responseName));
      if (field === undefined) return undefined;
      fields.push(field);
    }
    return { type, fields };
  }

  private field(
    parent: GraphQLObjectType,
    responseName: string,
    [first, ...others]: readonly FieldNode[],
    place: Place,
  ): SelectedField | undefined {
    const definition = first && definitionOf(parent, first);
    if (!definition || isUnsafe(responseName) || !this.claim(place)) return undefined;
    const nodes = [first, ...others] as const;
    const type = getNamedType(definition.type);
    if (!isCompositeType(type)) return { responseName, definition, nodes, below: undefined };
    const item = itemOf(definition.type, place);
    if (item !== place && !this.claim(item)) return undefined;
    const selections = this.selectBelow(type, nodes, item);
    return selections && { responseName, definition, nodes, below: selections };
  }

  private selectBelow(
    type: GraphQLCompositeType,
    nodes: readonly FieldNode[],
    place: Place,
  ): readonly Selection[] | undefined {
    const selections: Selection[] = [];
    for (const possible of isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type]) {
      const fields = collectSubfields(this.schema, this.fragments, this.conditions, possible, nodes);
      const selection = this.select(possible, fields, possible === type ? place : below(place, possible.name));
      if (selection === undefined) return undefined;
      selections.push(selection);
    }
    return selections;
  }

  private claim({ key }: Place): boolean {
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    return true;
  }
}

/**
 * Where graphql-jit keeps what it says of a field to its resolver. Two paths can have the same key: the response name `a_b`, and
 * `b` below `a`.
 */
interface Place {
  readonly key: string;
  /** How many lists it is in. */
  readonly lists: number;
}

const below = ({ key, lists }: Place, part: string): Place => ({ key: `${part}_${key}`, lists });

function itemOf(type: GraphQLOutputType, place: Place): Place {
  const nullable = getNullableType(type);
  if (!isListType(nullable)) return place;
  const { key, lists } = below(place, `idx${place.lists}`);
  return itemOf(nullable.ofType, { key, lists: lists + 1 });
}

/** graphql-jit writes objects as literals, and looks response names up in plain objects. */
const isUnsafe = (responseName: string): boolean => responseName in Object.prototype;

/** undefined for what introspects: the schema that is compiled for is not quite the one that is served. */
const definitionOf = (parent: GraphQLObjectType, { name }: FieldNode): GraphQLField<unknown, unknown> | undefined =>
  name.value === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : parent.getFields()[name.value];

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  return fragments;
}
