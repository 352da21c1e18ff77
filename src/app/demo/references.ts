/** What a step left: its first change, or the proposal that it became. */
export interface Played {
  /** The id of the event. */
  readonly change?: string;
  /** The code of the proposal. */
  readonly proposal?: string;
}

const REFERENCES = new Map<string, keyof Played>([
  ['$change', 'change'],
  ['$proposal', 'proposal'],
]);

type Input = Readonly<Record<string, unknown>>;

/** The input with what earlier steps left in place of their names. */
export function withReferences(
  input: Input,
  earlier: ReadonlyMap<string, Played>,
): { readonly input: Input } | { readonly problem: string } {
  const resolved: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(input)) {
    const reference = referenceIn(value);
    if (reference === undefined) {
      resolved[field] = value;
      continue;
    }
    const step = earlier.get(reference.step);
    if (step === undefined) return { problem: `no earlier step is called ${reference.step}` };
    const left = step[reference.to];
    if (left === undefined) return { problem: `the step ${reference.step} left no ${reference.to}` };
    resolved[field] = left;
  }
  return { input: resolved };
}

function referenceIn(value: unknown): { readonly to: keyof Played; readonly step: string } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [reference] = Object.entries(value as Readonly<Record<string, unknown>>);
  if (reference === undefined) return undefined;
  const [name, step] = reference;
  const to = REFERENCES.get(name);
  return to && { to, step: String(step) };
}
