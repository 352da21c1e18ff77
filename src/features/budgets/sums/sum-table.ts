import { limitExceeded, unwrap } from '../../../kernel/refusal';
import { LineDefinition } from '../events';
import { NOTHING, Totals, together } from '../totals';
import { DIMENSION_KEYS, DimensionKey, TotalsDimension } from './dimensions';

export interface SumRow {
  /** One for each dimension. */
  readonly keys: readonly DimensionKey[];
  /** How many budgets have a line in the row. */
  readonly budgets: number;
  readonly totals: Totals;
}

/** A line with its amounts at the snapshot. */
export interface LineAmounts {
  readonly definition: LineDefinition;
  readonly totals: Totals;
}

/** Sums of lines, one row for each combination of the dimensions' values. */
export class SumTable {
  private readonly root: Branch = { rest: new Map(), row: undefined };
  private readonly keysOf: readonly (typeof DIMENSION_KEYS)[TotalsDimension][];
  private size = 0;

  constructor(
    dimensions: readonly TotalsDimension[],
    private readonly maxRows: number,
  ) {
    this.keysOf = dimensions.map((dimension) => DIMENSION_KEYS[dimension]);
    if (dimensions.length === 0) this.rowAt(this.root);
  }

  /** Adds lines of one budget; all of them in one call. Refusals, as `Refused`: LIMIT_EXCEEDED. */
  add(department: string, lines: Iterable<LineAmounts>): void {
    const budget = {};
    for (const { definition, totals } of lines) {
      const row = this.rowOf(definition, department);
      row.totals = together(row.totals, totals);
      if (row.lastBudget === budget) continue;
      row.lastBudget = budget;
      row.budgets++;
    }
  }

  /** By key, dimension by dimension, as text; null comes last. */
  *rows(): Iterable<SumRow> {
    yield* below(this.root, []);
  }

  private rowOf(definition: LineDefinition, department: string): Row {
    let branch = this.root;
    for (const keyOf of this.keysOf) {
      const key = keyOf(definition, department);
      let next = branch.rest.get(key);
      if (next === undefined) branch.rest.set(key, (next = { rest: new Map(), row: undefined }));
      branch = next;
    }
    return branch.row ?? this.rowAt(branch);
  }

  private rowAt(branch: Branch): Row {
    if (++this.size > this.maxRows) {
      const message = `There are more than ${this.maxRows} rows: ask by fewer dimensions, or with a filter`;
      unwrap(limitExceeded('maxTotalsRows', message, { allowed: this.maxRows }));
    }
    return (branch.row = { budgets: 0, totals: NOTHING, lastBudget: undefined });
  }
}

/** What has the same values of the first dimensions; with values of all dimensions, the row. */
interface Branch {
  readonly rest: Map<DimensionKey, Branch>;
  row: Row | undefined;
}

interface Row {
  budgets: number;
  totals: Totals;
  lastBudget: object | undefined;
}

function* below({ rest, row }: Branch, keys: readonly DimensionKey[]): Iterable<SumRow> {
  if (row !== undefined) yield { keys, budgets: row.budgets, totals: row.totals };
  for (const [key, branch] of [...rest].sort(([a], [b]) => compareKeys(a, b))) yield* below(branch, [...keys, key]);
}

function compareKeys(a: DimensionKey, b: DimensionKey): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
