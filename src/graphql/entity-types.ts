import { Choice } from '../input/choice';
import { enumOf } from './enums';

/** The kinds of entity that features declare. Decorators refer to this object; it is filled before the schema is built. */
export const EntityTypeEnum: Record<string, string> = {};

export function declareEntityTypes(entityTypes: Choice): void {
  enumOf(entityTypes, EntityTypeEnum);
}
