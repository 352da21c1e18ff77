import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { cleanUps } from '../../support/clean-ups';
import { STREAM_PREFIX } from '../../support/ledger';
import { temporaryFolder } from '../../support/temporary-folder';
import { itDecidesOnce } from './races';

const onEnd = cleanUps();

describe('on the embedded store', () => {
  itDecidesOnce(() => {
    const folder = temporaryFolder();
    onEnd(() => {
      folder.remove();
    });
    return Promise.resolve(openSqliteEventStore({ path: `${folder.path}/ledger.db`, prefix: STREAM_PREFIX }));
  });
});
