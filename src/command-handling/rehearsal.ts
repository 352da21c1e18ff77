import { EntityName } from '../kernel/codes';
import { ok, Result } from '../kernel/refusal';
import { CommandRequest } from './command-request';
import { Decider } from './decider';
import { judge, JudgingOptions } from './judging';
import { Sees, StreamRecord, StreamRecords } from './stream-records';

/** What would become of a command. */
export type Rehearsed = { readonly isRepeated: true } | { readonly needsSecondPerson: boolean };

/**
 * Judges several commands, each as if those before it were recorded, and records nothing. A command that a second person would have to
 * confirm counts as confirmed.
 */
export class Rehearsal {
  /** The records of the entities that a command of the rehearsal would change, by stream. */
  private readonly pending = new Map<string, StreamRecord>();

  constructor(
    private readonly options: JudgingOptions,
    private readonly records: StreamRecords,
  ) {}

  /** Refuses what `CommandHandler.execute` would refuse. */
  async judge<State, Command>(request: CommandRequest<State, Command>): Promise<Result<Rehearsed>> {
    const { entity, decider, patience } = request;
    patience?.require();
    const before = await this.read(entity, decider, (home) => request.sees(home));
    const judged = await judge(this.options, this, request, before);
    if (!judged.ok) return judged;
    if (judged.value.kind === 'repeated') return ok({ isRepeated: true });
    const { accepted } = judged.value;
    for (const { entity: changed, stream, before: known, events } of [{ ...accepted, entity }, ...accepted.followUps]) {
      const { judgedAt } = accepted;
      this.pending.set(stream, this.records.pending(changed, decider, known, { events, judgedAt }));
    }
    return ok({ needsSecondPerson: accepted.needsSecondPerson });
  }

  async read<State>(entity: EntityName, decider: Decider<State, never>, sees?: Sees): Promise<StreamRecord> {
    return this.pending.get(this.options.streams.streamOf(entity)) ?? this.records.read(entity, decider, sees);
  }

  async existingIn(department: string | undefined, entities: readonly EntityName[]): Promise<ReadonlySet<string>> {
    const found = new Set(await this.records.existingIn(department, entities));
    for (const entity of entities) {
      const stream = this.options.streams.streamOf(entity);
      const record = this.pending.get(stream);
      if (record !== undefined && (record.home === undefined || record.home === department)) found.add(stream);
    }
    return found;
  }
}
