import { EventEmitter } from 'node:events';
import fastify, { FastifyRequest } from 'fastify';
import { DepartmentScope } from '../../src/auth/department-scope';
import { VerifiedToken } from '../../src/auth/verified-token';
import { Admission, identifyWithin } from '../../src/http/admission';
import { challengeUnauthenticated } from '../../src/http/challenge';
import { callerOf, identifyFirst } from '../../src/http/identified';
import { OperationHooks } from '../../src/http/operation-hooks';
import { HttpRefusal } from '../../src/http/refusal';
import { RequestsInFlight } from '../../src/http/requests-in-flight';
import { ok, Refused, refused, Result } from '../../src/kernel/refusal';
import { RateLimits } from '../../src/rate-limits/rate-limits';
import { NO_TROUBLE } from '../support/telemetry';

/** Which requests come as far as the handler of their route. */

/** A token is the name of its principal, and `wrong` is none. */
const verified = (authorization = 'wrong'): Result<VerifiedToken> =>
  authorization === 'wrong'
    ? refused({ kind: 'UNAUTHENTICATED', message: 'no valid token' })
    : ok({
        principal: {
          sub: authorization,
          roles: ['auditor'],
          departments: DepartmentScope.NONE,
          readDepartments: DepartmentScope.ALL,
        },
        expiresAt: Infinity,
      });
const later = (authorization?: string) => Promise.resolve(verified(authorization));

const admission = (verify: Admission['verifier']['verify'] = verified, more: Partial<Admission> = {}): Admission => ({
  verifier: { verify },
  inFlight: new RequestsInFlight(1),
  ...more,
});

describe('a request over HTTP', () => {
  const served: string[] = [];
  async function answerTo(terms: Admission, ...tokens: readonly (string | undefined)[]) {
    served.length = 0;
    const server = fastify();
    challengeUnauthenticated(server);
    server.setErrorHandler((error, _request, reply) =>
      reply.code(error instanceof HttpRefusal ? error.status : error instanceof Refused ? 401 : 500).send(),
    );
    const onRequest = identifyFirst(identifyWithin(terms), new OperationHooks(NO_TROUBLE, 'http'));
    server.get('/', { onRequest }, (request) => {
      served.push(callerOf(request).principal.sub);
      return 'served';
    });
    server.get('/open', (request) => typeof callerOf(request));
    const statuses: unknown[] = [];
    for (const authorization of tokens) {
      const { statusCode, headers } = await server.inject({
        url: '/',
        headers: authorization === undefined ? {} : { authorization },
      });
      statuses.push([statusCode, headers['www-authenticate']]);
    }
    const unidentified = await server.inject({ url: '/open' });
    expect(unidentified.statusCode).toBe(500);
    await server.close();
    return statuses;
  }

  test.each<[string, Admission['verifier']['verify']]>([
    ['at once', verified],
    ['later', later],
  ])('comes to its handler only with a token that is verified %s', async (_when, verify) => {
    const statuses = await answerTo(admission(verify), 'u-1', 'wrong', undefined, 'Bearer x');
    const none = [401, 'Bearer realm="mingjian"'];
    expect(statuses).toEqual([[200, undefined], none, none, [200, undefined]]);
    expect(served).toEqual(['u-1', 'Bearer x']);
  });

  test('is told that its token is invalid', async () => {
    const refusing = () => verified();
    expect(await answerTo(admission(refusing), 'Bearer x', 'bearer  x', 'Bearer ', 'Basic x')).toEqual([
      [401, 'Bearer realm="mingjian", error="invalid_token"'],
      [401, 'Bearer realm="mingjian", error="invalid_token"'],
      [401, 'Bearer realm="mingjian"'],
      [401, 'Bearer realm="mingjian"'],
    ]);
    expect(served).toEqual([]);
  });

  test('does not come to its handler if its principal has no points', async () => {
    const rates = new RateLimits({ points: 1, pointsPerAddress: 10, windowSeconds: 10_000_000_000 });
    const terms = admission(verified, { limiting: { rates, addressOf: () => '192.0.2.1' } });
    expect((await answerTo(terms, 'u-1', 'u-1')).map((each) => (each as unknown[])[0])).toEqual([200, 429]);
    expect(served).toEqual(['u-1']);
  });
});

describe('the place of a request among those in flight', () => {
  /** A reply whose connection may be closed already. */
  const replyTo = (closed = false) => Object.assign(new EventEmitter(), { closed });
  const begin = async (terms: Admission, raw = replyTo()) =>
    identifyWithin(terms)({ id: 'a-request', headers: { authorization: 'u-1' } } as FastifyRequest, { raw } as never);

  test('is taken until the answer is sent', async () => {
    const [terms, raw] = [admission(), replyTo()];
    await begin(terms, raw);
    await expect(begin(terms)).rejects.toThrow(HttpRefusal);
    raw.emit('close');
    await begin(terms);
  });

  test('is not kept for a client that has left meanwhile', async () => {
    const terms = admission();
    await begin(terms, replyTo(true));
    await begin(terms);
  });

  test('can be given up before the answer', async () => {
    const terms = admission();
    (await begin(terms)).release?.();
    await begin(terms);
  });
});
