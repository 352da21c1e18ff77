import { Lease } from '../../src/projector/lease';

export interface LeaseHarness {
  /** A lease on the same resource for another process. */
  readonly another: () => Lease;
  /** Makes the server forget everything about the lease. */
  readonly forget: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** Defines the port `Lease`: every adapter for several processes runs it unchanged. */
export function describeLease(name: string, makeHarness: () => Promise<LeaseHarness>): void {
  describe(`Lease: ${name}`, () => {
    let harness: LeaseHarness;
    let stop: AbortController;

    beforeEach(async () => {
      harness = await makeHarness();
      stop = new AbortController();
    });
    afterEach(async () => {
      stop.abort();
      await harness.dispose();
    });

    /** Begins to hold the lease, and resolves when the work has begun. */
    function hold(lease: Lease, signal: AbortSignal = stop.signal) {
      let begin: (token: bigint) => void = () => undefined;
      const begun = new Promise<bigint>((resolve) => (begin = resolve));
      const work: { done: () => void; lost: boolean; isHeld: () => boolean } = {
        done: () => undefined,
        lost: false,
        isHeld: () => false,
      };
      const ended = lease.hold(
        signal,
        (token, held, isHeld) =>
          new Promise((resolve) => {
            work.done = resolve;
            work.isHeld = isHeld;
            held.addEventListener('abort', () => {
              work.lost = true;
              resolve();
            });
            begin(token);
          }),
      );
      ended.catch(() => undefined);
      return { begun, ended, work };
    }

    it('lets only one work at a time, with increasing tokens', async () => {
      let working = 0;
      const tokens: bigint[] = [];
      const one = () =>
        harness.another().hold(stop.signal, async (token) => {
          expect(++working).toBe(1);
          tokens.push(token);
          await new Promise(setImmediate);
          working--;
        });
      await Promise.all([one(), one(), one(), one()]);

      expect(tokens).toHaveLength(4);
      expect(tokens.every((token, index) => index === 0 || token > tokens[index - 1]!)).toBe(true);
    });

    it('is released when the work ends, even if it fails', async () => {
      await expect(harness.another().hold(stop.signal, () => Promise.reject(new Error('failed')))).rejects.toThrow(
        'failed',
      );
      const { begun, ended, work } = hold(harness.another());
      await begun;
      work.done();
      await ended;
      await hold(harness.another()).begun;
    });

    it('ends the work when the signal aborts, and lets the next holder begin', async () => {
      const first = new AbortController();
      const holder = hold(harness.another(), first.signal);
      await holder.begun;
      const next = hold(harness.another());
      first.abort();
      await holder.ended;

      expect(holder.work.lost).toBe(true);
      expect(await next.begun).toBeGreaterThan(await holder.begun);
    });

    it('does not start the work if the signal aborts while it waits', async () => {
      await hold(harness.another()).begun;
      const waiting = new AbortController();
      let worked = false;
      const ended = harness.another().hold(waiting.signal, () => {
        worked = true;
        return Promise.resolve();
      });
      waiting.abort();
      await ended;

      expect(worked).toBe(false);
    });

    it('ends the work with an outage if the lease is lost, and then gives higher tokens', async () => {
      const holder = hold(harness.another());
      const token = await holder.begun;
      expect(holder.work.isHeld()).toBe(true);
      await harness.forget();
      const next = hold(harness.another());

      expect(await next.begun).toBeGreaterThan(token);
      await expect(holder.ended).rejects.toMatchObject({ name: 'Outage' });
      expect(holder.work.lost).toBe(true);
      expect(holder.work.isHeld()).toBe(false);
    });
  });
}
