import { registerEnumType } from 'type-graphql';

/** An enum of the API whose values are their own names. */
export function enumType<Value extends string>(
  name: string,
  values: readonly Value[],
  description: string,
): Readonly<Record<Value, Value>> {
  const type = Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
  registerEnumType(type, { name, description });
  return type;
}
