import fc from 'fast-check';
import { startApi } from '../../support/api';
import { historyArbitrary } from '../../support/histories/history';
import { PROPERTY_TIMEOUT_MS, runs } from '../../support/property';
import { exportedRows, LARGE_QUESTIONS, rowsOfGraphQL, TABLES } from '../../support/tables';
import { fill } from '../../support/whole-ledger';

test(
  'the rows of a table are what GraphQL answers at the same snapshot',
  () =>
    fc.assert(
      fc.asyncProperty(
        historyArbitrary(60),
        fc.nat(100),
        fc.constantFrom(undefined, '2023-03-01', '2023-09-30', '2024-02-01T00:00:00Z'),
        async (history, share, effectiveAt) => {
          const api = await startApi({ now: '2023-02-01T02:00:00.000Z', limits: LARGE_QUESTIONS });
          try {
            await fill(api, history);
            const head = Number(await api.eventStore.head());
            for (const position of [head, Math.round((head * share) / 100)].map(String)) {
              const expected = await rowsOfGraphQL(api, { position, effectiveAt });
              const at = `position=${position}${effectiveAt === undefined ? '' : `&effectiveAt=${effectiveAt}`}`;
              for (const table of TABLES) {
                expect({ table, at, rows: await exportedRows(api, `/${table}.ndjson?${at}`) }).toEqual({
                  table,
                  at,
                  rows: expected[table],
                });
              }
            }
          } finally {
            await api.close();
          }
        },
      ),
      runs(4),
    ),
  PROPERTY_TIMEOUT_MS,
);
