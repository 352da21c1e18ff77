import { setTimeout as pause } from 'node:timers/promises';
import { RedisLease } from '../projector/adapters/redis-lease';
import { rebuild, RebuildResult } from '../projector/rebuild';
import { readArguments } from './arguments';
import { Command, CommandContext, UsageError } from './command';
import { describeDifference } from './differences';
import { LedgerParts, withLedgerParts } from './engines';
import { Progress } from './progress';

const USAGE = `mingjian rebuild [--grace <seconds>] [--sample <entities>]

Builds new read models in Redis from the log while the old ones serve. Checks the number of events, and compares a sample of
entities with a new fold of the log. Then switches to the new read models and removes the old ones. Readers notice nothing, and
the server may run at the same time. If the new read models are wrong, the old ones still serve, and each difference is printed.

  --grace    how long running requests may still read the old read models; 60 seconds by default
  --sample   how many entities are compared; 100 by default
`;

export const rebuildCommand: Command = {
  name: 'rebuild',
  summary: 'builds new read models while the old ones serve, then switches',
  usage: USAGE,
  async run(arguments_, context) {
    const { grace, sample } = options(arguments_);
    return withLedgerParts(context, async (parts) => {
      const { connection, leaseKey } = parts.store;
      const lease = new RedisLease({ client: connection.writes, key: `${leaseKey}:rebuild` });
      let status = 1;
      await lease.hold(context.signal, async (_token, signal) => {
        status = report(await build(parts, sample, signal, context), context);
        if (status !== 0) return;
        context.err.write(`The old read models will be removed in ${grace} s\n`);
        await pause(grace * 1_000, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) context.err.write('Stopped; the next rebuild will remove the old read models\n');
        else await parts.store.collect();
      });
      return status;
    });
  },
};

async function build(
  parts: LedgerParts,
  sample: number,
  signal: AbortSignal,
  { err }: CommandContext,
): Promise<RebuildResult> {
  const progress = new Progress(err as NodeJS.WriteStream, 'rebuilding');
  try {
    return await rebuild({
      ...parts,
      sample,
      signal,
      onProgress: ({ written, head }) => {
        progress.show(Number(written.sequence), head === 0n ? 1 : Number(written.position) / Number(head));
      },
      telemetry: {
        report: (signal) => {
          if (signal.kind === 'trouble') err.write(`${messageOf(signal.error)}\n`);
        },
      },
    });
  } finally {
    progress.end();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function report(result: RebuildResult, { out, err }: CommandContext): number {
  switch (result.kind) {
    case 'serving': {
      const { position, sequence } = result.watermark;
      out.write(
        `The new read models serve: ${sequence} events, up to position ${position}; ${result.compared} entities compared\n`,
      );
      return 0;
    }
    case 'different':
      err.write('The new read models differ from the log; the old ones still serve\n');
      for (const difference of result.differences) out.write(describeDifference(difference));
      return 1;
    case 'stopped':
      err.write('Stopped; the old read models still serve\n');
      return 1;
  }
}

function options(arguments_: readonly string[]): { readonly grace: number; readonly sample: number } {
  const { values } = parseOptions(arguments_);
  return { grace: wholeNumber('--grace', values.grace), sample: wholeNumber('--sample', values.sample) };
}

function parseOptions(arguments_: readonly string[]) {
  return readArguments({
    args: [...arguments_],
    options: { grace: { type: 'string', default: '60' }, sample: { type: 'string', default: '100' } },
  });
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${name} needs a whole number, not ${text}`);
  return Number(text);
}
