const asked = process.env.FC_RUNS === undefined ? undefined : Number(process.env.FC_RUNS);

/** How often a property is tried: as given, or as often as FC_RUNS says. A failure prints the seed that repeats it. */
export const runs = (usual: number): { readonly numRuns: number } => ({ numRuns: asked ?? usual });

/** Long enough for properties over whole ledgers, on a busy machine too. */
export const PROPERTY_TIMEOUT_MS = 180_000 * Math.max(1, (asked ?? 0) / 10);
