interface FieldDifference {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Fields with their values before and after. An object that came or went as a whole is shown as its parts. */
export const partsOf = (fields: readonly FieldDifference[]): readonly FieldDifference[] =>
  fields.flatMap(({ path, before = null, after = null }) => {
    if (!isObject(before) && !isObject(after)) return [{ path, before, after }];
    const [old, young] = [asObject(before), asObject(after)];
    const names = [...new Set([...Object.keys(old), ...Object.keys(young)])];
    return names
      .map((name) => ({ path: `${path}/${name}`, before: old[name] ?? null, after: young[name] ?? null }))
      .filter((part) => part.before !== part.after);
  });

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});
