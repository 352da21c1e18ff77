import { CellAnswers, CellPlace } from '../../forms/reading/answers';
import { FundsRead, Said } from '../../forms/reading/form-reading';
import { Fen, formatAmount, readYuan } from '../../kernel/money';
import { BudgetKnown } from '../ledger/on-record';
import { linesOfRow, newLineOf } from './lines-of-row';
import { LineChange, LinePlan, planLine } from './plan-line';
import { evidenceOf, keyOf } from './source';
import { Step, stepOf } from './step';
import { Subject } from './subject';

/** What is to be recorded of the money of a form. Steps that give come before steps that take. */
export function planFunds(
  subject: Subject,
  { funds, goals }: { readonly funds: readonly FundsRead[]; readonly goals: readonly Said<string>[] },
  budget: BudgetKnown | undefined,
  answers: CellAnswers,
): readonly Step[] {
  const rows = funds.filter((row) => row.opening ?? row.revised ?? row.executed);
  if (budget !== undefined) {
    for (const goal of goals) answers.nothing(goal.place, '预算已批复：绩效目标不再记录');
    const changes = rows.flatMap((row) => planRow(subject, row, budget, answers));
    return inOrder(changes);
  }
  if (rows.length === 0) return [];
  const lines = rows.map((row) => ({ row, line: newLineOf(subject, row), opening: row.opening?.value ?? 0n }));
  const approval = approve(subject, lines, goals);
  const changes = lines.flatMap(({ row, line, opening }) =>
    planLine({
      subject,
      row: { ...row, opening: undefined },
      answers,
      line: { code: line.code, opening, adjustment: 0n, executed: 0n, facts: [] },
    }),
  );
  return [approval, ...inOrder(changes)];
}

interface NewLine {
  readonly row: FundsRead;
  readonly line: ReturnType<typeof newLineOf>;
  readonly opening: Fen;
}

function approve(subject: Subject, lines: readonly NewLine[], goals: readonly Said<string>[]): Step {
  const { form, department, fiscalYear, source } = subject;
  const placeOf = ({ row: { opening, revised, executed } }: NewLine): CellPlace | undefined =>
    (opening ?? revised ?? executed)?.place;
  const places = lines.flatMap((line) => placeOf(line) ?? []);
  const evidence = lines.flatMap((each) => {
    const place = placeOf(each);
    const key = keyOf({ form, department, fiscalYear, code: each.line.code }, 'opening');
    return place === undefined ? [] : [evidenceOf(source, key, place)];
  });
  return stepOf(source, {
    action: 'approveBudget',
    input: {
      department,
      fiscalYear,
      lines: lines.map(({ line, opening }) => ({ ...line, amount: formatAmount(opening) })),
      goals: goals.length === 0 ? undefined : goals.map(({ value }) => value),
      effectiveAt: `${fiscalYear}-01-01`,
      evidence,
    },
    places: [...places, ...goals.map(({ place }) => place)],
    says: `批复预算，明细 ${lines.map(({ line }) => line.code).join('、')}`,
  });
}

function planRow(subject: Subject, row: FundsRead, budget: BudgetKnown, answers: CellAnswers): readonly LineChange[] {
  const lines = linesOfRow(subject, row, budget);
  const [line, ...others] = lines;
  if (line === undefined) return planNewLine(subject, row, answers);
  if (others.length > 0) {
    compareSums(row, lines.map(amountsOf), answers);
    return [];
  }
  const { code } = line.definition;
  const facts = budget.facts
    .filter((fact) => fact.line === code || fact.toLine === code)
    .map((fact) => ({ fact, keys: budget.keys.get(fact.changeId) ?? [] }));
  return planLine({ subject, row, answers, line: { code, ...amountsOf(line), facts } });
}

type Amounts = Pick<LinePlan['line'], 'opening' | 'adjustment' | 'executed'>;

const amountsOf = (line: BudgetKnown['lines'][number]): Amounts => ({
  opening: readYuan(line.opening),
  adjustment: readYuan(line.adjustment),
  executed: readYuan(line.executed),
});

/** A budget that is approved gets no opening amounts any more. */
function planNewLine(subject: Subject, row: FundsRead, answers: CellAnswers): readonly LineChange[] {
  const { opening, revised, executed } = row;
  const amounts = [opening, revised, executed].flatMap((said) => said ?? []);
  if (amounts.every(({ value }) => value === 0n)) {
    for (const { place } of amounts) answers.becomes(place, '0 元：账上没有这一明细，不必记录');
    return [];
  }
  if (opening !== undefined && opening.value > 0n) {
    answers.refuse(opening.place, '预算已批复，且没有这一明细：不能再增加年初预算');
    return [];
  }
  const line = newLineOf(subject, row);
  const none = { code: line.code, opening: 0n, adjustment: 0n, executed: 0n, facts: [] };
  return planLine({ subject, row, answers, line: { ...none, isNew: line } });
}

/** Nobody knows which of several lines a sum that differs is about. */
function compareSums(row: FundsRead, lines: readonly Amounts[], answers: CellAnswers): void {
  const sum = (of: (line: Amounts) => Fen): Fen => lines.reduce((all, line) => all + of(line), 0n);
  const known = {
    opening: sum(({ opening }) => opening),
    revised: sum(({ opening, adjustment }) => opening + adjustment),
    executed: sum(({ executed }) => executed),
  };
  for (const name of ['opening', 'revised', 'executed'] as const) {
    const said = row[name];
    if (said === undefined) continue;
    if (said.value === known[name]) answers.becomes(said.place, '账上已有，不再记录');
    else {
      const total = formatAmount(known[name]);
      answers.refuse(said.place, `账上由 ${lines.length} 条明细合计为 ${total} 元，与表不符，无法确定是哪一条`);
    }
  }
}

/** What a line may spend grows first, and shrinks last. */
function inOrder(changes: readonly LineChange[]): readonly Step[] {
  const order = { gives: 0, spends: 1, takes: 2 };
  return [...changes].sort((a, b) => order[a.effect] - order[b.effect]).map(({ step }) => step);
}
