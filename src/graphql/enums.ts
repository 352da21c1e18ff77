import { registerEnumType } from 'type-graphql';

/** What each value means. The type names every value, so that none can be added without a description. */
export type Meanings<Value extends string> = Readonly<Record<Value, string>>;

/** An enum of the API whose values are their own names. */
export function enumType<Value extends string>(
  name: string,
  values: readonly Value[],
  description: string,
  meanings: Meanings<NoInfer<Value>>,
): Readonly<Record<Value, Value>> {
  const type = Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
  registerEnumType(type, { name, description, valuesConfig: describedValues(meanings) });
  return type;
}

/** The meanings in the form that graphql-js and type-graphql take. */
export function describedValues<Value extends string>(meanings: Meanings<Value>): Record<Value, Described> {
  const entries = Object.entries<string>(meanings).map(([value, description]) => [value, { description }]);
  return Object.fromEntries(entries) as Record<Value, Described>;
}

interface Described {
  readonly description: string;
}
