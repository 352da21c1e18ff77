import {
  getNamedType,
  GraphQLField,
  GraphQLOutputType,
  isAbstractType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { schema } from '../../src/app/features';

/** All fields of a type, and of the types below it, to a depth. Fields that need an argument are left out. */
export function wholeSelection(type: GraphQLOutputType | string, depth: number): string {
  const named = typeof type === 'string' ? schema.getType(type)! : getNamedType(type);
  if (isAbstractType(named))
    return `{ __typename ${schema
      .getPossibleTypes(named)
      .map(({ name }) => `... on ${name} ${wholeSelection(name, depth)}`)
      .join(' ')} }`;
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).filter((field) => !field.args.some(isRequiredArgument));
  return `{ __typename ${fields.map((field) => fieldOf(named.name, field, depth)).join(' ')} }`;
}

/** Under a name of its own: two types may have fields of one name and of different types. */
function fieldOf(type: string, { name, type: of }: GraphQLField<unknown, unknown>, depth: number): string {
  const isLeaf = !isObjectType(getNamedType(of)) && !isAbstractType(getNamedType(of));
  if (!isLeaf && depth === 0) return '';
  return `${type}_${name}: ${name} ${isLeaf ? '' : wholeSelection(of, depth - 1)}`;
}
