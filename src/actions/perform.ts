import { AbortState } from '../kernel/async';
import { WritePolicy } from '../auth/policy';
import { Principal } from '../auth/principal';
import { CommandHandler } from '../command-handling/command-handler';
import { CommandOutcome, CommandRequest } from '../command-handling/command-request';
import { asSent } from '../input/as-sent';
import { readInput } from '../input/read-input';
import { EntityName } from '../kernel/codes';
import { CorruptLedger, DamagedReadModels, LogMismatch, Outage, requireWaiting } from '../kernel/outage';
import { Patience } from '../kernel/patience';
import { ok, Refusal, Result } from '../kernel/refusal';
import { Change } from '../read-model/change';
import { missingFollowUps } from '../read-model/follow-ups';
import { documentKey } from '../read-model/temporal-store';
import { Loaded, Reading, Scope } from '../reading/scope';
import { Action } from './action';
import { CommandFields } from './command-fields';
import { dryRun, DryRunServices } from './dry-run';
import { loadedIn } from './loaded-in';
import { Performed } from './performed';
import { readAtHead } from './read-at-head';

/** The caller of an action, and the request ids that are recorded with its changes. */
export interface Caller {
  readonly principal: Principal;
  readonly correlationId: string;
  readonly causationId?: string;
}

export interface ActingServices extends DryRunServices {
  readonly policy: WritePolicy;
  readonly commands: CommandHandler;
  /** Compares the log with what this node and its read models know of it. Throws `LogMismatch`. */
  readonly requireSameLog: () => Promise<void>;
  /** Aborts if the client disconnects before the answer. No new write begins then; a write that has begun is finished. */
  readonly signal?: AbortState;
  /** How long the request waits. */
  readonly patience?: Patience;
}

/** Whether the action is recorded, or only shown as it would be. */
export interface PerformOptions {
  readonly dryRun?: boolean;
}

/**
 * The one way to write. It reads the input, asks the policy, passes the command to the command handler, waits a bounded time until
 * the read models have the events, and reads the entity as the action left it. A dry run takes the same way and ends before the
 * append; what was recorded before under its idempotency key is answered as on record.
 *
 * Refusals, in this order: BAD_USER_INPUT, FORBIDDEN, CONFLICT (idempotency key, revision), then the decider's. Outages are thrown.
 */
export async function perform<Input, Command, State, View>(
  services: ActingServices,
  action: Action<Input, Command, State, View>,
  sent: unknown,
  { principal, correlationId, causationId }: Caller,
  options: PerformOptions = {},
): Promise<Result<Performed<View>>> {
  const { calendar, policy } = services;
  const { target } = action;
  const read = readInput(action.input, sent, { argument: 'input', calendar });
  if (!read.ok) return read;
  const allowed = policy.mayAct(principal, action.name);
  if (!allowed.ok) return allowed;
  requireWaiting(services.signal);
  services.patience?.require();

  const input = read.value as Input & CommandFields;
  const entity = { entityType: target.reading.entityType, code: target.codeOf(input) };
  const day = action.dayOf?.(input);
  const command = action.toCommand(input);
  const request: CommandRequest<State, Command> = {
    decider: target.decider,
    entity,
    command,
    action: action.name,
    input: input.idempotencyKey === undefined ? undefined : asSent(action.input, sent),
    idempotencyKey: input.idempotencyKey,
    expectedRevision: input.expectedRevision,
    effectiveAt: input.effectiveAt ?? (day === undefined ? undefined : calendar.startOf(day)),
    reason: input.reason,
    documentNo: input.documentNo,
    evidence: input.evidence,
    actor: { sub: principal.sub, name: principal.name },
    correlationId,
    causationId,
    patience: services.patience,
    prepare: async (record, effectiveAt) =>
      (await target.prepare?.(command, record, readAtHead(services, effectiveAt))) ?? ok(command),
    authorize: (department, record) =>
      refusalOf(policy.mayActIn(principal, action.recordedBy?.(record, command) ?? action.name, department)),
  };
  if (options.dryRun) {
    const judged = await services.commands.judge(request);
    if (!judged.ok) return judged;
    if (judged.value.kind === 'accepted') return dryRun(services, target, entity, judged.value.accepted);
    return ok(await finished(services, target.reading, entity, judged.value.outcome));
  }
  const outcome = await executeAndFinish(services, request);
  return outcome.ok ? ok(await finished(services, target.reading, entity, outcome.value)) : outcome;
}

