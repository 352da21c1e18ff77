import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { exportCommand } from '../../src/cli/export';
import { readYuan } from '../../src/kernel/money';
import { startApi, TestApi } from '../support/api';
import { csvRecords } from '../support/csv';
import { historyArbitrary } from '../support/histories/history';
import { printed } from '../support/printed';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { LARGE_QUESTIONS } from '../support/tables';
import { temporaryFolder } from '../support/temporary-folder';
import { fill } from '../support/whole-ledger';

/** By budget: approved, adjusted, executed, in fen. */
type Totals = Readonly<Record<string, readonly bigint[]>>;

function sums(folder: string): Totals {
  const totals: Record<string, bigint[]> = {};
  for (const line of csvRecords(readFileSync(path.join(folder, 'budget-lines.csv'), 'utf8'))) {
    const sum = (totals[line.budget!] ??= [0n, 0n, 0n]);
    ['approved', 'adjusted', 'executed'].forEach((name, index) => (sum[index]! += readYuan(line[name]!)));
  }
  return totals;
}

async function totalsOfApi(api: TestApi, at: object): Promise<Totals> {
  const { asOf } = await api.data(
    `query($at: AsOfInput!) { asOf(at: $at) { budgets(first: 200) { nodes {
      department { code } fiscalYear opening revised executed
    } } } }`,
    { at },
  );
  return Object.fromEntries(
    asOf.budgets.nodes.map(({ department, fiscalYear, opening, revised, executed }: any) => [
      `${department.code}.${fiscalYear}`,
      [opening, revised, executed].map(readYuan),
    ]),
  );
}

test(
  'the lines that are published add up to the totals of the API, at any moment',
  () =>
    fc.assert(
      fc.asyncProperty(
        historyArbitrary(60),
        fc.nat(100),
        fc.constantFrom(undefined, '2023-09-30'),
        async (history, share, effectiveAt) => {
          const temporary = temporaryFolder();
          const api = await startApi({ now: '2023-02-01T02:00:00.000Z', limits: LARGE_QUESTIONS });
          try {
            await fill(api, history);
            const token = await api.token({ sub: 'u-auditor', roles: ['auditor'] });
            const head = Number(await api.eventStore.head());
            for (const position of new Set([head, Math.round((head * share) / 100)].map(String))) {
              const folder = path.join(temporary.path, `at-${position}`);
              const at = ['--position', position, ...(effectiveAt === undefined ? [] : ['--as-of', effectiveAt])];
              const said = await printed({ api, token }, exportCommand, [folder, ...at]);
              expect(said).toContain(`position ${position},`);
              expect({ at, totals: sums(folder) }).toEqual({
                at,
                totals: await totalsOfApi(api, { position, effectiveAt }),
              });
            }
          } finally {
            await api.close();
            temporary.remove();
          }
        },
      ),
      runs(3),
    ),
  PROPERTY_TIMEOUT_MS,
);
