import { current } from '../api/questions';
import { useLineNames } from '../changes/line-names';
import { namedPath } from '../entering/named-path';
import type { EntityType } from '../generated/documents';
import { say } from '../language/say';
import { readYearCode } from './entity-id';
import { useOrigins } from './field-origin';
import { pathWords } from './path-words';
import { codedPath } from './paths';

/** How the paths of an entity are said in words. The API numbers the items of its lists; a person knows them by name or by code. */
export function usePathNames(type: EntityType, entity: string, id: string): (path: string) => string {
  const isBudget = type === 'BUDGET';
  const lineNames = useLineNames(isBudget ? [readYearCode(entity).department] : []);
  const hasItems = type === 'EVALUATION' || type === 'TASK';
  const origins = current(useOrigins(hasItems ? id : undefined))?.nodes ?? [];
  return isBudget ? (path) => namedPath(path, say, lineNames(entity)) : (path) => pathWords(codedPath(origins, path));
}
