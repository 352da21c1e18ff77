import { CheckpointReader } from '../../../src/evidence/copies/checkpoint-reader';
import { KeptCheckpoint } from '../../../src/evidence/kept-checkpoint';
import { LastingTroubles } from '../../../src/kernel/lasting-troubles';
import { CorruptLedger } from '../../../src/kernel/outage';

test('a checkpoint that another ledger has signed is reported once, however often it is read', async () => {
  const reported: string[] = [];
  const troubles = new LastingTroubles({ report: ({ kind }) => reported.push(kind) }, 'tree');
  const stopping = new AbortController();
  let read = 0;
  const foreign: KeptCheckpoint = { treeSize: 3n, note: 'of another ledger' } as KeptCheckpoint;
  const place = {
    name: 'a folder',
    newest: () => {
      if (++read === 5) stopping.abort();
      return Promise.resolve(foreign);
    },
    put: () => Promise.resolve(),
  };
  const reader = new CheckpointReader({
    copies: [place],
    signer: {
      kept: { of: () => undefined, newest: undefined, keep: () => undefined } as never,
      requireOwn: () => {
        throw new CorruptLedger('It was signed with another key');
      },
    },
    follower: { followed: undefined, suspect: () => undefined },
    troubles,
    everyMs: 0,
  });
  await reader.run(stopping.signal);
  expect(read).toBe(5);
  expect(reported).toEqual(['trouble']);
});
