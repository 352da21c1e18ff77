import { inputObject, ValueOf } from '../../input/field';
import { formatAmount } from '../../kernel/money';
import { longWork } from '../../kernel/turns';
import { Loaded, Scope } from '../../reading/scope';
import { Table } from '../../reading/tables/table';
import { departmentsIn } from '../shared/table-columns';
import { datedBudgetFold } from './effective';
import { ENTRY_FILTER, entryFilter, refuseReversedDates } from './entry-filter';
import { BUDGET_TABLE_FILTER, budgetsIn } from './table';
import { BudgetView, EntryView, viewEntries, viewEntry } from './views';

interface EntryRow extends EntryView {
  readonly budget: Loaded<BudgetView>;
}

const FILTER = { ...BUDGET_TABLE_FILTER, ...ENTRY_FILTER };
type Filter = ValueOf<typeof FILTER>;

/** A row holds no more than a few hundred bytes besides its texts. */
const PAGE = 500;

const positions = (of: readonly bigint[]): readonly string[] => of.map(String);

export const entryTable: Table<EntryRow, Filter> = {
  name: 'entries',
  filter: inputObject('', '', FILTER, refuseReversedDates),
  columns: [
    { name: 'budget', type: 'TEXT', valueOf: ({ budget }) => budget.entity.code },
    { name: 'department', type: 'TEXT', valueOf: ({ budget }) => budget.view.department },
    { name: 'fiscalYear', type: 'INTEGER', valueOf: ({ budget }) => budget.view.fiscalYear },
    { name: 'kind', type: 'TEXT', valueOf: ({ fact }) => fact.kind },
    { name: 'line', type: 'TEXT', valueOf: ({ fact }) => fact.line },
    { name: 'toLine', type: 'TEXT', valueOf: ({ fact }) => fact.toLine },
    { name: 'amount', type: 'MONEY', valueOf: ({ fact }) => formatAmount(fact.amount) },
    { name: 'amountFirstRecorded', type: 'MONEY', valueOf: ({ fact }) => formatAmount(fact.amountFirstRecorded) },
    {
      name: 'remainingAmount',
      type: 'MONEY',
      valueOf: ({ remaining }) => (remaining === undefined ? undefined : formatAmount(remaining)),
    },
    { name: 'effectiveAt', type: 'INSTANT', valueOf: ({ fact }) => fact.effectiveAt },
    { name: 'effectiveAtFirstRecorded', type: 'INSTANT', valueOf: ({ fact }) => fact.effectiveAtFirstRecorded },
    { name: 'state', type: 'TEXT', valueOf: ({ state }) => state },
    { name: 'overrun', type: 'BOOLEAN', valueOf: ({ fact }) => fact.overrun },
    { name: 'payee', type: 'TEXT', valueOf: ({ fact }) => fact.payee },
    { name: 'payer', type: 'TEXT', valueOf: ({ fact }) => fact.payer },
    { name: 'memo', type: 'TEXT', valueOf: ({ fact }) => fact.memo },
    { name: 'documentNo', type: 'TEXT', valueOf: ({ fact }) => fact.documentNo },
    { name: 'change', type: 'TEXT', valueOf: ({ fact }) => fact.changeId },
    { name: 'position', type: 'TEXT', valueOf: ({ fact }) => fact.position.toString() },
    { name: 'reverses', type: 'TEXT', valueOf: ({ fact }) => fact.reverses },
    { name: 'carryOut', type: 'TEXT', valueOf: ({ fact }) => fact.counterpart?.carryOut },
    { name: 'corrections', type: 'JSON', valueOf: ({ fact }) => positions(fact.corrections) },
    { name: 'reversals', type: 'JSON', valueOf: ({ reversals }) => positions(reversals) },
  ],
  departments: departmentsIn,
  rows: entriesIn,
};

/** The entries that match, budget by budget, each budget's in the order of `Budget.entries`. */
async function* entriesIn(scope: Scope, filter: Filter): AsyncGenerator<readonly EntryRow[]> {
  const isWanted = entryFilter(filter);
  const { effectiveAt, services } = scope;
  for await (const budgets of budgetsIn(scope, filter)) {
    for (const budget of budgets) {
      const record = await scope.record(datedBudgetFold, budget);
      let page: EntryRow[] = [];
      for await (const fact of longWork.each(viewEntries(record, effectiveAt), services.work)) {
        if (isWanted?.(fact) ?? true) page.push({ budget, ...viewEntry(record, fact, effectiveAt) });
        if (page.length < PAGE) continue;
        yield page;
        page = [];
      }
      yield page;
    }
  }
}
