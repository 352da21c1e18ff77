import { changesUpTo } from '../reading/entity-changes';
import { Loaded, Scope } from '../reading/scope';
import { effectiveAtOf } from '../event-store/envelope';
import { Source, sourceOf } from './source';

/** A change of the evaluation: what was done, when, by whom and why. */
export interface StepFigures {
  /** The type of the event. */
  readonly type: string;
  readonly recordedOn: string;
  readonly actor: string;
  readonly source: Source;
}

/** The changes of an evaluation that are effective at the scope, in order of recording. */
export async function readSteps(scope: Scope, { entity }: Loaded<unknown>): Promise<readonly StepFigures[]> {
  const { store, calendar } = scope.services;
  const { effectiveAt = Infinity } = scope;
  const changes = await changesUpTo(store, entity, scope.position);
  return changes
    .filter(({ event }) => effectiveAtOf(event) <= effectiveAt)
    .map((change) => ({
      type: change.event.type,
      recordedOn: calendar.dateOf(change.recordedAt),
      actor: change.event.metadata.actor.name ?? change.event.metadata.actor.sub,
      source: sourceOf(change, calendar),
    }));
}
