import { ConfigError, readConfig } from '../../src/app/config';
import { openEventStore } from '../../src/app/engines';
import { NO_TELEMETRY } from '../../src/kernel/telemetry';

test.each(['127.0.0.1:99999?tls=false', '127.0.0.1:2113?tls=banana', ':::'])(
  'an invalid connection string of the event store, %s, is reported with its variable, without its password',
  (rest) => {
    const config = readConfig({ EVENTSTORE_URL: `kurrentdb://admin:geheim@${rest}` }, 'tool');
    const open = () => openEventStore(config, NO_TELEMETRY);
    expect(open).toThrow(ConfigError);
    expect(open).toThrow(/^EVENTSTORE_URL: (?!.*geheim)/s);
  },
);
