import { ClassType, Field, Mutation, ObjectType } from 'type-graphql';
import { mayWrite, mayWriteDepartment } from '../auth/policy';
import { CommandOutcome as RecordedCommand } from '../command-handling/command-handler';
import { Decider } from '../command-handling/decider';
import { EntityName } from '../kernel/codes';
import { CorruptLedger, DamagedReadModels, LogMismatch, Outage, requireWaiting } from '../kernel/outage';
import { Instant } from '../kernel/time';
import { documentKey } from '../read-model/temporal-store';
import { ChangeType } from './change';
import { CommandInput, factTime, given } from './command-input';
import { LedgerServices, RequestContext } from './context';
import { unwrap } from './errors';
import { PositionScalar } from './scalars';
import { Loaded, Reading, Scope } from '../reading/scope';

/**
 * A mutation. It is null if it is refused, with an error whose path is that field: so the others of a request keep their answers.
 */
export const MutationField = (
  payload: () => ClassType,
  { description }: { readonly description: string },
): MethodDecorator => Mutation(payload, { nullable: true, description });

/** A mutation on one entity, its input parsed. */
export interface Write<State, Command, View> {
  readonly mutation: string;
  readonly input: CommandInput;
  readonly decider: Decider<State, Command>;
  readonly reading: Reading<State, View>;
  readonly code: string;
  readonly command: Command;
  /** Where the fact's own date decides it; else the input's, else now. */
  readonly effectiveAt?: Instant;
}

/** What a mutation answers, whatever the entity. */
@ObjectType()
export abstract class Payload<View> {
  constructor(private readonly written: Written<View>) {}

  protected read<Node>(nodeOf: (scope: Scope, loaded: Loaded<View>) => Node): Node | undefined {
    const projected = this.readBack();
    return projected && nodeOf(projected.scope, projected.entity);
  }

  @Field(() => PositionScalar, {
    simple: true,
    description: '账本位置。Where the write stands in the log: pass it as asOf.position, or as after.',
  })
  get position(): bigint {
    return this.written.position;
  }

  @Field(() => [ChangeType], {
    simple: true,
    description: '变更。The first is the fact asked for. Empty while projected is false.',
  })
  get changes(): readonly ChangeType[] {
    return this.readBack()?.changes ?? [];
  }

  @Field(() => Boolean, {
    simple: true,
    description: '已投影。false: recorded and safe, but the read models had not reached it in time.',
  })
  get projected(): boolean {
    return this.written.projected !== undefined;
  }

  private readBack(): Written<View>['projected'] {
    if (this.written.fault !== undefined) throw this.written.fault;
    return this.written.projected;
  }
}

export interface Written<View> {
  readonly position: bigint;
  /** undefined where the read models did not reach the write in time. */
  readonly projected?: {
    readonly scope: Scope;
    readonly entity: Loaded<View>;
    readonly changes: readonly ChangeType[];
  };
  /** What went wrong while it was read back. The fields that would show it throw it. */
  readonly fault?: Error;
}

/** Hands a command to the command handler, waits a bounded time until it can be read, and reads the entity as it left it. */
export async function write<State, Command, View>(
  context: RequestContext,
  { mutation, input, decider, reading, code, command, effectiveAt }: Write<State, Command, View>,
): Promise<Written<View>> {
  const { services, principal } = context;
  unwrap(mayWrite(principal));
  requireWaiting(services.signal);
  const entity = { entityType: reading.entityType, code };
  const recorded = unwrap(
    await services.commands.execute({
      decider,
      entity,
      command,
      mutation,
      input,
      idempotencyKey: given(input.idempotencyKey),
      expectedRevision: given(input.expectedRevision),
      effectiveAt: effectiveAt ?? factTime(input.effectiveAt, services.calendar),
      reason: given(input.reason),
      documentNo: given(input.documentNo),
      evidence: input.evidence?.map(({ uri, sha256, title }) => ({ uri, sha256: given(sha256), title: given(title) })),
      actor: { sub: principal.sub, name: principal.name },
      correlationId: context.correlationId,
      causationId: context.causationId,
      authorize: (department) => {
        const allowed = mayWriteDepartment(principal, department);
        return allowed.ok ? undefined : allowed.refusal;
      },
    }),
  );
  const { position } = recorded;
  try {
    return { position, projected: await readBack(services, reading, entity, recorded) };
  } catch (error) {
    // In another log than that of the read models, it is not acknowledged.
    if (error instanceof LogMismatch) throw error;
    // It is on record. An error of the whole mutation would say that it is not, also if the read models turn out to be damaged.
    if (error instanceof Outage || error instanceof CorruptLedger) return { position };
    return { position, fault: error instanceof Error ? error : new Error(String(error)) };
  }
}

async function readBack<State, View>(
  services: LedgerServices,
  reading: Reading<State, View>,
  entity: EntityName,
  { id, position, changes: count, isRepeated }: RecordedCommand,
): Promise<Written<View>['projected']> {
  if (!(await services.reader.waitFor(position))) {
    await services.requireSameLog();
    return undefined;
  }
  const { recordedAt } = await services.store.pointAt({ position });
  // What an earlier sending left may be older than the present.
  const scope = new Scope(services, { position, recordedAt }, isRepeated ? 'snapshot' : 'present');
  const loaded = await scope.entity(reading, entity.code);
  const range = { after: 0n, upTo: position, limit: count, last: true };
  const versions = await services.store.walk(documentKey(entity.entityType, entity.code), range);
  // The read models hold what was recorded, so they are of the log that it was recorded in.
  if (loaded === undefined || versions.at(-1)?.change?.event.id !== id) {
    await services.requireSameLog();
    throw new DamagedReadModels(`The read models do not hold what ${entity.code} was written at ${String(position)}`);
  }
  const changes = versions.flatMap(({ change }) => (change === undefined ? [] : [new ChangeType(change, scope)]));
  return { scope, entity: loaded, changes };
}