/**
 * Executes the command. If changes of other entities have to be followed by changes of this one, and these are missing, they are
 * appended too. If the command was refused, it is judged again with them.
 */
async function executeAndFinish<State, Command>(
  { commands, store }: ActingServices,
  request: CommandRequest<State, Command>,
): Promise<Result<CommandOutcome>> {
  const { decider, entity } = request;
  if (decider.followUps === undefined) return commands.execute(request);
  // Meanwhile: no command that is accepted waits for read models that do not answer.
  const looking = missingFollowUps(store, entity).catch(() => []);
  const outcome = await commands.execute(request);
  const missing = await looking;
  if (missing.length === 0) return outcome;
  const finishing = Promise.all(missing.map(({ from }) => commands.finish(decider, { ...entity, code: from })));
  if (!outcome.ok) {
    await finishing;
    return commands.execute(request);
  }
  // This command is on record, whatever becomes of the others.
  await finishing.catch(() => undefined);
  return outcome;
}

const refusalOf = (result: Result<void>): Refusal | undefined => (result.ok ? undefined : result.refusal);

async function finished<State, View>(
  services: ActingServices,
  reading: Reading<State, View>,
  entity: EntityName,
  outcome: CommandOutcome,
): Promise<Performed<View>> {
  const position = outcome.followUps?.at(-1)?.position ?? outcome.position;
  try {
    return { position, projected: await readBack(services, reading, entity, { ...outcome, end: position }) };
  } catch (error) {
    // The event is in a different log from the one that the read models follow: do not acknowledge the write.
    if (error instanceof LogMismatch) throw error;
    // The event is on record. An error for the whole action would hide that, so even damaged read models do not cause one.
    if (error instanceof Outage || error instanceof CorruptLedger) return { position };
    return { position, fault: error instanceof Error ? error : new Error(String(error)) };
  }
}

const requireSameLog = async ({ requireSameLog: compare, patience }: ActingServices): Promise<void> =>
  patience === undefined ? compare() : patience.bound(compare());

async function readBack<State, View>(
  services: ActingServices,
  reading: Reading<State, View>,
  entity: EntityName,
  outcome: CommandOutcome & { readonly end: bigint },
): Promise<Performed<View>['projected']> {
  const { id, position, changes: count, isRepeated, followUps = [], end } = outcome;
  if (!(await services.reader.waitFor(end))) {
    await requireSameLog(services);
    return undefined;
  }
  const { recordedAt } = await services.store.pointAt({ position: end });
  // What an earlier request with the same key recorded may be older than the present.
  const scope = new Scope(services, { position: end, recordedAt }, isRepeated ? 'snapshot' : 'present');
  const own = await changesOf(services, { entity, id, position, count });
  const entities: Loaded<View>[] = [];
  const changes = [...own];
  for (const made of followUps) {
    changes.push(...(await changesOf(services, { ...made, count: 1 })));
    entities.push(await loadedIn(scope, reading, made.entity));
  }
  return { scope, entity: await loadedIn(scope, reading, entity), changes, followed: entities };
}

interface Written {
  readonly entity: EntityName;
  /** The last of its changes. */
  readonly id: string;
  readonly position: bigint;
  readonly count: number;
}

/** The changes that were recorded. If the read models hold the last one, they follow the log that it was recorded in. */
async function changesOf(
  services: ActingServices,
  { entity, id, position, count }: Written,
): Promise<readonly Change[]> {
  const range = { after: 0n, upTo: position, limit: count, last: true };
  const versions = await services.store.walk(documentKey(entity.entityType, entity.code), range, 'change');
  if (versions.at(-1)?.change?.event.id !== id) {
    await requireSameLog(services);
    throw new DamagedReadModels(`The read models do not hold what ${entity.code} was written at ${String(position)}`);
  }
  return versions.flatMap(({ change }) => change ?? []);
}
