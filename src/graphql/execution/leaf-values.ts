import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLLeafType,
  GraphQLScalarType,
  GraphQLString,
  isEnumType,
  Kind,
  ValueNode,
} from 'graphql';

/** Says which values a scalar or an enum accepts, and does not throw: graphql-js builds an error for each value that it refuses. */
export interface LeafCheck {
  readonly accepts: (value: unknown) => boolean;
  /** How a literal in a document may be written. */
  readonly literals: readonly ValueNode['kind'][];
  readonly message: string;
}

const INT_LIMIT = 2 ** 31;
const isText = (value: unknown): boolean => typeof value === 'string';

const BUILT_IN: ReadonlyMap<GraphQLLeafType, LeafCheck> = new Map<GraphQLLeafType, LeafCheck>([
  [
    GraphQLInt,
    {
      accepts: (value) => Number.isInteger(value) && (value as number) >= -INT_LIMIT && (value as number) < INT_LIMIT,
      literals: [Kind.INT],
      message: 'must be a whole number of 32 bits',
    },
  ],
  [GraphQLFloat, { accepts: Number.isFinite, literals: [Kind.INT, Kind.FLOAT], message: 'must be a number' }],
  [GraphQLString, { accepts: isText, literals: [Kind.STRING], message: 'must be a text' }],
  [
    GraphQLBoolean,
    { accepts: (value) => typeof value === 'boolean', literals: [Kind.BOOLEAN], message: 'must be true or false' },
  ],
  [
    GraphQLID,
    {
      accepts: (value) => isText(value) || Number.isInteger(value),
      literals: [Kind.STRING, Kind.INT],
      message: 'must be a text or a whole number',
    },
  ],
]);

const enumChecks = new WeakMap<GraphQLEnumType, LeafCheck>();

export function leafCheck(type: GraphQLLeafType): LeafCheck {
  if (isEnumType(type)) return enumCheck(type);
  return BUILT_IN.get(type) ?? (type.extensions.leafCheck as LeafCheck | undefined) ?? asGraphqlJs(type);
}

function enumCheck(type: GraphQLEnumType): LeafCheck {
  let check = enumChecks.get(type);
  if (check === undefined) {
    const names = type.getValues().map(({ name }) => name);
    const known = new Set<unknown>(names);
    check = {
      accepts: (value) => known.has(value),
      literals: [Kind.ENUM],
      message: `must be one of ${names.join(', ')}`,
    };
    enumChecks.set(type, check);
  }
  return check;
}

const ANY_LITERAL = [Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOLEAN, Kind.ENUM, Kind.OBJECT, Kind.LIST] as const;

function asGraphqlJs(type: GraphQLScalarType): LeafCheck {
  return {
    accepts(value) {
      try {
        return type.parseValue(value) !== undefined;
      } catch {
        return false;
      }
    },
    literals: ANY_LITERAL,
    message: `must be a ${type.name}`,
  };
}
