import { getNullableType, GraphQLSchema, isLeafType, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

/**
 * Reads decorated getters as plain properties. type-graphql wraps each of them in a handler, `simple` or not, and for a long list
 * the handlers cost more than everything else. An object field keeps a minimal resolver: without one, compiled operations read
 * the property again for every field below it.
 */
export function readGettersAsProperties(schema: GraphQLSchema): void {
  const { objectTypes, fieldResolvers } = getMetadataStorage();
  // A getter may have the name of a field that a resolver class answers. Such a getter is not decorated.
  const getters = fieldResolvers.filter(
    ({ kind, target, methodName }) => kind === 'internal' && isGetter(target, methodName),
  );
  for (const { name, target } of objectTypes) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const own = getters.filter((getter) => target === getter.target || target.prototype instanceof getter.target);
    for (const { methodName, schemaName } of own) {
      const field = type.getFields()[schemaName];
      if (field === undefined) continue;
      const read = (source: Record<string, unknown>): unknown => source[methodName];
      field.resolve = isLeafType(getNullableType(field.type)) ? undefined : read;
    }
  }
}

const isGetter = ({ prototype }: NewableFunction, name: string): boolean =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get !== undefined;
