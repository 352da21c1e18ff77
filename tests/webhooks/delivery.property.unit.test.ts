import fc from 'fast-check';
import { PostResult } from '../../src/webhooks/delivery/post';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { deferred, mailOf, MemorySecrets, startProcess } from './delivery-process';
import { MemoryLog } from './memory-log';

/** Whatever fails and whoever is killed when, a receiver has taken each change, and none before those that come before it. */

const FAILURES: readonly PostResult[] = [
  { kind: 'answered', status: 500, retryAfterMs: 0 },
  { kind: 'answered', status: 302, retryAfterMs: 0 },
  { kind: 'failed', outcome: 'TIMED_OUT' },
];

/** What happens to one attempt. `taken, killed`: the receiver has the change, and nobody learns of it. */
const step = fc.constantFrom('taken', 'taken', 'taken', 'failed', 'stopped', 'killed', 'taken, killed');

test(
  'each change is delivered at least once, in the order of the log',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 25 }), async (changes, steps) => {
        const positions = Array.from({ length: changes }, (_, index) => BigInt(3 * index + 2));
        const record = new MemoryLog();
        const secrets = new MemorySecrets();
        const taken: bigint[] = [];
        const left = [...steps];
        let hasSubscribed = false;
        for (let isOver = false; !isOver;) {
          const ofThisProcess: bigint[] = [];
          const end = deferred<'done' | 'killed' | 'stopped'>();
          let failedInARow = 0;
          const process = startProcess({
            record,
            secrets,
            mail: mailOf(positions),
            send: async ({ body, headers }) => {
              const { position } = JSON.parse(body) as { readonly position: string };
              expect(headers['webhook-id']).toBe(position);
              // So many failures in a row that the webhook stops are another test.
              const next = left.shift() ?? 'taken';
              const happens = next === 'failed' && failedInARow === 5 ? 'taken' : next;
              failedInARow = happens === 'failed' ? failedInARow + 1 : 0;
              if (happens.startsWith('taken')) {
                taken.push(BigInt(position));
                ofThisProcess.push(BigInt(position));
              }
              if (happens === 'failed') return FAILURES[left.length % FAILURES.length]!;
              if (happens === 'stopped' || happens.endsWith('killed')) {
                end.resolve(happens === 'stopped' ? 'stopped' : 'killed');
                // The process ends before there is an answer.
                return new Promise((_, reject) => setImmediate(() => { reject(new Error('cut off')); })); // prettier-ignore
              }
              if (BigInt(position) === positions.at(-1)) end.resolve('done');
              return { kind: 'answered', status: 204, retryAfterMs: 0 };
            },
          });
          if (!hasSubscribed) await process.subscribe();
          hasSubscribed = true;
          const how = await end.promise;
          await (how === 'killed' ? process.kill() : process.stop());
          isOver = how === 'done';
          expect(ofThisProcess).toEqual([...new Set(ofThisProcess)].sort((one, other) => Number(one - other)));
        }
        const first = [...new Set(taken)];
        expect(first).toEqual(positions);
      }),
      runs(40),
    );
  },
  PROPERTY_TIMEOUT_MS,
);
