import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { ATTACKS } from '../attack/attacks';
import { onRedis } from '../engines';
import { meets, Report } from '../measure';
import { printReport } from '../print-report';
import { soak } from './run';

const USAGE = `npm run soak -- [--seconds 600] [--readers 200] [--read-models memory|redis|both] [--without-attacks]

Puts a server under mixed load: reads, writes, attacks, and readers of the change feed that reconnect. Each kind of read models
gets that many seconds. The memory and the delays have bounds from 300 seconds on.
`;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '600' },
      readers: { type: 'string', default: '200' },
      'read-models': { type: 'string', default: 'both' },
      'without-attacks': { type: 'boolean', default: false },
    },
  });
  const kinds = values['read-models'] === 'both' ? ['memory', 'redis'] : [values['read-models']];
  const options = {
    seconds: Number(values.seconds),
    readers: Number(values.readers),
    attacks: values['without-attacks'] ? [] : ATTACKS,
  };
  const wrong =
    !(options.seconds >= 1) || !(options.readers >= 0) || kinds.some((kind) => !/^(memory|redis)$/.test(kind));
  if (wrong) throw new Error(USAGE);
  // Servers end with this process (engines.ts), even if it is stopped by a signal.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const reports: Report[] = [];
  for (const kind of kinds) {
    const report =
      kind === 'memory' ? await soak(options) : await onRedis(({ url }) => soak({ ...options, redisUrl: url }));
    printReport(`${options.seconds} s, ${options.readers} feed readers, read models in ${kind}`, report);
    reports.push(report);
  }
  return reports.flat().every((line) => typeof line === 'string' || meets(line));
}

main().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
