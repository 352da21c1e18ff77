import { Principal } from '../auth/principal';
import { AcceptedCommand } from '../command-handling/accepted-command';
import { CommandRequest, fingerprintOf, usedOtherwise } from '../command-handling/command-request';
import { StoredEvent } from '../event-store/envelope';
import { EntityName } from '../kernel/codes';
import { ok, refused, Result } from '../kernel/refusal';
import { Loaded, Reading } from '../reading/scope';
import { Action } from './action';
import { loadedIn } from './loaded-in';
import { ActingServices } from './acting-services';
import { Performed } from './performed';
import { KnownProposal } from './proposing';
import { acknowledged, changesOfFacts, scopeAfter } from './read-back';

/**
 * The proposal that the same command became under its idempotency key, whatever FOUR_EYES says by now; undefined if it became none.
 * Refusals: of `authorize`, CONFLICT.
 */
export async function proposedEarlier<State, Command>(
  { proposals }: ActingServices,
  request: CommandRequest<State, Command>,
): Promise<Result<KnownProposal> | undefined> {
  const { entity, idempotencyKey, patience } = request;
  if (idempotencyKey === undefined) return undefined;
  patience?.require();
  const looking = proposals.under(entity, idempotencyKey, (home) => request.sees(home));
  const proposal = await (patience === undefined ? looking : patience.bound(looking));
  if (proposal === undefined) return undefined;
  const denied = request.authorize(proposal.department, undefined);
  if (denied !== undefined) return refused(denied);
  if (proposal.fingerprint === fingerprintOf(request)) return ok(proposal);
  return usedOtherwise(entity);
}

interface Held<Input, Command, State, View> {
  readonly action: Action<Input, Command, State, View>;
  readonly request: CommandRequest<State, Command>;
  readonly principal: Principal;
  readonly sent: unknown;
  readonly held: AcceptedCommand;
}

/** Records that an allowed command waits for a second person. */
export async function propose<Input, Command, State, View>(
  services: ActingServices,
  { action, request, principal, sent, held }: Held<Input, Command, State, View>,
): Promise<Result<Performed<View>>> {
  const { department, fiscalYear } = subjectOf(action, held);
  const proposal = await services.proposals.propose({
    request: request as CommandRequest<never, never>,
    principal,
    sent,
    held,
    department,
    fiscalYear,
  });
  if (!proposal.ok) return proposal;
  const followed = held.followUps.map(({ entity }) => entity);
  const { entity } = request;
  return ok(await proposed(services, action.target.reading, { entity, proposal: proposal.value, followed }));
}

interface Proposed {
  /** The entity of the command, which may not be there yet. */
  readonly entity: EntityName;
  readonly proposal: KnownProposal;
  readonly isRepeated?: boolean;
  /** The other entities that changes of the command would follow in. */
  readonly followed?: readonly EntityName[];
}

/** The answer for a command that is a proposal: the entity as it is, and only the changes of a proposal that is confirmed. */
export async function proposed<State, View>(
  services: ActingServices,
  reading: Reading<State, View>,
  { entity, proposal, isRepeated = false, followed = [] }: Proposed,
): Promise<Performed<View>> {
  const { code, position, facts } = proposal;
  const answer = await acknowledged<View>(position, async () => {
    const scope = await scopeAfter(services, { position, isRepeated });
    if (scope === undefined) return undefined;
    const others: Loaded<View>[] = [];
    for (const other of followed) others.push(await loadedIn(scope, reading, other));
    return {
      scope,
      entity: await scope.entity(reading, entity.code),
      changes: facts === undefined ? [] : await changesOfFacts(services, facts),
      followed: others,
      proposal: await loadedIn(scope, services.proposals.reading, { entityType: 'PROPOSAL', code }),
    };
  });
  return { ...answer, needsProposal: true };
}

/** The department and the year of the entity, which may not be there yet. */
function subjectOf<Input, Command, State, View>(
  { target: { projection } }: Action<Input, Command, State, View>,
  { stream, before, events, judgedAt }: AcceptedCommand,
) {
  const [first] = events;
  if (first === undefined) throw new Error('A command records at least one event');
  const event: StoredEvent = {
    ...first,
    stream,
    revision: before.revision + 1n,
    position: before.position + 1n,
    storedAt: judgedAt,
  };
  return projection.project(projection.evolve(before.record as State | undefined, event), event);
}
