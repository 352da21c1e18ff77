import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DecisionOutcome,
  JudgedDecision,
  KnownProposal,
  PendingCommand,
  ProposalDesk as Desk,
  ProposedCommand,
} from '../../actions/proposing';
import { HeadServices } from '../../actions/read-at-head';
import { WritePolicy } from '../../auth/policy';
import { Principal } from '../../auth/principal';
import { CommandRequest, fingerprintOf, usedOtherwise } from '../../command-handling/command-request';
import { proposalCode } from '../../command-handling/event-id';
import { requireRoom } from '../../command-handling/new-events';
import { Sees } from '../../command-handling/stream-records';
import { NewEvent } from '../../event-store/envelope';
import { EntityName } from '../../kernel/codes';
import { JsonObject } from '../../kernel/json';
import { Limits } from '../../kernel/limits';
import { Outage, UnansweredWrite } from '../../kernel/outage';
import { ok, Result } from '../../kernel/refusal';
import { formatInstant, LedgerCalendar } from '../../kernel/time';
import { confirmedCommand } from './confirmed-command';
import { Again, confirm, judgeConfirmation, recordedWithoutProposal } from './confirming';
import { CLAIMED, ProposalCommand, proposalDecider } from './decider';
import { ProposalClaimed, ProposalMade } from './events';
import { factsOnRecord, knownProposal } from './known';
import { ProposalRecord } from './record';
import { proposalReading } from './readings';
import { rejectionOf } from './rejecting';
import { settle, SettlingOptions } from './settling';

export interface DeskOptions extends SettlingOptions {
  readonly policy: WritePolicy;
  /** For commands that need something of other entities. */
  readonly reading: HeadServices;
  readonly calendar: LedgerCalendar;
  readonly limits: Pick<Limits, 'maxAppendBytes'>;
}

type Request = CommandRequest<ProposalRecord, ProposalCommand>;

const ATTEMPTS = 20;

/** Makes proposals, and decides on them. */
export class ProposalDesk implements Desk {
  readonly reading = proposalReading as Desk['reading'];

  constructor(private readonly options: DeskOptions) {}

  async under(entity: EntityName, idempotencyKey: string, sees: Sees): Promise<KnownProposal | undefined> {
    const record = await this.recordOf(proposalCode(entity, idempotencyKey), sees);
    return record && knownProposal(record);
  }

  async propose(proposed: ProposedCommand): Promise<Result<KnownProposal>> {
    const { request } = proposed;
    const { commands } = this.options;
    // The claim holds the events of the command: what could never be confirmed is not proposed.
    const room = requireRoom([claimToCome(proposed.held)], this.options.limits);
    if (!room.ok) return room;
    const proposal = proposalOf(proposed);
    const entity = entityOf(proposal.code);
    const made = await commands.execute<ProposalRecord, ProposalCommand>({
      ...request,
      decider: proposalDecider,
      entity,
      command: { kind: 'propose', proposal },
      action: 'propose',
      idempotencyKey: undefined,
      expectedRevision: undefined,
      // The date of the fact is in the proposal.
      effectiveAt: proposed.held.judgedAt,
      prepare: undefined,
      authorize: () => undefined,
    });
    const reading = this.recordOf(proposal.code);
    const record = await (request.patience === undefined ? reading : request.patience.bound(reading));
    if (record === undefined) {
      if (!made.ok) return made;
      throw new Outage('The proposal is not on record');
    }
    if (!made.ok && record.made.key?.fingerprint !== proposal.key?.fingerprint) return usedOtherwise(request.entity);
    return ok(knownProposal(record));
  }

  async decide<State, Command>(
    request: CommandRequest<State, Command>,
    principal: Principal,
  ): Promise<Result<DecisionOutcome>> {
    const sending = { sent: false };
    const { patience, ...asked } = request as unknown as Request;
    const deciding = this.byRightOfFact(asked, principal).then((own) => this.attempts(own, principal, sending));
    if (patience === undefined) return deciding;
    return patience.bound(deciding, () =>
      sending.sent
        ? new UnansweredWrite('The decision was not recorded in time')
        : new Outage('Nothing was recorded in time'),
    );
  }

  async judge<State, Command>(
    asked: CommandRequest<State, Command>,
    principal: Principal,
  ): Promise<Result<JudgedDecision>> {
    const { patience, ...request } = asked as unknown as Request;
    const judging = this.byRightOfFact(request, principal).then((own) => this.judged(own, principal));
    return patience === undefined ? judging : patience.bound(judging);
  }

  /** A confirmation is judged with its command. A rejection has to ask for the same right. */
  private async byRightOfFact(request: Request, principal: Principal): Promise<Request> {
    if (request.command.kind !== 'reject') return request;
    const record = await this.recordOf(request.entity.code, (home) => request.sees(home));
    return record === undefined ? request : rejectionOf(this.options, request, principal, record);
  }

