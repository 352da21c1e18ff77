import { startApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { aMetadata, anEvent } from '../support/events';
import { eventually } from '../support/eventually';

const onEnd = cleanUps();

const COUNT = 25;
const PAGE = `query($after: Position!) {
  changes(after: $after, first: 200) { position pageInfo { hasNextPage } nodes { sequence reason } }
}`;

test('a page of large changes ends before it is too long for an answer, and the next one goes on after it', async () => {
  const api = await startApi({ limits: { maxAnswerBytes: 400_000 } });
  onEnd(() => api.close());
  const metadata = aMetadata({ reason: 'x'.repeat(20_000) });
  const events = Array.from({ length: COUNT }, (_, index) =>
    index === 0
      ? anEvent({ type: 'DepartmentRegistered', data: { code: 'D1', name: '局', functions: [] }, metadata })
      : anEvent({ type: 'DepartmentRenamed', data: { name: `局${index}` }, metadata }),
  );
  await api.eventStore.append('mingjian-department-D1', events, 'any');
  await eventually('all can be read', async () => (await api.data('{ ledger { lagEvents } }')).ledger.lagEvents === 0);

  const pages: string[][] = [];
  for (let after = '0', more = true; more;) {
    const { changes } = await api.data(PAGE, { after });
    pages.push(changes.nodes.map(({ sequence }: { sequence: string }) => sequence));
    after = changes.position;
    more = changes.pageInfo.hasNextPage;
  }
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
  expect(pages.flat()).toEqual(Array.from({ length: COUNT }, (_, index) => String(index + 1)));
});
