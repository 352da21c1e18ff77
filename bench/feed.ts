import { readBacklog, Readers } from './feed-readers';
import { FeedTarget, startFeedServer } from './feed-target';
import { Figure, median, medianRatio, percentile, Report } from './measure';

const IDLE = 2_000;
const ROUNDS = 5;
const BACKLOG = Number(process.env.BENCH_EVENTS ?? 1_000_000);

/** The number of subscribers, the number of events in a burst, and the number and interval of single events. */
const CROWDS = [
  { readers: 1, singles: 200, everyMs: 10 },
  { readers: 100, burst: 400, singles: 100, everyMs: 30 },
  { readers: 2_000, burst: 20, singles: 20, everyMs: 500 },
] as const;

/**
 * The change feed over WebSocket. The servers are separate processes on one core; all subscribers are in this process on the
 * other core.
 */
export async function feed(): Promise<Report> {
  return [
    'the subscribers speak graphql-transport-ws by hand over ws, all in one process; each server has its own process',
    ...(await live()),
    ...(await backlog()),
  ];
}

async function live(): Promise<Report> {
  const report: Figure[] = [];
  const [ledger, bare] = await Promise.all([startFeedServer('ledger'), startFeedServer('bare')]);
  try {
    report.push(...(await memoryPerReader(ledger, bare)));
    for (const crowd of CROWDS) {
      const readers = await Readers.open(ledger, crowd.readers);
      report.push(...(await latency(ledger, readers, crowd)));
      if ('burst' in crowd) report.push(...(await throughput({ ledger, bare }, readers, crowd.burst)));
      await readers.close();
    }
  } finally {
    await Promise.all([ledger.stop(), bare.stop()]);
  }
  return report;
}

/** From the call of the append, which is durable, until each subscriber has the message. */
async function latency(
  ledger: FeedTarget,
  readers: Readers,
  { singles, everyMs }: { readonly singles: number; readonly everyMs: number },
): Promise<Figure[]> {
  // The first ones are a warm-up.
  const warm = readers.expect(10);
  await ledger.ask('appendOneByOne', { count: 10, everyMs });
  await warm;
  const arrivals = readers.time(singles);
  const starts = await ledger.ask('appendOneByOne', { count: singles, everyMs });
  const times = (await arrivals).flatMap((each) => each.map((at, index) => at - starts[index]!));
  const what = `append to delivered, ${readers.size.toLocaleString('en')} reader${readers.size === 1 ? '' : 's'}`;
  return [
    { what: `${what}, median`, value: median(times), unit: 'ms' },
    { what: `${what}, p99`, value: percentile(times, 99), unit: 'ms' },
  ];
}

/** A burst of appends to all subscribers and, in turns, the same bytes from the yardstick to as many clients. */
async function throughput(
  { ledger, bare }: { readonly ledger: FeedTarget; readonly bare: FeedTarget },
  readers: Readers,
  burst: number,
): Promise<Figure[]> {
  const others = await Readers.open(bare, readers.size);
  const rounds: { readonly feed: number; readonly bare: number }[] = [];
  const rate = async (crowd: Readers, begin: () => Promise<number>): Promise<number> => {
    const all = crowd.expect(burst);
    const start = await begin();
    return (burst * crowd.size) / (((await all) - start) / 1000);
  };
  for (let round = -1; round < ROUNDS; round++) {
    const rates = {
      feed: await rate(readers, () => ledger.ask('append', burst)),
      bare: await rate(others, () => bare.ask('broadcast', { text: readers.lastText, count: burst })),
    };
    // The first round is a warm-up.
    if (round >= 0) rounds.push(rates);
  }
  await others.close();
  const to = `to ${readers.size.toLocaleString('en')} readers`;
  return [
    { what: `deliveries ${to}`, value: median(rounds.map((each) => each.feed)), unit: 'items/s' },
    { what: `the same bytes by bare ws ${to}`, value: median(rounds.map((each) => each.bare)), unit: 'items/s' },
    medianRatio(`deliveries ${to}, to bare ws`, rounds, ['feed', 'bare'], { atLeast: 0.5 }),
  ];
}

async function memoryPerReader(ledger: FeedTarget, bare: FeedTarget): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, target] of Object.entries({ reader: ledger, 'connection of bare ws': bare })) {
    // The first ones cause costs that happen only once.
    await (await Readers.open(target, 100)).close();
    const before = await target.ask('memory', undefined);
    const readers = await Readers.open(target, IDLE);
    const after = await target.ask('memory', undefined);
    await readers.close();
    for (const kind of ['heap', 'rss'] as const) {
      const value = (after[kind] - before[kind]) / IDLE / 1024;
      figures.push({ what: `${kind} an idle ${name}`, value, unit: 'KiB' });
    }
  }
  return figures;
}

async function backlog(): Promise<Report> {
  const ledger = await startFeedServer('ledger', BACKLOG);
  try {
    const inProcess = [];
    for (let round = 0; round < 3; round++) inProcess.push(await ledger.ask('readAll', undefined));
    await ledger.ask('watchLoop', undefined);
    const overSocket = await readBacklog(ledger);
    const longest = await ledger.ask('watchLoop', undefined);
    const many = BACKLOG.toLocaleString('en');
    return [
      `the backlog has ${many} events; BENCH_EVENTS=100000 makes it shorter`,
      { what: `a backlog of ${many} events, in process`, value: median(inProcess), unit: 'events/s' },
      { what: 'the same over one WebSocket', value: overSocket, unit: 'events/s' },
      { what: 'the longest delay of other work on the server', value: longest, unit: 'ms' },
    ];
  } finally {
    await ledger.stop();
  }
}
