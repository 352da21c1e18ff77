import { pointsBeyondRequest } from '../../src/http/caller-points';

test.each<[string, Parameters<typeof pointsBeyondRequest>[0], number]>([
  ['a small answer, which the point of the request pays for', { fields: 1_000, bytes: 100_000, cpuMs: 10 }, 0],
  ['many fields', { fields: 3_000, bytes: 0, cpuMs: 0 }, 2],
  ['a long text', { fields: 1, bytes: 500_000, cpuMs: 1 }, 4],
  ['much work', { fields: 2_000, bytes: 200_000, cpuMs: 65 }, 5.5],
])('%s costs what it takes most of', (_what, cost, points) => {
  expect(pointsBeyondRequest(cost)).toBeCloseTo(points);
});
