import fastify from 'fastify';
import { DepartmentScope } from '../../src/auth/department-scope';
import { Principal } from '../../src/auth/principal';
import { Caller } from '../../src/http/caller';
import { admitAddress, limitRates, pointsOf } from '../../src/http/rate-limiting';
import { HttpRefusal } from '../../src/http/refusal';
import { RateLimits } from '../../src/rate-limits/rate-limits';

/** The window that began in 1970: none ends while a test runs. */
const WINDOW_SECONDS = 10_000_000_000;
const ADDRESS = '192.0.2.1';

const limiting = (points: number, pointsPerAddress: number) => ({
  rates: new RateLimits({ points, pointsPerAddress, windowSeconds: WINDOW_SECONDS }),
  addressOf: () => ADDRESS,
});

const person = (sub: string): Principal => ({
  sub,
  roles: ['auditor'],
  departments: DepartmentScope.NONE,
  readDepartments: DepartmentScope.ALL,
});

/** What is refused, by the limit that refuses it; undefined if nothing is. */
async function refusedBy(spending: Promise<unknown>): Promise<unknown> {
  try {
    await spending;
    return undefined;
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw error;
    expect(error.status).toBe(429);
    const seconds = Number(error.headers['retry-after']);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(WINDOW_SECONDS);
    expect(error.details).toMatchObject({ retryAfterSeconds: seconds });
    return (error.details as { readonly limit?: unknown }).limit;
  }
}

describe('what comes after a request was let in', () => {
  test.each([
    ['of the principal', limiting(2, 10), 'ratePoints'],
    ['of the address', limiting(10, 2), 'ratePointsPerAddress'],
  ])('spends points %s', async (_whose, limits, limit) => {
    const points = pointsOf(limits, ADDRESS, person('u-1'));
    const refusals = [];
    for (let count = 0; count < 3; count++) refusals.push(await refusedBy(points.take(1)));
    expect(refusals).toEqual([undefined, undefined, limit]);
  });

  test.each([
    ['of the principal', limiting(2, 100), 'ratePoints'],
    ['of the address', limiting(100, 2), 'ratePointsPerAddress'],
  ])(
    'is charged also if there are no points %s left, and the next request is refused',
    async (_whose, limits, limit) => {
      const points = pointsOf(limits, ADDRESS, person('u-1'));
      points.charge(5);
      expect(await refusedBy(points.take(1))).toBe(limit);
    },
  );
});

test('an address spends a point before anything else', async () => {
  const limits = limiting(10, 1);
  const request = {} as Parameters<typeof admitAddress>[1];
  expect(await refusedBy(admitAddress(limits, request))).toBeUndefined();
  expect(await refusedBy(admitAddress(limits, request))).toBe('ratePointsPerAddress');
});

/** What a server with these limits answers, one after the other, to requests of these persons. */
async function answersTo(limits: ReturnType<typeof limiting>, ...subs: readonly string[]) {
  const identified: string[] = [];
  const identify = limitRates(limits, ({ headers }): Caller => {
    identified.push(String(headers.from));
    return { principal: person(String(headers.from)), correlationId: 'a-request', expiresAt: Infinity };
  });
  const server = fastify();
  server.get('/', async (request, reply) => ({
    refused: (await refusedBy(Promise.resolve(identify(request, reply)))) ?? 'nothing',
  }));
  const answers: unknown[] = [];
  for (const from of subs) {
    const { headers, body } = await server.inject({ url: '/', headers: { from } });
    answers.push([(JSON.parse(body) as { refused: string }).refused, headers.ratelimit]);
  }
  await server.close();
  return { answers, identified };
}

const left = (...standings: readonly (readonly [string, number])[]): unknown =>
  expect.stringMatching(
    new RegExp(`^${standings.map(([name, points]) => `"${name}";r=${points};t=\\d+`).join(', ')}$`),
  );

test('a request spends a point of its address and of its principal, and says what is left', async () => {
  const { answers } = await answersTo(limiting(1, 10), 'u-1', 'u-1', 'u-2');
  expect(answers).toEqual([
    ['nothing', left(['principal', 0], ['address', 9])],
    ['ratePoints', left(['principal', 0], ['address', 8])],
    ['nothing', left(['principal', 0], ['address', 7])],
  ]);
});

test('the token of a request is not looked at if its address has no points', async () => {
  const { answers, identified } = await answersTo(limiting(10, 1), 'u-1', 'u-2');
  expect(answers[1]).toEqual(['ratePointsPerAddress', left(['address', 0])]);
  expect(identified).toEqual(['u-1']);
});
