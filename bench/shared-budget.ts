import { join } from 'node:path';
import { openSqliteEventStore } from '../src/event-store/adapters/sqlite/sqlite-event-store';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { cpuMsOf } from './embedded-large';
import { load } from './http-load';
import { median, Report } from './measure';
import * as seed from './seed';
import { startServerProcess } from './soak/server-process';

const CLIENTS = [1, 50];
const ROUNDS = 5;
const SECONDS = 3;

const RECORD = `mutation($input: RecordExpenditureInput!) { recordExpenditure(input: $input) { position } }`;
const INPUT = { department: 'D', fiscalYear: 2023, line: 'L1', amount: '0.01', effectiveAt: '2023-06-01' };

/** Single writes on one budget over HTTP, each with its own answer, on the embedded store with its read models in a file. */
export async function sharedBudget(): Promise<Report> {
  const folder = temporaryFolder();
  const log = openSqliteEventStore({ path: join(folder.path, 'ledger.db'), prefix: 'mingjian-' });
  await seed.department(log, 'D');
  await seed.budget(log, 'D', 0);
  await log.close();
  const server = await startServerProcess({ DATA_DIR: folder.path, READ_MODELS: 'sqlite', READ_LOG: 'off' });
  try {
    const target = { address: server.address, token: await server.token('bench', ['editor']) };
    const rounds = new Map(
      CLIENTS.map((clients) => [clients, [] as { readonly rate: number; readonly cpu: number }[]]),
    );
    for (let round = -1; round < ROUNDS; round++) {
      for (const connections of CLIENTS) {
        const before = cpuMsOf(server);
        const requests = [{ query: RECORD, variables: { input: INPUT } }];
        const rate = await load({ target, requests }, { duration: SECONDS, connections });
        const cpu = ((cpuMsOf(server) - before) * 1_000) / (rate * SECONDS);
        // The first round is a warm-up.
        if (round >= 0) rounds.get(connections)?.push({ rate, cpu });
      }
    }
    return [...rounds].flatMap(([clients, each]) => {
      const what = `single writes on one budget, ${clients} client${clients === 1 ? '' : 's'}`;
      return [
        {
          what,
          value: median(each.map(({ rate }) => rate)),
          unit: 'writes/s',
          ...(clients === 1 ? {} : { bound: { atLeast: 3_000 } }),
        },
        { what: 'the same, CPU time of all threads', value: median(each.map(({ cpu }) => cpu)), unit: 'µs' },
      ];
    });
  } finally {
    await server.stop();
    folder.remove();
  }
}
