import pino from 'pino';
import { features } from '../app/features';
import { claimedProposals } from '../features/proposals';
import { LogReader } from '../event-store/event-types';
import { EntityName } from '../kernel/codes';
import { Difference, verifyAll, verifyEntities } from '../projector/verification';
import { DueFollowUp, missingFollowUps } from '../read-model/follow-ups';
import { LogPoint } from '../read-model/change';
import { documentKey } from '../read-model/temporal-store';
import { logTelemetry } from '../telemetry/log';
import { readArguments } from './arguments';
import { Command, CommandContext, UsageError } from './command';
import { describeDifference } from './differences';
import { Progress } from './progress';
import { VerifiedLedger, withVerifiedLedger } from './verified-ledger';
import { verifySignedLog } from './verify-signed-log';
import { stderrOutput } from '../telemetry/stderr-output';

const USAGE = `mingjian verify [<entity> …]
mingjian verify --log

Checks the log itself if it is in the embedded store: the file, the order of its events, their JSON, and its anchor. Then compares the
read models in Redis or in a file, or new ones in memory if there are none or if a server uses the file, with a new fold of the log,
version by version, and prints each difference. The server may run at the same time: what it records meanwhile is not compared.

Name an entity by its kind and its code: department/441300-DSJ, budget/441300-DSJ.2023, task/<code>, indicator/<code>,
evaluation/441300-DSJ.2023. Without a name, all are compared, with their collections and the order of the log, and
carry-overs that only one of the two budgets has on record are printed, and confirmations of proposals that are not finished, each
with what finishes it. verify itself records nothing.

With --log, computes the tree of the whole log as it is stored, and compares it with the newest checkpoint in the folder tree of DATA_DIR, which the
server has signed. If an event was altered, removed or added, the first one is named.

Exit status: 0 no difference; 1 differences found, or an entity that does not exist.
`;

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'checks the log, and compares the read models with a new fold of it',
  usage: USAGE,
  async run(arguments_, context) {
    if (arguments_.includes('--log')) return verifySignedLog(arguments_, context);
    const entities = entitiesIn(arguments_);
    const telemetry = logTelemetry(pino({ level: context.config.logLevel }, stderrOutput()));
    return withVerifiedLedger(context, telemetry, async (parts) => {
      const upTo = await parts.store.watermark();
      if (upTo === undefined) {
        context.err.write('The read models are still being built: there is nothing to compare yet\n');
        return 1;
      }
      const unknown = await unknownAmong(parts, entities, upTo);
      if (unknown !== undefined) {
        context.err.write(`Neither the log nor the read models have ${nameOf(unknown)}\n`);
        return 1;
      }
      let differences = 0;
      for await (const difference of differencesOf(parts, entities, upTo, context)) {
        if (context.signal.aborted) return 1;
        differences++;
        context.out.write(describeDifference(difference));
      }
      const subject = entities.length === 0 ? `all ${upTo.sequence} events` : `${entities.length} entities`;
      context.out.write(`${differences} differences in ${subject}, up to position ${upTo.position}\n`);
      if (entities.length === 0) {
        context.out.write(describeMissing(await missingFollowUps(parts.store)));
        context.out.write(describeClaims(await claimedProposals(parts.store)));
      }
      for (const line of parts.soundness) context.out.write(line);
      return differences === 0 ? 0 : 1;
    });
  },
};

/** A process ended between two appends. That is no difference: the read models agree with the log. */
const describeMissing = (missing: readonly DueFollowUp[]): string =>
  missing
    .map(({ entityType, from, changeId, to }) => {
      const [left, entered] = [from, to].map((code) => nameOf({ entityType, code }));
      return `Pending: change ${changeId} of ${left} is not followed in ${entered} yet; the next start of a server records it, or the next command on either\n`;
    })
    .join('');

/** A process ended while somebody confirmed a proposal. */
const describeClaims = (codes: readonly string[]): string =>
  codes
    .map((code) => {
      const proposal = nameOf({ entityType: 'PROPOSAL', code });
      return `Pending: the confirmation of ${proposal} is not finished yet; the next start of a server finishes it, or confirmProposal, rejectProposal or withdrawProposal with this code\n`;
    })
    .join('');

/** Otherwise a mistyped name would count as an entity without differences. */
async function unknownAmong(
  { log, store, streams }: VerifiedLedger,
  entities: readonly EntityName[],
  upTo: LogPoint,
): Promise<EntityName | undefined> {
  const versions = await store.versions(
    entities.map(({ entityType, code }) => documentKey(entityType, code)),
    upTo.position,
  );
  for (const [index, entity] of entities.entries()) {
    if (versions[index] === undefined && !(await hasEvents(log, streams.streamOf(entity)))) return entity;
  }
  return undefined;
}

async function hasEvents(log: LogReader, stream: string): Promise<boolean> {
  for await (const _first of log.readStream(stream)) return true;
  return false;
}

const nameOf = ({ entityType, code }: EntityName): string => `${entityType.toLowerCase()}/${code}`;

async function* differencesOf(
  parts: VerifiedLedger,
  entities: readonly EntityName[],
  upTo: LogPoint,
  { err }: CommandContext,
): AsyncIterable<Difference> {
  if (entities.length > 0) {
    yield* verifyEntities({ ...parts, upTo }, entities);
    return;
  }
  const progress = new Progress(err as NodeJS.WriteStream, 'comparing');
  yield* verifyAll({ ...parts, upTo }, ({ events, position }) => {
    progress.show(events, Number(position) / Number(upTo.position));
  });
  progress.end();
}

function entitiesIn(arguments_: readonly string[]): readonly EntityName[] {
  return positionals(arguments_).map((text) => {
    const [, kind = '', code = ''] = /^([a-z]+)\/(.+)$/.exec(text) ?? [];
    const entityType = features.entityTypes.values.find((type) => type === kind.toUpperCase());
    if (entityType === undefined)
      throw new UsageError(`${text} does not name an entity; an example is budget/441300-DSJ.2023`);
    return { entityType, code };
  });
}

function positionals(arguments_: readonly string[]): readonly string[] {
  return readArguments({ args: [...arguments_], options: {}, allowPositionals: true }).positionals;
}
