import {
  getNamedType,
  getNullableType,
  GraphQLArgument,
  GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { Oracle } from '../oracle/oracle';
import { printed } from '../oracle/time';
import { LocalLedger } from '../support/local-ledger';

/** Chooses a number below `count`. The same choices give the same document. */
export type Choose = (count: number) => number;

/** Values for arguments: texts of the ledger, and a few wrong ones. */
export interface Material {
  readonly codes: readonly string[];
  readonly ids: readonly string[];
  readonly positions: readonly string[];
  readonly moments: readonly string[];
}

export async function materialOf(ledger: Pick<LocalLedger, 'events' | 'data'>): Promise<Material> {
  const oracle = new Oracle(await ledger.events());
  const found = await ledger.data(
    `{ departments { nodes { id code } } tasks { nodes { id code } } indicators { nodes { id code } } budgets { nodes { id } } }`,
  );
  const nodes = Object.values<any>(found).flatMap((page) => page.nodes as { id: string; code?: string }[]);
  return {
    codes: nodes.flatMap(({ code }) => (code === undefined ? [] : [code])),
    ids: nodes.map(({ id }) => id),
    positions: ['0', ...oracle.log.map(({ position }) => String(position))],
    moments: oracle.instants().map(printed),
  };
}

/** What a list can be ordered by. */
function fieldsOf(order: GraphQLInputType): readonly string[] {
  const field = isInputObjectType(order) ? getNamedType(order.getFields().field!.type) : undefined;
  if (!isEnumType(field)) throw new Error('An order has a field');
  return field.getValues().map((value) => value.name);
}

const isTreeSize = (name: string): boolean => ['treeSize', 'first', 'second'].includes(name);

/** A JSON value for the argument, or undefined if none is known. */
export function valueFor({ name, type }: GraphQLArgument, material: Material, choose: Choose): unknown {
  const one = <T>(values: readonly T[]): T => values[choose(values.length)]!;
  const { codes, ids, positions, moments } = material;
  const named = getNamedType(type);
  if (isEnumType(named)) {
    const value = one(named.getValues()).name;
    return isListType(getNullableType(type)) && choose(2) === 0 ? [value] : value;
  }
  if (named.name === 'Boolean') return choose(2) === 0;
  if (named.name === 'TotalsFilter') return one([{ departments: [one(codes)] }, { departments: one(codes) }, {}]);
  // Of reads on record.
  if (named.name === 'ReadFilter') return one([{ departments: [one(codes)] }, { sub: ['u-1'] }, {}]);
  if (named.name === 'String' && isTreeSize(name)) return one(['0', '1', '3', '-1']);
  switch (name) {
    case 'first':
    case 'last':
      return one([1, 2, 3, 3, 0]);
    case 'after':
    case 'before':
      return one([...positions, ...codes, '!']);
    case 'id':
      return one([...ids, ...ids, 'x']);
    case 'at':
    case 'from':
    case 'to':
      if (named.name === 'Moment') return one(moments);
      return one([
        { position: one(positions) },
        { effectiveAt: one(moments), position: one(positions) },
        { knownAt: one(moments) },
        { position: 'x' },
      ]);
    case 'fiscalYear':
      return one([2023, 2024]);
    case 'version':
    case 'templateVersion':
      return one([1, 2, 0]);
    case 'on':
      return '2023-06-30';
    case 'orderBy':
      return { field: one(fieldsOf(named)), direction: one(['ASC', 'DESC']) };
    case 'filter':
      return one([{ departments: [one(codes)] }, { departments: one(codes), corrections: false }, {}]);
    case 'effectiveFrom':
    case 'effectiveTo':
      return one(moments);
    default:
      return one(codes);
  }
}

/** The value as a literal in a document. `inner` may write a part of an object differently. */
export function literalOf(
  value: unknown,
  type: GraphQLInputType,
  inner: (value: unknown, type: GraphQLInputType) => string | undefined = () => undefined,
): string {
  const named = getNamedType(type);
  if (Array.isArray(value)) return `[${value.map((item) => literalOf(item, named, inner)).join(', ')}]`;
  if (isInputObjectType(named) && typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, part]) => {
      const partType = named.getFields()[name]!.type;
      return `${name}: ${inner(part, partType) ?? literalOf(part, partType, inner)}`;
    });
    return `{ ${parts.join(', ')} }`;
  }
  return isEnumType(named) ? String(value) : JSON.stringify(value);
}
