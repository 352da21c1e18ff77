import { Field } from '../input/field';
import { id } from '../input/fields';
import { eventIdNamed } from '../reading/ids';

/** A change, by its Change.id from any snapshot or by its eventId. The value is the eventId. */
export function changeNamed(description: string): Field<string> {
  const field = id(description);
  return { ...field, read: (sent, reading) => eventIdNamed(field.read(sent, reading)), naturalKey: eventIdNamed };
}
