import { GraphQLScalarType, Kind } from 'graphql';
import { isEntityCode } from '../../kernel/codes';
import { badInput, ok, Result } from '../../kernel/refusal';
import { encodeId, GlobalId } from '../../reading/ids';
import { NodeKinds, readId } from '../../reading/nodes';
import { LeafCheck } from '../execution/leaf-values';
import { PRESENT } from './key-fields';
import { LedgerName } from './ledger-name';

export type Representation = Readonly<Record<string, unknown>>;

const isRepresentation = (value: unknown): value is Representation =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a gateway sends in place of an entity. Its parts are judged where they are read, each with its path. */
export const AnyScalar = new GraphQLScalarType({
  name: '_Any',
  description:
    '实体的键。What stands for an entity of another subgraph: an object with __typename and the fields of one of its keys.',
  extensions: {
    leafCheck: {
      accepts: isRepresentation,
      literals: [Kind.OBJECT],
      message: 'must be an object with __typename and the fields of a key',
    } satisfies LeafCheck,
  },
});

/** What a representation names. */
export interface Represented {
  readonly typeName: string;
  readonly id: GlobalId;
}

/** Reads representations of the entities of one ledger. */
export class Representations {
  constructor(
    private readonly ledger: LedgerName,
    /** By the name of each type with a key: its kind of entity, if it has a key that can be written by hand. */
    private readonly types: ReadonlyMap<string, string | undefined>,
  ) {}

  /** Refusals: BAD_USER_INPUT, with the path of the part that is wrong. */
  read(representation: Representation, index: number, kinds: NodeKinds): Result<Represented> {
    const { __typename: typeName, ledger, id } = representation;
    const wrong = (part: string, message: string) => badInput(`/representations/${index}${part}`, message);
    if (typeof typeName !== 'string' || !this.types.has(typeName))
      return wrong('/__typename', 'is no type of this subgraph that has a key');
    if (ledger === undefined) return wrong('/ledger', 'is required');
    if (ledger !== this.ledger.text)
      return wrong('/ledger', `is another ledger; this subgraph answers for "${this.ledger.text}" only`);
    const named = id === undefined ? this.byCode(representation, typeName) : this.byId(id);
    const read = typeof named === 'string' ? readId(named, kinds) : undefined;
    if (read !== undefined) return ok({ typeName, id: read });
    if (id !== undefined) return wrong('/id', `is no id of a node of the ledger "${this.ledger.text}"`);
    return wrong('', 'has no complete key: ledger and id, or, of a type with a code, ledger, code and snapshot');
  }

  private byId(id: unknown): string | undefined {
    return typeof id === 'string' ? this.ledger.unmark(id) : undefined;
  }

  private byCode({ code, snapshot }: Representation, typeName: string): string | undefined {
    const type = this.types.get(typeName);
    if (type === undefined || typeof code !== 'string' || typeof snapshot !== 'string') return undefined;
    if (!isEntityCode(code)) return undefined;
    if (snapshot === PRESENT) return encodeId({ type, code });
    const place = this.ledger.unmark(snapshot);
    return place ? encodeId({ type, code }, place) : undefined;
  }
}
