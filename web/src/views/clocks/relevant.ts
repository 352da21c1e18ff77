interface RecordedChange {
  readonly type: string;
  /** undefined: not read, or more than were read. */
  readonly fields: readonly string[] | undefined;
}

/** Whether `relevant` needs the fields of the changes. */
export const needsFields = (entityType: string): boolean => entityType === 'BUDGET';

/**
 * The changes that the figure can depend on. Amounts of a budget are sums: a change that leaves one as it was leaves it so at every
 * effective moment, unless it moves a fact to another day. Of other entities a change can be hidden behind a later date, so all count.
 */
export function relevant<Change extends RecordedChange>(
  changes: readonly Change[],
  entityType: string,
  path: string,
): readonly Change[] {
  if (!needsFields(entityType)) return changes;
  return changes.filter(
    ({ type, fields }) =>
      type === 'BudgetFactCorrected' || fields === undefined || fields.some((field) => touches(field, path)),
  );
}

/** Whether the figure at the path may be another one after the field has changed. Fields name the lines by their numbers. */
function touches(field: string, path: string): boolean {
  if (!path.startsWith('/lines/')) return field === path;
  const [, , , name] = path.split('/');
  const [, list, number = '', changed, ...rest] = field.split('/');
  if (list !== 'lines') return false;
  return field === '/lines' || (/^\d+$/.test(number) && changed === name && rest.length === 0);
}
