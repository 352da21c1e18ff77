import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { ATTACKS } from '../attack/attacks';
import { onRedis } from '../engines';
import { meets, Report } from '../measure';
import { printReport } from '../print-report';
import { soak } from './run';

const USAGE = `npm run soak -- [--seconds 600] [--readers 200] [--read-models sqlite|redis|memory|all] [--without-attacks] [--without-filling]

Puts a server under mixed load: reads, writes, attacks, and readers of the change feed that reconnect. Each kind of read models
gets that many seconds, after its caches are filled. The memory and the delays have bounds from 300 seconds on.
`;

const KINDS = ['sqlite', 'redis', 'memory'] as const;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '600' },
      readers: { type: 'string', default: '200' },
      'read-models': { type: 'string', default: 'all' },
      'without-attacks': { type: 'boolean', default: false },
      'without-filling': { type: 'boolean', default: false },
    },
  });
  const kinds = KINDS.filter((kind) => values['read-models'] === 'all' || values['read-models'] === kind);
  const options = {
    seconds: Number(values.seconds),
    readers: Number(values.readers),
    attacks: values['without-attacks'] ? [] : ATTACKS,
    fillsCaches: !values['without-filling'],
  };
  if (!(options.seconds >= 1) || !(options.readers >= 0) || kinds.length === 0) throw new Error(USAGE);
  // Servers end with this process (engines.ts), even if it is stopped by a signal.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const reports: Report[] = [];
  for (const kind of kinds) {
    const report =
      kind === 'redis'
        ? await onRedis(({ url }) => soak({ ...options, readModels: { REDIS_URL: url } }))
        : await soak({ ...options, readModels: { READ_MODELS: kind } });
    printReport(`${options.seconds} s, ${options.readers} feed readers, read models: ${kind}`, report);
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
