/** The extensions of an answer: what it has cost. */
export const WITH_COST = {
  cost: {
    fields: expect.any(Number) as number,
    bytes: expect.any(Number) as number,
    cpuMs: expect.any(Number) as number,
  },
};
