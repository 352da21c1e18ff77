import { DepartmentScope } from '../../../src/auth/department-scope';
import { graphql } from 'graphql';
import { join } from 'node:path';
import { buildDemoLedger, DemoLedgerOptions } from '../../../src/app/demo/build';
import { DemoStep } from '../../../src/app/demo/steps';
import { schema } from '../../../src/app/features';
import { demoPerson } from '../../../src/auth/demo-tokens';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { RequestContext } from '../../../src/graphql/context';
import { Clock, readInstant, systemClock } from '../../../src/kernel/time';
import { startLedger, STREAM_PREFIX, TestLedger, TIME_ZONE } from '../../support/ledger';
import { temporaryFolder } from '../../support/temporary-folder';
import { NO_TROUBLE } from '../../support/telemetry';

export const LEDGER = { streamPrefix: STREAM_PREFIX, timeZone: TIME_ZONE } as const;

export const registering: DemoStep = {
  name: 'register',
  at: readInstant('2023-01-03T01:00:00.000Z'),
  as: 'admin',
  mutation: 'registerDepartment',
  input: { code: 'D1', name: '甲局' },
};
export const renaming: DemoStep = {
  name: 'rename',
  at: readInstant('2024-03-01T01:00:00.000Z'),
  as: 'admin',
  mutation: 'renameDepartment',
  input: { code: 'D1', name: '乙局' },
};

/** A finished ledger file, served as in production: with the machine's clock. */
export function serve(path: string): Promise<TestLedger<Clock>> {
  const eventStore = () => openSqliteEventStore({ path, prefix: STREAM_PREFIX, kind: 'demo' });
  return startLedger({ clock: systemClock, eventStore, demo: true, telemetry: NO_TROUBLE });
}

export async function ask({ ledger }: TestLedger<Clock>, source: string): Promise<any> {
  const auditor = {
    ...demoPerson('auditor'),
    departments: DepartmentScope.ALL,
    readDepartments: DepartmentScope.ALL,
  } as const;
  const contextValue = new RequestContext(ledger.services, { principal: auditor, correlationId: 'test' });
  const { data, errors } = await graphql({ schema, source, contextValue });
  if (errors?.[0]) throw errors[0];
  return data;
}

export interface ServedDemo {
  ask(source: string): Promise<any>;
  close(): Promise<void>;
}

/** The demo as it starts: built, then opened and asked. */
export async function serveDemo(options: Partial<DemoLedgerOptions> = {}): Promise<ServedDemo> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  await buildDemoLedger({ ...LEDGER, path, ...options });
  const ledger = await serve(path);
  return {
    ask: (source) => ask(ledger, source),
    close: async () => {
      await ledger.close();
      folder.remove();
    },
  };
}
