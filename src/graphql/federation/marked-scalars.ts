import { GraphQLError, GraphQLID, GraphQLScalarType, Kind } from 'graphql';
import { MAX_SCALAR_LENGTH } from '../../kernel/limits';
import { decodeId } from '../../reading/ids';
import { LeafCheck } from '../execution/leaf-values';
import { PositionScalar } from '../scalars';
import { LedgerName, markedIn } from './ledger-name';

/** The scalars whose values mean something in one ledger only. Outside they carry its name, and a value of another ledger is refused. */
export interface MarkedScalars {
  readonly position: GraphQLScalarType;
  readonly cursor: GraphQLScalarType;
  readonly id: GraphQLScalarType;
}

export const markedScalars = (ledger: LedgerName): MarkedScalars => ({
  position: markedText(ledger, {
    name: PositionScalar.name,
    description:
      '账本位置，带账本名称。A position in the log of one ledger, with the name of that ledger: opaque, and totally ordered within it. A position of another ledger is refused with BAD_USER_INPUT: to ask several ledgers about one moment, pass knownAt.',
    message: `must be a position of this ledger, "${ledger.text}:" and digits: a position of another ledger means nothing here. Pass a moment (knownAt) to ask several ledgers`,
    serialize: (value) => PositionScalar.serialize(value),
    longest: MAX_SCALAR_LENGTH,
  }),
  cursor: markedText(ledger, {
    name: 'Cursor',
    description:
      '游标，带账本名称。A place in a list of one ledger, with the name of that ledger: opaque. A cursor of another ledger is refused with BAD_USER_INPUT.',
    message: `must be a cursor of this ledger, which begins with "${ledger.text}:": a cursor of another ledger means nothing here`,
    serialize: String,
    longest: Infinity,
  }),
  id: markedId(ledger),
});

interface MarkedText {
  readonly name: string;
  readonly description: string;
  /** What is expected, for a value that is refused. */
  readonly message: string;
  readonly serialize: (value: unknown) => string;
  readonly longest: number;
}

function markedText(ledger: LedgerName, { name, description, message, serialize, longest }: MarkedText) {
  const unmarked = (value: unknown): string | undefined =>
    typeof value === 'string' && value.length <= longest ? ledger.unmark(value) : undefined;
  const parse = (value: unknown): string => unmarked(value) ?? refuse(`A ${name} ${message}`);
  return new GraphQLScalarType<string, string>({
    name,
    description,
    extensions: {
      leafCheck: {
        accepts: (value) => unmarked(value) !== undefined,
        literals: [Kind.STRING],
        message,
      } satisfies LeafCheck,
    },
    serialize: (value) => ledger.mark(serialize(value)),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

/**
 * An ID is the code of something, as people know it, or the id of a node. Only the latter is marked; the fields that answer it mark it.
 */
function markedId(ledger: LedgerName): GraphQLScalarType {
  const isNode = (text: string): boolean => decodeId(text) !== undefined;
  const isForeign = (text: string): boolean => {
    const marked = markedIn(text);
    return isNode(text) || (marked !== undefined && isNode(marked) && ledger.unmark(text) === undefined);
  };
  const accepts = (value: unknown): boolean =>
    typeof value === 'string' ? !isForeign(value) : Number.isInteger(value);
  const message = `must be a text or a whole number; the id of a node begins with "${ledger.text}:", because an id of another ledger means nothing here`;
  const parse = (value: unknown): string => {
    if (!accepts(value)) return refuse(`An ID ${message}`);
    const text = String(value);
    const own = ledger.unmark(text);
    return own !== undefined && isNode(own) ? own : text;
  };
  const literals = [Kind.STRING, Kind.INT] as const;
  return new GraphQLScalarType({
    name: GraphQLID.name,
    description: GraphQLID.description,
    extensions: { leafCheck: { accepts, literals, message } satisfies LeafCheck },
    serialize: (value) => GraphQLID.serialize(value),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined),
  });
}

function refuse(message: string): never {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
