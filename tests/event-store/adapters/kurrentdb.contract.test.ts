import { describeEventStore } from '../event-store.contract';
import { makeServerHarness, makeStandInHarness } from './kurrentdb-harness';

const url = process.env.EVENTSTORE_URL;

if (url === undefined) describeEventStore('KurrentDB, its stand-in', makeStandInHarness);
else describeEventStore(`KurrentDB, the server of EVENTSTORE_URL`, () => makeServerHarness(url));
