import { Cluster, Redis } from 'ioredis';
import { Telemetry } from '../../../kernel/telemetry';

/** Reports each command of a client when it is answered. */
export function reportCalls(client: Redis | Cluster, telemetry: Telemetry): void {
  const reported = new WeakSet<object>();
  const send = client.sendCommand.bind(client);
  client.sendCommand = (...args: Parameters<Redis['sendCommand']>): unknown => {
    const [command] = args;
    // A command that waits for a connection is sent again.
    if (!reported.has(command)) {
      reported.add(command);
      const since = performance.now();
      const report = (failed: boolean) => (): void => {
        const ms = performance.now() - since;
        telemetry.report({ kind: 'engine-called', engine: 'redis', call: command.name, ms, failed });
      };
      command.promise.then(report(false), report(true));
    }
    return send(...args);
  };
}
