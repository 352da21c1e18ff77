import { Json } from '../kernel/json';
import { Field, InputObject, InputType } from './field';

/**
 * The form of an input that an idempotency key is compared by: the input as sent, with defaults for values that are left out or
 * null, and with the natural keys of references. A field that an input got later is left out if it has its default. The form must
 * not change: the fingerprints of recorded changes are made from it.
 */
export function asSent(object: InputObject, sent: unknown): Json {
  const parts = sent as Readonly<Record<string, unknown>>;
  const form: Record<string, Json> = {};
  for (const [name, field] of Object.entries(object.fields)) {
    const meant = parts[name] ?? field.defaultValue;
    if (meant === undefined || (field.isLater && meant === field.defaultValue)) continue;
    form[name] = fieldAsSent(field, meant);
  }
  return form;
}

const fieldAsSent = ({ type, naturalKey }: Field, sent: unknown): Json =>
  naturalKey === undefined ? valueAsSent(type, sent) : naturalKey(sent as string);

function valueAsSent(type: InputType, sent: unknown): Json {
  if (type.kind === 'OBJECT') return asSent(type.object, sent);
  if (type.kind === 'LIST') return (sent as readonly unknown[]).map((item) => valueAsSent(type.item, item));
  return sent as Json;
}
