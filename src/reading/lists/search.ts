import { folded } from '../../kernel/case-folding';
import { Row } from './listing';

/** Whether a row's name has every part of the search, wherever it has them. Parts are separated by white space. */
export function searchFor(search: string): (row: Pick<Row<unknown>, 'foldedName'>) => boolean {
  const parts = search
    .split(/\p{White_Space}+/u)
    .filter((part) => part !== '')
    .map(folded);
  return ({ foldedName }) => parts.every((part) => foldedName.includes(part));
}
