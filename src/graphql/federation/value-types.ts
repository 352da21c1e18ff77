import { getNamedType, GraphQLNamedType, GraphQLSchema, isInterfaceType, isObjectType, isUnionType } from 'graphql';

/**
 * The names of the object and interface types that mean the same in every ledger: they have no identity, and nothing below them has.
 * Scalars, enums and inputs always mean the same.
 */
export function valueTypesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const roots: readonly unknown[] = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const composite = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) || isInterfaceType(type) || isUnionType(type),
  );
  const values = new Set<GraphQLNamedType>(
    composite.filter((type) => !roots.includes(type) && !type.name.startsWith('__') && !hasIdentity(type)),
  );
  for (let before = Infinity; values.size < before;) {
    before = values.size;
    for (const type of values) if (belowOf(type).some((below) => !values.has(below))) values.delete(type);
  }
  return new Set([...values].map(({ name }) => name));
}

const hasIdentity = (type: GraphQLNamedType): boolean =>
  type.name === 'Node' || (isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'));

/** The composite types that a type is made of. */
function belowOf(type: GraphQLNamedType): readonly GraphQLNamedType[] {
  if (isUnionType(type)) return type.getTypes();
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields()).map((field) => getNamedType(field.type));
  return [...type.getInterfaces(), ...fields.filter((below) => 'getFields' in below || isUnionType(below))];
}
