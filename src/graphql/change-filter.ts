import { ClassType } from 'type-graphql';
import { ChangeFilter } from '../change-feed/filter';
import { InputObject } from '../input/field';
import { readInput } from '../input/read-input';
import { unwrap } from '../kernel/refusal';
import { LedgerServices } from './context';
import { inputTypeOf } from './input-types';

let declared: ClassType | undefined;

/** The schema has the filter that is declared before it is built. */
export function declareChangeFilter(filter: InputObject<ChangeFilter>): void {
  declared = inputTypeOf(filter);
}

/** The type of an argument `filter`. */
export function changeFilterType(): ClassType {
  if (declared === undefined) throw new Error('No change filter is declared');
  return declared;
}

/** The filter that the argument `filter` means. Throws its refusal. */
export const readFilter = (sent: unknown, { changeFilter, calendar }: LedgerServices): ChangeFilter =>
  sent === undefined || sent === null ? {} : unwrap(readInput(changeFilter, sent, { argument: 'filter', calendar }));
