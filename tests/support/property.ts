/** How often a property is tried: as given, or as often as FC_RUNS says. A failure prints the seed that repeats it. */
export const runs = (usual: number): { readonly numRuns: number } => ({
  numRuns: Number(process.env.FC_RUNS ?? usual),
});
