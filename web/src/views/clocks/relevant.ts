interface RecordedChange {
  readonly type: string;
  readonly fields: readonly string[];
}

/**
 * The changes that the figure can depend on. Amounts of a budget are sums: a change that leaves one as it was leaves it so at every
 * effective moment, unless it moves a fact to another day. Of other entities a change can be hidden behind a later date, so all count.
 */
export function relevant<Change extends RecordedChange>(
  changes: readonly Change[],
  entityType: string,
  path: string,
): readonly Change[] {
  if (entityType !== 'BUDGET') return changes;
  const [, list, , name] = path.split('/');
  const touched = list === 'lines' ? new RegExp(`^/lines(/\\d+/${name ?? ''})?$`) : new RegExp(`^${path}$`);
  return changes.filter(
    ({ type, fields }) => type === 'BudgetFactCorrected' || fields.some((field) => touched.test(field)),
  );
}
