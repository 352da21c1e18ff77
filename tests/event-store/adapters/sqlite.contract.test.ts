import { describeEventStore } from '../event-store.contract';
import { makeSqliteHarness } from './sqlite-harness';

describeEventStore('SQLite', makeSqliteHarness);
