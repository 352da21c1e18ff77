import { Field } from '../../input/field';
import { id } from '../../input/fields';
import { eventIdNamed, nameIn } from '../../reading/ids';

/** An observation as a client names it. */
export interface NamedObservation {
  /** The eventId of the change that first recorded it. */
  readonly change: string;
  /** The code of the indicator. Only the id of an observation holds it. */
  readonly indicator?: string;
}

/** An observation, by its own id, or by the id or the eventId of its first change. The ids can be from any snapshot. */
export function observationNamed(description: string): Field<NamedObservation> {
  const field = id(description);
  return {
    ...field,
    read: (sent, reading) => readName(field.read(sent, reading)),
    naturalKey: (sent) => readName(sent).change,
  };
}

function readName(sent: string): NamedObservation {
  const named = nameIn(sent);
  return named?.type === 'OBSERVATION' && named.part !== undefined
    ? { indicator: named.code, change: named.part }
    : { change: eventIdNamed(sent) };
}
