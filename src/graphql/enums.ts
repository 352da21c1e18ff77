import { registerEnumType } from 'type-graphql';
import { choice, Choice } from '../input/choice';

/** What each value means. The type names every value, so that none can be added without a description. */
export type Meanings<Value extends string> = Readonly<Record<Value, string>>;

const known = new WeakMap<Choice, object>();

/** The schema's enum for a choice. Each value is its own name. Decorators that run before this refer to the object `into`. */
export function enumOf<Value extends string>(of: Choice<Value>, into: object = {}): Readonly<Record<Value, Value>> {
  let type = known.get(of);
  if (type === undefined) {
    known.set(of, (type = Object.assign(into, Object.fromEntries(of.values.map((value) => [value, value])))));
    registerEnumType(type, {
      name: of.name,
      description: of.description,
      valuesConfig: describedValues(of.meanings),
    });
  }
  return type as Readonly<Record<Value, Value>>;
}

/** An enum that only the API has. */
export const enumType = <Value extends string>(
  ...parts: Parameters<typeof choice<Value>>
): Readonly<Record<Value, Value>> => enumOf(choice(...parts));

/** The meanings in the form that graphql-js and type-graphql take. */
export function describedValues<Value extends string>(meanings: Meanings<Value>): Record<Value, Described> {
  const entries = Object.entries<string>(meanings).map(([value, description]) => [value, { description }]);
  return Object.fromEntries(entries) as Record<Value, Described>;
}

interface Described {
  readonly description: string;
}
