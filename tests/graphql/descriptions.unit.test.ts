import { readFileSync } from 'node:fs';
import {
  buildSchema,
  GraphQLField,
  GraphQLInputField,
  GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';

interface Described {
  readonly description?: string | null;
}

/** "中文。English.": a Han character and a Latin letter. */
const isBilingual = ({ description }: Described): boolean =>
  /\p{Script=Han}/u.test(description ?? '') && /[A-Za-z]/.test(description ?? '');

describe('the descriptions of the printed schema', () => {
  const types = Object.values(buildSchema(readFileSync('schema.graphql', 'utf8')).getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  );

  it('give each type, field, argument and value in Chinese and in English', () => {
    expect(types.length).toBeGreaterThan(80);
    expect(types.flatMap(missingIn)).toEqual([]);
  });

  it('name the specification of each scalar', () => {
    const scalars = types.filter(isScalarType);
    expect(scalars.length).toBeGreaterThan(5);
    for (const scalar of scalars)
      expect([scalar.name, scalar.specifiedByURL]).toEqual([scalar.name, expect.any(String)]);
  });
});

/** The parts of a type that lack a description. */
function missingIn(type: GraphQLNamedType): readonly string[] {
  const places = new Map<string, Described>([[type.name, type]]);
  for (const value of isEnumType(type) ? type.getValues() : []) places.set(`${type.name}.${value.name}`, value);
  for (const field of fieldsOf(type)) {
    places.set(`${type.name}.${field.name}`, field);
    for (const argument of 'args' in field ? field.args : [])
      places.set(`${type.name}.${field.name}(${argument.name})`, argument);
  }
  return [...places].filter(([, place]) => !isBilingual(place)).map(([name]) => name);
}

function fieldsOf(type: GraphQLNamedType): readonly (GraphQLField<unknown, unknown> | GraphQLInputField)[] {
  if (isInputObjectType(type)) return Object.values(type.getFields());
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}
