/** A closed set of values with their meanings (中文。English.). The API shows it as an enum of that name. */
export interface Choice<Value extends string = string> {
  readonly name: string;
  readonly description: string;
  readonly meanings: Readonly<Record<Value, string>>;
  readonly values: readonly Value[];
}

/** `meanings` must have every value, so that nobody can add a value without a description. */
export const choice = <Value extends string>(
  name: string,
  values: readonly Value[],
  description: string,
  meanings: Readonly<Record<NoInfer<Value>, string>>,
): Choice<Value> => ({ name, description, meanings, values });
