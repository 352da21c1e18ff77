import { readFileSync } from 'node:fs';
import { buildSchema, GraphQLNamedType, isEnumType } from 'graphql';

/** "中文。English.": a Han character and a Latin letter. */
const isBilingual = (description: string | null | undefined): boolean =>
  /\p{Script=Han}/u.test(description ?? '') && /[A-Za-z]/.test(description ?? '');

describe('the descriptions of the printed schema', () => {
  const types = Object.values(buildSchema(readFileSync('schema.graphql', 'utf8')).getTypeMap()).filter(
    ({ name, astNode }) => astNode !== undefined && !name.startsWith('__'),
  );

  it('give every enum value in Chinese and in English', () => {
    expect(types.filter(isEnumType).length).toBeGreaterThan(10);
    expect(types.flatMap(undescribedValues)).toEqual([]);
  });
});

function undescribedValues(type: GraphQLNamedType): readonly string[] {
  if (!isEnumType(type)) return [];
  const missing = type.getValues().filter(({ description }) => !isBilingual(description));
  return missing.map((value) => `${type.name}.${value.name}`);
}
