import { getNullableType, GraphQLSchema, isLeafType, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

/**
 * Has decorated getters read as the properties that they are: type-graphql puts a handler around each of them, `simple` or not,
 * which cost a long list more than all else. What is no leaf keeps a resolver, if a bare one: compiled operations read a
 * property that has none once for every field below it.
 */
export function readGettersAsProperties(schema: GraphQLSchema): void {
  const { objectTypes, fieldResolvers } = getMetadataStorage();
  // A resolver elsewhere may answer for a field that a getter happens to be named as; that getter is not decorated.
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
