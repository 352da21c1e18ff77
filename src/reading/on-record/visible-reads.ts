import { DepartmentScope } from '../../auth/department-scope';
import { ReadEntry } from '../../reads/merged-reads';

/**
 * An entry as a reader of these departments sees it; undefined if it has touched none of them. Other departments do not exist for that
 * reader, so they are left out.
 */
export function visibleTo(scope: DepartmentScope, entry: ReadEntry): ReadEntry | undefined {
  if (scope.isAll) return entry;
  const departments = [...new Set(entry.departments.flatMap((text) => shownOf(scope, text)))].sort();
  return departments.length === 0 ? undefined : { ...entry, departments };
}

/** The part of a code or a pattern that is in the scope. */
function shownOf(scope: DepartmentScope, text: string): readonly string[] {
  if (!text.endsWith('*')) return scope.covers(text) ? [text] : [];
  const prefix = text.slice(0, -1);
  const isWhollyIn = scope.patterns.some((pattern) => pattern.endsWith('*') && prefix.startsWith(pattern.slice(0, -1)));
  return isWhollyIn ? [text] : scope.patterns.filter((pattern) => pattern.startsWith(prefix));
}
