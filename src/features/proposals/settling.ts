import { Action } from '../../actions/action';
import { CommandHandler } from '../../command-handling/command-handler';
import { settlementId } from '../../command-handling/event-id';
import { newSalt } from '../../event-store/salt';
import { NewEvent } from '../../event-store/envelope';
import { EventStore } from '../../event-store/event-store';
import { currentVersion } from '../../event-store/event-types';
import { StreamNames } from '../../event-store/streams';
import { EntityName } from '../../kernel/codes';
import { CorruptLedger } from '../../kernel/outage';
import { proposalEventTypes, ProposalEvent } from './events';
import { actionOf } from './proposed-command';
import { Claim, ProposalRecord } from './record';

export interface SettlingOptions {
  readonly log: Pick<EventStore, 'append'>;
  readonly streams: StreamNames;
  readonly commands: CommandHandler;
  /** By name. */
  readonly actions: ReadonlyMap<string, Action>;
}

export type Settlement =
  | { readonly kind: 'confirmed'; readonly id: string; readonly position: bigint }
  /** The entity changed before the events of the claim were appended: they never will be. */
  | { readonly kind: 'released' };

/**
 * Finishes a claim, whoever made it: appends its events, and records what became of them. All ids are derived, and the log decides
 * once whether the events follow the revision that the claim names. So several processes may do this at once, and again after any
 * crash: they come to the same end, and each event is recorded once.
 */
export async function settle(options: SettlingOptions, record: ProposalRecord, claim: Claim): Promise<Settlement> {
  const { log, streams, commands, actions } = options;
  const { made } = record;
  const { decider } = actionOf(made, actions).target;
  const entity: EntityName = { entityType: made.entityType, code: made.entity };
  const expected = claim.expectedRevision === 0 ? 'no-stream' : BigInt(claim.expectedRevision - 1);
  const appended = await log.append(streams.streamOf(entity), claim.events, expected);
  if (appended.kind === 'conflict') {
    await conclude(options, made.code, claim, { type: 'ProposalReleased', data: {} });
    return { kind: 'released' };
  }
  if (decider.followUps !== undefined) await commands.finish(decider, entity);
  const change = claim.events[0]?.id ?? '';
  const data = { change, changes: claim.events.length };
  return { kind: 'confirmed', ...(await conclude(options, made.code, claim, { type: 'ProposalConfirmed', data })) };
}

async function conclude(
  { log, streams }: SettlingOptions,
  code: string,
  claim: Claim,
  { type, data }: Pick<Extract<ProposalEvent, { type: 'ProposalReleased' | 'ProposalConfirmed' }>, 'type' | 'data'>,
): Promise<{ readonly id: string; readonly position: bigint }> {
  const { idempotencyKey: _key, fingerprint: _fingerprint, ...metadata } = claim.metadata;
  const id = settlementId(claim.id, type);
  const event: NewEvent = {
    id,
    type,
    data: { ...data },
    metadata: {
      ...metadata,
      schemaVersion: currentVersion(proposalEventTypes, type),
      $causationId: claim.id,
      salt: newSalt(),
      // The key of the request is used up by what became of it.
      ...(type === 'ProposalConfirmed' ? claim.key : {}),
    },
  };
  const stream = streams.streamOf({ entityType: 'PROPOSAL', code });
  const appended = await log.append(stream, [event], claim.revision);
  if (appended.kind === 'conflict') throw new CorruptLedger(`The claim ${claim.id} of proposal ${code} has two ends`);
  return { id, position: appended.position };
}
