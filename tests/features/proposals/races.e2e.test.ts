import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../../src/event-store/event-store';
import { cleanUps } from '../../support/clean-ups';
import { openLog, startStandIn } from '../../support/kurrentdb-log';
import { STREAM_PREFIX } from '../../support/ledger';
import { emptyReadModelsIn, sharedRedis } from '../../support/redis/shared-redis';
import { temporaryFolder } from '../../support/temporary-folder';
import { verifyOf } from '../../support/verify';
import { EndingProcess } from './ending-process';
import { itDecidesOnce } from './races';
import { CONFIRMER, PROPOSER, Stage } from './stage';

const onEnd = cleanUps();
const redis = sharedRedis();

function openFile(): Promise<EventStore> {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  return Promise.resolve(openSqliteEventStore({ path: `${folder.path}/ledger.db`, prefix: STREAM_PREFIX }));
}

describe('on the embedded store', () => {
  itDecidesOnce({ openLog: openFile });
});

test('verify names a confirmation that is not finished, and what finishes it', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const open = () => openSqliteEventStore({ path: `${folder.path}/ledger.db`, prefix: STREAM_PREFIX });
  const ending = new EndingProcess();
  const stage = await Stage.open({ eventStore: () => ending.over(open()) });
  await stage.prepare();
  const code = await stage.propose();
  for (let at = 1; !(await stage.types()).includes('ProposalClaimed'); at++) {
    await ending.endingAt(at, 'after', () => stage.act(CONFIRMER, 'confirmProposal', { code }));
  }
  await stage.close();
  const pending = `Pending: the confirmation of proposal/${code} is not finished yet; the next start of a server finishes it, or confirmProposal, rejectProposal or withdrawProposal with this code`;
  expect(await verifyOf(folder.path)).toContain(pending);

  const next = await Stage.open({ eventStore: open });
  await next.act(PROPOSER, 'withdrawProposal', { code });
  expect(await next.proposal(code)).toMatchObject({ status: 'CONFIRMED' });
  await next.close();
  expect(await verifyOf(folder.path)).not.toContain('Pending');
});

describe('on EventStoreDB, with read models in Redis', () => {
  itDecidesOnce({
    openLog: async () => openLog((await startStandIn(onEnd)).url),
    readModels: emptyReadModelsIn(redis),
    areRemote: true,
  });
});
