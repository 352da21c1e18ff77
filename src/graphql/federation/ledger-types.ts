import {
  getNamedType,
  GraphQLFieldConfig,
  GraphQLFieldConfigMap,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNamedType,
  GraphQLNonNull,
  GraphQLNullableType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLType,
  GraphQLTypeResolver,
  GraphQLUnionType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { keyFields, markedIdField } from './key-fields';
import { LedgerName } from './ledger-name';
import { MarkedScalars, markedScalars } from './marked-scalars';
import { valueTypesOf } from './value-types';

type Fields = GraphQLFieldConfigMap<unknown, unknown>;
type Field = GraphQLFieldConfig<unknown, unknown>;
type ResolveType = GraphQLTypeResolver<unknown, unknown>;

const CURSOR_FIELDS: ReadonlySet<string> = new Set(['cursor', 'startCursor', 'endCursor']);
const CURSOR_ARGUMENTS: ReadonlySet<string> = new Set(['after', 'before']);

/**
 * The types of a schema as one of several ledgers has them. What is an entity, or contains one, has a type of its own in each ledger.
 * Values have the same types in all of them.
 */
export class LedgerTypes {
  private readonly values: ReadonlySet<string>;
  private readonly scalars: MarkedScalars;
  private readonly made = new Map<string, GraphQLNamedType>();

  constructor(
    base: GraphQLSchema,
    private readonly ledger: LedgerName,
  ) {
    this.values = valueTypesOf(base);
    this.scalars = markedScalars(ledger);
  }

  isValue(name: string): boolean {
    return this.values.has(name);
  }

  named(type: GraphQLNamedType): GraphQLNamedType {
    let made = this.made.get(type.name);
    if (made === undefined) this.made.set(type.name, (made = this.make(type)));
    return made;
  }

  /** Fields with the types of this ledger, and under the names that `nameOf` gives. */
  fields(fields: Fields, nameOf = (name: string): string => name): Fields {
    return Object.fromEntries(Object.entries(fields).map(([name, field]) => [nameOf(name), this.field(name, field)]));
  }

  private make(type: GraphQLNamedType): GraphQLNamedType {
    if (isObjectType(type)) return this.object(type);
    if (isInterfaceType(type)) return this.interface(type);
    if (isUnionType(type)) return this.union(type);
    if (isInputObjectType(type)) return this.input(type);
    if (type.name === this.scalars.position.name) return this.scalars.position;
    return type === GraphQLID ? this.scalars.id : type;
  }

  private object(type: GraphQLObjectType): GraphQLObjectType {
    const config = type.toConfig();
    return new GraphQLObjectType({
      ...config,
      name: this.nameOf(type),
      interfaces: () => config.interfaces.map((above) => this.named(above) as GraphQLInterfaceType),
      fields: () => this.withKeys(type, config.fields),
    });
  }

  private interface(type: GraphQLInterfaceType): GraphQLInterfaceType {
    const config = type.toConfig();
    return new GraphQLInterfaceType({
      ...config,
      name: this.nameOf(type),
      interfaces: () => config.interfaces.map((above) => this.named(above) as GraphQLInterfaceType),
      fields: () => this.withKeys(type, config.fields),
      resolveType: this.resolver(config.resolveType),
    });
  }

  private union(type: GraphQLUnionType): GraphQLUnionType {
    const config = type.toConfig();
    return new GraphQLUnionType({
      ...config,
      name: this.nameOf(type),
      types: () => config.types.map((member) => this.named(member) as GraphQLObjectType),
      resolveType: this.resolver(config.resolveType),
    });
  }

  private input(type: GraphQLInputObjectType): GraphQLInputObjectType {
    const config = type.toConfig();
    return new GraphQLInputObjectType({
      ...config,
      fields: () =>
        Object.fromEntries(
          Object.entries(config.fields).map(([name, field]) => [name, { ...field, type: this.of(field.type) }]),
        ),
    });
  }

  private nameOf({ name }: GraphQLNamedType): string {
    return this.values.has(name) ? name : this.ledger.typeName(name);
  }

  /** type-graphql answers the name of the type in the schema that it has built. */
  private resolver(resolve: ResolveType | null | undefined): ResolveType | null | undefined {
    if (!resolve) return resolve;
    return (...asked) => {
      const name = resolve(...asked);
      return typeof name === 'string' && !this.values.has(name) ? this.ledger.typeName(name) : name;
    };
  }

  private withKeys(type: GraphQLObjectType | GraphQLInterfaceType, config: Fields): Fields {
    const fields = this.fields(config);
    const isNode = type.name === 'Node' || type.getInterfaces().some(({ name }) => name === 'Node');
    if (!isNode) return fields;
    const { id, ...others } = fields;
    return { ...others, ...(id && { id: markedIdField(this.ledger, id) }), ...keyFields(this.ledger, type) };
  }

  private field(name: string, field: Field): Field {
    return {
      ...field,
      type: this.of(field.type, CURSOR_FIELDS.has(name)),
      args: Object.fromEntries(
        Object.entries(field.args ?? {}).map(([argument, config]) => [
          argument,
          { ...config, type: this.of(config.type, CURSOR_ARGUMENTS.has(argument)) },
        ]),
      ),
    };
  }

  private of<Type extends GraphQLType>(type: Type, isCursor = false): Type {
    return this.wrapped(type, isCursor) as Type;
  }

  private wrapped(type: GraphQLType, isCursor: boolean): GraphQLType {
    if (isNonNullType(type)) return new GraphQLNonNull(this.wrapped(type.ofType, isCursor) as GraphQLNullableType);
    if (isListType(type)) return new GraphQLList(this.wrapped(type.ofType, isCursor));
    const named = getNamedType(type);
    return isCursor && named === GraphQLString ? this.scalars.cursor : this.named(named);
  }
}
