import { DecisionOutcome, JudgedDecision } from '../../actions/proposing';
import { HeadServices } from '../../actions/read-at-head';
import { WritePolicy } from '../../auth/policy';
import { Principal } from '../../auth/principal';
import { AcceptedCommand } from '../../command-handling/accepted-command';
import { CommandOutcome, CommandRequest, fingerprintOf } from '../../command-handling/command-request';
import { LedgerCalendar } from '../../kernel/time';
import { Outage, UnansweredWrite } from '../../kernel/outage';
import { conflict, ok, Result } from '../../kernel/refusal';
import { settlementId } from '../../command-handling/event-id';
import { confirmedCommand } from './confirmed-command';
import { ProposalCommand, proposalDecider } from './decider';
import { ProposalClaimed } from './events';
import { factsOnRecord } from './known';
import { ProposalRecord } from './record';
import { settle, SettlingOptions } from './settling';

type Request = CommandRequest<ProposalRecord, ProposalCommand>;

export interface ConfirmingOptions extends SettlingOptions {
  readonly policy: WritePolicy;
  readonly reading: HeadServices;
  readonly calendar: LedgerCalendar;
}

/** Somebody else was faster, on the proposal or on the entity: the request to try next. */
export interface Again {
  readonly again: CommandRequest<ProposalRecord, ProposalCommand>;
}

interface Confirmation {
  readonly record: ProposalRecord;
  readonly request: Request;
  readonly principal: Principal;
  /** The proposal as it was when the confirmation was judged. */
  readonly before: AcceptedCommand['before'];
  /** Whether an append is on its way. */
  readonly sending: { sent: boolean };
}

/**
 * Confirms a proposal in up to three appends: the claim, by the revision of the proposal; the events of the command; the
 * confirmation. The command is judged before the claim, which names the events and the revision that they were judged on.
 */
export async function confirm(
  options: ConfirmingOptions,
  { record, request, principal, before, sending }: Confirmation,
): Promise<Result<DecisionOutcome> | Again> {
  const { commands } = options;
  const confirmed = confirmedCommand(record, { ...options, ...request, by: principal });
  if (!confirmed.ok) return confirmed;
  const { entity, action } = confirmed.value;
  // Like any command, it is judged on a record that has the follow-ups of earlier changes.
  if (action.target.decider.followUps !== undefined) await commands.finish(action.target.decider, entity);
  return commands.judgeAnd(confirmed.value.request, async (judged) => {
    if (!judged.ok || judged.value.kind === 'repeated') {
      // If the proposal has been confirmed meanwhile, the command was judged on its own facts.
      const { revision } = await commands.read(proposalDecider, request.entity);
      if (revision !== before.revision) return { again: request };
      return judged.ok ? recordedWithoutProposal(entity.code) : judged;
    }
    const { accepted } = judged.value;
    sending.sent = true;
    const claimed = await commands.execute<ProposalRecord, ProposalCommand>({
      ...request,
      command: { kind: 'claim', code: record.made.code, claim: claimOf(request, accepted) },
      idempotencyKey: undefined,
      expectedRevision: Number(before.revision) + 1,
      prepare: undefined,
      authorize: () => undefined,
    });
    if (!claimed.ok) {
      sending.sent = false;
      // Whatever it is refused for is judged again; an append that is too large will not fit the next time either.
      return claimed.refusal.kind === 'LIMIT_EXCEEDED' ? claimed : { again: request };
    }
    if ('held' in claimed.value) throw new Error('A claim needs no second person');
    return settled(options, request, claimed.value);
  });
}

/** Finishes the claim that was just made. If that fails, the next decision or start finishes it. */
async function settled(
  options: ConfirmingOptions,
  request: Request,
  claimed: CommandOutcome,
): Promise<Result<DecisionOutcome> | Again> {
  const recordNow = async (): Promise<ProposalRecord> =>
    (await options.commands.read(proposalDecider, request.entity)).record as ProposalRecord;
  try {
    const { claim, ...proposal } = await recordNow();
    // Somebody else may have met the claim, and settled it.
    if (claim?.id === claimed.id) await settle(options, proposal, claim);
    const record = await recordNow();
    const id = settlementId(claimed.id, 'ProposalConfirmed');
    if (record.decision?.id === id) {
      return ok({ id, position: record.position, changes: 1, isRepeated: false, facts: factsOnRecord(record) });
    }
    const { expectedRevision } = request;
    // The claim and its release are changes of the proposal that the client does not know of.
    return {
      again: { ...request, expectedRevision: expectedRevision === undefined ? undefined : expectedRevision + 2 },
    };
  } catch (error) {
    if (error instanceof Outage) throw new UnansweredWrite('The confirmation is not on record', { cause: error });
    throw error;
  }
}

/** Judges a confirmation, and records nothing. */
export async function judgeConfirmation(
  options: ConfirmingOptions,
  record: ProposalRecord,
  request: Request,
  principal: Principal,
): Promise<Result<JudgedDecision>> {
  const { commands } = options;
  const confirmed = confirmedCommand(record, { ...options, ...request, by: principal });
  if (!confirmed.ok) return confirmed;
  const { entity, action } = confirmed.value;
  const command = await commands.judge(confirmed.value.request);
  if (!command.ok) return command;
  if (command.value.kind === 'repeated') return recordedWithoutProposal(entity.code);
  const { events } = command.value.accepted;
  const judged = await commands.judge<ProposalRecord, ProposalCommand>({
    ...request,
    prepare: undefined,
    command: {
      kind: 'confirm',
      code: record.made.code,
      confirmation: { change: events[0]?.id ?? '', changes: events.length },
    },
  });
  if (!judged.ok) return judged;
  if (judged.value.kind === 'repeated') return ok(judged.value);
  const before = { target: action.target, entity, accepted: command.value.accepted };
  return ok({ kind: 'accepted', accepted: judged.value.accepted, before });
}

/** A server for which the command needed no second person recorded it under the same key at the same time. */
export const recordedWithoutProposal = (entity: string) =>
  conflict(`${entity} has the command on record already, under the same idempotency key`);

function claimOf(request: Request, { before, events }: AcceptedCommand): ProposalClaimed {
  const { idempotencyKey } = request;
  return {
    expectedRevision: Number(before.revision) + 1,
    events,
    key: idempotencyKey === undefined ? undefined : { idempotencyKey, fingerprint: fingerprintOf(request) },
  };
}
