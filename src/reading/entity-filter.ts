/** A condition on the entities of a list; undefined if the client asks for nothing. */
export type Condition<View> = ((view: View) => boolean) | undefined;

/** The value is the wanted one, if one is wanted. */
export const is = <View, Value>(wanted: Value | null | undefined, valueOf: (view: View) => Value): Condition<View> =>
  wanted === null || wanted === undefined ? undefined : (view) => valueOf(view) === wanted;

/** The value is one of those wanted, if a list of them is given. An empty list matches nothing. */
export function isAnyOf<View, Value>(
  wanted: readonly Value[] | null | undefined,
  valueOf: (view: View) => Value,
): Condition<View> {
  if (!wanted) return undefined;
  const values = new Set(wanted);
  return (view) => values.has(valueOf(view));
}

/** All conditions in one; undefined if there is none. */
export function allOf<View>(...conditions: Condition<View>[]): Condition<View> {
  const asked = conditions.filter((condition) => condition !== undefined);
  return asked.length === 0 ? undefined : (view) => asked.every((meets) => meets(view));
}
