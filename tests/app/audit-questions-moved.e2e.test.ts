import { ImportedLog } from '../../src/event-store/imported-log';
import { startApi, TestApi } from '../support/api';
import { openLog, startStandIn } from '../support/kurrentdb-log';
import { STREAM_PREFIX } from '../support/ledger';
import { exportedLines, importLines } from '../support/moved-log';
import { describeAuditQuestions } from './audit-questions';

/** Each question is asked of the ledger in a file, and of the same ledger after it was moved to KurrentDB. The answers are the same. */
describeAuditQuestions(async (now, onEnd) => {
  const old = await startApi({ now });
  let copy: Promise<TestApi> | undefined;

  async function move(): Promise<TestApi> {
    const { url } = await startStandIn(onEnd, { clock: old.clock });
    const store = openLog(url);
    await importLines(store, await exportedLines(old.eventStore));
    const api = await startApi({
      now: new Date(old.clock.now()).toISOString(),
      eventStore: () => new ImportedLog(store, STREAM_PREFIX),
    });
    onEnd(() => api.close());
    return api;
  }

  return {
    ...old,
    async data(query, variables, token) {
      const answer = await old.data(query, variables, token);
      if (query.trimStart().startsWith('mutation')) copy = undefined;
      else expect(await (await (copy ??= move())).data(query, variables, token)).toEqual(answer);
      return answer;
    },
    write(...sent) {
      copy = undefined;
      return old.write(...sent);
    },
  };
});