  private async judged(request: Request, principal: Principal): Promise<Result<JudgedDecision>> {
    const judged = await this.options.commands.judge(request);
    if (!judged.ok) return judged;
    if (judged.value.kind === 'repeated') {
      return ok({ kind: 'repeated', outcome: await this.withFacts(request.entity.code, judged.value.outcome) });
    }
    if (request.command.kind !== 'confirm') return judged;
    return judgeConfirmation(this.options, await this.existing(request.entity.code), request, principal);
  }

  async pending(code: string): Promise<Result<PendingCommand> | undefined> {
    const record = await this.recordOf(code);
    if (record === undefined || record.decision !== undefined) return undefined;
    const confirmed = confirmedCommand(record, { ...this.options, correlationId: code });
    if (!confirmed.ok) return confirmed;
    const { action, entity, request } = confirmed.value;
    const judged = await this.options.commands.judge(request);
    if (!judged.ok) return judged;
    if (judged.value.kind === 'repeated') return recordedWithoutProposal(entity.code);
    return ok({ target: action.target, entity, accepted: judged.value.accepted });
  }

  /** Finishes the confirmation of a proposal, if it has begun and is not settled. */
  async finishClaim(code: string, sees?: Sees): Promise<void> {
    const record = await this.recordOf(code, sees);
    if (record?.claim !== undefined) await settle(this.options, record, record.claim);
  }

  /** The record of a proposal; undefined if there is none, or none that somebody may know of. */
  async recordOf(code: string, sees?: Sees): Promise<ProposalRecord | undefined> {
    const { record } = await this.options.commands.read(proposalDecider, entityOf(code), sees);
    return record as ProposalRecord | undefined;
  }

  private async attempts(
    request: Omit<Request, 'patience'>,
    principal: Principal,
    sending: { sent: boolean },
  ): Promise<Result<DecisionOutcome>> {
    const { code } = request.entity;
    let asked: Request = request;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await this.finishClaim(code, (home) => request.sees(home));
      const decided = await this.attempt(asked, principal, sending);
      if (!('again' in decided)) return decided;
      asked = decided.again;
      await pause(Math.random() * 2 ** Math.min(attempt, 7));
    }
    throw new Outage(`Too many concurrent decisions on proposal ${code}`);
  }

  private async attempt(
    request: Request,
    principal: Principal,
    sending: { sent: boolean },
  ): Promise<Result<DecisionOutcome> | Again> {
    const { commands } = this.options;
    if (request.command.kind === 'confirm') {
      const judged = await commands.judge(request);
      if (!judged.ok) return judged.refusal === CLAIMED ? { again: request } : judged;
      if (judged.value.kind === 'accepted') {
        const record = await this.existing(request.entity.code);
        return confirm(this.options, { record, request, principal, before: judged.value.accepted.before, sending });
      }
      return ok(await this.withFacts(request.entity.code, judged.value.outcome));
    }
    sending.sent = true;
    const executed = await commands.execute(request);
    sending.sent = false;
    if (!executed.ok) return executed.refusal === CLAIMED ? { again: request } : executed;
    if ('held' in executed.value) throw new Error('A decision on a proposal needs no second person');
    return ok(executed.value);
  }

  private async withFacts(code: string, outcome: DecisionOutcome): Promise<DecisionOutcome> {
    return { ...outcome, facts: factsOnRecord(await this.existing(code)) };
  }

  private async existing(code: string): Promise<ProposalRecord> {
    const record = await this.recordOf(code);
    if (record === undefined) throw new Outage(`Proposal ${code} is not on record any more`);
    return record;
  }
}

/** As large as the claim of a confirmation, or larger. */
const claimToCome = ({ before, events }: ProposedCommand['held']): NewEvent => {
  const [first] = events;
  if (first === undefined) throw new Error('A command records at least one event');
  const confirmed = events.map((event) => ({ ...event, metadata: { ...event.metadata, ...CONFIRMED } }));
  const claim: ProposalClaimed = { expectedRevision: Number(before.revision) + 1, events: confirmed };
  return { ...first, type: 'ProposalClaimed', data: { ...claim } as unknown as JsonObject };
};

/** What a confirmation adds to each event, with room for a long name. */
const CONFIRMED = { proposal: randomUUID(), confirmedBy: { sub: 'x'.repeat(128), name: 'x'.repeat(128) } };

const entityOf = (code: string): EntityName => ({ entityType: 'PROPOSAL', code });

function proposalOf({ request, principal, sent, held, department, fiscalYear }: ProposedCommand): ProposalMade {
  const { entity, idempotencyKey } = request;
  return {
    code: idempotencyKey === undefined ? randomUUID() : proposalCode(entity, idempotencyKey),
    command: request.action,
    input: JSON.parse(JSON.stringify(sent)) as JsonObject,
    entityType: entity.entityType,
    entity: entity.code,
    department,
    fiscalYear,
    effectiveAt: formatInstant(held.effectiveAt),
    roles: principal.roles,
    departments: principal.departments.patterns,
    key: idempotencyKey === undefined ? undefined : { idempotencyKey, fingerprint: fingerprintOf(request) },
  };
}
