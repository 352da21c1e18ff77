import {
  ExecutionArgs,
  FieldNode,
  getNamedType,
  getOperationAST,
  GraphQLError,
  GraphQLNamedType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  OperationDefinitionNode,
  VariableDefinitionNode,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields';
import { conditionVariables } from './compiled/conditions';
import { fragmentsOf } from './compiled/selection';
import { isList } from './list-type';

export type Place = Pick<GraphQLResolveInfo, 'schema' | 'operation' | 'fragments' | 'variableValues'>;
type Counts = WeakMap<FieldNode, Counted[]>;

/** The same node may be merged with other nodes in another place, and be a field of another type there. */
interface Counted {
  readonly nodes: readonly FieldNode[];
  readonly type: GraphQLOutputType;
  readonly fields: number;
}

/** By the operation; if variables decide what is selected, by their values, which are one object for each execution. */
const counts = new WeakMap<object, Counts>();
const conditional = new WeakMap<OperationDefinitionNode, boolean>();

/**
 * How many fields are answered for one value of a field, without those below a list: a list counts its own. Of a value that may have
 * several types, the type with the most fields counts.
 */
export const fieldsBelow = (place: Place, nodes: readonly FieldNode[], type: GraphQLOutputType): number =>
  count(place, countsOf(place), nodes, type);

function count(place: Place, known: Counts, nodes: readonly FieldNode[], type: GraphQLOutputType): number {
  const [first] = nodes;
  if (first?.selectionSet === undefined) return 0;
  let all = known.get(first);
  if (all === undefined) known.set(first, (all = []));
  const found = all.find((counted) => counted.type === type && isSame(counted.nodes, nodes));
  if (found !== undefined) return found.fields;
  const fields = countOf(place, known, nodes, getNamedType(type));
  all.push({ nodes, type, fields });
  return fields;
}

const isSame = (a: readonly FieldNode[], b: readonly FieldNode[]): boolean =>
  a.length === b.length && a.every((node, index) => node === b[index]);

function countOf(place: Place, known: Counts, nodes: readonly FieldNode[], type: GraphQLNamedType): number {
  const { schema, fragments, variableValues } = place;
  if (isAbstractType(type))
    return Math.max(...schema.getPossibleTypes(type).map((possible) => countOf(place, known, nodes, possible)));
  if (!isObjectType(type)) return 0;
  let fields = 0;
  for (const below of collectSubfields(schema, fragments, variableValues, type, nodes).values()) {
    fields++;
    const definition = type.getFields()[below[0]?.name.value ?? ''];
    if (definition !== undefined && !isList(definition.type)) fields += count(place, known, below, definition.type);
  }
  return fields;
}

/** How many fields are answered for the root of an operation, without those below lists. */
export function rootFields(schema: GraphQLSchema, { document, operationName, variableValues }: Request): number {
  const operation = getOperationAST(document, operationName);
  if (!operation) return 0;
  const known = unconditional.get(operation);
  if (known !== undefined) return known;
  const type = schema.getRootType(operation.operation);
  if (!type) return 0;
  const variables = conditionVariables(document, operation);
  const values = valuesOf(variables, variableValues ?? {});
  const place = { schema, operation, fragments: fragmentsOf(document), variableValues: values };
  try {
    // An operation and a field have their selections in the same property, and only that is read.
    const fields = countOf(place, new WeakMap(), [operation as unknown as FieldNode], type);
    if (variables.length === 0) unconditional.set(operation, fields);
    return fields;
  } catch (error) {
    // A condition is null. Execution reports it.
    if (error instanceof GraphQLError) return 0;
    throw error;
  }
}

type Request = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'>;

/** The counts of operations without variables in conditions. */
const unconditional = new WeakMap<OperationDefinitionNode, number>();

const valuesOf = (
  variables: readonly VariableDefinitionNode[],
  sent: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(
    variables.map(({ variable: { name }, defaultValue }) => {
      const written = defaultValue?.kind === Kind.BOOLEAN ? defaultValue.value : undefined;
      return [name.value, Object.hasOwn(sent, name.value) ? sent[name.value] : written];
    }),
  );

function countsOf({ operation, fragments, variableValues }: Place): Counts {
  let byVariables = conditional.get(operation);
  if (byVariables === undefined) {
    byVariables = conditionVariables({ definitions: Object.values(fragments) }, operation).length > 0;
    conditional.set(operation, byVariables);
  }
  const key = byVariables ? variableValues : operation;
  let known = counts.get(key);
  if (known === undefined) counts.set(key, (known = new WeakMap()));
  return known;
}
