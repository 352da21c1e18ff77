import { describeEventStore } from '../event-store.contract';
import { makeServerHarness, makeStandInHarness } from './kurrentdb-harness';

const url = process.env.EVENTSTORE_URL ?? '';

if (url === '') describeEventStore('KurrentDB, its stand-in', makeStandInHarness);
else describeEventStore('KurrentDB, the server that EVENTSTORE_URL names', () => makeServerHarness(url));
